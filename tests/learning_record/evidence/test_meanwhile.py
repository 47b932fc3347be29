"""What others do while the first pack is drawn up and kept, with real commits."""

import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from pytest import MonkeyPatch

from app.access.actor import SYSTEM
from app.factories.models import Factory, Person
from app.factories.operations.applying import hold
from app.learning_record.evidence import keeping, making, operations, queries
from app.learning_record.evidence.models import EvidencePerson
from app.learning_record.evidence.person_data import EvidenceData
from app.platform import audit, clock
from app.platform.db import db, in_own_transaction, transaction
from app.privacy.operations import pseudonymise
from tests.make import evidence
from tests.make.evidence import HELD

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


@pytest.fixture
def place(own_app: Flask) -> tuple[int, int]:
    """A factory and one of its people."""
    with own_app.app_context(), transaction():
        evidence.sign()
        site = evidence.site()
        return site.factory.id, site.people[0].id


def test_it_is_of_one_moment(own_app: Flask, place: tuple[int, int]) -> None:
    factory_id, _person_id = place

    def disturb() -> None:
        with own_app.app_context(), transaction(), clock.telling(HELD):
            db.session.get_one(Factory, factory_id).name = "Later Mill"
            audit.record(SYSTEM, "record.later", f"factory:{factory_id}")

    def note(done: int, _steps: int) -> None:
        if done == 1:
            other = threading.Thread(target=disturb)
            other.start()
            other.join()

    with own_app.app_context():
        found = operations.kept(evidence.about(db.session.get_one(Factory, factory_id)), evidence.fonts(), note)
        [log] = [part for part in found.parts if part.name == "log"]
        actions = {row[2] for row in found.rows(log)}
        assert actions
        assert "record.later" not in actions
    with own_app.app_context():
        assert db.session.get_one(Factory, factory_id).name == "Later Mill"


def drawn_up(own_app: Flask, factory_id: int) -> Callable[[], None]:
    """A pack that is drawn up, and keeping it."""
    with own_app.app_context():
        about = evidence.about(db.session.get_one(Factory, factory_id))
        made = making.made(about, queries.factory(factory_id), evidence.fonts(), lambda _done, _all: None)
        head = making.head(about)

    def keep() -> None:
        with own_app.app_context():
            in_own_transaction(partial(keeping.keep, about, head, made))

    return keep


def test_who_is_being_erased_is_waited_for(
    own_app: Flask, place: tuple[int, int], monkeypatch: MonkeyPatch
) -> None:
    """Packs are emptied first and who somebody is goes last: what is kept in between would hold the name for ever."""
    factory_id, person_id = place
    keeps, usual = threading.Thread(target=drawn_up(own_app, factory_id)), EvidenceData.erase

    def erase(self: EvidenceData, person_ids: Collection[int]) -> list[str]:
        keys = usual(self, person_ids)
        keeps.start()
        time.sleep(0.4)  # it waits for the person, where rows are locked, or for the whole database
        return keys

    monkeypatch.setattr(EvidenceData, "erase", erase)
    with own_app.app_context(), transaction():
        pseudonymise(SYSTEM, person_id)
    keeps.join()
    with own_app.app_context():
        assert [row.texts for row in db.session.query(EvidencePerson).filter_by(person_id=person_id)] == [[]]
        assert all(row.texts for row in db.session.query(EvidencePerson).filter(EvidencePerson.person_id != person_id))


def test_a_staff_list_writes_people_in_its_own_order_meanwhile(own_app: Flask, place: tuple[int, int]) -> None:
    """Whoever held people before the factory, or without it, would wait for the list while the list waits for it."""
    factory_id, person_id = place
    keep = drawn_up(own_app, factory_id)
    with ThreadPoolExecutor(1) as others:
        with own_app.app_context(), transaction():
            hold(factory_id)
            for each in (person_id + 1, person_id):
                db.session.execute(sa.update(Person).where(Person.id == each).values(phone="+85512000001"))
                if each != person_id:
                    kept = others.submit(keep)
                time.sleep(0.2)
        kept.result()
