"""Several people complete a course at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.completions.events import CourseCompleted
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.rules import ActionState, Change
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, transaction
from tests.make import completions, courses, factories, roadmap

pytestmark = pytest.mark.every_run

TIMES = 3


def test_the_last_of_several_at_once_makes_it_trained(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory, version = factories.factory("RACE"), courses.version("fire-refresher")
        action = roadmap.action(factory, version, people=TIMES).id
        trainings = [completions.training(version, factory.programme, now()).id for _ in range(TIMES)]
        people = [factories.person(factory).id for _ in range(TIMES)]
        factory_id, version_id = factory.id, version.id
    barrier = Barrier(TIMES)

    def run(number: int) -> None:
        with own_app.app_context():
            barrier.wait()
            with transaction():
                person = db.session.get_one(factories.Person, people[number])
                place = db.session.get_one(factories.Factory, factory_id)
                edition = db.session.get_one(courses.CourseVersion, version_id)
                row = completions.completion(person, edition, place, at=now(), training_id=trainings[number])
                publish(CourseCompleted(row.id))

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(run, range(TIMES)))
    with own_app.app_context():
        found = db.session.get_one(RoadmapAction, action)
        assert (found.state, found.completed) == (ActionState.TRAINED, TIMES)
        moved = db.session.query(RoadmapChange).filter_by(action_id=action, change=Change.MOVED)
        assert [each.state for each in moved.order_by(RoadmapChange.id)] == [ActionState.UNDER_WAY, ActionState.TRAINED]
