"""What improvement holds of a person: merged, parted, exported, erased, kept no longer than needed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.factories.merging import operations as merging
from app.factories.models import Factory, Person
from app.factories.rules import Sex
from app.improvement.ambassadors import queries as trainers
from app.improvement.ambassadors.models import TaskVerdict
from app.improvement.ambassadors.rules import AmbassadorKind, TaskState, Verdict
from app.improvement.cascade import queries
from app.improvement.person_data import PERSON_DATA
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import FileMissing, single
from app.platform.jobs.models import Job
from app.privacy import jobs, operations, retention
from tests.make import ambassadors, factories, lessons

TODAY = date(2026, 11, 26)
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


@pytest.fixture
def way(app: Flask) -> Any:
    return ambassadors.way()


def reached(factory: Factory) -> int:
    return sum(number for (_at, about, _role, _sex), number in queries.reached([factory.id], TODAY).items() if about == "osh")


def test_two_entries_of_one_person_count_once_and_part_again(factory: Factory, way: Any) -> None:
    winner, loser, other = (factories.person(factory) for _ in range(3))
    trainer = ambassadors.ambassador(factory, loser, way[0], kind=AmbassadorKind.MASTER_TRAINER)
    both = ambassadors.session(factory, (winner, loser), trainer)
    ambassadors.session(factory, (loser,), trainer)
    ambassadors.sample(factory, (both, loser))
    log = lessons.log(loser, way[1][0], factory)
    db.session.add(TaskVerdict(log_id=log.id, verdict=Verdict.CONFIRMED, account_id=None, at=now()))
    db.session.flush()
    assert reached(factory) == 2
    merge = merging.merge(SYSTEM, winner.id, loser.id)
    db.session.expire_all()
    assert reached(factory) == 1
    assert [each.person.id for each in queries.roster(both.id)] == [winner.id]
    [mine] = trainers.listed(SYSTEM)
    assert (mine.row.person_id, mine.tasks[0].state) == (winner.id, TaskState.CONFIRMED)
    assert queries.figures(factory.id, TODAY).people == 1
    merging.part(SYSTEM, merge.id)
    db.session.expire_all()
    assert reached(factory) == 2
    assert trainers.listed(SYSTEM)[0].row.person_id == loser.id
    assert other.id


def test_an_export_has_every_row(factory: Factory, way: Any) -> None:
    person = factories.person(factory)
    trainer = ambassadors.ambassador(factory, person, way[0])
    ambassadors.session(factory, (factories.person(factory),), trainer)
    held = ambassadors.session(factory, (person,))
    ambassadors.sample(factory, (held, person))
    log = lessons.log(person, way[1][0], factory)
    db.session.add(TaskVerdict(log_id=log.id, verdict=Verdict.CONFIRMED, account_id=None, at=now()))
    told = operations.export_person(SYSTEM, person.id)["entries"][0]["rooms"]["improvement"]
    assert {table: len(rows) for table, rows in told.items()} == {
        "ambassador": 1, "task_verdict": 1, "cascade_session": 1, "cascade_person": 1, "cascade_sample_item": 1,
    }


def test_once_pseudonymised_the_list_of_nobody_else_is_gone_and_the_count_stays(factory: Factory) -> None:
    person, other = factories.person(factory, sex=Sex.F), factories.person(factory)
    alone, together = (ambassadors.session(factory, people, photo="list") for people in ((person,), (person, other)))
    key, kept = alone.evidence_key, together.evidence_key
    operations.pseudonymise(SYSTEM, person.id)
    db.session.expire_all()
    assert (alone.evidence_key, alone.women, together.evidence_key) == (None, 1, kept)
    for job in db.session.query(Job).filter_by(kind="privacy.delete_file"):
        jobs.delete_file(job.payload["key"]).write()
    with pytest.raises(FileMissing):
        single.kept(key)
    assert single.kept(kept)
    assert person.name not in str([each.person.name for each in queries.roster(together.id) if each.person.id != person.id])


def test_what_was_said_of_sessions_of_somebody_erased_goes(factory: Factory, way: Any) -> None:
    person, other = factories.person(factory), factories.person(factory)
    trainer = ambassadors.ambassador(factory, person, way[0])
    led = ambassadors.session(factory, (other,), trainer, topic="How Dara did it")
    attended = ambassadors.session(factory, (person, other), topic="With Dara")
    elsewhere = ambassadors.session(factory, (other,), topic="Exits")
    operations.pseudonymise(SYSTEM, person.id)
    db.session.expire_all()
    assert [each.topic for each in (led, attended, elsewhere)] == ["", "", "Exits"]


@pytest.mark.parametrize("key", ["cascade", "drills"])
def test_photos_are_kept_as_long_as_other_evidence(factory: Factory, key: str) -> None:
    make = ambassadors.session if key == "cascade" else ambassadors.drill
    old, young = make(factory, photo="old"), make(factory, photo="young")
    old.entered_at, young.entered_at = AT, AT + timedelta(days=40)
    db.session.flush()
    [kind] = [each for each in retention.KINDS if each.key == key]
    with telling(AT.replace(year=AT.year + 2)):
        assert retention.report([factory.programme_id])[key] == 1
        assert retention.report([factories.programme("VN").id])[key] == 0
        assert [retention.let_go(SYSTEM, kind) for _ in range(2)] == [1, 0]
    assert (old.evidence_key, bool(young.evidence_key)) == (None, True)


def test_it_is_one_of_the_rooms(app: Flask) -> None:
    assert app.extensions["person_data"]["improvement"] is PERSON_DATA


def test_people_on_rosters_are_people(factory: Factory) -> None:
    person: Person = factories.person(factory)
    held = ambassadors.session(factory, (person,))
    assert [each.person for each in queries.roster(held.id)] == [person]
