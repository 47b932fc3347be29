"""What counts of what was said, and how old it is."""

from dataclasses import replace
from datetime import date

import pytest

from app.factories.headcounts.rules import Effect, effect, is_of_another, is_old, months_old, plan
from app.factories.rules import JobRole, Sex
from tests.make.headcounts import said

JANUARY = date(2026, 1, 31)
FIRST = said(JANUARY)
OTHER = replace(FIRST, lines=5)
REVISED = replace(OTHER, source="revised", is_revision=True)


@pytest.mark.parametrize(("new", "known", "becomes"), [
    (FIRST, [], Effect.NEW),
    (FIRST, [FIRST], Effect.KNOWN),
    (replace(FIRST, source="payroll"), [FIRST], Effect.KNOWN),
    (OTHER, [FIRST], Effect.CORRECTION),
    (REVISED, [FIRST], Effect.CORRECTION),
    (FIRST, [FIRST, REVISED], Effect.KNOWN),
    (replace(FIRST, lines=6), [FIRST, REVISED], Effect.KEPT),
    (replace(REVISED, lines=6), [FIRST, REVISED], Effect.CORRECTION),
    (replace(REVISED, lines=4), [FIRST, REVISED], Effect.CORRECTION),
])
def test_what_becomes_of_a_snapshot(new: object, known: list[object], becomes: Effect) -> None:
    assert effect(new, known) is becomes


def test_of_one_day_the_revision_comes_last_wherever_it_stands() -> None:
    assert plan([REVISED, FIRST], {}) == [(FIRST, Effect.NEW), (REVISED, Effect.CORRECTION)]
    again = plan([REVISED, FIRST], {JANUARY: [FIRST, REVISED]})
    assert [becomes for _, becomes in again] == [Effect.KNOWN, Effect.KNOWN]
    older = replace(FIRST, lines=9)
    assert plan([older, older], {JANUARY: [REVISED]}) == [(older, Effect.KEPT), (older, Effect.KNOWN)]


@pytest.mark.parametrize(("today", "months", "old"), [
    (date(2026, 1, 31), 0, False), (date(2026, 2, 27), 0, False), (date(2026, 3, 1), 1, False), (date(2026, 7, 30), 5, False),
    (date(2026, 7, 31), 6, False), (date(2026, 8, 1), 6, True), (date(2027, 1, 31), 12, True), (date(2025, 1, 1), 0, False)])
def test_age_in_whole_months(today: date, months: int, old: bool) -> None:
    assert months_old(JANUARY, today) == months
    assert is_old(JANUARY, today, 6) is old


def test_heads_of_all_sexes() -> None:
    counts = {(JobRole.HELPER, Sex.F): 5, (JobRole.HELPER, Sex.OTHER): 1, (JobRole.HELPER, None): 2}
    assert replace(FIRST, counts=counts).heads.total == 8


def test_names_of_a_factory() -> None:
    own = ["Golden Needle Co., Ltd.", None, "KH-1"]
    assert not is_of_another(own, []) and not is_of_another(own, ["GOLDEN NEEDLE co ltd", "Lotus"])
    assert is_of_another(own, ["Lotus"])
