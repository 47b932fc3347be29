"""From a bank to a grade: starting, answering, handing in, time, cancellation."""

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.completions.models import Completion, UnitResult
from app.completions.operations import note_unit
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes import jobs, operations
from app.quizzes.gift import parse
from app.quizzes.models import Answer, Attempt, LateAnswer, Question
from app.quizzes.operations import StaleAnswer
from app.quizzes.rules import RULE_VERSION, AttemptState, Late
from app.sessions import operations as planning
from app.sessions.models import Seat
from app.sessions.rules import SeatState, TrainingState
from tests.make import accounts, courses, factories, quizzes, sessions

RIGHT, WRONG, HALF = 0, 1, 2


def reply(room: quizzes.Room, attempt: Attempt, number: int, option: int, revision: int | None = 0) -> None:
    question = room.questions[number - 1]
    operations.answer(room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[option]], revision)


def stored(attempt: Attempt) -> list[tuple[list[str], int]]:
    rows = db.session.query(Answer).filter_by(attempt_id=attempt.id).order_by(Answer.question_id)
    return [(row.choice, row.revision) for row in rows.populate_existing()]


def take(room: quizzes.Room, *options: int) -> Attempt:
    attempt = operations.start(room.actor)
    for number, option in enumerate(options, 1):
        reply(room, attempt, number, option)
    operations.submit(room.actor, attempt.id)
    return attempt


def test_a_bank_is_stored_once_with_the_key_apart_from_the_texts(app: Flask) -> None:
    unit = courses.unit(courses.version(), "post-test")
    first = quizzes.bank(unit.id)
    assert [question.id for question in quizzes.bank(unit.id)] == [question.id for question in first]
    assert [(question.position, question.code, question.kind) for question in first] == [
        (1, "q1", "single"), (2, "q2", "single"), (3, "q3", "single")
    ]
    assert quizzes.SECRET in str(first[0].key)
    assert quizzes.SECRET not in str(first[0].texts)
    assert set(first[0].texts) == {"en", "km", "ar"}


@pytest.mark.parametrize("other", [quizzes.gift(2), quizzes.gift(3).replace("%50%", ""), quizzes.gift(3).replace("q2", "q9")])
def test_a_bank_whose_languages_differ_is_refused(app: Flask, other: str) -> None:
    unit = courses.unit(courses.version(), "post-test")
    with pytest.raises(ValueError, match="same"):
        operations.publish_bank(unit.id, {"en": parse(quizzes.gift(3)).questions, "km": parse(other).questions})
    assert db.session.query(Question).count() == 0


def test_a_trainer_opens_extends_and_closes(app: Flask) -> None:
    room = quizzes.room(is_open=False)
    trainer = accounts.actor(accounts.account(Role.TRAINER, programme=room.training.programme))
    with pytest.raises(Refused, match="not open"):
        operations.start(room.actor)
    opened = operations.open_window(trainer, room.training.id, room.unit_id, 10)
    attempt = operations.start(room.actor)
    assert attempt.deadline_at == opened.closes_at
    began = opened.opened_at
    longer = operations.open_window(trainer, room.training.id, room.unit_id, 60)
    assert (longer.id, longer.opened_at) == (opened.id, began)
    db.session.refresh(attempt)
    assert attempt.deadline_at == longer.closes_at > now() + timedelta(minutes=59)
    operations.close_window(trainer, room.training.id, room.unit_id)
    operations.close_window(trainer, room.training.id, room.unit_id)
    db.session.refresh(attempt)
    assert attempt.deadline_at <= now()
    reply(room, attempt, 1, RIGHT)  # it was on its way when the trainer closed


def test_only_the_own_quizzes_of_a_confirmed_training_open(app: Flask) -> None:
    room = quizzes.room(is_open=False)
    foreign = courses.unit(courses.version(), "post-test").id
    lesson = courses.unit(room.training.version, "lesson").id
    for unit_id in (foreign, lesson, 10**6):
        with pytest.raises(NotFound):
            operations.open_window(SYSTEM, room.training.id, unit_id, 10)
    for minutes in (0, -5, 10**6):
        with pytest.raises(Refused, match="minutes"):
            operations.open_window(SYSTEM, room.training.id, room.unit_id, minutes)
    room.training.state = TrainingState.TENTATIVE
    with pytest.raises(Refused, match="confirmed"):
        operations.open_window(SYSTEM, room.training.id, room.unit_id, 10)
    elsewhere = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    advisor = accounts.actor(accounts.account(Role.ADVISOR, programme=room.training.programme))
    for actor in (elsewhere, advisor):
        with pytest.raises(NotFound):
            operations.open_window(actor, room.training.id, room.unit_id, 10)
        with pytest.raises(NotFound):
            operations.close_window(actor, room.training.id, room.unit_id)


def test_a_quiz_without_questions_does_not_open(app: Flask) -> None:
    training = sessions.training(state=TrainingState.CONFIRMED)
    with pytest.raises(Refused, match="no questions"):
        operations.open_window(SYSTEM, training.id, courses.unit(training.version, "post-test").id, 10)


def test_a_second_start_is_the_same_attempt_and_the_fourth_is_refused(app: Flask) -> None:
    room = quizzes.room()
    assert operations.start(room.actor).id == operations.start(room.actor).id
    assert [take(room, WRONG).number for _ in range(3)] == [1, 2, 3]
    with pytest.raises(Refused, match="all your attempts"):
        operations.start(room.actor)


def test_only_a_booked_seat_starts(app: Flask) -> None:
    room = quizzes.room()
    outsider = factories.person(room.factory)
    with pytest.raises(NotFound):
        operations.start(quizzes.actor(outsider, room.training))
    sessions.seat(room.training, room.factory, outsider, state=SeatState.WAIT_LISTED)
    with pytest.raises(NotFound):
        operations.start(quizzes.actor(outsider, room.training))
    with pytest.raises(NotFound):
        operations.start(SYSTEM)


def test_an_answer_can_be_changed_until_submission(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    reply(room, attempt, 1, WRONG)
    reply(room, attempt, 1, WRONG)
    assert stored(attempt) == [(["1"], 1)]
    reply(room, attempt, 1, RIGHT, revision=1)
    assert stored(attempt) == [(["0"], 2)]
    operations.submit(room.actor, attempt.id)
    reply(room, attempt, 1, WRONG, revision=2)
    assert [(row.choice, row.why) for row in db.session.query(LateAnswer)] == [(["1"], Late.AFTER_HANDING_IN)]
    assert stored(attempt) == [(["0"], 2)]


@pytest.mark.parametrize("revision", [0, None, 7])
def test_a_stale_or_missing_revision_keeps_the_stored_answer(app: Flask, revision: int | None) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    reply(room, attempt, 1, RIGHT)
    with pytest.raises(StaleAnswer, match="another window"):
        reply(room, attempt, 1, WRONG, revision=revision)
    assert stored(attempt) == [(["0"], 1)]


def test_a_missing_or_forged_revision_saves_nothing(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    for revision in (None, 3):
        with pytest.raises(StaleAnswer):
            reply(room, attempt, 1, RIGHT, revision=revision)
    assert stored(attempt) == []


@pytest.mark.parametrize("choice", [["0"], ["unknown"], ["", "x"], ["a" * 5000]])
def test_an_unknown_option_is_refused(app: Flask, choice: list[str]) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    with pytest.raises(StaleAnswer, match="does not belong"):
        operations.answer(room.actor, attempt.id, room.questions[0].id, choice, 0)
    both = list(quizzes.names(attempt, room.questions[0])[:2])
    other = [quizzes.names(attempt, room.questions[1])[0]]
    for wrong in (both, other):
        with pytest.raises(StaleAnswer):
            operations.answer(room.actor, attempt.id, room.questions[0].id, wrong, 0)
    assert stored(attempt) == []


def test_going_on_without_choosing_saves_nothing_and_takes_nothing_back(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    assert not operations.answer(room.actor, attempt.id, room.questions[0].id, [], 0).is_answered
    reply(room, attempt, 1, RIGHT)
    operations.answer(room.actor, attempt.id, room.questions[0].id, [], 1)
    assert stored(attempt) == [(["0"], 1)]


def test_nobody_else_can_touch_an_attempt(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    other = quizzes.actor(room.another(), room.training)
    with pytest.raises(NotFound):
        operations.answer(other, attempt.id, room.questions[0].id, [], 0)
    with pytest.raises(NotFound):
        operations.submit(other, attempt.id)
    elsewhere = quizzes.room()
    with pytest.raises(NotFound):
        operations.answer(room.actor, attempt.id, elsewhere.questions[0].id, [], 0)


def test_the_grade_is_exact_and_kept_with_its_rule(app: Flask) -> None:
    room = quizzes.room()
    attempt = take(room, RIGHT, HALF, WRONG)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.max_score, attempt.rule_version) == (AttemptState.GRADED, 1.5, 3.0, RULE_VERSION)
    assert attempt.passed is False
    [result] = db.session.query(UnitResult).all()
    assert (result.unit_id, float(result.share)) == (room.unit_id, 0.5)


def test_the_best_share_of_all_attempts_counts(app: Flask) -> None:
    room = quizzes.room()
    note_unit(
        person_id=room.person.id, training_id=room.training.id, version_id=room.training.version_id,
        unit_id=courses.unit(room.training.version, "meetings").id, share=Fraction(1), factory_id=room.factory.id, at=now(),
    )
    shares = []
    for options in ((WRONG, WRONG, RIGHT), (RIGHT, RIGHT, WRONG), (WRONG, WRONG, WRONG)):
        take(room, *options)
        db.session.expire_all()
        shares.append((float(db.session.query(UnitResult).filter_by(unit_id=room.unit_id).one().share), db.session.query(Completion).count()))
    assert shares == [(0.333333, 0), (0.666666, 1), (0.666666, 1)]
    assert db.session.query(Completion).one().withdrawn_at is None


def test_submitting_twice_grades_once(app: Flask) -> None:
    room = quizzes.room()
    attempt = take(room, RIGHT, RIGHT, RIGHT)
    db.session.refresh(attempt)
    before = (attempt.submitted_at, attempt.score)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.submitted_at, attempt.score) == before
    assert attempt.passed is True


def test_a_window_that_closes_mid_way_keeps_what_was_saved(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    reply(room, attempt, 1, RIGHT)
    room.end(minutes_ago=1)
    db.session.expire_all()
    reply(room, attempt, 2, RIGHT)  # within the grace for slow networks
    room.end(minutes_ago=5)
    db.session.expire_all()
    for _ in range(2):
        reply(room, attempt, 3, RIGHT)
    assert [(row.choice, row.why) for row in db.session.query(LateAnswer)] == [(["0"], Late.AFTER_TIME)]
    deadline = attempt.deadline_at
    for attempt_id, _ in jobs.queries.overdue(now()):
        operations.close_overdue(attempt_id)
        operations.close_overdue(attempt_id)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.submitted_at) == (AttemptState.GRADED, 2.0, deadline)


def test_an_attempt_with_time_left_is_not_closed(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    assert jobs.queries.overdue(now()) == []
    operations.close_overdue(attempt.id)
    db.session.refresh(attempt)
    assert attempt.state is AttemptState.IN_PROGRESS


def test_a_cancelled_training_takes_no_answers_and_abandons_attempts(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    reply(room, attempt, 1, RIGHT)
    planning.cancel(SYSTEM, room.training.id, "Power cut")
    for act in (
        lambda: reply(room, attempt, 2, RIGHT),
        lambda: operations.submit(room.actor, attempt.id),
        lambda: operations.start(room.actor),
    ):
        with pytest.raises(Refused, match="cancelled"):
            act()
    assert stored(attempt) == [(["0"], 1)]
    room.end(minutes_ago=5)
    operations.close_overdue(attempt.id)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score) == (AttemptState.ABANDONED, None)
    assert db.session.query(UnitResult).count() == 0


KINDS = """
::many:: [plain] Which two? {
~%50%One ~%50%Two ~%-100%Three
}

::word:: [plain] The colour of the line? { =green =leaf }

::number:: [plain] How many? {#10:1}

::truth:: [plain] Is it so? {TRUE}

::pairs:: [plain] What belongs together? { =red -> stop =green -> go =blue -> wait }
"""


def test_every_kind_of_question_is_stored_and_graded(app: Flask) -> None:
    room = quizzes.room(source=KINDS)
    attempt = operations.start(room.actor)
    many, word, number, truth, pairs = room.questions
    rights = pairs.texts["en"]["rights"]
    sides = quizzes.names(attempt, pairs, 3)
    matched = [sides[rights.index(side)] for side in ("stop", "go", "wait")]
    sent = [
        (many, list(quizzes.names(attempt, many)[:2])), (word, [" GREEN "]), (number, ["១១"]),
        (truth, [quizzes.names(attempt, truth, 2)[0]]), (pairs, matched),
    ]
    for question, choice in sent:
        operations.answer(room.actor, attempt.id, question.id, choice, 0)
    operations.answer(room.actor, attempt.id, word.id, [""], 1)
    operations.answer(room.actor, attempt.id, word.id, ["green"], 2)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.score, attempt.max_score) == (5.0, 5.0)


def test_who_saw_the_answers_takes_the_quiz_no_more(app: Flask) -> None:
    room = quizzes.room()
    take(room, WRONG, WRONG, WRONG)
    late = room.another()
    with telling(now() + timedelta(minutes=33)):
        operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
        with pytest.raises(Refused, match="The answers of this quiz were shown to you"):
            operations.start(room.actor)
        assert operations.start(quizzes.actor(late, room.training)).number == 1, "whoever has seen nothing may begin"


def test_more_time_before_the_answers_are_shown_lets_everybody_try_again(app: Flask) -> None:
    room = quizzes.room()
    take(room, WRONG, WRONG, WRONG)
    for minutes in (20, 45, 71):  # extended twice while open, then opened anew within the grace
        with telling(now() + timedelta(minutes=minutes)):
            operations.open_window(SYSTEM, room.training.id, room.unit_id, 30 if minutes < 45 else 25)
    with telling(now() + timedelta(minutes=72)):
        assert operations.start(room.actor).number == 2


def test_a_quiz_closed_early_counts_as_shown_from_then_on(app: Flask) -> None:
    room = quizzes.room()
    take(room, WRONG, WRONG, WRONG)
    operations.close_window(SYSTEM, room.training.id, room.unit_id)
    with telling(now() + timedelta(minutes=5)):
        operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
        with pytest.raises(Refused, match="were shown to you"):
            operations.start(room.actor)


def test_a_withdrawn_seat_ends_the_quiz_and_completes_nothing(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    reply(room, attempt, 1, RIGHT)
    seat = db.session.query(Seat).filter_by(training_id=room.training.id, person_id=room.person.id).one()
    planning.withdraw(SYSTEM, room.training.id, seat.id)
    with pytest.raises(Refused, match="no seat in this training any more"):
        reply(room, attempt, 2, RIGHT)
    with pytest.raises(Refused, match="no seat in this training any more"):
        operations.submit(room.actor, attempt.id)
    with telling(now() + timedelta(minutes=40)):
        operations.close_overdue(attempt.id)
    db.session.refresh(attempt)
    assert attempt.state is AttemptState.ABANDONED
    assert stored(attempt) == [(["0"], 1)], "what was saved stays"
    assert db.session.query(UnitResult).count() == 0
