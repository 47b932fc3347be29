"""Questions read aloud: the sound of a question and its options, for whoever takes the quiz and for nobody else."""

import pytest
from flask import Flask

from app.courses.models import CourseVersion, Unit, VersionFile
from app.courses.operations import keep
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.frozen import Media
from app.quizzes.gift import parse
from app.quizzes.models import Question
from app.quizzes.operations import publish_bank
from tests.browse import Browse
from tests.make import quizzes

SOUND = b"ID3" + bytes(2000)


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    room = quizzes.room(is_open=False)
    db.session.query(Question).filter_by(unit_id=room.unit_id).delete()
    banks = {"en": parse(quizzes.gift(2)).questions}
    publish_bank(room.unit_id, banks, {"en": {"q1": Media({0: "q.q1.en.mp3", 2: "q.q1-2.en.mp3"})}})
    operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 30)
    version_id = db.session.get_one(Unit, room.unit_id).version_id
    for number, name in enumerate(("q.q1.en.mp3", "q.q1-2.en.mp3", "lesson.en.mp3")):
        key = keep(SOUND + bytes([number]))
        db.session.add(VersionFile(version_id=version_id, path=f"media/{name}", blob_key=key))
    return room


def opened(browse: Browse, room: quizzes.Room) -> tuple[Browse, str]:
    phone = browse.as_person(room.person.id, room.training.id)
    return phone, phone.post("/attempts").location


def test_a_question_and_an_option_are_heard(browse: Browse, room: quizzes.Room) -> None:
    phone, first = opened(browse, room)
    page = phone.get(first)
    sounds = [element.get("src") or "" for element in page.all("audio")]
    assert len(sounds) == 2
    heard = [phone.client.get(address) for address in sounds]
    assert [answer.data[-1] for answer in heard] == [0, 1]
    assert {answer.mimetype for answer in heard} == {"audio/mpeg"}
    assert {link.get("href") for link in page.all("a")} >= set(sounds), "a link where nothing plays"
    assert "q1-2" not in page.response.text, "the number of an option as it was written says too much"
    assert not phone.get(first.replace("questions/1", "questions/2")).all("audio")


def test_a_part_is_enough_for_players_that_ask_for_parts(browse: Browse, room: quizzes.Room) -> None:
    phone, first = opened(browse, room)
    address = phone.get(first).all("audio")[0].get("src") or ""
    part = phone.client.get(address, headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.data) == (206, b"ID3")
    assert "no-store" not in part.headers["Cache-Control"]


def test_no_header_and_no_other_page_tells_which_option_it_was_when_written(browse: Browse, room: quizzes.Room) -> None:
    phone, first = opened(browse, room)
    sounds = [element.get("src") or "" for element in phone.get(first).all("audio")]
    assert [("q1" in str(phone.client.get(address).headers)) for address in sounds] == [False, False]
    version = db.session.get_one(CourseVersion, db.session.get_one(Unit, room.unit_id).version_id)
    address = f"/courses/{version.course.code}/versions/{version.number}/media"
    assert phone.client.get(f"{address}/lesson.en.mp3").status_code == 200
    assert [phone.client.get(f"{address}/{name}").status_code for name in ("q.q1.en.mp3", "q.q1-2.en.mp3")] == [404, 404]


@pytest.mark.parametrize("tail", ["/sounds/km", "/sounds/en/zzz", "/sounds/../en", "/sounds/en/q.q1-2.en.mp3"])
def test_nothing_else_is_heard(browse: Browse, room: quizzes.Room, tail: str) -> None:
    phone, first = opened(browse, room)
    assert phone.client.get(first + tail).status_code == 404


def test_nobody_elses_attempt_is_heard(browse: Browse, room: quizzes.Room) -> None:
    phone, first = opened(browse, room)
    address = phone.get(first).all("audio")[0].get("src") or ""
    other = browse.as_person(room.another().id, room.training.id)
    assert other.client.get(address).status_code == 404


def test_no_header_names_an_option_as_it_was_written(browse: Browse, room: quizzes.Room) -> None:
    phone, first = opened(browse, room)
    for element in phone.get(first).all("audio"):
        answer = phone.client.get(element.get("src") or "")
        assert "q.q1" not in str(answer.headers), "files are called by their place in the bank, where the best stands first"
        assert "inline" in answer.headers["Content-Disposition"]
