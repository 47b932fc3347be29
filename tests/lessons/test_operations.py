"""The verbs of learning alone."""

from datetime import timedelta
from secrets import token_hex

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import ANONYMOUS, SYSTEM, Actor
from app.access.roles import Role
from app.completions.models import Completion, UnitResult
from app.courses.models import Course, CourseVersion
from app.courses.rules import UnitKind
from app.factories.models import Person
from app.lessons import operations, queries
from app.lessons.models import LessonProgress, PracticeLog, Study
from app.lessons.photos import kept
from app.lessons.rules import State
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import FileMissing
from app.platform.files.photos import clean
from app.platform.jobs.models import Job
from app.platform.refusal import NotFound, Refused
from app.privacy import jobs
from app.quizzes.models import QuizWindow
from app.sessions.rules import TrainingState
from tests.make import accounts, courses, factories, lessons, people, sessions

CODE = "alone"


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return lessons.version(CODE)


@pytest.fixture
def person(app: Flask) -> Person:
    return factories.person(factories.factory("F-1"))


@pytest.fixture
def reader(person: Person) -> Actor:
    return lessons.actor(person)


def log(actor: Actor, **values: object) -> PracticeLog:
    """Log the task of the course, with words unless something else is given."""
    said = {"log_id": token_hex(16), "text": "I planned my shift.", "photo": None, **values}
    return operations.log_practice(actor, CODE, "90-practice", "1", **said)


def states(person: Person) -> dict[str, State]:
    return {step.code: step.state for step in queries.studied(person.id, CODE).steps}


def actions() -> list[str]:
    return [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id) if row.action.startswith("lessons.")]


def test_reading_is_noted_once_and_when_it_was_last(version: CourseVersion, person: Person, reader: Actor) -> None:
    first = now()
    with telling(first):
        operations.read(reader, CODE, "01-job", "1")
    with telling(first + timedelta(days=3)):
        operations.read(reader, CODE, "01-job", "1")
    [row] = db.session.query(LessonProgress).all()
    assert (row.first_read_at, row.last_read_at) == (first, first + timedelta(days=3))
    assert (row.version_id, row.unit_id) == (version.id, courses.unit(version, "01-job").id)
    assert db.session.query(Study).one().last_at == first + timedelta(days=3)
    assert actions() == ["lessons.read"]
    assert states(person)["01-job"] is State.READ
    assert states(person)["02-plan"] is State.NOT_STARTED


def test_a_lesson_read_alone_is_nobodys_attendance(version: CourseVersion, person: Person, reader: Actor) -> None:
    """Even in a training session of the same course: neither a result nor a completion comes of it."""
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)
    for code in ("01-job", "02-plan", "03-talk"):
        operations.read(reader, CODE, code, "1")
    log(reader)
    assert db.session.query(UnitResult).count() == db.session.query(Completion).count() == 0
    assert states(person)["meetings"] is State.NOT_STARTED


@pytest.mark.parametrize("unit", ["90-practice", "meetings", "post-test", "pre-test", "unknown"])
def test_only_lessons_are_read(version: CourseVersion, reader: Actor, unit: str) -> None:
    with pytest.raises(NotFound):
        operations.read(reader, CODE, unit, "1")


def test_who_does_not_learn_cannot_say_that_she_read(version: CourseVersion, reader: Actor) -> None:
    trainer = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))
    for actor in (ANONYMOUS, SYSTEM, trainer, Actor(person_id=reader.person_id)):
        with pytest.raises(NotFound):
            operations.read(actor, CODE, "01-job", "1")
        with pytest.raises(NotFound):
            log(actor)
        with pytest.raises(NotFound):
            operations.switch(actor, CODE, "1")


def test_whoever_began_stays_on_the_version(version: CourseVersion, person: Person, reader: Actor) -> None:
    operations.read(reader, CODE, "01-job", "1")
    second = lessons.newer(version)
    found = queries.studied(person.id, CODE)
    assert (found.version.id, queries.newer(found)) == (version.id, "2")
    newcomer = factories.person()
    assert queries.studied(newcomer.id, CODE).version.id == second.id
    assert queries.newer(queries.studied(newcomer.id, CODE)) == ""


def test_going_on_with_the_newer_version_keeps_what_was_read(version: CourseVersion, person: Person, reader: Actor) -> None:
    operations.read(reader, CODE, "01-job", "1")
    operations.read(reader, CODE, "02-plan", "1")
    log(reader)
    kept_units = (("01-job", UnitKind.LESSON), ("04-new", UnitKind.LESSON), ("90-practice", UnitKind.PRACTICE))
    second = lessons.newer(version, kept_units)
    for _ in range(2):
        operations.switch(reader, CODE, "2")
    found = queries.studied(person.id, CODE)
    assert (found.version.id, queries.newer(found), found.next.code) == (second.id, "", "04-new")
    assert states(person) == {"01-job": State.READ, "04-new": State.NOT_STARTED, "90-practice": State.DONE}
    rows = db.session.query(LessonProgress.version_id).distinct().all()
    assert rows == [(version.id,)], "what was read says in which version"
    assert actions().count("lessons.switch") == 1


def test_one_goes_on_with_the_current_version_only(version: CourseVersion, reader: Actor) -> None:
    with pytest.raises(NotFound):
        operations.switch(reader, CODE, "1")  # nothing begun
    operations.read(reader, CODE, "01-job", "1")
    lessons.newer(lessons.newer(version))
    with pytest.raises(Refused, match="newer"):
        operations.switch(reader, CODE, "2")
    with pytest.raises(NotFound):
        operations.switch(reader, CODE, "9")


def test_who_reads_before_a_version_and_says_so_after_it_has_read_the_old_one(version: CourseVersion, person: Person, reader: Actor) -> None:
    lessons.newer(version)
    operations.read(reader, CODE, "01-job", "1")
    assert queries.studied(person.id, CODE).version.id == version.id


def test_whoever_is_booked_reads_the_version_of_the_training_session(version: CourseVersion, person: Person) -> None:
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)
    lessons.newer(version)
    found = queries.studied(person.id, CODE)
    assert found.version.id == version.id
    assert found.booking.next_at == training.meetings[0].starts_at
    [listed] = queries.studied_all(person.id)
    assert listed.code == CODE
    training.state = TrainingState.CANCELLED
    db.session.flush()
    assert queries.studied_all(person.id) == []


def test_a_course_out_of_the_catalogue_is_for_those_who_began_it(version: CourseVersion, person: Person, reader: Actor) -> None:
    operations.read(reader, CODE, "01-job", "1")
    db.session.get_one(Course, version.course_id).archived_at = now()
    db.session.flush()
    operations.read(reader, CODE, "02-plan", "1")
    other = factories.person()
    with pytest.raises(NotFound):
        queries.studied(other.id, CODE)
    with pytest.raises(NotFound):
        operations.read(lessons.actor(other), CODE, "01-job", "1")


def test_what_trainer_and_test_said_is_done(app: Flask) -> None:
    version = courses.version()
    training = people.training(version)
    person = people.trained(factories.factory(), version, training)
    found = queries.studied(person.id, version.course.code)
    assert {step.code: step.state for step in found.steps} == {
        "lesson": State.READ, "meetings": State.DONE, "post-test": State.DONE, "practice": State.DONE,
    }
    db.session.query(UnitResult).update({"share": 0.5})
    states = {step.code: step.state for step in queries.studied(person.id, version.course.code).steps}
    assert {states["meetings"], states["post-test"]} == {State.NOT_STARTED}, "less than is asked for"


def test_practice_is_logged_with_the_factory_of_the_time(version: CourseVersion, person: Person, reader: Actor) -> None:
    row = log(reader, photo=clean(lessons.photo()))
    assert (row.text, row.withdrawn_at, row.factory_id) == ("I planned my shift.", None, person_factory(person))
    assert kept(row.photo_key) == clean(lessons.photo()).data
    assert b"zqcamera" not in kept(row.photo_key)
    assert states(person)["90-practice"] is State.DONE
    nobody = factories.person()
    assert log(lessons.actor(nobody)).factory_id is None


def person_factory(person: Person) -> int:
    return db.session.scalars(sa.text("SELECT factory_id FROM employment WHERE person_id = :id"), {"id": person.id}).one()


def test_a_log_sent_twice_is_one(version: CourseVersion, reader: Actor) -> None:
    log_id = token_hex(16)
    first = log(reader, log_id=log_id, photo=clean(lessons.photo()))
    assert log(reader, log_id=log_id, photo=clean(lessons.photo())).id == first.id
    assert actions() == ["lessons.log_practice"]


def test_other_words_with_the_form_of_before_are_another_log(version: CourseVersion, reader: Actor) -> None:
    """Going back in the browser brings the old form again: what is written into it then is not thrown away."""
    log_id = token_hex(16)
    first = log(reader, log_id=log_id)
    second = log(reader, log_id=log_id, text="Today it went better.")
    third = log(reader, log_id=log_id, photo=clean(lessons.photo()))
    other = log(lessons.actor(factories.person()), log_id=log_id)  # the next person on a shared phone
    assert len({first.id, second.id, third.id, other.id}) == 4
    assert (first.text, second.text, third.text) == ("I planned my shift.", "Today it went better.", "I planned my shift.")
    assert third.photo_key and other.person_id != first.person_id


def test_a_log_without_words_and_photo_is_refused(version: CourseVersion, reader: Actor) -> None:
    with pytest.raises(Refused, match="photo"):
        log(reader, text="")
    assert log(reader, text="", photo=clean(lessons.photo())).photo_key
    for unit in ("01-job", "post-test", "unknown"):
        with pytest.raises(NotFound):
            operations.log_practice(reader, CODE, unit, "1", log_id=token_hex(16), text="x", photo=None)


def test_what_is_withdrawn_is_gone(version: CourseVersion, person: Person, reader: Actor) -> None:
    same = clean(lessons.photo())
    row, other = log(reader, photo=same), log(lessons.actor(factories.person()), photo=same)
    key = row.photo_key
    assert key != other.photo_key
    for _ in range(2):
        operations.withdraw(reader, row.id)
    assert (row.text, row.photo_key, row.photo_kind) == ("", None, None)
    assert row.withdrawn_at
    assert states(person)["90-practice"] is State.NOT_STARTED
    assert actions().count("lessons.withdraw_practice") == 1
    [job] = db.session.query(Job).filter_by(kind="privacy.delete_file").all()
    jobs.delete_file(job.payload["key"]).write()
    with pytest.raises(FileMissing):
        kept(key)
    assert kept(other.photo_key), "the same picture of somebody else stays"


def test_nobody_withdraws_what_another_logged(version: CourseVersion, reader: Actor) -> None:
    row = log(reader)
    for actor in (lessons.actor(factories.person()), SYSTEM, ANONYMOUS):
        with pytest.raises(NotFound):
            operations.withdraw(actor, row.id)
    assert row.withdrawn_at is None


def test_a_test_is_open_on_whatever_version_one_learns(app: Flask, version: CourseVersion, person: Person, reader: Actor) -> None:
    """She began alone with the first edition; her training session is one of the second, and its test opens."""
    operations.read(reader, CODE, "01-job", "1")
    second = lessons.newer(version)
    training = sessions.training(version=second, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)
    db.session.add(QuizWindow(
        training_id=training.id, unit_id=courses.unit(second, "post-test").id, opened_at=now(), closes_at=now() + timedelta(hours=1),
    ))
    db.session.flush()
    with app.test_request_context():
        found, [listed] = queries.studied(person.id, CODE), queries.studied_all(person.id)
    assert (found.version.id, found.step("post-test").is_open, found.next.code) == (version.id, True, "post-test")
    assert (bool(found.test("post-test")), found.test("pre-test")) == (True, "")
    assert listed.next.code == "post-test"
