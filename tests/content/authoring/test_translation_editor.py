"""The languages of a course: side by side with the source, what is missing, what changed since, who reviewed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.content.authoring import operations, queries
from app.content.authoring.models import Draft
from app.content.authoring.progress import progress
from app.content.check import checked_folder
from app.content.read import Course
from app.content.translations import outdated
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, drafts
from tests.make.statements import counted

MORE = """\
forms:
  - {id: "evaluation", kind: evaluation, titles: {en: "What did you think?"}}
"""
FORM = b'intro: "Hello"\nanonymous: true\nitems:\n  - {id: "a", text: "Useful?", scale: agreement}\n'


@pytest.fixture
def author(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, name="Sopheap"))


@pytest.fixture
def draft(author: Browse) -> Draft:
    made = drafts.draft()
    changes = {"course.yaml": (drafts.YAML + MORE).encode(), "en/evaluation.form.yaml": FORM}
    operations.write_files(SYSTEM, made.id, changes, {"course.yaml": 1})
    return made


def address(draft: Draft, rest: str = "") -> str:
    return f"/authoring/{draft.id}/translations{rest}"


def course_of(draft: Draft) -> Course:
    db.session.expire_all()
    found, _problems = checked_folder(queries.draft_folder(draft))
    assert isinstance(found, Course)
    return found


def test_every_text_stands_beside_its_source(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "/km"))
    for said in ("Fire drill", "What to do.", "I can leave.", "Unit: Exits", "Timetable: One morning", "All of it", "What did you think?"):
        assert said in page.text
    fields = {each.get("name"): each for tag in ("textarea", "input") for each in page.all(tag)}
    texts = {"titles", "summary", "objectives", "units-0-titles", "units-1-titles", "units-2-titles", "layouts-0-titles", "layouts-0-0-titles", "forms-0-titles"}
    assert set(fields) >= texts
    assert all((fields[name].get("lang"), fields[name].get("dir")) == ("km", "ltr") for name in texts)
    assert "Test Quiz" in page.text and "(the English one is used while there is none)" in page.text
    links = [link.get("href") or "" for link in page.all("a")]
    assert f"/authoring/{draft.id}/lessons/km/lesson" in links and f"/authoring/{draft.id}/quizzes/km/test" in links


def test_texts_are_saved_and_noted_as_translated(author: Browse, draft: Draft) -> None:
    assert "course.yaml" in outdated(course_of(draft), "km")
    before = course_of(draft).facts
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", titles="ថ្មី", layouts__0__0__titles="ព្រឹក", summary="")
    assert author.post(to, data).status == 303
    course = course_of(draft)
    assert (course.facts.titles["km"], course.facts.layouts[0].parts[0].titles["km"], "km" in course.facts.summary) == ("ថ្មី", "ព្រឹក", False)
    assert course.facts.model_copy(update={"titles": before.titles, "summary": before.summary, "layouts": before.layouts}) == before
    assert "course.yaml" not in outdated(course, "km") and "en/lesson.md" in outdated(course, "km")
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", titles="ថ្មីៗ", is_current=[])
    assert author.post(to, data).status == 303
    assert "course.yaml" not in outdated(course_of(draft), "km"), "what was up to date stays so"


def test_a_list_has_as_many_lines_as_its_source(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", objectives="ក\r\nខ")
    reply = author.post(to, data)
    assert reply.status == 422 and "English has 1 sentences, here are 2" in reply.text
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", titles="x" * 2001)
    assert author.post(to, data).status == 422
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", titles='no: "a" #\x07\u2028{', objectives="")
    assert author.post(to, data).status == 303
    assert course_of(draft).facts.titles["km"] == 'no: "a" #{'


def test_a_language_is_added_and_grows(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft))
    assert "ខ្មែរ" in page.text and "texts are there" in page.text
    reply = author.post(*fill(page, "/translations", language="ar"))
    assert reply.status == 303 and reply.location.endswith("/translations/ar")
    page = author.get(reply.location)
    areas = [each for each in page.all("textarea") if each.get("lang")]
    assert areas and all((each.get("lang"), each.get("dir")) == ("ar", "rtl") for each in areas)
    assert page.text.count("missing") >= 10
    course = course_of(draft)
    assert (progress(course, "ar").done, progress(course, "ar").total, progress(course, "ar").outdated) == (0, 11, 0)
    assert author.post(*fill(page, "/translations/ar", titles="إخلاء")).status == 303
    assert author.post(f"/authoring/{draft.id}/lessons/ar/lesson", {"text": "# مخرج", "seen": "0", "is_current": "y"}).status == 303
    assert progress(course_of(draft), "ar").done == 2
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# Other\n", seen=1)
    now = progress(course_of(draft), "ar")
    assert (now.done, now.outdated) == (1, 1)
    assert "source changed since" in author.get(address(draft, "/ar")).text
    for language in ("ar", "xx", "en", ""):
        assert author.post(address(draft), {"language": language, "seen": "9"}).status == 422


def test_a_review_has_a_day_and_somebody_who_noted_it(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "/km")), "/review", reviewed="2026-11-01")
    assert author.post(to, data).status == 303
    assert course_of(draft).facts.languages["km"].reviewed == date(2026, 11, 1)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "authoring.review")).one()
    assert entry.details["day"] == "2026-11-01" and entry.details["language"] == "km"
    assert "reviewed on" in author.get(address(draft)).text
    page = author.get(address(draft, "/km"))
    assert "Noted by Sopheap." in page.text
    assert author.post(*fill(page, "/review", reviewed="")).status == 303
    assert course_of(draft).facts.languages["km"].reviewed is None
    tomorrow = (date.today() + timedelta(days=400)).isoformat()
    for wrong in (tomorrow, "2026-13-01", "yesterday"):
        to, data = fill(author.get(address(draft, "/km")), "/review", reviewed=wrong)
        assert author.post(to, data).status == 422


def test_whoever_was_slower_keeps_what_was_typed(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "/km")), "/translations/km", titles="របស់ខ្ញុំ")
    operations.write_file(drafts.author(name="Dara"), draft.id, "course.yaml", drafts.YAML.replace("hours: 4", "hours: 5").encode(), seen=2)
    reply = author.post(to, data)
    assert reply.status == 409 and "Dara changed this meanwhile" in reply.text
    assert any(each.get("value") == "របស់ខ្ញុំ" for each in reply.all("input"))
    assert author.post(*fill(reply, "/translations/km")).status == 303
    facts = course_of(draft).facts
    assert (facts.titles["km"], facts.hours) == ("របស់ខ្ញុំ", 5), "what the other wrote elsewhere stays"


@pytest.mark.parametrize("language", ["fr", "xx", "..", "course.yaml"])
def test_a_language_that_the_course_does_not_have(author: Browse, draft: Draft, language: str) -> None:
    assert author.get(address(draft, f"/{language}")).status == 404
    assert author.post(address(draft, f"/{language}"), {"titles": "x"}).status in {404, 405}


def test_the_source_is_not_translated(author: Browse, draft: Draft) -> None:
    assert author.get(address(draft, "/en")).location.endswith("/translations")
    assert author.post(address(draft, "/en"), {"titles": "x"}).status == 404


def test_without_readable_facts_it_says_so(author: Browse, draft: Draft) -> None:
    operations.write_file(SYSTEM, draft.id, "course.yaml", b"id: [", seen=2)
    for rest in ("", "/km"):
        reply = author.get(address(draft, rest))
        assert reply.status == 409 and "course.yaml cannot be read" in reply.text


def test_few_statements(author: Browse, draft: Draft) -> None:
    author.get(address(draft))
    for rest, most in (("", 7), ("/km", 8)):
        with counted() as statements:
            author.get(address(draft, rest))
        assert len(statements) <= most, statements
