"""ZIPs as people and attackers send them: a draft with their files, or nothing and a sentence."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.content.archives import to_zip
from app.content.authoring import operations, queries
from app.content.authoring.models import Draft
from app.content.authoring.refusals import ArchiveFaulty
from app.courses.models import Blob
from app.platform.db import db
from app.platform.refusal import Refused
from tests.make import drafts
from tests.make.drafts import FILES, zip_of

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.any_engine]


def nothing_was_kept() -> bool:
    return not any(db.session.scalar(sa.select(sa.func.count(table.id))) for table in (Draft, Blob))


@pytest.mark.parametrize("folder", ["", "fire-drill", "fire-drill (1)", "download"])
def test_a_zip_becomes_a_draft_and_the_same_zip_again(folder: str) -> None:
    draft = operations.start_from_zip(SYSTEM, zip_of(FILES, folder))
    found = queries.draft_folder(draft)
    assert (draft.code, found.files) == (drafts.CODE, FILES)
    again = operations.start_from_zip(SYSTEM, to_zip(found))
    assert queries.draft_folder(again).files == FILES


def test_a_zip_whose_texts_are_wrong_is_taken_and_reported() -> None:
    draft = operations.start_from_zip(SYSTEM, zip_of({**FILES, "course.yaml": b"id: [", "notes.txt": b"x"}, "my-course"))
    assert (draft.code, draft.titles) == ("my-course", {})


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("../../etc/passwd", b"x", "plain name"),
        ("/etc/passwd", b"x", "plain name"),
        ("en/..", b"x", "plain name"),
        ("en\\x.md", b"x", "plain name"),
        ("en/a/b/c/d.md", b"x", "plain name"),
        ("en/.hidden.md", b"x", "plain name"),
        ("C:x.md", b"x", "plain name"),
        ("en/02.md", b"x" * 10_000_000, "larger than 64 kB"),
        ("media/a.png", b"x" * 2_100_000, "larger than 2000 kB"),
    ],
)
def test_files_that_lead_elsewhere_or_are_too_large(name: str, data: bytes, why: str) -> None:
    with pytest.raises(ArchiveFaulty) as refusal:
        operations.start_from_zip(SYSTEM, zip_of({**FILES, name: data, "en/also..md": b"x", "en/a b.md": b"x"}))
    assert any(why in fault for fault in refusal.value.faults)
    assert len(refusal.value.faults) == 2, "all of them are said"
    assert nothing_was_kept()


def _link() -> bytes:
    out = io.BytesIO(zip_of(FILES))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("en/guide.md")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _bomb() -> bytes:
    return zip_of({**FILES, **{f"media/{number}.png": b"\0" * 2_000_000 for number in range(40)}})


def _many() -> bytes:
    return zip_of({**FILES, **{f"media/{number}.png": b"" for number in range(4_100)}})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", "not readable"),
        (lambda: b"PK\x03\x04 not a zip", "not readable"),
        (lambda: zip_of(FILES)[:-30], "not readable"),
        (_bomb, "larger than 60 MB when unpacked"),
        (_many, "more than 2000 files"),
        (lambda: zip_of({"readme.md": b"x"}), "exactly one course.yaml"),
        (lambda: zip_of({**FILES, "other/course.yaml": b"x"}), "exactly one course.yaml"),
        (lambda: zip_of({"pathway.yaml": b"id: x"}), "holds no course.yaml"),
        (lambda: zip_of({"course.yaml": b"a: \xff"}), "neither course.yaml nor the folder"),
        (lambda: zip_of({"course.yaml": b"- a"}), "neither course.yaml nor the folder"),
    ],
)
def test_what_is_no_zip_of_one_course(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Refused, match=why):
        operations.start_from_zip(SYSTEM, make())
    assert nothing_was_kept()


def test_links_are_not_followed() -> None:
    with pytest.raises(ArchiveFaulty) as refusal:
        operations.start_from_zip(SYSTEM, _link())
    assert refusal.value.faults == ("en/guide.md: only plain files are read, no links",)


@pytest.mark.slow
@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_that_says_it_is_small_is_not_unpacked(packing: int) -> None:
    """zipfile unpacks whole chunks of these: 4 kB become 80 MB, whatever the directory of the ZIP says."""
    out, big = io.BytesIO(zip_of(FILES)), b"\0" * 8_000_000
    with zipfile.ZipFile(out, "a", packing) as archive:
        for number in range(3):
            archive.writestr(f"media/{number}.png", big)
    data = out.getvalue().replace(len(big).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(ArchiveFaulty) as refusal:
        operations.start_from_zip(SYSTEM, data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(big) / 8
    assert refusal.value.faults[0] == "media/0.png: packed in an unusual way; pack the ZIP with the usual one (deflate)"
    assert len(refusal.value.faults) == 3
    assert nothing_was_kept()
