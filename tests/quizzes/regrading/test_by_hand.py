"""Open answers are read by a person, one at a time, without the name; the grade follows the last of them."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.courses.models import Unit
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, GradeChange, LateAnswer, ManualGrade
from app.quizzes.regrading.operations.by_hand import GradedMeanwhile, grade_answer
from app.quizzes.regrading.operations.late import decide_late
from app.quizzes.regrading.queries.waiting import waiting, waiting_in
from app.quizzes.regrading.queries.work import work_of
from app.quizzes.rules import AttemptState, Late
from tests.browse import Browse
from tests.make import accounts, quizzes
from tests.make.statements import counted

SOURCE = "::q1:: [plain] Why do doors stay open? {####Because people must get out.}\n\n::q2:: [plain] Yes? {T}\n\n::q3:: [plain] And how? {}"


def hand_in(room: quizzes.Room, person: object = None, words: tuple[str, str] = ("To get out.", "With care.")) -> Attempt:
    actor = quizzes.actor(person or room.person, room.training)  # type: ignore[arg-type]
    attempt = operations.start(actor, unit_id=room.unit_id)
    first, second, third = room.questions
    operations.answer(actor, attempt.id, first.id, [words[0]], 0, "en")
    operations.answer(actor, attempt.id, second.id, [quizzes.names(attempt, second, 2)[0]], 0)
    operations.answer(actor, attempt.id, third.id, [words[1]], 0)
    operations.submit(actor, attempt.id)
    db.session.refresh(attempt)
    return attempt


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(source=SOURCE)


def trainer_of(room: quizzes.Room) -> Account:
    return accounts.account(Role.TRAINER, programme=room.training.programme)


def test_the_last_answer_that_is_read_grades_the_attempt_and_a_grade_can_change(room: quizzes.Room) -> None:
    trainer = accounts.actor(trainer_of(room))
    attempt = hand_in(room)
    first, second = waiting(room.training.id, room.unit_id).waiting
    assert attempt.state is AttemptState.SUBMITTED
    grade_answer(trainer, room.training.id, room.unit_id, first, 4)
    assert attempt.state is AttemptState.SUBMITTED
    given = grade_answer(trainer, room.training.id, room.unit_id, second, 1, comment="Say how.")
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.GRADED, 2.25, True)
    assert waiting_in(room.training.id) == {}
    assert waiting(room.training.id, room.unit_id).graded == [second, first]
    grade_answer(trainer, room.training.id, room.unit_id, second, 4, seen=given.id)
    db.session.refresh(attempt)
    [change] = db.session.query(GradeChange)
    assert (attempt.score, change.score_before, change.score_after, change.account_id) == (3, 2.25, 3, trainer.account_id)


def test_another_text_that_takes_its_place_is_read_anew(room: quizzes.Room) -> None:
    trainer = accounts.actor(trainer_of(room))
    attempt = hand_in(room)
    first, second = waiting(room.training.id, room.unit_id).waiting
    for each in (first, second):
        grade_answer(trainer, room.training.id, room.unit_id, each, 4)
    question_id = db.session.get_one(Answer, first).question_id
    late = LateAnswer(attempt_id=attempt.id, question_id=question_id, choice=["Something else."], arrived_at=now(), why=Late.AFTER_HANDING_IN)
    db.session.add(late)
    db.session.flush()
    with telling(now() + timedelta(minutes=1)):
        decide_late(trainer, room.training.id, late.id, counts=True, why="The network was down.")
        assert waiting(room.training.id, room.unit_id).waiting == [first]


def test_nobody_reads_what_was_only_practised(room: quizzes.Room) -> None:
    db.session.get_one(Unit, room.unit_id).rules = {"practice": True}
    attempt = hand_in(room)
    assert (attempt.state, attempt.score, attempt.max_score) == (AttemptState.GRADED, 1, 1)
    found = waiting(room.training.id, room.unit_id)
    assert (found.waiting, found.graded, waiting_in(room.training.id)) == ([], [], {})
    assert work_of(room.training.id, room.unit_id).waiting == 0


def test_an_answer_of_a_practice_has_no_page(browse: Browse, room: quizzes.Room) -> None:
    db.session.get_one(Unit, room.unit_id).rules = {"practice": True}
    hand_in(room)
    trainer = browse.as_account(trainer_of(room))
    place = f"/sessions/{room.training.id}/quizzes/{room.unit_id}/grading"
    answer_id = db.session.query(Answer).filter_by(question_id=room.questions[0].id).one().id
    assert trainer.get(place).status == 200
    assert trainer.get(f"{place}/{answer_id}").status == 404


def test_two_do_not_grade_the_same_answer_unknowingly(room: quizzes.Room) -> None:
    trainer = accounts.actor(trainer_of(room))
    hand_in(room)
    first = waiting(room.training.id, room.unit_id).waiting[0]
    given = grade_answer(trainer, room.training.id, room.unit_id, first, 4)
    with pytest.raises(GradedMeanwhile):
        grade_answer(trainer, room.training.id, room.unit_id, first, 0)
    assert db.session.query(ManualGrade).one().id == given.id
    with pytest.raises(Refused, match="Choose the points"):
        grade_answer(trainer, room.training.id, room.unit_id, first, 5, seen=given.id)
    for stranger in (quizzes.actor(room.person, room.training), accounts.actor(accounts.account(Role.FOCAL_POINT, factory=room.factory))):
        with pytest.raises(NotFound):
            grade_answer(stranger, room.training.id, room.unit_id, first, 1, seen=given.id)


def test_what_was_left_empty_waits_for_nobody(room: quizzes.Room) -> None:
    attempt = operations.start(room.actor)
    operations.answer(room.actor, attempt.id, room.questions[0].id, ["Hm."], 0)
    operations.answer(room.actor, attempt.id, room.questions[0].id, [""], 1)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.state, waiting_in(room.training.id)) == (AttemptState.GRADED, {})


def test_the_queue_shows_no_name_and_leads_from_one_answer_to_the_next(browse: Browse, room: quizzes.Room) -> None:
    hand_in(room)
    hand_in(room, room.another(name="Kalyan Somebody"), ("<b>Fire</b>", "Slowly."))
    trainer = browse.as_account(trainer_of(room))
    quiz = f"/sessions/{room.training.id}/quizzes/{room.unit_id}"
    assert "4 wait for you" in trainer.get(quiz).text
    queue = trainer.get(f"{quiz}/grading")
    assert "4 answers wait for you." in queue.text
    [link] = [each.get("href") or "" for each in queue.all("a") if "Read the first" in "".join(each.itertext())]
    page = trainer.get(link)
    assert "To get out." in page.text
    assert "Because people must get out." in page.text
    assert room.person.name not in page.text
    assert room.person.name in trainer.get(f"{link}?name=yes").text
    assert [button.get("value") for button in page.all("button") if button.get("name") == "points"] == list("01234")
    following = trainer.post(link, {"points": "3", "comment": "Good.", "seen": "0"})
    assert following.status == 303
    assert following.location != link
    twice = trainer.post(link, {"points": "0", "seen": "0"})
    assert twice.status == 409
    assert "Somebody graded this answer meanwhile." in twice.text
    assert "3 of 4 points" in twice.text
    assert trainer.post(link, {"points": "9", "seen": "0"}).status == 422
    for _ in range(3):
        following = trainer.post(following.location, {"points": "4", "seen": "0"})
    assert following.location == f"{quiz}/grading"
    assert "No answer waits" in trainer.get(following.location).text
    attempts = trainer.get(f"{quiz}/attempts").text
    assert "Graded" in attempts
    assert "Kalyan Somebody" in attempts


@pytest.mark.parametrize("people", [1, 4])
def test_a_page_of_the_queue_takes_a_fixed_number_of_statements(browse: Browse, room: quizzes.Room, people: int) -> None:
    for _ in range(people):
        hand_in(room, room.another())
    trainer = browse.as_account(trainer_of(room))
    first = waiting(room.training.id, room.unit_id).waiting[0]
    with counted() as statements:
        trainer.get(f"/sessions/{room.training.id}/quizzes/{room.unit_id}/grading/{first}")
    assert len(statements) <= 16
