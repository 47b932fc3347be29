"""From units done to a completion, and back."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from app.completions import operations
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion
from app.factories.models import Employment
from app.factories.rules import JobRole, Sex
from app.platform import bus
from app.platform.db import db
from tests.make import courses, factories

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def heard(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[bus.Event]:
    """Events as they are published, with nobody reacting."""
    events: list[bus.Event] = []
    monkeypatch.setattr(bus, "_handlers", {CourseCompleted: [events.append], CompletionWithdrawn: [events.append]})
    return events


class Story:
    """One supervisor, one course."""

    def __init__(self, **version: object) -> None:
        self.factory = factories.factory()
        self.person = factories.person(self.factory, sex=Sex.F, line="Line 7")
        self.version = courses.version(**version)

    def reach(self, unit: str, share: Fraction, training_id: int = 1, at: datetime = AT) -> None:
        operations.note_unit(
            person_id=self.person.id, training_id=training_id, version_id=self.version.id,
            unit_id=courses.unit(self.version, unit).id, share=share, factory_id=self.factory.id, at=at,
        )

    def complete(self, training_id: int = 1, at: datetime = AT) -> None:
        self.reach("meetings", Fraction(1), training_id, at)
        self.reach("post-test", Fraction(7, 10), training_id, at)

    @property
    def completions(self) -> list[Completion]:
        return db.session.query(Completion).order_by(Completion.id).all()


def test_the_rule_makes_one_completion_with_what_was_true_that_day(heard: list[bus.Event]) -> None:
    story = Story()
    story.reach("meetings", Fraction(1))
    assert story.completions == []
    story.reach("post-test", Fraction(6, 10))
    story.complete()
    story.complete()
    [completion] = story.completions
    assert heard == [CourseCompleted(completion.id)]
    assert (completion.line, completion.role, completion.sex) == ("Line 7", JobRole.SUPERVISOR, Sex.F)
    assert completion.valid_until == datetime(2028, 11, 19, 17, tzinfo=UTC), "the day begins in Phnom Penh"


def test_just_below_is_not_enough(heard: list[bus.Event]) -> None:
    story = Story(attendance_share=0.6667)
    story.reach("meetings", Fraction(2, 3))
    story.reach("post-test", Fraction(1))
    assert heard == []


def test_a_correction_withdraws_and_a_second_one_takes_back(heard: list[bus.Event]) -> None:
    story = Story()
    story.complete()
    story.reach("meetings", Fraction(1, 2))
    story.reach("meetings", Fraction(1, 2))
    story.reach("meetings", Fraction(1))
    [completion] = story.completions
    assert heard == [CourseCompleted(completion.id), CompletionWithdrawn(completion.id), CourseCompleted(completion.id)]
    assert completion.withdrawn_at is None


def test_a_second_training_within_the_period_adds_nothing_and_after_it_the_next_period(heard: list[bus.Event]) -> None:
    story = Story()
    story.complete()
    story.complete(training_id=2, at=AT + timedelta(days=30))
    assert len(story.completions) == 1
    story.complete(training_id=3, at=AT + timedelta(days=800))
    assert [c.period for c in story.completions] == [1, 2]


def test_a_course_without_validity_never_opens_a_second_period(heard: list[bus.Event]) -> None:
    story = Story(validity_months=None)
    story.complete()
    story.complete(training_id=2, at=AT + timedelta(days=4000))
    assert len(story.completions) == 1


def test_one_training_never_leads_to_two_completions(heard: list[bus.Event]) -> None:
    """The first has run out, the second was corrected away: the first training is no third time complete."""
    story = Story(validity_months=12)
    later = AT + timedelta(days=500)
    story.complete(1)
    story.complete(2, later)
    story.reach("meetings", Fraction(0), 2, later)
    story.reach("meetings", Fraction(1), 1, later)
    assert [(c.training_id, c.withdrawn_at is None) for c in story.completions] == [(1, True), (2, False)]
    story.reach("meetings", Fraction(1), 2, later)
    assert [(c.training_id, c.withdrawn_at is None) for c in story.completions] == [(1, True), (2, True)]


def test_another_training_takes_over_from_a_completion_that_is_withdrawn(heard: list[bus.Event]) -> None:
    story = Story()
    story.complete(1)
    story.complete(2, AT + timedelta(days=1))
    assert [completion.training_id for completion in story.completions] == [1]
    story.reach("meetings", Fraction(0), 1)
    first, second = story.completions
    assert heard == [CourseCompleted(first.id), CompletionWithdrawn(first.id), CourseCompleted(second.id)]
    assert (second.training_id, second.completed_at) == (2, AT + timedelta(days=1))


def test_a_training_corrected_back_takes_over_again(heard: list[bus.Event]) -> None:
    story = Story()
    for training_id in (1, 2):
        story.complete(training_id)
    for training_id, share in ((1, 0), (1, 1), (2, 0)):
        story.reach("meetings", Fraction(share), training_id)
    assert [(c.training_id, c.withdrawn_at is None) for c in story.completions] == [(1, True), (2, False)]


def test_another_training_takes_over_for_somebody_who_left(heard: list[bus.Event]) -> None:
    """Nobody knows the work of that day: it counts for the factory of the completion before."""
    story = Story()
    [employment] = db.session.query(Employment).all()
    employment.started_on, employment.ended_on = date(2026, 12, 1), date(2026, 12, 20)
    story.complete(1)
    story.complete(2)
    factories.employ(story.person, factories.factory(), None, number="N1").started_on = date(2026, 12, 24)
    db.session.flush()
    story.reach("meetings", Fraction(0), 1)
    assert [(c.training_id, c.withdrawn_at is None) for c in story.completions] == [(1, False), (2, True)]
    assert {c.factory_id for c in story.completions} == {story.factory.id}


def test_the_day_of_a_completion_is_that_of_the_programme(heard: list[bus.Event]) -> None:
    """Half past six in the morning in Phnom Penh is the day before in UTC."""
    story = Story()
    [employment] = db.session.query(Employment).all()
    employment.started_on = date(2026, 11, 20)
    story.complete(at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    [completion] = story.completions
    assert (completion.line, completion.role) == ("Line 7", JobRole.SUPERVISOR)
