"""`flask evidence verify`: valid, or why not; offline, with public keys alone."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.certificates.models import SigningKey
from app.certificates.signing import keys as sets
from app.certificates.signing.trust import Trust
from app.factories.models import Factory
from app.learning_record.evidence import judging
from app.learning_record.evidence.container import Writer
from app.learning_record.evidence.rules import canonical
from app.learning_record.evidence.signature import sign
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from tests.make import evidence
from tests.make.evidence import PERIOD, Site

pytestmark = pytest.mark.slow


@pytest.fixture
def data(site: Site) -> bytes:
    return evidence.made(site.factory)


def _told(app: Flask, file: Path, *more: object) -> tuple[int, dict[str, Any]]:
    code, said = evidence.judged(app, "verify", file, "--json", *more)
    return code, json.loads(said)


def _members(data: bytes) -> dict[str, bytes]:
    archive = evidence.opened(data)
    return {name: archive.read(name) for name in archive.namelist()}


def _packed(path: Path, members: dict[str, bytes]) -> Path:
    """Written as packing does, whatever is in it."""
    with path.open("wb") as out:
        writer = Writer(out, PERIOD.at)
        for name, content in members.items():
            writer.add(name, content)
        writer.close()
    return path


def _problems(app: Flask, file: Path) -> set[tuple[str, str | None]]:
    code, said = _told(app, file)
    assert code == 3
    assert not said["valid"]
    return {(each["code"], each["member"]) for each in said["problems"]}


def test_valid_with_the_keys_of_this_site_and_offline_with_exported_ones(
    app: Flask, data: bytes, site: Site, tmp_path: Path
) -> None:
    file = evidence.stored(tmp_path / "pack.zip", data)
    code, said = _told(app, file)
    assert (code, said["valid"], said["factory"], said["as_of"]) == (0, True, site.factory.code, "2024-07-31")
    assert "valid" in evidence.judged(app, "verify", file)[1]
    run = app.test_cli_runner().invoke
    assert run(args=["certificates", "keys", "export", "--out", str(tmp_path / "public")]).exit_code == 0
    [root] = (tmp_path / "public").glob("*-root.pem")
    db.session.query(SigningKey).delete()
    code, text = evidence.judged(app, "verify", file)
    assert code == 3
    assert text.endswith("No roots are known here: name those that the programme gave you with --trust.\n")
    code, said = _told(app, file, "--trust", root)
    assert (code, said["revocation_list"]) == (0, None)
    assert "Whether its keys were revoked is not known" in evidence.judged(app, "verify", file, "--trust", root)[1]
    assert _told(app, file, "--trust", tmp_path / "public")[1]["revocation_list"] == str(now().date() - timedelta(days=1))
    assert "not known" not in evidence.judged(app, "verify", file, "--trust", tmp_path / "public")[1]


def test_no_file_and_no_pack_are_unreadable(app: Flask, tmp_path: Path) -> None:
    assert _told(app, tmp_path / "none.zip")[0] == 2
    code, said = _told(app, evidence.stored(tmp_path / "some.zip", b"no zip at all"))
    assert (code, said["readable"]) == (2, False)
    assert "not a ZIP" in said["reason"]


def test_a_sound_zip_of_something_else_is_no_pack_at_all(app: Flask, tmp_path: Path) -> None:
    """As an office file is, a folder that somebody packed, or a backup, which has something behind its end."""
    file = tmp_path / "foreign.zip"
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        for comment in (b"", b"seamwise backup"):
            with zipfile.ZipFile(file, "w", packing) as archive:
                archive.writestr("letter.txt", "Dear buyer")
                archive.comment = comment
            code, said = _told(app, file)
            assert (code, said["readable"], said["reason"]) == (2, False, judging.FOREIGN)


def test_what_is_named_with_trust_and_is_no_certificate_is_said(app: Flask, tmp_path: Path) -> None:
    file, trust = evidence.stored(tmp_path / "pack.zip", b"never looked at"), evidence.stored(tmp_path / "letter.pem", b"Dear buyer")
    for wrong, why in ((trust, "is no certificate in PEM."), (tmp_path / "none.pem", "No such file or directory.")):
        code, said = _told(app, file, "--trust", wrong)
        assert (code, said["readable"], said["valid"]) == (2, None, False)
        assert said["reason"].startswith(f"{wrong}, named with --trust, ")
        assert said["reason"].endswith(why)
        assert evidence.judged(app, "verify", file, "--trust", wrong) == (2, f"{said['reason']}\n")


def test_cut_off(app: Flask, data: bytes, tmp_path: Path) -> None:
    for length in (5, 1000, len(data) // 2, data.index(b"PK\x05\x06") + 22, len(data) - 1):
        file = evidence.stored(tmp_path / "pack.zip", data[:length])
        assert _problems(app, file) == {("truncated", None)}


def test_every_flipped_byte_is_found(data: bytes, own_keys: Path, tmp_path: Path) -> None:
    """A byte in each member, in each head, and in the directory."""
    root = sets.root(own_keys)[1]
    places = [each.header_offset for each in evidence.opened(data).infolist()]
    wanted = [place + step for place in places for step in (0, 8, 12, 28, 45, 200)] + [len(data) - step for step in (1, 2, 9, 30, 80)]
    for place in wanted:
        changed = bytearray(data)
        changed[place] ^= 1
        file = evidence.stored(tmp_path / "pack.zip", bytes(changed))
        try:
            assert not judging.judge(file, Trust([root])).is_valid, place
        except judging.Unreadable:
            assert place < 4
    assert judging.judge(evidence.stored(tmp_path / "pack.zip", data), Trust([root])).is_valid


def test_which_member_is_changed_missing_or_extra(app: Flask, data: bytes, tmp_path: Path) -> None:
    members = _members(data)
    file = tmp_path / "pack.zip"
    changed = {**members, "roster.csv": members["roster.csv"].replace(b"Supervisor", b"Manager   ")}
    assert _problems(app, _packed(file, changed)) == {("changed", "roster.csv")}
    without = {name: content for name, content in members.items() if name != "sessions.csv"}
    assert _problems(app, _packed(file, without)) == {("missing", "sessions.csv")}
    assert _problems(app, _packed(file, {**members, "more.txt": b"x"})) == {("extra", "more.txt")}
    no_manifest = {name: content for name, content in members.items() if name != "manifest.json"}
    assert _problems(app, _packed(file, no_manifest)) == {("missing", "manifest.json")}
    unsigned = {name: content for name, content in members.items() if name != "manifest.jws"}
    assert _problems(app, _packed(file, unsigned)) == {("not_signed", "manifest.jws")}


def test_another_manifest_and_foreign_or_revoked_keys(app: Flask, data: bytes, tmp_path: Path) -> None:
    members, file = _members(data), tmp_path / "pack.zip"
    said = json.loads(members["manifest.json"])
    forged = canonical({**said, "since": "2020-01-01"})
    assert _problems(app, _packed(file, {**members, "manifest.json": forged})) == {("signature", None)}
    foreign = sets.create(tmp_path / "foreign", "first", "Meridian", "http://x/crl", now())
    other = {**members, "manifest.json": forged, "manifest.jws": sign(forged, foreign)}
    assert _problems(app, _packed(file, other)) == {("signature", None)}
    assert "Foreign keys" in _told(app, file)[1]["reason"]
    _packed(file, {**members, "manifest.jws": b"nothing"})
    assert "cannot be read" in _told(app, file)[1]["reason"]
    db.session.query(SigningKey).update({"revoked_at": now(), "retired_at": now()})
    assert "revoked" in _told(app, _packed(file, members))[1]["reason"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("../out.txt", "unsafe_name"), ("/etc/x", "unsafe_name"), ("a\\b", "unsafe_name"), ("C:x", "unsafe_name"), ("roster.csv", "duplicate")],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_would_leave_the_folder_or_hide_another(app: Flask, data: bytes, tmp_path: Path, name: str, code: str) -> None:
    file = evidence.stored(tmp_path / "pack.zip", data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    assert (code, name) in _problems(app, file)


def test_packed_members_are_refused_before_they_swell(app: Flask, data: bytes, tmp_path: Path) -> None:
    file = evidence.stored(tmp_path / "pack.zip", data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * 10_000_000)
    assert ("packing", "bomb.csv") in _problems(app, file)
    encrypted = bytearray(data)
    place = data.rindex(b"PK\x01\x02")
    encrypted[place + 8] |= 1
    assert ("encrypted", "manifest.jws") in _problems(app, evidence.stored(file, bytes(encrypted)))


def test_building_on_the_server(app: Flask, site: Site, tmp_path: Path) -> None:
    out, time = tmp_path / "pack.zip", ("--from", "2024-01-01", "--to", "2024-06-30")
    factory_id, name = site.factory.id, site.factory.code
    code, said = evidence.judged(app, "build", "--factory", name, *time, "--at", "2024-07-31", "--out", out)
    assert (code, said) == (0, f"{out}: {out.stat().st_size / 1_000_000:.1f} MB, as of 2024-07-31\n")
    assert out.read_bytes() == evidence.made(db.session.get_one(Factory, factory_id))
    for wrong in (("--at", "2024-05-01"), ("--at", now().date() + timedelta(days=1))):
        code, said = evidence.judged(app, "build", "--factory", name, *time, *wrong, "--out", tmp_path / "no.zip")
        assert code == 1
        assert said.endswith("Nothing was written.\n")
    assert evidence.judged(app, "build", "--factory", "NO", *time, "--out", tmp_path / "no.zip")[0] == 1
    for language in ("xx", "", "fr", "AR", "en_GB"):
        code, said = evidence.judged(app, "build", "--factory", name, *time, "--language", language, "--out", tmp_path / "no.zip")
        assert (code, said) == (2, "The language is one of en, vi, km, ar. Nothing was written.\n")
    assert evidence.judged(app, "build", "--factory", name, *time, "--out", tmp_path / "none" / "no.zip")[0] == 1
    assert not list(tmp_path.glob("*no.zip*"))
    assert db.session.query(AuditEntry).filter_by(action="evidence.take_out").count() == 1
