"""The same form, and the same need, sent several times at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.improvement.diagnostics import operations, queries
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer, needs
from app.improvement.roadmap.models import RoadmapAction
from app.platform.db import db, transaction
from tests.make import factories

pytestmark = pytest.mark.every_run

TIMES = 3


def test_sent_several_times_at_once_is_one(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
    form = queries.form("OS")
    said = {each.id: Answer.NO for each in form.questions}
    point = needs(form, said)[0].point
    barrier = Barrier(TIMES)

    def run(_number: int) -> None:
        with own_app.app_context():
            barrier.wait()
            with transaction():
                found = operations.fill(SYSTEM, "RACE", "OS", said).id
            barrier.wait()
            with transaction():
                operations.add_for_need(SYSTEM, found, point)

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(run, range(TIMES)))
    with own_app.app_context():
        assert (db.session.query(Diagnostic).count(), db.session.query(RoadmapAction).count()) == (1, 1)
