"""What is cut off, changed, foreign or made to harm is refused with a reason, and nothing is touched."""

import hashlib
import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from app.backup import importing, restoring
from app.backup.archive import framing, seal
from app.backup.rules import FILES, MANIFEST, NotValid, Unreadable, read_manifest
from app.platform.db import transaction
from app.platform.files import files, key_of
from tests.backup.conftest import Site
from tests.backup.test_drill import contents
from tests.counts import IS_LONG
from tests.make import factories

pytestmark = pytest.mark.slow
HOW_MANY = 2000 if IS_LONG else 60


def refused(data: bytes, path: Path) -> str:
    """Why these bytes are refused; for either kind of refusal."""
    path.write_bytes(data)
    with pytest.raises((NotValid, Unreadable)) as reason:
        restoring.verify(path)
    return str(reason.value)


def resealed(data: bytes) -> bytes:
    """The seal that anybody can compute: it shows damage, and stops no forger."""
    blank = data[: -seal.LENGTH] + b""
    return blank + seal.sealed(hashlib.sha256(blank).hexdigest())


def packed(members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    """A ZIP of these members with a seal that holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = seal.BLANK
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return resealed(out.getvalue())


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_cut_off_anywhere(site: Site, tmp_path: Path) -> None:
    whole = site.file.read_bytes()
    dice = random.Random(1)
    for length in {0, 1, 38, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(HOW_MANY))}:
        reason = refused(whole[:length], tmp_path / "b.zip")
        assert "cut off" in reason if length >= 38 else "no backup" in reason


def test_any_bit_flipped_in_any_part(site: Site, tmp_path: Path) -> None:
    whole = site.file.read_bytes()
    with zipfile.ZipFile(site.file) as archive:
        starts = [entry.header_offset + step for entry in archive.infolist() for step in (0, 6, 10, 14, 18, 26, 31)]
        directory = archive.start_dir
    dice = random.Random(2)
    ends = [*range(len(whole) - seal.LENGTH - 22, len(whole))]
    places = [*starts, *ends, *(dice.randrange(len(whole)) for _ in range(HOW_MANY)), *range(directory, directory + 60)]
    for place in places if IS_LONG else dice.sample(places, 120):
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        assert refused(bytes(changed), tmp_path / "b.zip"), place


def test_old_data_are_untouched(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    restoring.restore(site.file)
    before, whole = contents(), site.file.read_bytes()
    for wrong in (whole[:-1], whole[: len(whole) // 2], whole[:-200] + bytes(200), b"PK"):
        (tmp_path / "b.zip").write_bytes(wrong)
        with pytest.raises((NotValid, Unreadable)):
            restoring.restore(tmp_path / "b.zip", replace=True)
    assert contents() == before


def test_a_foreign_archive_even_with_a_seal(tmp_path: Path) -> None:
    assert "no list of contents" in refused(packed({"photos/1.jpg": b"x"}), tmp_path / "b.zip")
    assert refused(packed({MANIFEST: b"{}"}), tmp_path / "b.zip")
    assert refused(packed({MANIFEST: b"[" * 100_000}), tmp_path / "b.zip")
    assert "contents is too long" in refused(packed({MANIFEST: bytes(9_000_000)}), tmp_path / "b.zip")


def test_names_that_lead_out_of_it(site: Site, tmp_path: Path) -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "tables/../../x.jsonl", "files/x", "tables/none.jsonl"):
        assert "not those of its list" in refused(packed(members(site.file) | {name: b"x"}), tmp_path / "b.zip")


def test_links_and_odd_packings(site: Site, tmp_path: Path) -> None:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16

    def odd(info: zipfile.ZipInfo) -> None:
        info.compress_type = zipfile.ZIP_LZMA

    for change in (link, odd):
        assert "never read" in refused(packed(members(site.file), change), tmp_path / "b.zip")


def test_more_than_it_says_is_not_unpacked(site: Site, tmp_path: Path) -> None:
    bomb = members(site.file) | {"tables/person.jsonl": bytes(50_000_000)}
    assert refused(packed(bomb), tmp_path / "b.zip")
    many = {f"{number}": b"" for number in range(3000)}
    assert "too many" in refused(packed(many), tmp_path / "b.zip")


def test_what_the_manifest_says_must_be_so(site: Site, tmp_path: Path) -> None:
    whole = members(site.file)
    lines = whole["tables/person.jsonl"].splitlines(keepends=True)
    for wrong in (lines[:-1], [*lines, lines[0]], [line.replace(b"Sok", b"Sak") for line in lines]):
        assert "person" in refused(packed(whole | {"tables/person.jsonl": b"".join(wrong)}), tmp_path / "b.zip")
    assert refused(packed({name: data for name, data in whole.items() if name != FILES}), tmp_path / "b.zip")


def test_a_newer_one(site: Site, tmp_path: Path) -> None:
    manifest = json.loads(members(site.file)[MANIFEST])
    for change in ({"format": 2}, {"revision": "9999"}):
        newer = packed(members(site.file) | {MANIFEST: json.dumps(manifest | change).encode()})
        assert "newer Seamwise" in refused(newer, tmp_path / "b.zip")


def test_rows_that_fit_nowhere_leave_everything_as_it_was(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    before = contents()
    whole = members(site.file)
    manifest = read_manifest(whole[MANIFEST])
    for name, line in (("person", b'[1,2]\n'), ("employment", whole["tables/employment.jsonl"].replace(b"[", b"[9", 1))):
        forged = json.loads(manifest.as_bytes())
        for table in forged["tables"]:
            if table["table"]["name"] == name:
                table["content"] = {"count": line.count(b"\n"), "size": len(line), "sha256": hashlib.sha256(line).hexdigest()}
        data = packed(whole | {f"tables/{name}.jsonl": line, MANIFEST: json.dumps(forged).encode()})
        (tmp_path / "b.zip").write_bytes(data)
        restoring.verify(tmp_path / "b.zip")
        with pytest.raises(NotValid):
            restoring.restore(tmp_path / "b.zip")
        assert contents() == before


def twice(path: Path) -> bytes:
    """An archive with an entry of a name that is in it already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings(action="ignore"):
        archive.comment = seal.BLANK
        for name, data in [*members(path).items(), ("tables/person.jsonl", b"")]:
            archive.writestr(name, data)
    return resealed(out.getvalue())


def shorter_than_said(path: Path) -> bytes:
    """A manifest that says of a table that it is as large as what unpacks to so much: a line without an end."""
    whole, bomb = members(path), bytes(3_000_000)
    forged = json.loads(whole[MANIFEST])
    for table in forged["tables"]:
        if table["table"]["name"] == "person":
            table["content"] = {"count": 1, "size": len(bomb), "sha256": hashlib.sha256(bomb).hexdigest()}
    return packed(whole | {"tables/person.jsonl": bomb, MANIFEST: json.dumps(forged).encode()})


def with_other_names(path: Path) -> bytes:
    """The names of the directory are those of the list, and those of the entries lead elsewhere."""
    return resealed(path.read_bytes().replace(b"tables/person.jsonl", b"/../etc/cron.d/evil", 1))


HARMFUL: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "cut off": (lambda path: path.read_bytes()[:-300], "cut off"),
    "a bit of a table": (lambda path: _flipped(path.read_bytes(), 900), "were changed or lost"),
    "a bit of the files": (lambda path: resealed(_flipped(path.read_bytes(), _within_files(path))), "damaged inside|not what was stored"),
    "foreign": (lambda _: b"PK" + bytes(500), "no backup"),
    "an entry twice": (twice, "not those of its list"),
    "a bomb": (lambda path: packed(members(path) | {"tables/person.jsonl": bytes(9_000_000)}), "longer than|not what|too long"),
    "a line without an end": (shorter_than_said, "too long or has no end"),
    "out of it": (lambda path: packed(members(path) | {"../../etc/passwd": b"x"}), "not those of its list"),
    "absolute": (lambda path: packed(members(path) | {"/etc/passwd": b"x"}), "not those of its list"),
    "other names within": (with_other_names, "damaged inside"),
    "links": (lambda path: packed(members(path), _link), "never read"),
    "newer": (lambda path: _newer(path, "9999"), "newer Seamwise"),
}  # fmt: skip


def _within_files(path: Path) -> int:
    """A place in the first stored file."""
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo(FILES).header_offset + 300


def _flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 4
    return bytes(changed)


def _link(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def _newer(path: Path, revision: str) -> bytes:
    manifest = json.loads(members(path)[MANIFEST])
    return packed(members(path) | {MANIFEST: json.dumps(manifest | {"revision": revision}).encode()})


@pytest.mark.parametrize("verb", [importing.foreseen, importing.take_in, partial(restoring.restore, replace=True)])
def test_no_verb_takes_what_is_harmful(exported: Path, site: Site, elsewhere: Flask, tmp_path: Path, verb: Callable[[Path], object]) -> None:
    """Each says why, and what was there stays as it was."""
    with transaction():
        factories.person(name="Old")
    before, stored = contents(), sorted(tmp_path.rglob("*"))
    for name, (made, reason) in HARMFUL.items():
        path = tmp_path.with_name("harmful.zip")
        path.write_bytes(made(site.file if isinstance(verb, partial) else exported))
        with pytest.raises((NotValid, Unreadable), match=reason):
            verb(path)
            pytest.fail(name)
    assert (contents(), sorted(tmp_path.rglob("*"))) == (before, stored)


def test_a_document_that_is_none_is_refused(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    """SQLite would take it, and a page would fall over it."""
    whole, before = members(site.file), contents()
    lines = whole["tables/programme.jsonl"].replace(b'"{\\"en', b'"{{\\"en')
    forged = json.loads(whole[MANIFEST])
    for table in forged["tables"]:
        if table["table"]["name"] == "programme":
            table["content"] |= {"size": len(lines), "sha256": hashlib.sha256(lines).hexdigest()}
    (tmp_path / "b.zip").write_bytes(packed(whole | {"tables/programme.jsonl": lines, MANIFEST: json.dumps(forged).encode()}))
    with pytest.raises(NotValid, match=r"no document|do not fit"):
        restoring.restore(tmp_path / "b.zip")
    assert contents() == before


def test_files_are_what_their_names_say() -> None:
    good = [(key_of(data), data) for data in (b"one", b"", b"three")]
    stream = b"".join(framing.framed(good))
    assert list(framing.unframed(io.BytesIO(stream))) == good
    for wrong in (stream[:-1], stream[1:], stream.replace(b"one", b"two"), b"x" * 500, b"0" * 64 + b" 999999999\n"):
        with pytest.raises(NotValid):
            list(framing.unframed(io.BytesIO(wrong)))


def test_stored_files_are_not_asked_for(site: Site, elsewhere: Flask) -> None:
    restoring.restore(site.file)
    assert all(files().get(key) for key in site.stored)
