"""The pages on which courses are written: every form as somebody fills it in who never sees a file."""

import io

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.content.authoring import operations, queries
from app.content.authoring.models import Draft
from app.content.authoring.report import facts_in
from app.content.check import checked_folder
from app.content.publish import publish
from app.content.schema import CourseFacts
from app.courses.queries import course_by_code, current_version
from app.platform.db import db
from tests.browse import Browse, Reply, fill, sent_by
from tests.make import accounts, drafts
from tests.make.statements import counted


@pytest.fixture
def author(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, name="Sopheap"))


@pytest.fixture
def draft(author: Browse) -> Draft:
    return drafts.draft()


def facts_of(draft: Draft) -> CourseFacts:
    db.session.expire_all()
    facts = facts_in(draft, queries.file(draft.id, "course.yaml").data)
    assert facts
    return facts


def errors(draft: Draft) -> list[str]:
    db.session.expire_all()
    return [str(each) for each in checked_folder(queries.draft_folder(draft))[1] if each.severity == "error"]


def links(reply: Reply) -> list[str]:
    return [link.get("href") or "" for link in reply.all("a")]


def test_a_blank_course_begins_with_what_has_to_be_known(author: Browse) -> None:
    address, data = fill(
        author.get("/authoring/blank"), "/authoring/blank", title="Heat", code="heat", category="osh", summary="Hot days.",
        objectives="I can drink.\r\n\r\nI can rest.", audience=["supervisor", "operator"], hours="2,5", sources="A guide",
    )
    reply = author.post(address, data)
    assert reply.status == 303
    page = author.get(reply.location)
    assert "Heat" in page.text and "there is no folder en" in page.text
    [row] = queries.open_drafts()
    facts = facts_of(row.draft)
    assert (facts.hours, facts.objectives["en"], facts.audience) == (2.5, ("I can drink.", "I can rest."), ("supervisor", "operator"))
    assert author.post(address, data).status == 422


NO_COURSE = [("title", ""), ("code", "../x"), ("code", "Heat"), ("category", "fun"), ("audience", []), ("hours", "0"), ("hours", "ten"), ("hours", "1e3"), ("sources", " \n"), ("objectives", "x" * 2001), ("summary", "x" * 2001)]


def test_what_no_course_can_be_is_said_at_its_field(author: Browse) -> None:
    good = {"title": "Heat", "code": "heat", "category": "osh", "summary": "x", "objectives": "y", "audience": ["operator"], "hours": "2", "sources": "z"}
    page = author.get("/authoring/blank")
    for field, value in NO_COURSE:
        address, data = fill(page, "/authoring/blank", **{**good, field: value})
        assert author.post(address, data).status == 422, (field, value)
    assert queries.open_drafts() == []


def test_a_zip_is_uploaded_or_refused_with_all_that_is_wrong(author: Browse) -> None:
    assert author.post("/authoring/upload", {}).status == 422
    bad = drafts.zip_of({**drafts.FILES, "../../x": b"x", "en/big.md": b"x" * 10_000_000})
    reply = author.post("/authoring/upload", {"file": (io.BytesIO(bad), "bad.zip")})
    assert reply.status == 422 and "plain name" in reply.text and "larger than 64 kB" in reply.text
    reply = author.post("/authoring/upload", {"file": (io.BytesIO(b"x"), "bad.zip")})
    assert reply.status == 422 and "not readable as a ZIP" in reply.text
    reply = author.post("/authoring/upload", {"file": (io.BytesIO(drafts.zip_of(drafts.FILES)), "good.zip")})
    assert reply.status == 303 and "Fire drill" in author.get(reply.location).text


def test_an_outline_shows_units_languages_media_and_the_report(author: Browse, draft: Draft) -> None:
    operations.write_file(SYSTEM, draft.id, "km/test.gift", b"::f1:: x {\n", seen=1)
    operations.remove_file(SYSTEM, draft.id, "km/lesson.md", seen=1)
    page = author.get(f"/authoring/{draft.id}")
    assert "km/test.gift:1" in page.text and "has errors" in page.text and "missing" in page.text
    assert f"/authoring/{draft.id}/lessons/km/lesson" in links(page)
    assert f"/authoring/{draft.id}/lessons/en/lesson" in links(page)
    assert [image.get("src") for image in page.all("img")] == [f"/authoring/{draft.id}/media/exit.svg"]
    assert author.get(f"/authoring/{draft.id}/files.zip").response.mimetype == "application/zip"


def test_the_report_of_a_translation_says_what_changed_since(author: Browse, draft: Draft) -> None:
    assert "source changed since" in author.get(f"/authoring/{draft.id}").text


def test_facts_are_a_form(author: Browse, draft: Draft) -> None:
    before = facts_of(draft)
    address, data = fill(author.get(f"/authoring/{draft.id}/facts"), "/facts")
    assert author.post(address, data).status == 303
    assert facts_of(draft) == before, "saving what nobody changed changes nothing"
    page = author.get(f"/authoring/{draft.id}/facts")
    address, data = fill(
        page, "/facts", title_en="Fire!", title_km="", category="committee", languages=["en", "km", "ar"], hours="7.5",
        themes=["working-time", "working-time/leave"], audience=["manager"], group_min="2", group_max="30", attendance="82.5",
        attendance_by="minutes", present_from="75", late_after="10",
        test_unit="", validity_months="12", valid_from="fixed_day", fixed_day="12-31", sources="One\r\nTwo", version="1.1",
        review_by="2028-02-29", reviewed_km="2026-11-25", modalities=["virtual", "hybrid"], objectives_km="មួយ",
    )
    assert author.post(address, data).status == 303
    facts = facts_of(draft)
    assert (facts.titles, facts.category, facts.version) == ({"en": "Fire!"}, "committee", "1.1")
    assert (list(facts.languages), str(facts.languages["km"].reviewed)) == (["en", "km", "ar"], "2026-11-25")
    assert (facts.pass_rule.attendance_by, facts.pass_rule.present_from, facts.pass_rule.late_after) == ("minutes", 0.75, 10)
    assert (facts.pass_rule.attendance, facts.pass_rule.test, facts.hours) == (0.825, None, 7.5)
    assert facts.validity and (facts.validity.months, facts.validity.fixed_day) == (12, "12-31")
    assert (facts.sources, facts.themes) == (("One", "Two"), ("working-time", "working-time/leave"))
    assert facts.units == before.units
    assert "Title in العربية" in author.get(f"/authoring/{draft.id}/facts").text


UNFIT = [("version", "two"), ("version", "1\n2"), ("hours", "-1"), ("group_max", "1"), ("attendance", "101"), ("languages", ["km"]), ("title_en", ""), ("objectives_en", ""), ("fixed_day", "12-31"), ("fixed_day", "99"), ("review_by", "soon"), ("test_share", ""), ("themes", ["fun"]), ("modalities", []), ("sources", "")]


def test_facts_that_do_not_fit_are_said_and_not_saved(author: Browse, draft: Draft) -> None:
    before = queries.file(draft.id, "course.yaml").data
    page = author.get(f"/authoring/{draft.id}/facts")
    for field, value in UNFIT:
        address, data = fill(page, "/facts", **{field: value})
        assert author.post(address, data).status == 422, (field, value)
    db.session.expire_all()
    assert queries.file(draft.id, "course.yaml").data == before


def test_control_characters_do_not_get_into_a_course(author: Browse, draft: Draft) -> None:
    address, data = fill(author.get(f"/authoring/{draft.id}/facts"), "/facts", title_en="Fi\x07re\u2028!", sources="a\x1bb")
    assert author.post(address, data).status == 303
    assert (facts_of(draft).titles["en"], facts_of(draft).sources, errors(draft)) == ("Fire!", ("ab",), [])
    data["title_en"] = "a\0b"
    assert author.post(address, data).status == 400


def test_units_are_added_moved_renamed_and_taken_away(author: Browse, draft: Draft) -> None:
    reply = author.post(f"/authoring/{draft.id}/units", {**_unit_data(author, draft), "code": "02-doors", "kind": "lesson", "minutes": "30", "title_en": "Doors", "title_km": "ទ្វារ"})
    assert reply.status == 303
    assert [unit.id for unit in facts_of(draft).units] == ["lesson", "meetings", "test", "02-doors"]
    assert "unit 02-doors: en/02-doors.md is missing" in [each.partition(": ")[2] for each in errors(draft)]
    _move(author, draft, "02-doors", "earlier")
    _move(author, draft, "lesson", "earlier")
    assert [unit.id for unit in facts_of(draft).units] == ["lesson", "meetings", "02-doors", "test"]
    page = author.get(f"/authoring/{draft.id}/units/lesson")
    address, data = fill(page, "/units/lesson", code="01-exits", objectives_en="I can leave.", objectives_km="ចេញ", minutes="45")
    assert author.post(address, data).status == 303
    files = queries.draft_folder(draft).files
    assert "en/01-exits.md" in files and "km/01-exits.md" in files and "en/lesson.md" not in files
    assert facts_of(draft).units[0].objectives == {"en": ("I can leave.",), "km": ("ចេញ",)}
    address, data = fill(author.get(f"/authoring/{draft.id}/units/02-doors"), "/removal")
    assert author.post(address, data).status == 303
    assert errors(draft) == []


def _unit_data(author: Browse, draft: Draft) -> dict[str, str]:
    page = author.get(f"/authoring/{draft.id}/units")
    [form] = [form for form in page.all("form") if (form.get("action") or "").endswith("/units")]
    return dict(sent_by(form))


def _move(author: Browse, draft: Draft, unit: str, to: str) -> None:
    seen = queries.file(draft.id, "course.yaml").revision
    assert author.post(f"/authoring/{draft.id}/units/{unit}/position", {"to": to, "seen": seen}).status == 303
    db.session.expire_all()


def test_a_quiz_has_its_phase_and_blueprint(author: Browse, draft: Draft) -> None:
    page = author.get(f"/authoring/{draft.id}/units/test")
    address, data = fill(page, "/units/test", phase="follow_up", months_after="6", blueprint="exits: 1\nsmoke: 2")
    assert author.post(address, data).status == 303
    unit = facts_of(draft).units[2]
    assert (unit.phase, unit.months_after, unit.blueprint) == ("follow_up", 6, {"exits": 1, "smoke": 2})
    for values in ({"months_after": ""}, {"blueprint": "exits"}, {"blueprint": "exits: many"}, {"minutes": "1.5"}, {"code": "lesson"}, {"code": "guide"}, {"title_en": ""}):
        address, data = fill(author.get(f"/authoring/{draft.id}/units/test"), "/units/test", **values)
        assert author.post(address, data).status == 422, values


def test_the_last_of_what_a_course_needs_stays(author: Browse, draft: Draft) -> None:
    seen = queries.file(draft.id, "course.yaml").revision
    for unit in ("meetings", "test"):
        assert "removal" not in str([form.get("action") for form in author.get(f"/authoring/{draft.id}/units/{unit}").all("form")])
        assert author.post(f"/authoring/{draft.id}/units/{unit}/removal", {"seen": seen}).status == 409
    assert author.get(f"/authoring/{draft.id}/units/none").status == 404


def test_a_file_is_edited_as_text_with_its_lines(author: Browse, draft: Draft) -> None:
    address, data = fill(author.get(f"/authoring/{draft.id}/file?path=en/test.gift"), "/file", text="::f1:: x {\r\n=a\r\n")
    assert author.post(address, data).status == 303
    db.session.expire_all()
    assert queries.file(draft.id, "en/test.gift").data == b"::f1:: x {\n=a\n"
    page = author.get(f"/authoring/{draft.id}/file?path=en/test.gift&line=1")
    assert "en/test.gift:1" in page.text and "::f1:: x {" in page.text
    new = author.get(f"/authoring/{draft.id}/file?path=en/lesson.guide.md")
    assert "There is no such file yet" in new.text and "Pitfalls" in new.text
    for path in ("../x.md", "en/x.exe", "media/exit.svg", "en/..", "%00", "en/x%00.md"):
        assert author.get(f"/authoring/{draft.id}/file?path={path}").status in {400, 404}, path
        assert author.post(f"/authoring/{draft.id}/file?path={path}", {"text": "x", "seen": "0"}).status in {400, 404}


def test_yaml_surprises_are_listed_and_nothing_is_published(author: Browse, draft: Draft) -> None:
    text = drafts.YAML.replace("hours: 4", "hours: 0123").replace('en: "Fire drill"', "en: no").replace("[osh]", "[*x]")
    address, data = fill(author.get(f"/authoring/{draft.id}/file"), "/file", text=text)
    assert author.post(address, data).status == 303
    for page in ("file", "facts", "publication", ""):
        reply = author.get(f"/authoring/{draft.id}/{page}".rstrip("/"))
        assert "course.yaml:9" in reply.text, page
    assert "cannot be read" in author.get(f"/authoring/{draft.id}/units").text
    assert author.post(f"/authoring/{draft.id}/publication", {"note": "x"}).status == 422
    assert author.post(f"/authoring/{draft.id}/units", {}).status == 409
    assert author.get(f"/authoring/{draft.id}/units/lesson").status == 409


def test_a_text_that_is_not_utf_8_is_reported(author: Browse, draft: Draft) -> None:
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# a\n\n\xe9\n", seen=1)
    page = author.get(f"/authoring/{draft.id}/file?path=en/lesson.md")
    assert "en/lesson.md:3" in page.text and "not UTF-8" in page.text


def test_a_lesson_of_ten_megabytes_is_refused(author: Browse, draft: Draft) -> None:
    address, data = fill(author.get(f"/authoring/{draft.id}/file?path=en/lesson.md"), "/file", text="x" * 10_000_000)
    reply = author.post(address, data)
    assert reply.status == 422 and "larger than 64 kB" in reply.text and "xxx" in reply.text


def test_two_authors_at_once_lose_nothing(author: Browse, browse: Browse, draft: Draft) -> None:
    other = browse.as_account(accounts.account(Role.TRAINER, name="Bopha"))
    mine = fill(author.get(f"/authoring/{draft.id}/file?path=en/lesson.md"), "/file", text="# Mine\n")
    theirs = fill(other.get(f"/authoring/{draft.id}/file?path=en/lesson.md"), "/file", text="# Theirs\n")
    assert other.post(*theirs).status == 303
    reply = author.post(*mine)
    assert reply.status == 409
    assert "Bopha changed this meanwhile" in reply.text and "# Theirs" in reply.text and "# Mine" in reply.text
    assert author.post(*fill(reply, "/file")).status == 303, "knowing both, mine may stand"
    assert author.post(*mine).status == 303, "the same sent twice"
    db.session.expire_all()
    assert queries.file(draft.id, "en/lesson.md").data == b"# Mine\n"


def test_who_does_not_say_what_was_seen_overwrites_nothing(author: Browse, draft: Draft) -> None:
    _address, data = fill(author.get(f"/authoring/{draft.id}/facts"), "/facts", hours="9")
    data.poplist("seen")
    for seen in (None, "", "x", "-1", "0", "99999999999", "2"):
        sent = {} if seen is None else {"seen": seen}
        assert author.post(f"/authoring/{draft.id}/file?path=en/lesson.md", {"text": "# Mine\n", **sent}).status == 409, seen
        assert author.post(f"/authoring/{draft.id}/facts", {**data.to_dict(flat=False), **sent}).status == 409, seen
        assert author.post(f"/authoring/{draft.id}/file/removal", {"path": "en/lesson.md", **sent}).status == 409, seen
    db.session.expire_all()
    assert queries.draft_folder(draft).files == drafts.FILES


def test_two_authors_change_the_facts(author: Browse, browse: Browse, draft: Draft) -> None:
    other = browse.as_account(accounts.account(Role.TRAINER, name="Bopha"))
    mine = fill(author.get(f"/authoring/{draft.id}/facts"), "/facts", hours="9")
    unit = fill(other.get(f"/authoring/{draft.id}/units/lesson"), "/units/lesson", minutes="77")
    assert other.post(*unit).status == 303
    reply = author.post(*mine)
    assert reply.status == 409 and "Bopha changed this" in reply.text and "+hours: 9" in reply.text
    assert author.post(*fill(reply, "/facts")).status == 303
    assert (facts_of(draft).hours, facts_of(draft).units[0].minutes) == (9, 77)
    stale = fill(other.get(f"/authoring/{draft.id}/units/lesson"), "/units/lesson", minutes="78")
    _move(author, draft, "test", "earlier")
    assert other.post(*stale).status == 409
    assert other.post(f"/authoring/{draft.id}/units/test/position", {"to": "later", "seen": "1"}).status == 409


def test_pictures_are_added_shown_and_taken_away(author: Browse, draft: Draft) -> None:
    def send(data: bytes, file_name: str, **more: str) -> Reply:
        return author.post(f"/authoring/{draft.id}/media", {"file": (io.BytesIO(data), file_name), **more})

    assert send(drafts.SVG.encode(), "A Door.svg").status == 303
    assert send(drafts.SVG.encode(), "x.svg", name="b.svg").status == 303
    assert "There is a file of this name" in send(drafts.SVG.encode(), "b.svg").text
    for data, name in ((drafts.SVG.replace("<path", "<script>1</script><path").encode(), "c.svg"), (b"x", "c.png"), (b"x", "c.exe"), (b"x", "../c.svg ")):
        assert send(data, name).status == 422, name
    shown = author.get(f"/authoring/{draft.id}/media/a-door.svg").response
    assert (shown.mimetype, shown.headers["Content-Security-Policy"]) == ("image/svg+xml", "sandbox; default-src 'none'")
    row = next(row for row in queries.file_rows(draft.id) if row.path == "media/b.svg")
    assert author.post(f"/authoring/{draft.id}/file/removal", {"path": row.path, "seen": row.revision}).status == 303
    assert author.get(f"/authoring/{draft.id}/media/b.svg").status == 404


def test_an_unsafe_picture_of_a_zip_runs_nowhere_and_is_reported(author: Browse) -> None:
    bad = drafts.SVG.replace("<path", "<script>alert(1)</script><path").encode()
    draft = operations.start_from_zip(SYSTEM, drafts.zip_of({**drafts.FILES, "media/exit.svg": bad}))
    assert "<script> is not allowed in a picture" in author.get(f"/authoring/{draft.id}").text
    shown = author.get(f"/authoring/{draft.id}/media/exit.svg").response
    assert shown.headers["Content-Security-Policy"].startswith("sandbox")
    assert author.post(f"/authoring/{draft.id}/publication", {"note": "x"}).status == 422


def test_changes_are_shown_line_by_line(author: Browse, draft: Draft) -> None:
    assert "never published" in author.get(f"/authoring/{draft.id}/changes").text
    publish(SYSTEM, drafts.folder())
    assert "Nothing differs" in author.get(f"/authoring/{draft.id}/changes").text
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# Exits\n\n## Aims\n\n- run\n", seen=1)
    operations.remove_file(SYSTEM, draft.id, "media/exit.svg", seen=1)
    page = author.get(f"/authoring/{draft.id}/changes")
    assert "+- run" in ["".join(each.itertext()) for each in page.all("ins")]
    assert "media/exit.svg" in page.text and "taken away" in page.text


def test_publishing_asks_why_and_the_history_keeps_it(author: Browse, draft: Draft) -> None:
    assert author.post(f"/authoring/{draft.id}/publication", {"note": " "}).status == 422
    address, data = fill(author.get(f"/authoring/{draft.id}/publication"), "/publication", note="The first one.")
    reply = author.post(address, data)
    assert (reply.status, reply.location) == (303, "/authoring/courses/fire-drill")
    page = author.get(reply.location)
    version = current_version(course_by_code("fire-drill").id)
    assert "Version 1 is published" in page.text and "The first one." in page.text and "Sopheap" in page.text
    assert version.fingerprint in page.text
    assert author.post(address, data).status == 409
    assert "closed" in author.get(f"/authoring/{draft.id}").text
    assert author.get("/authoring/courses/fire-drill/versions/1.zip").response.mimetype == "application/zip"


def test_what_changed_after_it_was_looked_at_is_not_published(author: Browse, draft: Draft) -> None:
    address, data = fill(author.get(f"/authoring/{draft.id}/publication"), "/publication", note="As I saw it.")
    operations.write_file(SYSTEM, draft.id, "en/lesson.md", b"# Half\n\n## Aims\n\n- half a\n", seen=1)
    reply = author.post(address, data)
    assert reply.status == 409 and "Somebody changed this draft meanwhile" in reply.text and "half a" in reply.text
    db.session.expire_all()
    assert queries.draft(SYSTEM, draft.id).is_open and queries.version_in_use(drafts.CODE) is None
    assert author.post(*fill(reply, "/publication", note="With that.")).status == 303


def test_an_earlier_version_published_again_is_not_said_to_be_in_use(author: Browse, draft: Draft) -> None:
    publish(SYSTEM, drafts.folder())
    operations.publish_draft(SYSTEM, drafts.renumbered(2).id, "Two.")
    reply = author.post(f"/authoring/{draft.id}/publication", {"note": "Again."})
    page = author.get(reply.location)
    assert current_version(course_by_code(drafts.CODE).id).number == "2"
    assert "which was published before. Nothing changes." in page.text and "in use again" not in page.text


def test_the_page_of_a_course_leads_to_a_draft_of_it(author: Browse, browse: Browse) -> None:
    publish(SYSTEM, drafts.folder())
    page = author.get("/courses/fire-drill")
    reply = author.post(*fill(page, "/authoring/start"))
    assert reply.status == 303 and author.get(reply.location).status == 200
    again = author.post(*fill(page, "/authoring/start"))
    assert again.location == "/authoring/courses/fire-drill" and len(queries.open_drafts()) == 1
    assert author.post(*fill(author.get(again.location), "/authoring/start")).status == 303
    assert len(queries.open_drafts("fire-drill")) == 2
    advisor = browse.as_account(accounts.account(Role.ADVISOR))
    assert "Edit this course" not in advisor.get("/courses/fire-drill").text
    assert author.post("/authoring/start", {"version": "999999"}).status == 404
    assert author.post("/authoring/start", {"version": "x"}).location == "/authoring"


def test_a_newer_version_is_said(author: Browse, draft: Draft) -> None:
    publish(SYSTEM, drafts.folder())
    assert "Version 1 is in use now" in author.get(f"/authoring/{draft.id}").text


def test_a_course_is_archived_and_comes_back(author: Browse) -> None:
    publish(SYSTEM, drafts.folder())
    assert author.post("/authoring/courses/fire-drill/archiving", {"why": ""}).status == 422
    address, data = fill(author.get("/authoring/courses/fire-drill"), "/archiving", why="Old law.")
    assert author.post(address, data).status == 303
    assert "Fire drill" not in author.get("/courses").text
    page = author.get("/authoring/courses/fire-drill")
    assert "Old law." in page.text
    assert author.post(*fill(page, "/restoring")).status == 303
    assert "Fire drill" in author.get("/courses").text


def test_discarding_asks_first(author: Browse, draft: Draft) -> None:
    assert author.post(*fill(author.get(f"/authoring/{draft.id}/discarding"), "/discarding")).status == 303
    assert "Fire drill" not in author.get("/authoring").text


def test_who_may_not_publish_is_not_offered_it(browse: Browse) -> None:
    draft = drafts.draft()
    trainer = browse.as_account(accounts.account(Role.TRAINER))
    assert f"/authoring/{draft.id}/publication" not in links(trainer.get(f"/authoring/{draft.id}"))
    assert trainer.get(f"/authoring/{draft.id}/publication").status == 404


def test_no_page_asks_more_the_more_there_is(author: Browse, draft: Draft) -> None:
    publish(SYSTEM, drafts.folder())
    one = f"/authoring/{draft.id}"
    budgets = {
        one: 7, f"{one}/facts": 6, f"{one}/units": 5, f"{one}/units/lesson": 5, f"{one}/timetables": 5, f"{one}/file?path=en/lesson.md": 6,
        f"{one}/changes": 8, f"{one}/publication": 8, "/authoring": 5, "/authoring/courses/fire-drill": 6,
    }
    for _more in range(2):
        for page, most in budgets.items():
            author.get(page)
            with counted() as statements:
                assert author.get(page).status == 200
            assert len(statements) <= most, (page, len(statements), statements)
        media = {f"media/{number}.svg": drafts.SVG.encode() for number in range(20)}
        operations.write_files(SYSTEM, draft.id, {**media, "en/guide.md": b"# Guide\n"}, {})
        operations.publish_draft(SYSTEM, drafts.renumbered(5).id, "More.")
        drafts.draft()


def test_ways_to_run_a_course_are_a_form(author: Browse, draft: Draft) -> None:
    page = author.get(f"/authoring/{draft.id}/timetables/morning")
    address, data = fill(page, "/timetables/morning")
    before = facts_of(draft)
    assert author.post(address, data).status == 303
    assert facts_of(draft) == before
    address, data = fill(
        author.get(f"/authoring/{draft.id}/timetables/morning"), "/timetables/morning", code="two", part0_minutes="90",
        part1_title_en="Test", part1_title_km="តេស្ត", part1_minutes="30", part1_units=["test"],
    )
    assert author.post(address, data).status == 303
    [layout] = facts_of(draft).layouts
    assert (layout.id, [part.minutes for part in layout.parts], layout.parts[1].units) == ("two", [90, 30], ("test",))
    address, data = fill(
        author.get(f"/authoring/{draft.id}/timetables"), "/timetables", code="week", title_en="A week", part0_title_en="Mon",
        part0_minutes="60", part0_units=["lesson"],
    )
    assert author.post(address, data).status == 303
    assert [each.id for each in facts_of(draft).layouts] == ["two", "week"]
    for values in ({"code": "two"}, {"code": "A"}, {"title_en": ""}, {"part0_minutes": ""}, {"part0_units": []}, {"part0_title_en": "", "part0_minutes": "", "part0_units": []}):
        address, data = fill(author.get(f"/authoring/{draft.id}/timetables/week"), "/timetables/week", **values)
        assert author.post(address, data).status == 422, values
    stale = fill(author.get(f"/authoring/{draft.id}/timetables/two"), "/timetables/two", part0_minutes="91")
    assert author.post(*fill(author.get(f"/authoring/{draft.id}/timetables/week"), "/removal")).status == 303
    reply = author.post(*stale)
    assert reply.status == 409 and author.post(*fill(reply, "/timetables/two")).status == 303
    assert [(each.id, each.parts[0].minutes) for each in facts_of(draft).layouts] == [("two", 91)]
    assert author.get(f"/authoring/{draft.id}/timetables/none").status == 404


def test_what_a_unit_is_called_follows_into_the_timetable(author: Browse, draft: Draft) -> None:
    author.post(*fill(author.get(f"/authoring/{draft.id}/units/lesson"), "/units/lesson", code="01-exits"))
    assert facts_of(draft).layouts[0].parts[0].units == ("01-exits", "meetings")
    author.post(*fill(author.get(f"/authoring/{draft.id}/units/01-exits"), "/removal"))
    assert facts_of(draft).layouts[0].parts[0].units == ("meetings",)
    assert errors(draft) == []


def test_forms_are_named_written_and_taken_away(author: Browse, draft: Draft) -> None:
    page = author.get(f"/authoring/{draft.id}/forms")
    for values in ({"code": ""}, {"code": "A b", "title_en": "x"}, {"code": "evaluation", "title_en": ""}):
        assert author.post(*fill(page, "/forms", **values)).status == 422, values
    assert author.post(*fill(page, "/forms", code="evaluation", title_en="Your view", title_km="យោបល់")).status == 303
    assert [(form.id, form.kind) for form in facts_of(draft).forms] == [("evaluation", "evaluation")]
    assert "en/evaluation.form.yaml is missing" in errors(draft)[0]
    new = author.get(f"/authoring/{draft.id}/file?path=en/evaluation.form.yaml")
    assert author.post(*fill(new, "/file")).status == 303
    assert errors(draft) == [], "the text that the editor begins with is a form"
    assert author.post(*fill(page, "/forms", code="more", title_en="More")).status == 409
    assert author.post(*fill(author.get(f"/authoring/{draft.id}/forms"), "/removal")).status == 303
    assert facts_of(draft).forms == () and errors(draft) == []
    assert author.post(f"/authoring/{draft.id}/forms/none/removal", {"seen": "1"}).status == 404


def test_a_quiz_has_rules_and_what_is_usual_is_not_written(author: Browse, draft: Draft) -> None:
    page = author.get(f"/authoring/{draft.id}/units/test")
    address, data = fill(page, "/units/test")
    assert (data["attempts"], data["counts"], data["release"], data["mixed_options"]) == ("3", "best", "after_closing", "y")
    assert author.post(address, data).status == 303
    assert facts_of(draft).units[2].rules is None
    address, data = fill(
        author.get(f"/authoring/{draft.id}/units/test"), "/units/test", phase="post", attempts="", counts="last", when_late="grace",
        grace_minutes="20", limit_minutes="30", forms="2", mixed_questions="y", mixed_options=None,
    )  # fmt: skip
    assert author.post(address, data).status == 303
    rules = facts_of(draft).units[2].rules
    assert rules
    assert rules.model_dump(mode="json") == {
        "when_late": "grace", "grace_minutes": 20, "attempts": "any", "counts": "last", "limit_minutes": 30, "mixed_questions": True,
        "mixed_options": False, "forms": 2,
    }  # fmt: skip
    address, data = fill(author.get(f"/authoring/{draft.id}/units/test"), "/units/test")
    assert (data["attempts"], data["grace_minutes"], "mixed_options" in data) == ("", "20", False)
    for values in ({"attempts": "0"}, {"forms": "9"}, {"limit_minutes": "soon"}):
        address, data = fill(author.get(f"/authoring/{draft.id}/units/test"), "/units/test", **values)
        assert author.post(address, data).status == 422, values


def test_a_quiz_asks_the_questions_of_another_one(author: Browse, draft: Draft) -> None:
    data = {**_unit_data(author, draft), "code": "pre", "kind": "quiz", "minutes": "20", "phase": "pre", "bank": "test", "title_en": "Before", "title_km": "មុន"}
    assert author.post(f"/authoring/{draft.id}/units", data).status == 303
    assert facts_of(draft).units[-1].bank == "test"
    assert errors(draft) == []
    seen = queries.file(draft.id, "course.yaml").revision
    assert author.post(f"/authoring/{draft.id}/units/test/removal", {"seen": seen}).status == 409
    address, data = fill(author.get(f"/authoring/{draft.id}/units/test"), "/units/test", code="after")
    assert author.post(address, data).status == 303
    assert facts_of(draft).units[-1].bank == "after"
    assert author.get(f"/authoring/{draft.id}/quizzes/en/pre").status == 404
    assert author.get(f"/authoring/{draft.id}").status == 200
