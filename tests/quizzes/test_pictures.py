"""Pictures of a question and its options: for whoever takes the quiz, under addresses that tell nothing."""

import pytest
from flask import Flask

from app.courses.models import CourseVersion, Unit, VersionFile
from app.courses.operations import keep
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.frozen import Drawn, Media
from app.quizzes.gift import parse
from app.quizzes.models import Question
from app.quizzes.operations import publish_bank
from tests.browse import Browse, Reply
from tests.make import quizzes

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M%d 0h9"/></svg>'
FILES = ("test.q1.svg", "test.q1-1.svg", "test.q1-2.svg", "test.q1-3.svg")


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    room = quizzes.room(is_open=False)
    db.session.query(Question).filter_by(unit_id=room.unit_id).delete()
    bank = parse("// [alt:A hall with two doors]\n" + quizzes.gift(2))
    pictures = {number: Drawn(file, 320, 200) for number, file in enumerate(FILES)}
    publish_bank(room.unit_id, {"en": bank.questions}, {"en": {"q1": Media(pictures=pictures)}})
    operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 30)
    version_id = db.session.get_one(Unit, room.unit_id).version_id
    for number, name in enumerate(FILES):
        db.session.add(VersionFile(version_id=version_id, path=f"media/{name}", blob_key=keep(SVG % number)))
    return room


def opened(browse: Browse, room: quizzes.Room) -> tuple[Browse, str, Reply]:
    phone = browse.as_person(room.person.id, room.training.id)
    first = phone.post("/attempts").location
    return phone, first, phone.get(first)


def shown(page: Reply) -> list[dict[str, str]]:
    return [dict(image.attrib) for image in page.all("img") if "/pictures/" in (image.get("src") or "")]


def test_the_question_has_words_for_its_picture_and_the_options_have_theirs_already(browse: Browse, room: quizzes.Room) -> None:
    phone, _, page = opened(browse, room)
    images = shown(page)
    assert [image["alt"] for image in images] == ["A hall with two doors", "", "", ""]
    assert {(image["width"], image["height"], image["loading"]) for image in images} == {("320", "200", "lazy")}
    assert all(f"I do {words}" in page.text for words in ("it well", "it badly", "half of it")), "text is always there"
    seen = [phone.client.get(image["src"]) for image in images]
    assert {answer.mimetype for answer in seen} == {"image/svg+xml"}
    assert sorted(answer.data for answer in seen) == [SVG % number for number in range(4)]
    assert all("sandbox" in answer.headers["Content-Security-Policy"] for answer in seen)


def test_nothing_tells_which_option_it_was_when_written(browse: Browse, room: quizzes.Room) -> None:
    phone, _, page = opened(browse, room)
    assert "q1-" not in page.response.text
    for image in shown(page):
        answer = phone.client.get(image["src"])
        assert "q1" not in str(answer.headers)
        assert "picture.svg" in answer.headers["Content-Disposition"]
    version = db.session.get_one(CourseVersion, db.session.get_one(Unit, room.unit_id).version_id)
    address = f"/courses/{version.course.code}/versions/{version.number}/media"
    assert {phone.client.get(f"{address}/{name}").status_code for name in FILES} == {404}


@pytest.mark.parametrize("tail", ["/pictures/km", "/pictures/en/zzz", "/pictures/en/test.q1-2.svg", "/pictures/../en"])
def test_nothing_else_is_seen(browse: Browse, room: quizzes.Room, tail: str) -> None:
    phone, first, _ = opened(browse, room)
    assert phone.client.get(first + tail).status_code == 404
    assert not shown(phone.get(first.replace("questions/1", "questions/2")))


def test_nobody_elses_pictures_are_seen(browse: Browse, room: quizzes.Room) -> None:
    _, _, page = opened(browse, room)
    other = browse.as_person(room.another().id, room.training.id)
    assert {other.client.get(image["src"]).status_code for image in shown(page)} == {404}
