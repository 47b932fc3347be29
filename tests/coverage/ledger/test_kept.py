"""Whatever happens in whatever order: what events kept is what the facts say, and what was printed stays."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.coverage import operations, queries
from app.coverage.ledger import balances
from app.coverage.ledger.models import Movement
from app.coverage.ledger.rules import NAMES, Counts
from app.coverage.models import Requirement
from app.coverage.queries.figures import _figure
from app.coverage.queries.required import Required
from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.requirements.rules import Kind, Rule
from app.coverage.rules import Figure, Group
from app.factories.models import Factory
from app.platform.db import db
from tests.coverage.ledger.histories import FIRST, History
from tests.coverage.ledger.truth import Cells, truth

STEPS = 40
BY_CELL = sums(("requirement_id", "part", "sex"), Within.FACTORIES)


def _required(row: Requirement) -> Required:
    return Required(row.id, row.programme_id, row.code, {}, Rule(Kind.ROLE), 0, "", 0)


def printed(factory: Factory, row: Requirement, on: date | None = None) -> Cells:
    """What the figures say of those who are known by name."""
    at = until({factory.programme_id: factory.programme.zone}, on)
    return _cells([_figure(each) for each in summed(BY_CELL, Within.FACTORIES, [factory.id], at) if each.requirement_id == row.id])


def _cells(figures: list[Figure]) -> Cells:
    cells: Cells = {}
    for each in figures:
        counts = Counts(each.active, each.covered, each.due_soon, each.ever, each.lost, each.waived, each.units, each.met, each.due_90)
        cells[each.role, each.sex] = cells.get((each.role, each.sex), Counts()) + counts
    return {cell: counts for cell, counts in cells.items() if counts}


def _behind(factory: Factory, row: Requirement, on: date | None) -> dict[Group, int]:
    return {group: len(db.session.execute(queries.people(factory, _required(row), group, on)).all()) for group in Group}


def _check(history: History, printed_then: dict[tuple[int, int, date], Cells]) -> None:
    days = sorted({day for _factory, _row, day in printed_then})
    for factory in history.factories:
        for row in history.requirements:
            assert printed(factory, row) == truth(factory, row, history.day), (factory.name, row.code)
            for day in history.chance.sample(days, k=min(3, len(days))):
                then = printed_then[factory.id, row.id, day]
                assert printed(factory, row, day) == then, "what was printed stays"
                changes = [each.change for each in queries.adjustments(factory, _required(row), day)]
                assert _add(then, _cells(changes)) == truth(factory, row, day), "and with what was learnt since it is what happened"
            for on in (None, day):
                whole, behind = sum(printed(factory, row, on).values(), Counts()), _behind(factory, row, on)
                assert (behind[Group.COVERED], behind[Group.UNCOVERED], behind[Group.LOST]) == (whole.valid, whole.active - whole.valid, whole.lost)


def _add(one: Cells, other: Cells) -> Cells:
    both = {cell: one.get(cell, Counts()) + other.get(cell, Counts()) for cell in {*one, *other}}
    return {cell: counts for cell, counts in both.items() if counts}


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(40))
def test_kept_by_events_is_what_the_facts_say(app: Flask, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    history, then = History(seed, monkeypatch), {}
    for step in range(STEPS):
        history.go_on()
        if step % 8 == 7:
            with history.now():
                _check(history, then)
                balances.close_months()
        if step % 4 == 3:
            last, history.day = history.day, history.day + timedelta(days=1)  # a day is printed when it is over
            for factory in history.factories:
                for row in history.requirements:
                    with history.now():
                        then[factory.id, row.id, last] = printed(factory, row, last)
    with history.now():
        _check(history, then)
        before = _sums()
        assert operations.rebuild().movements == 0, [vars(each) for each in db.session.query(Movement).filter_by(cause="rebuild")]
        assert _sums() == before
        _check(history, then)


def _sums() -> list[tuple[int, ...]]:
    columns = [sa.func.sum(getattr(Movement, name)) for name in NAMES]
    return [tuple(row) for row in db.session.execute(sa.select(Movement.factory_id, *columns).group_by(Movement.factory_id).order_by(Movement.factory_id))]


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(3))
def test_an_empty_ledger_is_opened_as_of_the_days(app: Flask, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    history = History(1000 + seed, monkeypatch)
    for _ in range(STEPS):
        history.go_on()
    db.session.execute(sa.delete(Movement))
    with history.now():
        assert operations.rebuild().balances >= 0
        for factory in history.factories:
            for row in history.requirements:
                for ago in (0, 20, 100, (history.day - FIRST).days):
                    day = history.day - timedelta(days=ago)
                    assert printed(factory, row, day) == truth(factory, row, day)
        assert operations.rebuild().movements == 0
