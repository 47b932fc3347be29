"""What lessons hold of a person: merged, parted, exported, erased, kept no longer than needed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.courses.models import CourseVersion
from app.factories.merging import operations as merging
from app.factories.models import Factory, Person
from app.lessons import queries
from app.lessons.models import LessonProgress, PracticeLog, Study
from app.lessons.person_data import PERSON_DATA
from app.lessons.photos import keep, kept
from app.lessons.rules import State
from app.platform.clock import telling
from app.platform.db import db
from app.platform.files import FileMissing
from app.platform.files.photos import PhotoKind, clean
from app.platform.jobs.models import Job
from app.privacy import jobs, operations, retention
from tests.make import factories, lessons

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return lessons.version("alone")


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


def photographed(person: Person, version: CourseVersion, factory: Factory, **values: object) -> PracticeLog:
    photo = {"photo_key": keep(clean(lessons.photo())), "photo_kind": PhotoKind.JPEG}
    return lessons.log(person, version, factory, **{**photo, **values})


def read_by(person: Person) -> list[str]:
    return [step.code for step in queries.studied(person.id, "alone").steps if step.state is State.READ]


def test_two_entries_of_one_person_learn_together_and_part_again(version: CourseVersion, factory: Factory) -> None:
    winner, loser = factories.person(factory), factories.person(factory)
    lessons.begun(winner, version, "01-job")
    lessons.begun(loser, version, "01-job", "02-plan")
    row = photographed(loser, version, factory)
    newer = lessons.newer(version)
    db.session.query(Study).filter_by(person_id=loser.id).update({"version_id": newer.id})
    merge = merging.merge(SYSTEM, winner.id, loser.id)
    db.session.expire_all()
    assert queries.studied(winner.id, "alone").version.id == version.id, "the winner stays on her version"
    assert read_by(winner) == ["01-job", "02-plan"]
    assert [each.log_id for each in queries.logs_of_unit(winner.id, version.course_id, "90-practice")] == [row.id]
    merging.part(SYSTEM, merge.id)
    db.session.expire_all()
    assert (read_by(winner), read_by(loser)) == (["01-job"], ["01-job", "02-plan"])
    assert row.person_id == loser.id
    assert queries.studied(loser.id, "alone").version.id == newer.id


def test_an_export_has_every_row(version: CourseVersion, factory: Factory) -> None:
    person = factories.person(factory)
    lessons.begun(person, version, "01-job", "02-plan")
    row = photographed(person, version, factory, text="My words.")
    told = operations.export_person(SYSTEM, person.id)["entries"][0]["rooms"]["lessons"]
    assert {table: len(rows) for table, rows in told.items()} == {"study": 1, "lesson_progress": 2, "practice_log": 1}
    assert told["practice_log"][0]["text"] == "My words."
    assert told["practice_log"][0]["photo_key"] == row.photo_key


def test_once_pseudonymised_words_and_photos_are_gone(version: CourseVersion, factory: Factory) -> None:
    person, other = factories.person(factory), factories.person(factory)
    lessons.begun(person, version, "01-job")
    row, stays = photographed(person, version, factory), photographed(other, version, factory)
    key = row.photo_key
    operations.pseudonymise(SYSTEM, person.id)
    db.session.expire_all()
    assert (row.text, row.photo_key, row.withdrawn_at) == ("", None, None)
    assert db.session.query(LessonProgress).filter_by(person_id=person.id).count() == 1, "it can be counted"
    work_off()
    with pytest.raises(FileMissing):
        kept(key)
    assert kept(stays.photo_key)
    assert stays.text


def work_off() -> None:
    for job in db.session.query(Job).filter_by(kind="privacy.delete_file"):
        jobs.delete_file(job.payload["key"]).write()


def test_words_and_photos_are_kept_as_long_as_other_evidence(version: CourseVersion, factory: Factory) -> None:
    person = factories.person(factory)
    old = photographed(person, version, factory, created_at=AT)
    young = photographed(person, version, factory, created_at=AT + timedelta(days=40))
    [kind] = [kind for kind in retention.KINDS if kind.key == "practice"]
    due = AT.replace(year=AT.year + 2)
    with telling(due - timedelta(days=1)):
        assert retention.report()["practice"] == retention.let_go(SYSTEM, kind) == 0
    with telling(due):
        assert retention.report([factories.programme().id])["practice"] == 1
        assert retention.report([factories.programme("VN").id])["practice"] == 0
        assert [retention.let_go(SYSTEM, kind) for _ in range(2)] == [1, 0]
    key = old.photo_key
    assert (old.text, key, bool(young.text)) == ("", None, True)
    step = queries.studied(person.id, "alone").step("90-practice")
    assert step.state is State.DONE, "that it was logged stays"


def test_it_is_one_of_the_rooms(app: Flask) -> None:
    assert app.extensions["person_data"]["lessons"] is PERSON_DATA
