"""A course that asks for an evaluation is complete with it, whatever was said in it."""

from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import Certificate
from app.completions.models import Completion, EvaluationWaiver, SurveyTurn
from app.completions.operations import note_unit
from app.completions.queries import owing_evaluation
from app.factories.merging import operations as merging
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.surveys import operations as forms
from app.sessions.operations import close
from app.sessions.rules import TrainingState
from tests.make import courses, factories, quizzes, sessions, surveys


def reach_all(room: surveys.Asked, number: int = 0) -> None:
    """Everything but the evaluation."""
    for code in ("meetings", "post-test"):
        note_unit(
            person_id=room.people[number].id, training_id=room.training.id, version_id=room.training.version_id,
            unit_id=courses.unit(room.training.version, code).id, share=Fraction(1), factory_id=room.factory.id, at=now(),
        )


def completed(room: surveys.Asked) -> set[int]:
    held = sa.select(Completion.person_id).where(Completion.training_id == room.training.id, Completion.withdrawn_at.is_(None))
    return set(db.session.scalars(held))


def test_it_is_asked_for_by_the_rule_of_the_version_alone(app: Flask) -> None:
    asked, unasked = surveys.asked(evaluation_required=True), surveys.asked()
    reach_all(asked)
    reach_all(unasked)
    assert completed(asked) == set()
    assert completed(unasked) == {unasked.people[0].id}


@pytest.mark.parametrize("last", ["evaluation", "test"])
def test_whatever_comes_last_completes(app: Flask, last: str) -> None:
    room = surveys.asked(2, evaluation_required=True)
    steps = [lambda: reach_all(room), lambda: room.answer(0)]
    for step in steps if last == "evaluation" else reversed(steps):
        assert completed(room) == set()
        step()
    assert completed(room) == {room.people[0].id}
    assert db.session.query(Certificate).count() == 1


def test_when_it_was_handed_in_is_not_told_by_the_completion(app: Flask) -> None:
    """The day of the completion is that of the last unit."""
    room = surveys.asked(evaluation_required=True)
    reach_all(room)
    before = now()
    room.answer(0)
    assert db.session.query(Completion).one().completed_at < before


def test_a_sheet_of_paper_counts(app: Flask) -> None:
    room = surveys.asked(2, evaluation_required=True)
    reach_all(room)
    forms.note_handed_in(SYSTEM, room.training.id, "evaluation", [room.people[0].id])
    assert completed(room) == {room.people[0].id}


def test_a_training_session_of_before_is_complete_without(app: Flask) -> None:
    room = surveys.asked(evaluation_required=True)
    db.session.add(EvaluationWaiver(training_id=room.training.id))
    reach_all(room)
    assert completed(room) == {room.people[0].id}


def test_a_version_without_a_form_asks_nothing(app: Flask) -> None:
    version = courses.version(evaluation_required=True)
    factory = factories.factory()
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    person = factories.person(factory)
    room = surveys.Asked(training, factory, [person])
    reach_all(room)
    assert completed(room) == {person.id}


def test_it_stays_complete_when_the_form_closes(app: Flask) -> None:
    room = surveys.asked(evaluation_required=True, days=(-2, -1))
    reach_all(room)
    room.answer(0)
    surveys.end(room.window())
    close(SYSTEM, room.training.id)
    assert db.session.query(SurveyTurn).one().has_answered


def test_an_entry_that_was_the_same_person_has_answered_for_her(app: Flask) -> None:
    room = surveys.asked(2, evaluation_required=True)
    room.answer(1)
    asked = room.training.id, room.training.version_id
    assert owing_evaluation(*asked, [room.people[0].id]) == {room.people[0].id}
    merging.merge(SYSTEM, room.people[0].id, room.people[1].id)
    assert owing_evaluation(*asked, [room.people[0].id]) == set()


def test_two_who_answer_are_both_complete(app: Flask) -> None:
    room = surveys.asked(2, evaluation_required=True)
    for number in (0, 1):
        reach_all(room, number)
        room.answer(number)
    assert completed(room) == {person.id for person in room.people}
    assert quizzes.actor(room.people[0], room.training).person_id in completed(room)
