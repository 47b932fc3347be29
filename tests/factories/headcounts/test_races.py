"""Several people enter or apply the same headcount at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.factories.headcounts import operations
from app.factories.headcounts.models import Headcount
from app.platform.db import db, transaction
from tests.make import factories, headcounts
from tests.make.headcounts import said

pytestmark = pytest.mark.every_run

TIMES = 4
DAY = date(2026, 3, 31)


def _at_once(app: Flask, work: Callable[[int], object]) -> None:
    barrier = Barrier(TIMES)

    def run(number: int) -> None:
        with app.app_context():
            barrier.wait()
            with transaction():
                work(number)

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(run, range(TIMES)))


def _numbers(app: Flask) -> list[tuple[int, bool]]:
    with app.app_context():
        return [(row.number, row.is_revision) for row in db.session.query(Headcount).order_by(Headcount.number)]


def test_the_same_numbers_at_once_are_one_headcount(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
    _at_once(own_app, lambda _number: operations.declare(SYSTEM, "RACE", said(DAY)))
    assert _numbers(own_app) == [(1, False)]


def test_different_numbers_at_once_stand_beside_each_other(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
    _at_once(own_app, lambda number: operations.declare(SYSTEM, "RACE", said(DAY, women=20 + number)))
    assert _numbers(own_app) == [(1, False), (2, True), (3, True), (4, True)]


def test_a_file_applied_at_once_is_applied_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        found = headcounts.file(factories.factory("RACE")).id
    _at_once(own_app, lambda _number: operations.apply(SYSTEM, found))
    assert _numbers(own_app) == [(1, False)]
