"""Keys in strange hands: from the moment they are revoked nothing that they signed is believed."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates import making
from app.certificates.cli import judging
from app.certificates.credentials import reading
from app.certificates.models import SigningKey
from app.certificates.signing import in_use, operations, rows
from app.certificates.signing import keys as sets
from app.certificates.signing.keys import KeysUnusable
from app.certificates.signing.revoked import REVOKED_SEAL
from app.certificates.signing.trust import NO_LIST, Trust
from app.certificates.verification import payload
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import files
from app.platform.refusal import Refused
from tests.browse import Browse
from tests.certificates.cli.test_commands import _drawn, _run, _verified

pytestmark = pytest.mark.slow


def _listed(key: SigningKey) -> dict[int, x509.ReasonFlags]:
    read = x509.load_der_x509_crl(key.crl or b"")
    assert read.is_signature_valid(rows.chain(key)[-1].public_key())  # type: ignore[arg-type]
    return {one.serial_number: one.extensions.get_extension_for_class(x509.CRLReason).value.reason for one in read}


def test_they_stand_on_the_list_of_their_root_and_in_the_log(app: Flask, own_keys: Path) -> None:
    first = operations.create(SYSTEM)
    with pytest.raises(Refused, match="rotate"):
        operations.revoke(SYSTEM, first.name)
    with pytest.raises(Refused, match="no keys"):
        operations.revoke(SYSTEM, "nobody")
    second = operations.rotate(SYSTEM)
    for _again in range(2):
        operations.revoke(SYSTEM, first.name, "A laptop was stolen.")
    serial = rows.chain(first)[0].serial_number
    third = operations.rotate(SYSTEM)
    for key in (first, second, third):
        assert _listed(key) == {serial: x509.ReasonFlags.key_compromise}
    assert rows.good_keys() == [third, second]
    assert db.session.query(AuditEntry).filter_by(action="certificates.revoke_keys").count() == 1


def test_without_the_key_of_the_root_nothing_is_revoked(app: Flask, own_keys: Path) -> None:
    first = operations.create(SYSTEM)
    operations.rotate(SYSTEM)
    (own_keys / sets.ROOT_KEY).rename(own_keys / "elsewhere")
    db.session.commit()
    with pytest.raises(KeysUnusable, match="root"):
        operations.revoke(SYSTEM, first.name)
    db.session.rollback()
    assert first.revoked_at is None


def test_keys_of_an_earlier_root_are_listed_by_that_root(app: Flask, own_keys: Path) -> None:
    first = operations.create(SYSTEM)
    with telling(now() + timedelta(days=8 * 365)):
        second = operations.rotate(SYSTEM)
    assert rows.chain(first)[-1] != rows.chain(second)[-1]
    known = {root: rows.trust().revoked.day(root) for root in (rows.chain(first)[-1], rows.chain(second)[-1])}
    listed = x509.load_der_x509_crl(first.crl or b"").last_update_utc.date()
    assert list(known.values()) == [listed, now().date()]  # a root that came with a programme hears of nothing later
    operations.revoke(SYSTEM, first.name)
    assert list(_listed(first)) == [rows.chain(first)[0].serial_number]
    assert _listed(second) == {}


def test_no_door_hands_them_out_as_ours(app: Flask, browse: Browse, own_keys: Path) -> None:
    first, second = operations.create(SYSTEM), operations.rotate(SYSTEM)
    names = {payload.key_id(payload.public_der(rows.chain(key)[0].public_key())).hex(): key for key in (first, second)}  # type: ignore[arg-type]

    def handed() -> tuple[set[SigningKey], int, int]:
        offline = {names[each["id"]] for each in json.loads(browse.get("/verify/keys.json").response.text)["keys"]}
        issuer = json.loads(browse.get("/issuer").response.text)["verificationMethod"]
        tokens = json.loads(browse.get("/.well-known/jwt-vc-issuer/issuer").response.text)["jwks"]["keys"]
        return offline, len(issuer), len(tokens)

    assert handed() == ({first, second}, 2, 2)
    operations.revoke(SYSTEM, first.name, "A laptop was stolen.")
    assert handed() == ({second}, 1, 1)
    [kept] = json.loads(browse.get("/issuer").response.text)["verificationMethod"]
    assert kept["publicKeyMultibase"] == reading.public_keys([second])[0].multikey
    page = browse.get("/certificates/keys").text
    assert "Revoked" in page
    assert "A laptop was stolen." in page


def test_what_a_thief_seals_is_not_valid_and_what_we_handed_out_is_known_by_its_bytes(
    app: Flask, own_keys: Path, fonts: object, tmp_path: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen = operations.create(SYSTEM).name
    made = _drawn(app)
    digest = made.file_key or ""
    ours = files().get(digest)
    keys = in_use.keys_in_use()
    made.face = {**made.face, "latin_name": "A Thief", "local_name": ""}
    forged = making.make(made, keys).pdf
    db.session.rollback()
    assert _run(app, "keys", "rotate")[0] == 0
    assert _verified(app, forged, tmp_path / "x.pdf")[1]["intact"]
    assert "This file is ours and nobody has changed it." in browse.get(f"/verify/file/{digest}").text
    assert _run(app, "keys", "revoke", stolen, "--reason", "Stolen")[0] == 0
    code, told = _verified(app, forged, tmp_path / "x.pdf")
    assert (code, told["valid"], told["intact"]) == (3, False, False)
    assert "revoked" in told["reason"]
    code, told = _verified(app, ours, tmp_path / "y.pdf")
    assert (code, told["valid"], told["state"]) == (0, True, "valid")
    assert "revoked" in told["reason"]
    assert "The keys of its seal were revoked" in " ".join(browse.get(f"/verify/file/{digest}").text.split())
    assert "revoked" in _run(app, "keys", "list")[1]
    assert _run(app, "keys", "export", "--out", str(tmp_path / "public"))[0] == 0
    db.session.query(SigningKey).delete()  # who has no database has the list
    told = json.loads(_run(app, "verify", str(tmp_path / "x.pdf"), "--trust", str(tmp_path / "public"), "--json")[1])
    assert (told["intact"], told["reason"]) == (False, REVOKED_SEAL)
    assert told["revocation_list"] == str((now() - timedelta(days=1)).date())
    with monkeypatch.context() as patch:  # who has a root alone cannot know, and is told
        patch.setattr(judging, "_asked", lambda digest: (None, Trust()))
        said = _run(app, "verify", str(tmp_path / "x.pdf"), "--trust", str(tmp_path / "public" / f"{stolen}-root.pem"))
    assert (said[0], NO_LIST in said[1]) == (0, True)
    assert _run(app, "keys", "revoke", "nobody")[0] == 1
