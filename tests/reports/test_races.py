"""Two who open or freeze a period at the same moment, on two real connections: one period, one frozen report."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.audit.models import AuditEntry
from app.platform.db import db, migrate, transaction
from app.reports.models import FrozenReport, ReportedFact, ReportingPeriod
from app.reports.periods import operations
from tests.make.reports import QUARTER, Counted
from tests.quizzes.test_guards import before

pytestmark = [pytest.mark.slow, pytest.mark.every_run]
LEAST = 0.5
"""Seconds for the other to come as far as it can: on one file to the lock, else to the row that is not there yet."""


def at_once(app: Flask, sign: str, act: Callable[[], int]) -> list[int]:
    """Do it, and right before a statement with this sign once more on another connection; what both answered."""
    found: list[int] = []

    def do() -> None:
        with app.app_context(), transaction():
            found.append(act())

    other = threading.Thread(target=do)

    def meanwhile(_cursor: Any) -> None:
        other.start()
        other.join(LEAST)

    with app.app_context(), before(sign, meanwhile):
        do()
    other.join()
    return found


def opened(code: str = "KH") -> int:
    return operations.open_period(SYSTEM, code, "First quarter", QUARTER).id


@pytest.mark.parametrize("code", ["KH", ""])
def test_a_period_that_is_opened_twice_at_once_is_one(own_app: Flask, code: str) -> None:
    with own_app.app_context(), transaction():
        Counted()
    one, other = at_once(own_app, "INSERT INTO audit_entry", lambda: opened(code))
    with own_app.app_context():
        assert one == other == db.session.query(ReportingPeriod).one().id
        assert db.session.query(AuditEntry).filter_by(action="reports.open_period").count() == 1


def test_a_period_that_is_frozen_twice_at_once_is_frozen_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        Counted()
        period_id = opened()
    one, other = at_once(own_app, "INSERT INTO reported_fact", lambda: operations.freeze(SYSTEM, period_id).id)
    with own_app.app_context():
        made = db.session.query(FrozenReport).one()
        assert (one, other) == (made.id, made.id)
        assert db.session.query(ReportedFact).count() == made.facts > 0
        assert db.session.get_one(ReportingPeriod, period_id).frozen_at == made.frozen_at
        assert db.session.query(AuditEntry).filter_by(action="reports.freeze").count() == 1


def test_periods_that_were_there_twice_stay_under_titles_of_their_own(own_app: Flask) -> None:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 31), "created_at": "2026-04-01 00:00:00"}
    with own_app.app_context():
        migrate.downgrade(db.engine, "0072")
        with db.engine.begin() as connection:
            table = sa.table("reporting_period", *map(sa.column, ("id", "title", *days)))
            rows = [{"id": number, "title": title, **days} for number, title in ((1, "Q1"), (2, "Q1"), (3, "Q1"), (4, "Year"))]
            connection.execute(sa.insert(table), rows)
        migrate.upgrade(db.engine)
        titles = db.session.scalars(sa.select(ReportingPeriod.title).order_by(ReportingPeriod.id))
        assert list(titles) == ["Q1", "Q1 (2)", "Q1 (3)", "Year"]
