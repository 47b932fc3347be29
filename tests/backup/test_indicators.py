"""Indicators of a programme that moved: those by what is known, and frozen ones with people who stayed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.attendance.rules import Mark
from app.backup import importing, programmes
from app.factories.models import Person, Programme
from app.platform.clock import now
from app.platform.db import db, transaction
from app.reports import behind
from app.reports.behind import Wanted
from app.reports.counting import Source, counted
from app.reports.facts.asked import Asked
from app.reports.models import FrozenReport, ReportedFact, ReportingPeriod
from app.reports.periods import operations
from app.reports.rules.facts import IDS, Split
from app.reports.rules.figures import Figure, Indicator, stored
from app.reports.rules.period import Span
from tests.make import factories
from tests.make.reports import QUARTER, Counted

pytestmark = pytest.mark.slow
NEXT = Span(date(2026, 4, 1), date(2026, 6, 30))
AWAY = "Somebody of Colombo"


def furnish() -> None:
    """Beside what is counted in the first quarter: in the second, two people of another programme, one of them twice."""
    world = Counted()
    operations.settle(SYSTEM, "KH", ["skills"], 65)
    other = factories.factory("LK-OTHER", programme_id=factories.programme("LK").id)
    one, two = (factories.person(other, name=AWAY) for _ in range(2))
    again = world.session("S5", world.skills, datetime(2026, 5, 4, 2, tzinfo=UTC), 1)
    for training, person in ((world.s4, one), (world.s4, two), (again, one)):
        world.attend(training, person, other, Mark.PRESENT)
    for span in (QUARTER, NEXT):
        period = operations.open_period(SYSTEM, "KH", f"From {span.first}", span)
        operations.freeze(SYSTEM, period.id)


def told() -> dict[str, Any]:
    """Every figure: by what is known now, as it was frozen, and counted again from the facts of each frozen period."""
    programme = db.session.scalars(sa.select(Programme).where(Programme.code == "KH")).one()
    asked = Asked((programme.id,), QUARTER, now())
    periods = db.session.scalars(sa.select(ReportingPeriod.id).order_by(ReportingPeriod.id)).all()
    kept = {number: Source(asked, number) for number in periods}
    found: dict[str, Any] = {f"again {number}": counted(source, list(Split)) for number, source in kept.items()}
    found |= {f"rows {number}": behind.number_of(source, Wanted(Indicator.PERSONS)) for number, source in kept.items()}
    frozen = db.session.execute(sa.select(FrozenReport.figures).order_by(FrozenReport.period_id)).scalars().all()
    return found | {"asks": str(programme.committee_share), "now": counted(Source(asked), list(Split)), "frozen": frozen}


def without_numbers(told: dict[str, Any]) -> dict[str, Any]:
    """The same without the numbers by which parts are called, and in an order that knows none."""
    return {name: plain(value) for name, value in told.items()}


def plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return plain(stored(value))
    if isinstance(value, dict):
        return str(sorted((value | ({"value": "#"} if value["split"] in set(IDS) else {})).items()))
    return sorted(map(plain, value)) if isinstance(value, list | tuple) else value


def test_they_are_equal_elsewhere_and_frozen_ones_count_who_stayed(own_app: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    with own_app.app_context():
        with transaction():
            furnish()
        before = told()
        made = programmes.export("KH", tmp_path / "kh.zip")
        db.session.remove()
    with transaction():  # every number is another one there
        there = factories.factory("BD-THERE", programme_id=factories.programme("BD").id)
        for _ in range(7):
            factories.person(there)
    taken = importing.take_in(tmp_path / "kh.zip")
    assert without_numbers(told()) == without_numbers(before)
    assert AWAY not in db.session.scalars(sa.select(Person.name)).all()
    without = sa.select(sa.func.count()).where(ReportedFact.person_id.is_(None), ReportedFact.subject_id.is_not(None))
    assert db.session.scalar(without.where(ReportedFact.kind == "attended")) == 3
    assert taken.left == made.manifest.left == {"seat": 3, "current_mark": 3}


def test_the_commands_say_what_stays(own_app: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    with own_app.app_context():
        with transaction():
            furnish()
        said = own_app.test_cli_runner().invoke(args=["programme", "export", "KH", str(tmp_path / "kh.zip")])
        db.session.remove()
    assert "Left behind" in said.output
    assert "seat 3" in said.output
    again = elsewhere.test_cli_runner().invoke(args=["programme", "import", str(tmp_path / "kh.zip")])
    assert (again.exit_code, "seat 3" in again.output) == (0, True)
