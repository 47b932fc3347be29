"""How coarse a figure is before anybody outside sees it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.reports.rules.period import Span
from app.reports.sharing import rules
from app.reports.sharing.partners.rules import FEWEST_FACTORIES, Line, Sum, Why, row, said
from app.reports.sharing.rules import Aggregate, SharedFigure, Told, Unit


@pytest.mark.parametrize(("number", "shown"), [(0, None), (1, None), (4, None), (5, 5), (9, 5), (23, 20), (1234, 1230)])
def test_people_are_rounded_down_to_fives(number: int, shown: int | None) -> None:
    assert rules.people(number) == Told(Unit.COUNT, shown)


@pytest.mark.parametrize(
    ("top", "of", "shown", "is_exact"),
    [
        (0, 30, None, False), (4, 30, None, False), (17, 30, 40, False), (30, 30, 100, True), (29, 30, 80, False),
        (4, 4, None, False), (5, 5, 100, True), (480, 500, 96, False), (5, 9, None, False), (6, 10, 50, False),
    ],
)  # fmt: skip
def test_shares_go_in_steps_of_five_people(top: int, of: int, shown: int | None, is_exact: bool) -> None:
    assert rules.share(top, of) == Told(Unit.PERCENT, shown, is_exact)


def test_a_share_of_many_things_of_few_people_is_not_said() -> None:
    assert rules.share(20, 30, persons=4).is_few
    assert rules.share(20, 30, persons=10).value == 50, "the step is that of the people"


def test_no_difference_tells_of_one_person() -> None:
    """One more is trained, covered or gone: what is shown is the same, or differs by five people at least."""
    for of in range(5, 120):
        for top in range(of):
            before, after = rules.share(top, of), rules.share(top + 1, of)
            told = {each.value for each in (before, after) if not each.is_exact} - {None}
            assert all(value * of % 100 == 0 or value % 1 == 0 for value in told)
            if len(told) == 2:
                assert abs(max(told) - min(told)) * of >= 500, (top, of)
    shown = [rules.people(number).value or 0 for number in range(200)]
    assert {later - earlier for earlier, later in pairwise(shown)} <= {0, 5}


def test_small_committees_are_not_told_apart() -> None:
    assert rules.committees(1, [6, 4]).is_few and rules.committees(0, []).is_few
    assert rules.committees(1, [6, 8]) == Told(Unit.COUNT, 1, is_exact=True)


def test_hours_speak_of_five_people_at_least() -> None:
    assert rules.hours(60 * 100, persons=4).is_few and rules.hours(60 * 19, persons=9).is_few
    assert rules.hours(60 * 69, persons=23).value == 60


def test_periods_are_a_closed_list_that_is_over() -> None:
    found = rules.periods(date(2026, 11, 26))
    assert found[0] == Span(date(2026, 7, 1), date(2026, 9, 30)), "the latest quarter first"
    assert Span(date(2025, 1, 1), date(2025, 12, 31)) in found and Span(date(2026, 1, 1), date(2026, 6, 30)) in found
    assert all(each.last < date(2026, 11, 26) and rules.months_of(each) in {3, 6, 12} for each in found)
    assert len({rules.key_of(each) for each in found}) == len(found)


def test_a_link_ends_within_a_year() -> None:
    day = date(2026, 11, 26)
    assert rules.is_last_day_fine(day, day) and rules.is_last_day_fine(day + timedelta(days=365), day)
    assert not rules.is_last_day_fine(day - timedelta(days=1), day)
    assert not rules.is_last_day_fine(day + timedelta(days=366), day)


def test_what_is_kept_reads_back() -> None:
    for figure in (
        SharedFigure(Aggregate.COVERAGE, Told(Unit.PERCENT, 80), {"en": "Skills"}, date(2026, 9, 30)),
        SharedFigure(Aggregate.PERSONS, Told(Unit.COUNT, None), {}, None),
    ):
        assert rules.read(rules.stored(figure)) == figure


def _sum(*factories: int, top: int = 0) -> Sum:
    return Sum(top, sum(factories), sum(factories), dict(enumerate(factories, 1)))


def test_few_factories_or_one_that_is_nearly_all_are_not_shown() -> None:
    assert _sum(*[20] * FEWEST_FACTORIES).is_of_enough and Sum().is_of_enough
    assert not _sum(*[20] * (FEWEST_FACTORIES - 1)).is_of_enough
    assert not _sum(500, 5, 5, 5, 5, 5).is_of_enough


def test_one_hidden_part_hides_all_parts() -> None:
    def say(each: Sum) -> Told:
        return said(Line.PERSONS, each)

    total, parts = row(_sum(20, 20, 20, 20, 20, 20), {"F": _sum(9, 9, 9, 9, 9, 9), "M": _sum(11, 11, 11, 11)}, say)
    assert total == Told(Unit.COUNT, 120) and parts == {"F": Why.GUARD, "M": Why.FACTORIES}
    total, parts = row(_sum(20, 20, 20), {"F": _sum(9, 9, 9)}, say)
    assert total is Why.FACTORIES and parts == {"F": Why.GUARD}
