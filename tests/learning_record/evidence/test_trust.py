"""Without a database a checker knows what the programme gave: roots, and lists of revoked keys. The rule is one."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import SigningKey
from app.certificates.signing import crl, operations, rows, trust
from app.certificates.signing import keys as sets
from app.certificates.signing.trust import TrustUnusable
from app.learning_record.evidence.rules import canonical
from app.learning_record.evidence.signature import sign
from app.platform.clock import now
from app.platform.db import db
from tests.learning_record.evidence.test_verifying import _members, _packed, _told
from tests.make import evidence
from tests.make.evidence import PERIOD, Site
from tests.make.keys import list_by_openssl

STOLEN = "The keys that signed it were revoked: their signature proves nothing."


@pytest.fixture
def pack(site: Site, tmp_path: Path) -> Path:
    return evidence.stored(tmp_path / "pack.zip", evidence.made(site.factory))


def _exported(app: Flask, place: Path) -> Path:
    assert app.test_cli_runner().invoke(args=["certificates", "keys", "export", "--out", str(place)]).exit_code == 0
    return place


def test_a_list_of_stolen_keys_says_what_the_database_says(app: Flask, pack: Path, tmp_path: Path) -> None:
    stolen = rows.all_keys()[0].name
    before = _exported(app, tmp_path / "before")
    operations.rotate(SYSTEM)
    operations.revoke(SYSTEM, stolen, "A laptop was stolen.")
    public = _exported(app, tmp_path / "public")
    here = _told(app, pack)
    db.session.query(SigningKey).delete()
    offline = _told(app, pack, "--trust", public)
    assert (here[0], here[1]["reason"]) == (offline[0], offline[1]["reason"]) == (3, STOLEN)
    (before / "later.crl").write_bytes((public / f"{stolen}.crl").read_bytes())  # of two lists the harder one
    assert _told(app, pack, "--trust", before)[1]["reason"] == STOLEN
    assert _told(app, pack, "--trust", public / f"{stolen}-root.pem")[0] == 0  # who has no list cannot know, and is told


@pytest.mark.parametrize(
    ("reason", "since", "code"),
    [
        ("superseded", PERIOD.at + timedelta(days=1), 0), ("superseded", PERIOD.at, 3),
        ("cessationOfOperation", date(2025, 1, 1), 0), ("keyCompromise", date(2025, 1, 1), 3), ("", date(2025, 1, 1), 3),
        ("certificateHold", date(2025, 1, 1), 3),
    ],
)  # fmt: skip
def test_a_list_by_openssl_counts_by_its_reason_and_day(
    app: Flask, pack: Path, own_keys: Path, reason: str, since: date, code: int
) -> None:
    given = list_by_openssl(own_keys, rows.chain(rows.all_keys()[0])[0], since, reason)
    db.session.query(SigningKey).delete()
    got, said = _told(app, pack, "--trust", given)
    assert (got, said["revocation_list"]) == (code, str(now().date()))
    if reason == "superseded" and code:
        assert said["reason"] == "The keys that signed it were revoked on 2024-07-31, and it is of no day before that."
    elif code:
        assert said["reason"] == STOLEN


def _cut(public: Path) -> None:
    [listed] = public.glob("*.crl")
    listed.write_bytes(listed.read_bytes()[:-20])


def _in_one_file(public: Path, name: str) -> tuple[Path, bytes]:
    """The root and its list as PEM, in a file that is not there yet."""
    [listed], [root] = public.glob("*.crl"), public.glob("*-root.pem")
    data = x509.load_der_x509_crl(listed.read_bytes()).public_bytes(Encoding.PEM)
    listed.unlink()
    return public / name, root.read_bytes() + data


def _cut_behind_its_root(public: Path) -> None:
    file, data = _in_one_file(public, "both.pem")
    file.write_bytes(data[:-20])


def _cut_root(public: Path) -> None:
    (public / "more.pem").write_bytes(next(public.glob("*-root.pem")).read_bytes()[:-40])


def _list_called_pem(public: Path) -> None:
    next(public.glob("*.crl")).rename(public / "list.pem")


def _of_another_kind(public: Path) -> None:
    file, data = _in_one_file(public, "both.txt")
    file.write_bytes(data.replace(b" X509 CRL", b" CRL"))


def _of_a_stranger(public: Path) -> None:
    sets.create(public / "strange", "first", "Meridian", "http://x/crl", now())
    (public / "more.crl").write_bytes(crl.make(sets.root(public / "strange"), now(), 1))


def _of_changes_alone(public: Path) -> None:
    """A delta list, by the root itself: taken for a whole one it would say that nothing else is revoked."""
    key, root = sets.root(public.parent / "keys")
    built = x509.CertificateRevocationListBuilder().issuer_name(root.subject).last_update(now())
    built = built.next_update(now() + timedelta(days=1)).add_extension(x509.DeltaCRLIndicator(1), critical=True)
    (public / "more.crl").write_bytes(built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def _without_roots(public: Path) -> None:
    for file in public.glob("*.pem"):
        file.unlink()


def _no_root_among_them(public: Path) -> None:
    _without_roots(public)
    seal = rows.chain(rows.all_keys()[0])[0]
    (public / "seal.pem").write_bytes(seal.public_bytes(Encoding.PEM))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (_cut, "is no list of revoked keys that can be read."),
        (_cut_behind_its_root, "is damaged: something in it has no beginning or no end."),
        (_cut_root, "is damaged: something in it has no beginning or no end."),
        (_list_called_pem, "is no certificate in PEM."),
        (_of_another_kind, "holds what is of a kind that is not known here: CRL."),
        (_of_a_stranger, "is a list of revoked keys that none of the roots beside it signed."),
        (_of_changes_alone, "is a list of revoked keys of a kind that is not known here."),
        (_without_roots, "is no certificate in PEM."),
        (_no_root_among_them, "holds certificates of keys, but no root."),
    ],
)
@pytest.mark.usefixtures("own_keys")
def test_what_cannot_be_relied_on_is_refused(app: Flask, tmp_path: Path, wrong: Callable[[Path], None], why: str) -> None:
    public = _exported(app, tmp_path / "public")
    assert len(trust.read(public).roots) == 1
    wrong(public)
    with pytest.raises(TrustUnusable) as refused:
        trust.read(public)
    assert str(refused.value).endswith(f", named with --trust, {why}")
    code, said = _told(app, evidence.stored(tmp_path / "any.zip", b"never looked at"), "--trust", public)
    assert (code, said["readable"], said["reason"]) == (2, None, str(refused.value))


@pytest.mark.parametrize("name", ["list.CRL", "list.der", "list.PEM", "list.txt"])
@pytest.mark.usefixtures("own_keys")
def test_a_list_is_found_whatever_it_is_called(app: Flask, tmp_path: Path, name: str) -> None:
    public = _exported(app, tmp_path / "public")
    [listed] = public.glob("*.crl")
    data = x509.load_der_x509_crl(listed.read_bytes()).public_bytes(Encoding.PEM)
    (public / name).write_bytes(data if name.endswith(("PEM", "txt")) else listed.read_bytes())
    listed.write_bytes(b"")  # as an older `keys export` wrote it
    (public / "read me.txt").write_text("Roots and lists of revoked keys of the programme.\n")
    assert len(trust.read(public).revoked.as_of) == 1


def test_the_keys_of_a_seal_are_no_root(app: Flask, pack: Path, own_keys: Path, tmp_path: Path) -> None:
    """Whoever has stolen them could else name keys of his own, of which no list speaks."""
    public, stolen = _exported(app, tmp_path / "public"), sets.load(own_keys, sets.names(own_keys)[0])
    keys: Any = sets._seal_certificate
    mine = sets.create(tmp_path / "mine", "first", "Meridian", "http://x/crl", now())
    forged = keys(mine.seal, "first", "Meridian", "http://x/crl", (stolen.seal, stolen.chain[0]), now())
    members = _members(pack.read_bytes())
    said = canonical({**json.loads(members["manifest.json"]), "since": "2020-01-01"})
    signed = sign(said, sets.Keys("first", mine.seal, (forged, stolen.chain[0]), mine.credential))
    _packed(pack, {**members, "manifest.json": said, "manifest.jws": signed})
    db.session.query(SigningKey).delete()
    code, told = _told(app, pack, "--trust", public)
    assert (code, told["reason"]) == (3, "Foreign keys signed it: nobody known stands behind them.")
