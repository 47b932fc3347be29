"""A course from the disk to the browser, on to a ZIP, and to another site: the same content has the same fingerprint."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.boot import create_app
from app.content.archives import from_zip, to_zip
from app.content.authoring import queries
from app.content.check import checked, checked_folder, has_errors
from app.content.folder import from_disk
from app.content.publish import publish
from app.courses.queries import course_by_code, current_version
from app.platform.db import db, transaction
from tests.browse import Browse, fill
from tests.conftest import Databases, settings_for
from tests.make import accounts, drafts
from tests.make.drafts import CODE, FILES

LESSON = "# Exits\n\n## Aims\n\n- leave\n- count\n\n## Key points\n\n**Doors open outwards.** So nobody is crushed.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The course as an author of files has it."""
    for path, data in FILES.items():
        (tmp_path / CODE / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / CODE / path).write_bytes(data)
    return tmp_path / CODE


def _edited(author: Browse) -> str:
    """Version 2, written in the pages; the address of its history."""
    version = current_version(course_by_code(CODE).id)
    draft = author.post("/authoring/start", {"version": version.id}).location
    for page, action, values in (
        ("/facts", "/facts", {"hours": "5", "title_en": "Fire drills", "sources": "A public guide\r\nAnother one"}),
        ("/units/lesson", "/units/lesson", {"code": "01-exits", "minutes": "75"}),
        ("/file?path=en/01-exits.md", "/file", {"text": LESSON.replace("\n", "\r\n")}),
    ):
        reply = author.post(*fill(author.get(f"{draft}{page}"), action, **values))
        assert reply.status == 303, (page, reply.text)
    reply = author.post(f"{draft}/media", {"file": (io.BytesIO(drafts.SVG.encode()), "door.svg")})
    assert reply.status == 303
    reply = author.post(*fill(author.get(f"{draft}/publication"), "/publication", note="Doors, and one hour more."))
    assert reply.status == 303, reply.text
    return reply.location


@pytest.fixture
def other_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Another site with an empty database."""
    other = create_app(settings_for(databases.fresh(), tmp_path / "other"))
    yield other
    with other.app_context():
        db.engine.dispose()


def test_from_the_disk_over_the_browser_to_another_site(own_app: Flask, other_app: Flask, folder: Path) -> None:
    with own_app.app_context(), transaction():
        assert not has_errors(checked(folder)[1])
        publish(SYSTEM, folder)
    with own_app.app_context():
        author = Browse(own_app).as_account(accounts.account(Role.PROGRAMME_MANAGER, name="Sopheap"))
        history = author.get(_edited(author))
        assert "Version 2 is published" in history.text and "Doors, and one hour more." in history.text
        second = current_version(course_by_code(CODE).id)
        fingerprint = second.fingerprint
        assert (second.number, second.hours, second.titles["en"]) == ("2", 5, "Fire drills")
        packed = author.get(f"/authoring/courses/{CODE}/versions/2.zip").response.data
    exported = from_zip(packed, "")
    course, problems = checked_folder(exported)
    assert course and not has_errors(problems) and exported.name == CODE
    assert exported.files["en/01-exits.md"] == LESSON.encode()
    with other_app.app_context(), transaction():
        assert publish(SYSTEM, exported, "From elsewhere.").is_new
        assert current_version(course_by_code(CODE).id).fingerprint == fingerprint


def test_a_zip_of_another_site_is_published_in_the_browser_with_the_same_fingerprint(
    own_app: Flask, other_app: Flask, folder: Path
) -> None:
    with other_app.app_context(), transaction():
        publish(SYSTEM, folder)
        there = current_version(course_by_code(CODE).id).fingerprint
    packed = to_zip(from_disk(folder))
    with own_app.app_context():
        author = Browse(own_app).as_account(accounts.account(Role.ADMINISTRATOR))
        draft = author.post("/authoring/upload", {"file": (io.BytesIO(packed), "course.zip")}).location
        again = author.get(f"{draft}/files.zip").response.data
        assert from_zip(again, "").files == FILES
        assert author.post(f"{draft}/publication", {"note": "Taken over."}).status == 303
        assert current_version(course_by_code(CODE).id).fingerprint == there


@pytest.mark.slow
def test_publishing_in_the_browser_undoes_all_when_the_number_is_taken(browse: Browse, folder: Path) -> None:
    publish(SYSTEM, folder)
    author = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    draft = drafts.draft()
    author.post(*fill(author.get(f"/authoring/{draft.id}/facts"), "/facts", hours="9"))
    reply = author.post(f"/authoring/{draft.id}/publication", {"note": "Clash."})
    assert reply.status == 409 and "never changes" in reply.text
    db.session.expire_all()
    assert current_version(course_by_code(CODE).id).hours == 4
    assert queries.draft(SYSTEM, draft.id).is_open
