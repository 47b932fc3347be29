"""The catalogue, a course and a lesson, as people see them."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import LessonText
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, courses, factories


@pytest.fixture
def reader(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))


def test_catalogue_filters_by_its_address(reader: Browse) -> None:
    courses.version("fire", titles={"en": "Fire safety", "vi": "An toàn cháy nổ"}, languages={"en": None, "vi": None})
    courses.version("sst", titles={"en": "Supervisory Skills", "km": "ជំនាញអ្នកគ្រប់គ្រង"})
    assert "Fire safety" in reader.get("/courses").text
    assert "Supervisory Skills" in reader.get("/courses").text
    for address in ("/courses?q=an+toan+chay", "/courses?language=vi", "/courses?q=FIRE"):
        text = reader.get(address).text
        assert "Fire safety" in text, address
        assert "Supervisory Skills" not in text, address
    assert "Supervisory Skills" in reader.get("/courses?q=គ្រប់គ្រង").text
    assert "No course fits" in reader.get("/courses?q=nothing").text
    assert reader.get("/courses?category=%27;drop&modality=x").status == 200


def test_course_page_answers_the_questions(reader: Browse) -> None:
    courses.version("sst")
    text = reader.get("/courses/sst").text
    for words in ("I can plan my shift.", "80%", "60%", "8 to 25 people", "valid for 24 months", "not yet reviewed"):
        assert words in text
    assert reader.get("/courses/unknown").status == 404


def test_lesson_is_shown_as_published(reader: Browse, app: Flask) -> None:
    version = courses.version("sst")
    db.session.add(LessonText(unit_id=courses.unit(version, "lesson").id, locale="en", html="<h2>Four duties</h2>"))
    reply = reader.get("/courses/sst/lessons/lesson")
    assert [h.text for h in reply.all("h2")] == ["Four duties"]
    assert reader.get("/courses/sst/lessons/meetings").status == 404


def test_htmx_does_nothing_with_stored_html(reader: Browse, app: Flask) -> None:
    """TRAPS T10: publishing strips such attributes; if one ever got through, the region is closed to htmx."""
    version = courses.version("sst")
    html = '<p hx-get="/sign-out" hx-trigger="load">Four duties</p>'
    db.session.add(LessonText(unit_id=courses.unit(version, "lesson").id, locale="en", html=html))
    reply = reader.get("/courses/sst/lessons/lesson")
    [region] = [each for each in reply.all("article") if "prose" in (each.get("class") or "")]
    assert region.get("hx-ignore") is not None
    assert [each.get("hx-get") for each in region.iter() if each.get("hx-get")] == ["/sign-out"]
    assert [each for each in reply.all("*") if each.get("hx-trigger") and each not in list(region.iter())] == []


def test_a_name_with_attributes_of_htmx_is_text(browse: Browse) -> None:
    """TRAPS T10: as a factory types it, so it stands there."""
    factory = factories.factory("KH-HX")
    name = '<b hx-get="/sign-out" hx-trigger="load">Sok</b>" hx-post="/sign-out'
    person = factories.person(factory, name=name, local_name=name)
    desk = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    for address in ("/factories/KH-HX/people", f"/people/{person.id}", f"/people/{person.id}/details", f"/factories/KH-HX/people/{person.id}/pin"):
        reply = desk.get(address)
        shown = [each.get("hx-get") or each.get("hx-post") for each in reply.page.iter() if isinstance(each.tag, str)]
        assert "/sign-out" not in shown, address
        assert "hx-trigger" in reply.response.text, address


def test_a_stranger_is_asked_to_sign_in(browse: Browse) -> None:
    assert browse.get("/courses").location == "/sign-in?next=/courses"
