"""Packs that somebody made or changed on purpose: each is refused for a plain reason, before it costs anything."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.certificates.signing import keys as sets
from app.certificates.signing.trust import Trust
from app.learning_record.evidence import judging
from app.learning_record.evidence.container import END
from app.learning_record.evidence.rules import canonical
from tests.learning_record.evidence.test_verifying import _members, _packed
from tests.make import evidence
from tests.make.evidence import PERIOD, Site

pytestmark = pytest.mark.slow
Attack = Callable[[bytes], bytes]


@pytest.fixture
def data(site: Site) -> bytes:
    return evidence.made(site.factory)


def _with(data: bytes, name: str, content: bytes = b"x", packing: int = zipfile.ZIP_STORED, mode: int = 0) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", packing) as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr, entry.compress_type = mode << 16, packing
        archive.writestr(entry, content)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", b"0" * 1_000_000)
    return out.getvalue()


def _large(data: bytes) -> bytes:
    """The same members, the end in ZIP64."""
    *_rest, members, length, start, _comment = struct.unpack(END, data[-22:])
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1)
    return data[:-22] + record + locator + data[-22:]


def _many(data: bytes) -> bytes:
    """A directory of a million members, none of them there."""
    entry = data[data.rindex(b"PK\x01\x02") : -22]
    listed = entry * 200_000
    return data[:4] + listed + struct.pack(END, b"PK\x05\x06", 0, 0, 65_000, 65_000, len(listed), 4, 0)


ATTACKS: dict[str, tuple[Attack, str]] = {
    "a bomb": (lambda data: _with(data, "bomb.csv", b"0" * 3_000_000, zipfile.ZIP_DEFLATED), "packing"),
    "a nested zip": (lambda data: _with(data, "more.zip", _zip()), "extra"),
    "an absolute path": (lambda data: _with(data, "/etc/cron.d/x"), "unsafe_name"),
    "a path upwards": (lambda data: _with(data, "certificates/../../x"), "unsafe_name"),
    "a drive": (lambda data: _with(data, "C:x"), "unsafe_name"),
    "a symlink": (lambda data: _with(data, "link", b"/etc/passwd", mode=0o120777), "link"),
    "a folder": (lambda data: _with(data, "certificates/", b""), "unsafe_name"),
    "a file more": (lambda data: _with(data, "notes.txt"), "extra"),
    "capitals": (lambda data: _with(data, "ROSTER.csv"), "duplicate"),
    "composed": (lambda data: _with(data, "r\u00f4ster.csv"), "unsafe_name"),
    "decomposed": (lambda data: _with(data, "ro\u0302ster.csv"), "unsafe_name"),
    "full width": (lambda data: _with(data, "\uff52oster.csv"), "unsafe_name"),
    "large": (_large, "container"),
    "many": (_many, "too_many"),
    "something before": (lambda data: data[:4] + b"#!/bin/sh\n" + data, "truncated"),
    "something behind": (lambda data: data + b"\0", "truncated"),
    "a comment": (lambda data: data[:-2] + b"\x03\x00abc", "truncated"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_is_refused_for_its_reason(data: bytes, own_keys: Path, tmp_path: Path) -> None:
    root = sets.root(own_keys)[1]
    for name, (attack, code) in ATTACKS.items():
        found = judging.judge(evidence.stored(tmp_path / "pack.zip", attack(data)), Trust([root]))
        assert code in {each.code for each in found.problems}, name
        assert all(each.sentence.endswith(".") for each in found.problems), name


def test_a_directory_that_is_too_long_is_not_even_read(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", None)
    found = judging.judge(evidence.stored(tmp_path / "pack.zip", _many(data)), Trust())
    assert [each.code for each in found.problems] == ["too_many"]


def test_cut_off_at_every_thousandth_byte(data: bytes, own_keys: Path, tmp_path: Path) -> None:
    root = sets.root(own_keys)[1]
    for length in range(1000, len(data), 1000):
        found = judging.judge(evidence.stored(tmp_path / "pack.zip", data[:length]), Trust([root]))
        assert [each.code for each in found.problems] == ["truncated"], length
    with pytest.raises(judging.Unreadable):
        judging.judge(evidence.stored(tmp_path / "pack.zip", b""), Trust([root]))
    with pytest.raises(judging.Unreadable, match="not a ZIP"):
        judging.judge(evidence.stored(tmp_path / "pack.zip", b"#!" + data), Trust([root]))
    with pytest.raises(judging.Unreadable, match="not a file"):
        judging.judge(tmp_path, Trust([root]))


def test_a_byte_flipped_in_every_member_names_that_member(data: bytes, own_keys: Path, tmp_path: Path) -> None:
    root = sets.root(own_keys)[1]
    for entry in evidence.opened(data).infolist():
        changed = bytearray(data)
        changed[entry.header_offset + 30 + len(entry.filename) + entry.file_size // 2] ^= 1
        found = judging.judge(evidence.stored(tmp_path / "pack.zip", bytes(changed)), Trust([root]))
        told = {each.member for each in found.problems}
        assert entry.filename in told or entry.filename.startswith("manifest."), entry.filename
        assert told, entry.filename


@pytest.mark.parametrize(
    "signature",
    [b"", b"..", b"a..b", b"W1tbW1tb..AAAA", b"e30..AAAA", b"[" * 900_000, b"W" + b"1tb" * 200_000 + b"..AAAA", b"\xff\xfe..\x00"],
    ids=["empty", "dots", "short", "list", "nothing", "long", "deep", "binary"],
)
def test_a_signature_of_anything_is_refused(data: bytes, own_keys: Path, tmp_path: Path, signature: bytes) -> None:
    file = _packed(tmp_path / "pack.zip", {**_members(data), "manifest.jws": signature})
    found = judging.judge(file, Trust([sets.root(own_keys)[1]]))
    assert [each.code for each in found.problems] == ["signature"]


@pytest.mark.usefixtures("own_keys")
def test_what_it_says_cannot_drive_the_terminal(app: Flask, data: bytes, tmp_path: Path) -> None:
    members = _members(data)
    said = json.loads(members["manifest.json"])
    many = [{"name": f"\x1b[2J\n{number}: valid", "sha256": "", "size": []} for number in range(50)]
    forged = canonical({**said, "factory": {"code": "\x1b[31mX" * 200}, "members": many})
    code, told = evidence.judged(app, "verify", _packed(tmp_path / "pack.zip", {**members, "manifest.json": forged}))
    assert code == 3
    assert "\x1b" not in told
    assert len(told.splitlines()) < 40
    assert max(map(len, told.splitlines())) < 400


def test_members_in_another_order_under_another_name_or_of_another_pack(
    data: bytes, site: Site, own_keys: Path, tmp_path: Path
) -> None:
    """Packed once more as packing does it, by somebody who has everything but the keys."""
    trusted, members = Trust([sets.root(own_keys)[1]]), _members(data)
    other = _members(evidence.made(site.factory, replace(PERIOD, at=PERIOD.at + timedelta(days=1))))
    names = list(members)
    tried: dict[str, tuple[list[tuple[str, bytes]], set[str]]] = {
        "in another order": ([(name, members[name]) for name in [names[1], names[0], *names[2:]]], {"container"}),
        "the list first": ([(name, members[name]) for name in [*names[-2:], *names[:-2]]], {"container"}),
        "in capitals": ([(name.replace("roster.csv", "Roster.csv"), members[name]) for name in names], {"missing", "extra"}),
        "the list of another": ([(name, (other if name == "manifest.json" else members)[name]) for name in names], {"signature"}),
        "the signature of another": ([(name, (other if name == "manifest.jws" else members)[name]) for name in names], {"signature"}),
        "list and signature of another": ([(name, (other if "manifest" in name else members)[name]) for name in names], {"changed"}),
        "a file of another": ([(name, (other if name == "summary.pdf" else members)[name]) for name in names], {"changed"}),
    }  # fmt: skip
    for what, (parts, codes) in tried.items():
        found = judging.judge(_packed(tmp_path / "pack.zip", dict(parts)), trusted)
        assert codes <= {each.code for each in found.problems}, (what, found.problems)
