"""Taking a quiz in the browser."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.courses.models import Unit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.formats import format_time
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.rules import Late
from app.sessions import operations as planning
from tests.browse import Browse, Reply
from tests.make import courses, quizzes


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room()


def joined(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_person(room.person.id, room.training.id)


def begun(browse: Browse, room: quizzes.Room) -> tuple[Browse, Attempt]:
    phone = joined(browse, room)
    reply = phone.post("/attempts")
    attempt = db.session.query(Attempt).filter_by(person_id=room.person.id).one()
    assert reply.location == f"/attempts/{attempt.id}/questions/1"
    return phone, attempt


def send(phone: Browse, room: quizzes.Room, attempt: Attempt, number: int, option: int, revision: int = 0) -> Reply:
    question = room.questions[number - 1]
    data = {"choice": quizzes.names(attempt, question)[option], "revision": revision}
    return phone.post(f"/attempts/{attempt.id}/answers/{question.id}", data)


def test_a_whole_quiz(browse: Browse, room: quizzes.Room) -> None:
    phone = joined(browse, room)
    assert "3 questions, one on each page" in phone.get("/attempts").text
    phone, attempt = begun(browse, room)
    assert "Question 1 of 3" in phone.get(f"/attempts/{attempt.id}/questions/1").text
    for number in (1, 2):
        reply = send(phone, room, attempt, number, 0)
        assert reply.status == 200
        assert f"Question {number + 1} of 3" in reply.text
        assert "Your last answer is saved." in reply.text
    reply = send(phone, room, attempt, 3, 1)
    assert "Every question has an answer." in reply.text
    assert phone.post(f"/attempts/{attempt.id}/submission").location == f"/attempts/{attempt.id}"
    reply = phone.get(f"/attempts/{attempt.id}")
    assert "Passed" in reply.text
    assert "67%" in reply.text
    assert "Hand the phone to the next person" in reply.text


def test_resuming_goes_to_the_first_question_without_an_answer(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    send(phone, room, attempt, 1, 0)
    send(phone, room, attempt, 3, 0)
    assert phone.get(f"/attempts/{attempt.id}").location == f"/attempts/{attempt.id}/questions/2"
    assert phone.post("/attempts").location == f"/attempts/{attempt.id}/questions/2"
    assert "1 question has no answer yet." in phone.get(f"/attempts/{attempt.id}/review").text
    send(phone, room, attempt, 2, 0)
    assert phone.get(f"/attempts/{attempt.id}").location == f"/attempts/{attempt.id}/review"


def test_back_and_reload_are_harmless(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    first = send(phone, room, attempt, 1, 0)
    again = send(phone, room, attempt, 1, 0)
    assert (again.status, again.response.data) == (200, first.response.data)
    address = f"/attempts/{attempt.id}/questions/2"
    assert [link.get("href") for link in first.all("link") if link.get("rel") == "canonical"] == [address]
    assert "Question 2 of 3" in phone.get(address).text
    question = room.questions[0]
    assert phone.get(f"/attempts/{attempt.id}/answers/{question.id}").location == f"/attempts/{attempt.id}/questions/1"
    checked = [box.get("value") for box in phone.get(f"/attempts/{attempt.id}/questions/1").all("input") if box.get("checked") is not None]
    assert checked == [quizzes.names(attempt, question)[0]]


def test_two_tabs_keep_the_answer_and_say_why(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    send(phone, room, attempt, 1, 0)
    for data in (
        {"choice": quizzes.names(attempt, room.questions[0])[1], "revision": "0"},
        {"choice": quizzes.names(attempt, room.questions[0])[1]},
        {"choice": quizzes.names(attempt, room.questions[0])[1], "revision": "1e9"},
        {"choice": "nonsense", "revision": "1"},
    ):
        reply = phone.post(f"/attempts/{attempt.id}/answers/{room.questions[0].id}", data)
        assert reply.status == 409
        assert "Question 1 of 3" in reply.text
        assert ("another window" in reply.text) is (data["choice"] != "nonsense")
        assert [box.get("value") for box in reply.all("input") if box.get("name") == "revision"] == ["1"]
    assert [(row.choice, row.revision) for row in db.session.query(Answer)] == [(["0"], 1)]


def test_foreign_attempts_do_not_exist(browse: Browse, room: quizzes.Room) -> None:
    _, attempt = begun(browse, room)
    other = browse.as_person(room.another().id, room.training.id)
    base = f"/attempts/{attempt.id}"
    for address in (base, f"{base}/questions/1", f"{base}/review", f"{base}/answers/{room.questions[0].id}"):
        assert other.get(address).status == 404
    for address in (f"{base}/answers/{room.questions[0].id}", f"{base}/submission"):
        assert other.post(address, {"revision": "0"}).status == 404
        assert Browse(browse.app).post(address).status == 401
    phone = joined(browse, room)
    for address in (f"{base}/questions/0", f"{base}/questions/4", "/attempts/999999"):
        assert phone.get(address).status == 404


def test_after_submission_everything_is_refused_and_nothing_changes(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    send(phone, room, attempt, 1, 0)
    for _ in range(2):
        assert phone.post(f"/attempts/{attempt.id}/submission").status == 303
    reply = send(phone, room, attempt, 1, 1, revision=1)
    assert reply.location == f"/attempts/{attempt.id}/late"
    assert "handed in" in phone.get(reply.location).text
    assert phone.get(f"/attempts/{attempt.id}/questions/2").location == f"/attempts/{attempt.id}"
    assert phone.get(f"/attempts/{attempt.id}/review").location == f"/attempts/{attempt.id}"
    assert [row.choice for row in db.session.query(Answer)] == [["0"]]


def test_time_that_is_over_is_said_kindly_and_handing_in_still_works(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    send(phone, room, attempt, 1, 0)
    room.end(minutes_ago=10)
    reply = send(phone, room, attempt, 2, 0)
    assert reply.location == f"/attempts/{attempt.id}/late"
    assert "Time is over. The answers that you had saved count. Your last answer is kept" in phone.get(reply.location).text
    assert [(row.choice, row.why, row.counts) for row in db.session.query(LateAnswer)] == [(["0"], Late.AFTER_TIME, None)]
    assert phone.get(f"/attempts/{attempt.id}").location == f"/attempts/{attempt.id}/review"
    assert "Time is over" in phone.get(f"/attempts/{attempt.id}/review").text
    phone.post(f"/attempts/{attempt.id}/submission")
    assert "33%" in phone.get(f"/attempts/{attempt.id}").text


def test_a_training_cancelled_meanwhile_is_a_clear_sentence(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    planning.cancel(SYSTEM, room.training.id, "Power cut")
    for reply in (send(phone, room, attempt, 1, 0), phone.post(f"/attempts/{attempt.id}/submission"), phone.post("/attempts")):
        assert (reply.status, "This training was cancelled." in reply.text) == (409, True)
    assert db.session.query(Answer).count() == 0


def test_a_text_that_is_too_long_is_refused_kindly_and_the_saved_one_stays(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="::free:: [plain] What will you change? {}")
    phone, attempt = begun(browse, room)
    address = f"/attempts/{attempt.id}/answers/{room.questions[0].id}"
    assert phone.post(address, {"choice": "More light.", "revision": "0"}).status == 200
    parts = b'--b\r\nContent-Disposition: form-data; name="choice"\r\n\r\n' + b"x" * 2_000_000 + b"\r\n--b--\r\n"
    for reply, status in (
        (phone.post(address, {"choice": "x" * 10_001, "revision": "1"}), 422),
        (phone.post(address, {"choice": "x" * 1_000_000, "revision": "1"}), 422),
        (phone.post(address, parts, content_type="multipart/form-data; boundary=b"), 413),
    ):
        assert (reply.status, "This text is too long, so it is not saved." in reply.text) == (status, True)
        assert len(reply.response.data) < 20_000
    assert "More light." in phone.get(f"/attempts/{attempt.id}/questions/1").text
    assert phone.post(address, {"choice": "x" * 10_000, "revision": "1"}).status == 200


def test_whoever_takes_a_quiz_of_an_older_edition_is_told_and_keeps_the_answers(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    send(phone, room, attempt, 1, 0)
    assert "newer edition" not in phone.get(f"/attempts/{attempt.id}/questions/2").text
    room.training.version_id = courses.edition(room.training.version.course.code, "2.0").id
    reply = phone.get(f"/attempts/{attempt.id}/questions/2")
    assert "This training uses a newer edition of its course meanwhile. Your quiz goes on as it began" in reply.text
    for number in (2, 3):
        assert send(phone, room, attempt, number, 0).status == 200
    phone.post(f"/attempts/{attempt.id}/submission")
    assert "100%" in phone.get(f"/attempts/{attempt.id}").text


def test_a_clock_that_jumps_loses_no_answer(room: quizzes.Room) -> None:
    attempt = operations.start(room.actor)
    for question, jump in zip(room.questions, (timedelta(days=-400), timedelta(days=400), timedelta(minutes=-5)), strict=True):
        with time_machine.travel(now() + jump):
            operations.answer(room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[0]], 0)
    kept = [row.question_id for table in (Answer, LateAnswer) for row in db.session.query(table)]
    assert sorted(kept) == sorted(question.id for question in room.questions)
    assert [row.question_id for row in db.session.query(LateAnswer)] == [room.questions[1].id]


def test_the_time_left_is_said_where_there_is_a_limit(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    assert "Until" not in phone.get(f"/attempts/{attempt.id}/questions/1").text
    db.session.get_one(Unit, room.unit_id).rules = {"limit_minutes": 20}
    attempt.deadline_at = now() + timedelta(minutes=12)
    wall = attempt.deadline_at.astimezone(ZoneInfo(room.training.programme.zone))
    for page in ("questions/1", "review"):
        reply = phone.get(f"/attempts/{attempt.id}/{page}")
        assert " ".join(f"Until {format_time(wall, 'en')}".split()) in reply.text
        [timer] = [each for each in reply.all("span") if each.get("role") == "timer"]
        assert 700 < int(timer.get("data-left") or 0) <= 720
    attempt.deadline_at = now() - timedelta(minutes=1)
    [timer] = [each for each in phone.get(f"/attempts/{attempt.id}/questions/1").all("span") if each.get("role") == "timer"]
    assert timer.get("data-left") == "0"


def test_a_receipt_names_the_answer_that_was_saved(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    for number in (1, 2, 3):
        reply = send(phone, room, attempt, number, 0)
        [receipt] = [each.get("data-of") for each in reply.all("p") if each.get("id") == "saved"]
        assert receipt == str(room.questions[number - 1].id)
    stale = send(phone, room, attempt, 1, 1)
    assert stale.status == 409
    assert [each.get("data-of") for each in stale.all("p") if each.get("id") == "saved"] == [None]


def test_handing_over_leaves_nothing_behind(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    kept = phone.client.get_cookie("seamwise").value
    reply = phone.post("/handover")
    assert reply.location == f"/join/{room.training.code}"
    assert reply.response.headers["Clear-Site-Data"] == '"storage"'
    assert phone.get(f"/attempts/{attempt.id}").status == 303
    phone.client.set_cookie("seamwise", kept)
    assert phone.get(f"/attempts/{attempt.id}").location.startswith("/sign-in")


def test_nothing_of_the_key_is_in_any_reply_before_release(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    replies = [phone.get("/attempts"), *(phone.get(f"/attempts/{attempt.id}/questions/{n}") for n in (1, 2, 3))]
    replies += [send(phone, room, attempt, n, n % 3) for n in (1, 2, 3)]
    replies += [send(phone, room, attempt, 1, 0), phone.get(f"/attempts/{attempt.id}/review")]
    phone.post(f"/attempts/{attempt.id}/submission")
    replies.append(phone.get(f"/attempts/{attempt.id}"))
    for reply in replies:
        everything = reply.response.text + str(reply.response.headers)
        assert quizzes.SECRET not in everything
        assert not re.search(r"correct|fraction|feedback|points=", everything)
        assert "Right answer" not in everything
    room.end(minutes_ago=1)
    assert quizzes.SECRET not in phone.get(f"/attempts/{attempt.id}").response.text, "grace is not over yet"
    room.window().closes_at = room.window().closes_at.replace(year=2020)
    text = phone.get(f"/attempts/{attempt.id}").text
    assert f"{quizzes.SECRET} wrong" in text
    assert "Right answerI do it well" in text


def test_right_and_wrong_answers_get_the_same_bytes(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    replies = [send(phone, room, attempt, 1, option, revision).response.data for revision, option in enumerate((0, 1, 2))]
    assert len(set(replies)) == 1
    pages = []
    for revision, option in enumerate((0, 1), 3):
        send(phone, room, attempt, 1, option, revision)
        pages.append(phone.get(f"/attempts/{attempt.id}/questions/1").response.data)
    assert len({len(page) for page in pages}) == 1
    last = [send(phone, room, attempt, 3, option, revision).response.data for revision, option in enumerate((0, 1))]
    assert len(set(last)) == 1


def test_options_are_shuffled_by_attempt_and_named_by_nothing(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    orders = set()
    for seed in range(30):
        attempt.seed = seed
        boxes = [box.get("value") for box in phone.get(f"/attempts/{attempt.id}/questions/1").all("input") if box.get("name") == "choice"]
        orders.add(tuple(boxes.index(name) for name in quizzes.names(attempt, room.questions[0])))
        assert {len(name) for name in boxes} == {12}
    assert len(orders) == 6


@pytest.mark.parametrize(("language", "direction", "ask"), [("km", "ltr", "សំណួរ"), ("ar", "rtl", "سؤال")])
def test_the_question_comes_in_the_persons_language(browse: Browse, language: str, direction: str, ask: str) -> None:
    room = quizzes.room(language=language)
    phone, attempt = begun(browse, room)
    reply = phone.get(f"/attempts/{attempt.id}/questions/2")
    assert reply.page is not None
    assert (reply.page.get("lang"), reply.page.get("dir")) == (language, direction)
    assert ask in reply.text
    assert ("២" if language == "km" else "٢") in reply.text
    phone.client.set_cookie("language", "en")
    assert "What do you do 2?" in phone.get(f"/attempts/{attempt.id}/questions/2").text


def test_a_question_without_translation_is_english_and_says_so(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source=quizzes.gift(2), language="km")
    phone, attempt = begun(browse, room)
    reply = phone.get(f"/attempts/{attempt.id}/questions/1")
    [asked] = [div for div in reply.all("div") if div.get("lang")]
    assert (asked.get("lang"), asked.get("dir")) == ("en", "ltr")
    assert "What do you do 1?" in "".join(asked.itertext())


def test_a_question_can_be_read_in_a_language_that_the_site_does_not_speak(browse: Browse, app: Flask) -> None:
    room = quizzes.room(is_open=False)
    question = room.questions[0]
    question.texts = {**question.texts, "bn": {**question.texts["en"], "text": "প্রশ্ন"}}
    operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    phone, attempt = begun(browse, room)
    address = f"/attempts/{attempt.id}/questions/1"
    reply = phone.get(address)
    assert "bn" in [button.get("value") for button in reply.all("button")]
    assert phone.post("/language", {"language": "bn", "next": address}).location == address
    reply = phone.get(address)
    assert reply.page is not None
    assert (reply.page.get("lang"), "প্রশ্ন" in reply.text) == ("en", True)


def test_every_kind_of_question_has_a_page(browse: Browse, app: Flask) -> None:
    source = """
::many:: [plain] Which two? {
~%50%One ~%50%Two ~%-100%Three
}

::word:: [html] The <b>colour</b> of a &lt;line&gt;? { =green#SECRETS =leaf }

::number:: [plain] How many? {#10:1}

::truth:: [plain] Is it so? {TRUE}

::pairs:: [plain] What belongs together? { =red -> stop =green -> go =blue -> wait }

::free:: [plain] What will you change? {}

[plain] Breathe out.
"""
    room = quizzes.room(source=source)
    phone, attempt = begun(browse, room)
    kinds = [question.kind for question in room.questions]
    assert kinds == ["multiple", "short", "numeric", "true_false", "matching", "essay", "description"]
    for number, question in enumerate(room.questions, 1):
        reply = phone.get(f"/attempts/{attempt.id}/questions/{number}")
        assert reply.status == 200
        boxes = [box for tag in ("input", "select", "textarea") for box in reply.all(tag) if box.get("name") == "choice"]
        assert bool(boxes) is (question.kind != "description")
        assert "leaf" not in reply.text
        data = {"choice": "12", "revision": "0"} if question.kind in {"short", "numeric", "essay"} else {"revision": "0"}
        assert phone.post(f"/attempts/{attempt.id}/answers/{question.id}", data).status == 200
    assert "The colour of a <line>?" in phone.get(f"/attempts/{attempt.id}/questions/2").text
    assert 'value="12"' in phone.get(f"/attempts/{attempt.id}/questions/3").response.text
    assert "3 questions have no answer yet." in phone.get(f"/attempts/{attempt.id}/review").text
    phone.post(f"/attempts/{attempt.id}/submission")
    room.window().closes_at = room.window().closes_at.replace(year=2020)
    assert "red – stop" in phone.get(f"/attempts/{attempt.id}").text
