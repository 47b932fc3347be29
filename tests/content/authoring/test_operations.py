"""The verbs of drafts: what they write, what they refuse, and that they are the same as those of files."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import ANONYMOUS, SYSTEM, Actor
from app.access.roles import Role
from app.content.authoring import operations, queries
from app.content.authoring.models import DraftFile
from app.content.authoring.refusals import Stale
from app.content.authoring.report import Report, report
from app.content.authoring.rules import DraftState, renumbered
from app.content.authoring.units import files_of, moves
from app.content.check import checked_folder, has_errors
from app.content.compare import differences
from app.content.folder import Folder
from app.content.publish import ContentRefused, publish
from app.courses.models import Blob, CourseVersion
from app.courses.queries import catalogue, course_by_code, current_version
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.growth import assert_linear
from tests.make import drafts

pytestmark = pytest.mark.usefixtures("app")


def logged(action: str) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == action)) or 0


def revision(draft_id: int, path: str) -> int:
    return queries.file(draft_id, path).revision


def published() -> CourseVersion:
    publish(SYSTEM, drafts.folder())
    return current_version(course_by_code(drafts.CODE).id)


def test_a_blank_course_lacks_only_its_lessons() -> None:
    actor = drafts.author()
    draft = operations.start_blank(actor, drafts.BLANK)
    course, problems = checked_folder(queries.draft_folder(draft))
    assert course
    assert [str(each) for each in problems] == [
        "course.yaml:12: warning: language en: not yet reviewed",
        "course.yaml:12: language en: there is no folder en",
    ]
    operations.write_file(actor, draft.id, "course.yaml", _with_lesson(draft.id), seen=1)
    operations.write_file(actor, draft.id, "en/lesson.md", b"# Help\n", seen=0)
    assert operations.publish_draft(actor, draft.id, "The first edition.").is_new
    assert (draft.code, draft.titles, draft.created_by) == ("first-aid", {"en": "First aid"}, actor.account_id)


def _with_lesson(draft_id: int) -> bytes:
    unit = b'  - {id: "lesson", kind: lesson, minutes: 9, titles: {en: "Help"}}\n'
    return queries.file(draft_id, "course.yaml").data + unit


@pytest.mark.any_engine
@pytest.mark.parametrize("code", ["", "Fire", "../fire", "fire_drill", "a" * 61, "fire\0", "fire\n"])
def test_a_code_is_a_name_of_a_folder(code: str) -> None:
    blank = replace(drafts.BLANK, code=code)
    with pytest.raises(Refused, match="small letters"):
        operations.start_blank(SYSTEM, blank)


def test_a_code_is_given_once() -> None:
    operations.start_blank(SYSTEM, drafts.BLANK)
    with pytest.raises(Refused, match="open draft"):
        operations.start_blank(SYSTEM, drafts.BLANK)
    published()
    with pytest.raises(Refused, match="There is a course"):
        operations.start_blank(SYSTEM, replace(drafts.BLANK, code=drafts.CODE))


def test_what_does_not_fit_a_course_is_refused() -> None:
    for values in ({"hours": 0.0}, {"sources": ()}, {"title": " "}, {"summary": "x" * 2001}):
        with pytest.raises(Refused, match="cannot stand"):
            operations.start_blank(SYSTEM, replace(drafts.BLANK, **values))


def test_a_draft_begun_from_a_version_differs_in_its_number_alone() -> None:
    version = published()
    draft = operations.start_from(drafts.author(), version.id)
    files = queries.draft_folder(draft).files
    assert files == {**drafts.FILES, "course.yaml": drafts.YAML.replace('version: "1"', 'version: "2"').encode()}
    assert (draft.based_on_id, draft.titles["km"]) == (version.id, "សមយុទ្ធអគ្គិភ័យ")
    assert queries.open_drafts()[0].based_on == "1"


def test_a_version_without_files_cannot_be_continued() -> None:
    version = published()
    db.session.execute(sa.text("DELETE FROM course_file"))
    with pytest.raises(Refused, match="kept no files"):
        operations.start_from(SYSTEM, version.id)
    with pytest.raises(NotFound):
        operations.start_from(SYSTEM, 999_999)


def test_the_same_files_have_the_same_fingerprint_from_the_disk_and_from_a_draft() -> None:
    draft = drafts.draft(drafts.author())
    operations.publish_draft(drafts.author(), draft.id, "From the browser.")
    version = current_version(course_by_code(drafts.CODE).id)
    assert not publish(SYSTEM, drafts.folder()).is_new
    assert (version.note, draft.state, draft.published_id) == ("From the browser.", DraftState.PUBLISHED, version.id)
    assert logged("authoring.published") == logged("courses.publish") == 1


def test_what_has_errors_is_not_published() -> None:
    draft = drafts.draft()
    operations.remove_file(SYSTEM, draft.id, "en/lesson.md", seen=1)
    operations.write_file(SYSTEM, draft.id, "km/test.gift", b"::f1:: x {", seen=1)
    with pytest.raises(ContentRefused) as refusal:
        operations.publish_draft(SYSTEM, draft.id, "No.")
    assert {problem.file for problem in refusal.value.args[0] if has_errors([problem])} == {"course.yaml", "km/test.gift"}
    assert (draft.state, catalogue()) == (DraftState.OPEN, [])


def test_publishing_asks_why() -> None:
    draft = drafts.draft()
    for note in ("", " \n", "x" * 501):
        with pytest.raises(Refused, match="what is new"):
            operations.publish_draft(SYSTEM, draft.id, note)


def test_a_number_that_is_taken_is_refused() -> None:
    published()
    draft = drafts.draft()
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# Other\n", seen=1)
    with pytest.raises(Refused, match="never changes"):
        operations.publish_draft(SYSTEM, draft.id, "No.")


def test_whoever_wrote_later_finds_what_the_other_wrote() -> None:
    one, other = drafts.author(name="Dara"), drafts.author(name="Bopha")
    draft = drafts.draft(one)
    seen = revision(draft.id, "en/lesson.md")
    operations.write_file(one, draft.id, "en/lesson.md", b"# One\n", seen=seen)
    with pytest.raises(Stale, match="Dara changed this") as stale:
        operations.write_file(other, draft.id, "en/lesson.md", b"# Other\n", seen=seen)
    assert (stale.value.theirs, stale.value.revision) == (b"# One\n", 2)
    operations.write_file(one, draft.id, "en/lesson.md", b"# One\n", seen=seen)  # the same sent twice
    assert queries.file(draft.id, "en/lesson.md").data == b"# One\n"
    operations.write_file(other, draft.id, "en/lesson.md", b"# Other\n", seen=stale.value.revision)
    stored = queries.file(draft.id, "en/lesson.md")
    assert (stored.data, stored.changed_by, stored.revision) == (b"# Other\n", "Bopha", 3)


def test_a_file_that_went_and_came_is_another() -> None:
    draft = drafts.draft()
    operations.remove_file(SYSTEM, draft.id, "km/lesson.md", seen=1)
    with pytest.raises(Stale, match="took this file away") as stale:
        operations.write_file(SYSTEM, draft.id, "km/lesson.md", b"# x\n", seen=1)
    assert (stale.value.theirs, stale.value.revision) == (None, 0)
    operations.write_file(SYSTEM, draft.id, "km/lesson.md", b"# x\n", seen=0)
    with pytest.raises(Stale):
        operations.write_file(SYSTEM, draft.id, "km/lesson.md", b"# y\n", seen=1)


def test_several_files_are_written_all_or_none() -> None:
    draft = drafts.draft()
    changes = {"en/lesson.md": b"# New\n", "km/lesson.md": None, "en/guide.md": b"# Guide\n"}
    with pytest.raises(Stale):
        operations.write_files(SYSTEM, draft.id, changes, {"en/lesson.md": 1})
    assert queries.draft_folder(draft).files == drafts.FILES
    operations.write_files(SYSTEM, draft.id, changes, {"en/lesson.md": 1, "km/lesson.md": 1})
    files = queries.draft_folder(draft).files
    assert (files["en/lesson.md"], files["en/guide.md"], "km/lesson.md" in files) == (b"# New\n", b"# Guide\n", False)


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "path", ["../x.md", "/etc/passwd", "en/../x.md", "en/a b.md", "en/.md", "x.exe", "media/../a.svg", "en/a\0.md", "a/b/c.md", "media/run.exe"]
)
def test_a_course_has_no_such_file(path: str) -> None:
    draft = drafts.draft()
    with pytest.raises(Refused):
        operations.write_file(SYSTEM, draft.id, path, b"x", seen=0)
    assert len(queries.file_rows(draft.id)) == len(drafts.FILES)


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        ("en/lesson.md", b"x" * 10_000_000, "larger than 64 kB"),
        ("media/big.png", b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000, "larger than 2000 kB"),
        ("media/a.svg", drafts.SVG.replace("<path", "<script>x</script><path").encode(), "<script> is not allowed"),
        ("media/a.svg", drafts.SVG.replace("<path", '<path onload="x"').encode(), "onload=x is not allowed"),
        ("media/a.png", b"<svg/>", "not readable as .png"),
        ("media/a", b"x", "not allowed as media"),
    ],
)
def test_what_is_too_large_or_unsafe_is_refused(path: str, data: bytes, why: str) -> None:
    draft = drafts.draft()
    seen = queries.file_or_new(draft.id, path).revision
    with pytest.raises(Refused, match=why):
        operations.write_file(SYSTEM, draft.id, path, data, seen=seen)


def test_equal_files_lie_once() -> None:
    drafts.draft()
    drafts.draft()
    assert db.session.scalar(sa.select(sa.func.count(Blob.id))) == len(drafts.FILES)
    assert db.session.scalar(sa.select(sa.func.count(DraftFile.id))) == 2 * len(drafts.FILES)


def test_the_title_follows_course_yaml() -> None:
    draft = drafts.draft()
    operations.write_file(SYSTEM, draft.id, "course.yaml", drafts.YAML.replace("Fire drill", "Fire!").encode(), seen=1)
    assert draft.titles["en"] == "Fire!"
    operations.write_file(SYSTEM, draft.id, "course.yaml", b"id: [", seen=2)
    assert draft.titles["en"] == "Fire!"


def test_a_closed_draft_does_not_change() -> None:
    draft = drafts.draft()
    operations.discard(SYSTEM, draft.id)
    assert (draft.state, queries.open_drafts()) == (DraftState.DISCARDED, [])
    for verb in (
        lambda: operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"x", seen=1),
        lambda: operations.discard(SYSTEM, draft.id),
        lambda: operations.publish_draft(SYSTEM, draft.id, "Why."),
    ):
        with pytest.raises(Refused, match="closed"):
            verb()
    assert (logged("authoring.start"), logged("authoring.discarded")) == (1, 1)


def test_an_archived_course_is_not_offered_and_comes_back() -> None:
    published()
    with pytest.raises(Refused, match="why"):
        operations.archive_course(SYSTEM, drafts.CODE, " ")
    course = operations.archive_course(SYSTEM, drafts.CODE, "The law changed.")
    operations.archive_course(SYSTEM, drafts.CODE, "Again.")
    assert (course.archived_why, catalogue()) == ("The law changed.", [])
    operations.restore_course(SYSTEM, drafts.CODE)
    operations.restore_course(SYSTEM, drafts.CODE)
    assert (course.archived_at, len(catalogue())) == (None, 1)
    assert logged("authoring.archive_course") == logged("authoring.restore_course") == 1


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADVISOR, None])
def test_who_may_what(app: Flask, role: Role | None) -> None:
    version, draft = published(), drafts.draft()
    actor = drafts.author(role) if role else ANONYMOUS
    for verb in _publishing(actor, draft.id):
        with pytest.raises(NotFound):
            verb()
    for verb in _authoring(actor, draft.id, version.id):
        if role is Role.TRAINER:
            verb()
        else:
            with pytest.raises(NotFound):
                verb()


def _publishing(actor: Actor, draft_id: int) -> list[Callable[[], object]]:
    return [
        lambda: operations.publish_draft(actor, draft_id, "Why."),
        lambda: operations.archive_course(actor, drafts.CODE, "Why."),
        lambda: operations.restore_course(actor, drafts.CODE),
    ]


def _authoring(actor: Actor, draft_id: int, version_id: int) -> list[Callable[[], object]]:
    return [
        lambda: queries.draft(actor, draft_id),
        lambda: operations.start_blank(actor, drafts.BLANK),
        lambda: operations.start_from(actor, version_id),
        lambda: operations.start_from_zip(actor, drafts.zip_of(drafts.FILES)),
        lambda: operations.write_file(actor, draft_id, "en/guide.md", b"# x\n", seen=0),
        lambda: operations.remove_file(actor, draft_id, "en/guide.md", seen=2),
        lambda: operations.discard(actor, draft_id),
    ]


@pytest.mark.parametrize("sign", ["\\0", "\\x07", "\\e", "\\ud800"])
def test_control_characters_hidden_in_yaml_are_an_error(sign: str) -> None:
    draft = drafts.draft()
    text = drafts.YAML.replace('"Fire drill"', f'"Fire{sign}"')
    operations.write_file(SYSTEM, draft.id, "course.yaml", text.encode(), seen=1)
    with pytest.raises(ContentRefused) as refusal:
        operations.publish_draft(SYSTEM, draft.id, "No.")
    assert next(problem.line for problem in refusal.value.args[0] if has_errors([problem])) in {1, 5}


def test_thousands_of_problems_in_one_file_are_shown_in_little_time() -> None:
    def faulty(times: int) -> Report:
        draft = drafts.draft()
        operations.write_file(SYSTEM, draft.id, "en/test.gift", b"::a:: b { =\r\n\r\n" * times, seen=1)
        return report(draft)

    def lines(seen: Report) -> None:
        assert {seen.line(problem) for problem in seen.of("en/test.gift") if problem.line % 2} == {"::a:: b { ="}

    assert_linear(faulty, lines, 1_500)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('version: "1"   # never changes\r\nhours: 4', 'version: "2"   # never changes\r\nhours: 4'),
        ("version: '1.10'\n", 'version: "2"\n'),
    ],
)
def test_another_number_changes_nothing_beside_it(before: str, after: str) -> None:
    assert renumbered(before, "2") == after


def test_a_comparison_of_very_many_lines_takes_little_time() -> None:
    def edited(size: int) -> list[Folder]:
        lines = [str(number % 101).encode() for number in range(size)]
        return [Folder("a", {"en/a.gift": b"\n".join(each)}) for each in (lines, lines[::-1])]

    assert_linear(edited, lambda folders: differences(*folders), 5_000)
    (change,) = differences(*edited(40_000))
    assert len(change.lines) == 80_001


def test_a_form_and_notes_called_as_a_unit_stay_when_the_unit_goes_or_is_renamed() -> None:
    files = ["en/bd.md", "en/bd.guide.md", "en/bd.form.yaml", "countries/bd.yaml", "media/bd.svg", "media/bd.en.mp3"]
    assert files_of("bd", files) == ["en/bd.guide.md", "en/bd.md", "media/bd.en.mp3"]
    ledger = b'"en/bd.md": "1"\n"en/bd.form.yaml": "2"\n'
    moved = moves("bd", "exits", {**dict.fromkeys(files, b"x"), "km/translated.yaml": ledger})
    assert moved["km/translated.yaml"] == b'"en/exits.md": "1"\n"en/bd.form.yaml": "2"\n'
    assert not {"en/bd.form.yaml", "countries/bd.yaml", "media/bd.svg"} & moved.keys()


def test_a_name_with_other_letters_is_refused_with_what_to_do() -> None:
    draft = drafts.draft()
    with pytest.raises(Refused, match="plain name of ASCII letters, digits, dots and hyphens"):
        operations.write_file(SYSTEM, draft.id, "media/cửa.svg", drafts.SVG.encode(), seen=0)
