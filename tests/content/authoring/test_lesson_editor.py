"""The editor of lessons: what is typed, what it will look like, what is wrong with it, and who was faster."""

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.content.authoring import operations, queries
from app.content.authoring.models import Draft
from app.content.check import checked_folder
from app.content.publish import ContentRefused
from app.content.read import Course
from app.content.translations import outdated
from app.courses.markdown import render
from app.platform.db import db
from tests.browse import Browse, Reply, fill
from tests.make import accounts, drafts
from tests.make.statements import counted

HOSTILE = """\
# Exits <script>alert(1)</script>

## Aims

- <img src=x onerror=alert(1)>
- [click](javascript:alert(1)) and [more](http://evil.example) and ![far](https://evil.example/x.png)
- ![gone](media/none.svg) ![out](media/../../etc/passwd)

<iframe src="https://evil.example"></iframe> =cmd|' /C calc'!A0
"""


@pytest.fixture
def author(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, name="Sopheap"))


@pytest.fixture
def draft(author: Browse) -> Draft:
    return drafts.draft()


def address(draft: Draft, rest: str) -> str:
    return f"/authoring/{draft.id}/lessons/{rest}"


def stored(draft: Draft, path: str) -> bytes:
    db.session.expire_all()
    return queries.file(draft.id, path).data


def course_of(draft: Draft) -> Course:
    db.session.expire_all()
    found, _problems = checked_folder(queries.draft_folder(draft))
    assert isinstance(found, Course)
    return found


def article(reply: Reply) -> str:
    return " ".join("".join(each.itertext()) for each in reply.all("article"))


def pictures(reply: Reply) -> list[str]:
    return [each.get("src") or "" for each in reply.all("img")]


def test_a_lesson_is_shown_as_it_will_be_published_and_saved(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "en/lesson"))
    assert "Nothing is wrong with this text." in page.text and "Pictures to put in" in page.text
    assert "![what is to be seen](media/exit.svg)" in page.text
    [there] = set(pictures(page))
    assert author.get(there).status == 200
    to, data = fill(page, "/lessons/en/lesson", text="# Exits\r\n\r\n## Aims\r\n\r\n> Go low.\r\n")
    assert author.post(to, data).status == 303
    assert stored(draft, "en/lesson.md") == b"# Exits\n\n## Aims\n\n> Go low.\n"
    again = author.get(to)
    assert "Sopheap" in again.text
    assert [each.get("class") for each in again.all("div") if each.get("role") == "note"] == ["callout"]


def test_the_preview_is_what_is_typed_and_saves_nothing(author: Browse, draft: Draft) -> None:
    data = {"text": "# Exits\n\n## Walk\n\n- [ ] look\n\n![an exit](media/exit.svg)\n\n[x](http://x.example)", "seen": "1"}
    fragment = author.htmx(address(draft, "en/lesson/text/preview"), data)
    assert fragment.status == 200 and "Walk" in article(fragment) and "en/lesson.md:9" in fragment.text
    assert pictures(fragment) == [f"/authoring/{draft.id}/media/exit.svg"]
    expected = render(data["text"], f"/authoring/{draft.id}/media/")
    assert expected.strip() in fragment.response.text
    page = author.post(address(draft, "en/lesson/text/preview"), data)
    assert page.status == 200 and "Nothing is saved yet." in page.text and "Walk" in article(page)
    assert stored(draft, "en/lesson.md") == drafts.FILES["en/lesson.md"]


def test_hostile_markdown_is_listed_and_never_run(author: Browse, draft: Draft) -> None:
    for data in ({"text": HOSTILE, "seen": "1"}, {"text": HOSTILE + "\x01\x7f\u2028 bell", "seen": "1"}):
        fragment = author.htmx(address(draft, "en/lesson/text/preview"), data)
        assert not fragment.all("script") and not fragment.all("iframe")
        assert all("onerror" not in each.attrib for each in fragment.all("img"))
        assert {link.get("href", "").split(":")[0] for each in fragment.all("article") for link in each.iter("a")} <= {"https"}
    reply = author.post(address(draft, "en/lesson"), {"text": HOSTILE, "seen": "1"})
    assert reply.status == 303
    page = author.get(reply.location)
    for said in ("en/lesson.md:6", "javascript:alert(1)", "http://evil.example", "en/lesson.md:7", "media/none.svg is missing"):
        assert said in page.text
    assert {each.get("src") for each in page.all("script")} == {each.get("src") for each in author.get("/courses").all("script")}
    with pytest.raises(ContentRefused):
        operations.publish_draft(SYSTEM, draft.id, "No.")


def test_control_characters_are_saved_and_said(author: Browse, draft: Draft) -> None:
    reply = author.post(address(draft, "en/lesson"), {"text": "# Exits\n\nA bell \x07 rings", "seen": "1"})
    assert reply.status == 303
    page = author.get(reply.location)
    assert "en/lesson.md:3" in page.text and "control character" in page.text
    assert author.post(address(draft, "en/lesson"), {"text": "a\0b", "seen": "2"}).status == 400


def test_a_lesson_that_is_too_long_is_refused_and_kept(author: Browse, draft: Draft) -> None:
    long = {"text": "# Exits\n" + "word " * 14_000, "seen": "1"}
    assert "larger than 64 kB" in author.htmx(address(draft, "en/lesson/text/preview"), long).text
    reply = author.post(address(draft, "en/lesson"), long)
    assert reply.status == 422 and "larger than 64 kB" in reply.text and "word word" in reply.text
    assert author.post(address(draft, "en/lesson"), {"text": "x" * 10_000_000, "seen": "1"}).status == 422


def test_whoever_was_slower_keeps_what_was_typed_and_sees_the_other_text(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/lesson")), "/lessons/en/lesson", text="# Mine")
    operations.write_file(drafts.author(name="Dara"), draft.id, "en/lesson.md", b"# Theirs\n", seen=1)
    reply = author.post(to, data)
    assert reply.status == 409
    assert "Dara changed this meanwhile" in reply.text and "# Theirs" in reply.text and "# Mine" in reply.text
    assert stored(draft, "en/lesson.md") == b"# Theirs\n"
    assert author.post(*fill(reply, "/lessons/en/lesson")).status == 303
    assert stored(draft, "en/lesson.md") == b"# Mine\n"


def test_notes_and_handout_of_the_unit_and_the_guide_of_the_course(author: Browse, draft: Draft) -> None:
    for rest, path in (("en/lesson/guide", "en/lesson.guide.md"), ("en/lesson/handout", "en/lesson.handout.md"), ("en/guide", "en/guide.md"), ("en/meetings/guide", "en/meetings.guide.md")):
        page = author.get(address(draft, rest))
        assert "Saving begins it." in page.text
        to, data = fill(page, f"/lessons/{rest}", text="# Page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        assert author.post(to, data).status == 303
        assert stored(draft, path).startswith(b"# Page\n")
        assert author.get(to).all("table")


@pytest.mark.parametrize("rest", ["en/test", "en/none", "fr/lesson", "EN/lesson", "en/meetings", "en/..", "en/lesson/secret", "../en", "media/exit.svg"])
def test_what_a_course_does_not_have_is_not_there(author: Browse, draft: Draft, rest: str) -> None:
    assert author.get(address(draft, rest)).status == 404
    assert author.post(address(draft, rest), {"text": "x"}).status in {404, 405}


def test_a_translation_stands_beside_its_source_and_says_when_that_changed(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "km/lesson"))
    assert "The English text has changed since" in page.text and "leave" in page.text
    [area] = page.all("textarea")
    assert (area.get("lang"), area.get("dir")) == ("km", "ltr")
    to, data = fill(page, "/lessons/km/lesson", text="# ថ្មី\n")
    assert author.post(to, data).status == 303
    assert "en/lesson.md" not in outdated(course_of(draft), "km") and "en/test.gift" in outdated(course_of(draft), "km")
    assert "has changed since this" not in author.get(to).text
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# Other\n", seen=1)
    to, data = fill(author.get(to), "/lessons/km/lesson", text="# ពាក់កណ្តាល\n", is_current=[])
    assert author.post(to, data).status == 303
    assert "en/lesson.md" in outdated(course_of(draft), "km")


def test_arabic_is_written_from_right_to_left(author: Browse, draft: Draft) -> None:
    yaml = drafts.YAML.replace("  km: {reviewed: false}", "  km: {reviewed: false}\n  ar: {reviewed: false}")
    operations.write_file(SYSTEM, draft.id, "course.yaml", yaml.encode(), seen=1)
    page = author.get(address(draft, "ar/lesson"))
    assert [(each.get("lang"), each.get("dir")) for each in page.all("textarea")] == [("ar", "rtl")]
    assert [each.get("dir") for each in page.all("article")] == ["ltr", "rtl"]


def test_a_lesson_can_be_written_while_the_facts_cannot_be_read(author: Browse, draft: Draft) -> None:
    operations.write_file(SYSTEM, draft.id, "course.yaml", b"id: [", seen=1)
    to, data = fill(author.get(address(draft, "en/lesson")), "/lessons/en/lesson", text="# Still\n")
    assert author.post(to, data).status == 303
    assert stored(draft, "en/lesson.md") == b"# Still\n"
    assert author.get(address(draft, "en/other")).status == 404


def test_a_closed_draft_is_shown_and_not_written(author: Browse, draft: Draft) -> None:
    operations.discard(SYSTEM, draft.id)
    page = author.get(address(draft, "en/lesson"))
    assert "Save" not in [each.findtext("span") for each in page.all("button")]
    assert author.post(address(draft, "en/lesson"), {"text": "x", "seen": "1"}).status == 422


def test_few_statements(author: Browse, draft: Draft) -> None:
    author.get(address(draft, "en/lesson"))
    with counted() as statements:
        author.get(address(draft, "km/lesson"))
    assert len(statements) <= 8, statements
    with counted() as statements:
        author.htmx(address(draft, "en/lesson/text/preview"), {"text": "# x", "seen": "1"})
    assert len(statements) <= 7, statements
