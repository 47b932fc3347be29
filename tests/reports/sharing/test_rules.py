"""How coarse a figure is before anybody outside sees it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from app.reports.rules.facts import Split
from app.reports.rules.period import Span
from app.reports.sharing import rules
from app.reports.sharing.partners.guard import known_to
from app.reports.sharing.partners.rules import (
    ALL,
    FEWEST_FACTORIES,
    Cell,
    Line,
    Number,
    Place,
    Settled,
    Sum,
    Why,
    cell,
    longer,
    on,
    open_of,
)
from app.reports.sharing.rules import Aggregate, SharedFigure, Sums, Told, Unit


@pytest.mark.parametrize(("number", "shown"), [(0, None), (1, None), (4, None), (5, 5), (9, 5), (23, 20), (1234, 1230)])
def test_people_are_rounded_down_to_fives(number: int, shown: int | None) -> None:
    assert rules.people(number) == Told(Unit.COUNT, shown)


@pytest.mark.parametrize(
    ("top", "of", "shown", "is_exact"),
    [
        (0, 30, None, False), (4, 30, None, False), (17, 30, 50, False), (30, 30, 100, True), (29, 30, 83, False),
        (4, 4, None, False), (5, 5, 100, True), (480, 500, 96, False), (5, 9, None, False), (6, 10, 50, False),
        (23, 23, 100, True), (22, 23, 75, False), (22, 24, 75, False),
    ],
)  # fmt: skip
def test_shares_go_in_steps_of_five_people(top: int, of: int, shown: int | None, is_exact: bool) -> None:
    assert rules.share(top, of) == Told(Unit.PERCENT, shown, is_exact)


def sums(persons: int, certified: int = 0, started: int = 0, hours: int = 0) -> Sums:
    return Sums(persons, persons, hours * 60, started, started, certified)


def shown(whole: Sums, *quarters: Sums) -> dict[str, int | None]:
    return {each.value: told.value for each, told in rules.of_people(whole, quarters or [whole]).items()}


def test_a_share_of_many_things_of_few_people_is_not_said() -> None:
    assert shown(Sums(started=30, of_persons=4, certified=20))["certification"] is None
    assert shown(Sums(started=30, of_persons=10, certified=20))["certification"] == 50, "steps of what five people have"


def test_hours_speak_of_five_people_at_least() -> None:
    assert shown(sums(4, hours=100))["hours"] is None and shown(sums(9, hours=19))["hours"] is None
    assert shown(sums(23, hours=69))["hours"] == 60


def test_a_year_says_no_more_than_its_quarters_together() -> None:
    quarters = [sums(4, 3, 4), sums(12, 11, 12), sums(9, 9, 9), sums(0)]
    year = shown(sums(25, 23, 25), *quarters)
    assert year == {"persons": 15, "participations": 15, "hours": None, "certification": 66}, "ten of fifteen, of the quarters that say something"
    assert [shown(each)["persons"] for each in quarters] == [None, 10, 5, None]
    assert shown(sums(10), sums(8), sums(9))["persons"] == 10, "who came in both counts once"


def test_small_committees_are_not_told_apart() -> None:
    assert rules.committees(1, [6, 4]).is_few and rules.committees(0, []).is_few
    assert rules.committees(1, [6, 8]) == Told(Unit.COUNT, 1, is_exact=True)


def test_periods_are_a_closed_list_that_is_over() -> None:
    found = rules.periods(date(2026, 11, 26))
    assert found[0] == Span(date(2026, 7, 1), date(2026, 9, 30)), "the latest quarter first"
    assert Span(date(2025, 1, 1), date(2025, 12, 31)) in found and Span(date(2026, 1, 1), date(2026, 6, 30)) in found
    assert all(each.last < date(2026, 11, 26) and rules.months_of(each) in {3, 6, 12} for each in found)
    assert len({rules.key_of(each) for each in found}) == len(found)


@pytest.mark.parametrize("zone", ["Asia/Phnom_Penh", "America/Managua", "Africa/Cairo", "America/Port-au-Prince"])
def test_a_day_ends_at_midnight_also_where_clocks_change(zone: str) -> None:
    for day in (date(2026, 4, 23), date(2026, 4, 24), date(2026, 10, 29), date(2026, 3, 7), date(2026, 11, 1)):
        assert rules.day_ending(rules.end_of(day, zone), zone) == day


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
    size = sum(factories)
    return Sum(top, size, size, {key: Number(0, each, each) for key, each in enumerate(factories, 1)})


def all_of(programmes: Mapping[str, Sum]) -> dict[Place, Sum]:
    """The programmes and all together; a factory has another number in each."""
    total = Sum()
    for place, of in enumerate(programmes.values()):
        total.add(of)
        for key, each in of.factories.items():
            total.add_of(100 * place + (key or 0), each)
    return {ALL: total, **{(Split.PROGRAMME, name): of for name, of in programmes.items()}}


def told(**programmes: Sum) -> dict[Place, Cell]:
    """How persons read on the page of these programmes."""
    total = all_of(programmes)[ALL]
    parts = {name: (of, open_of(Line.PERSONS, of)) for name, of in programmes.items()}
    found = on(Line.PERSONS, total, parts, {}, is_apart=True)
    return {place: cell(Line.PERSONS, total, each, each.bound) for place, each in found.items()}


def test_few_factories_or_one_that_is_nearly_all_are_not_shown() -> None:
    assert told(KH=_sum(*[20] * FEWEST_FACTORIES))[ALL] == Told(Unit.COUNT, 100), "so much say their links"
    assert told(KH=_sum(*[24] * FEWEST_FACTORIES))[ALL] == Told(Unit.COUNT, 100), "119 at most, say the links: 120 - 4"
    assert told(KH=_sum(*[20] * (FEWEST_FACTORIES - 1)))[ALL] is Why.FACTORIES
    assert told(KH=_sum(500, 5, 5, 5, 5, 5))[ALL] is Why.FACTORIES
    assert told(KH=_sum(20, 20, 20, 20, 4))[ALL] is Why.FACTORIES, "of the fifth its link says nothing"


def test_one_hidden_part_hides_all_parts() -> None:
    six, four = _sum(9, 9, 9, 9, 9, 9), _sum(11, 11, 11, 11)
    assert told(KH=six, VN=four) == {
        ALL: Told(Unit.COUNT, 75), (Split.PROGRAMME, "KH"): Why.GUARD, (Split.PROGRAMME, "VN"): Why.FACTORIES,
    }  # fmt: skip
    assert told(KH=six, VN=_sum(0, 0))[Split.PROGRAMME, "KH"] == Told(Unit.COUNT, 50), "where nothing is, nothing is told"
    assert told(KH=_sum(20, 20, 20), VN=six)[Split.PROGRAMME, "VN"] is Why.GUARD


def twice(line: Line, programmes: Mapping[str, Sum], sexes: Mapping[str, Sum], whole: Mapping[Place, Sum]) -> tuple[dict[Place, int], dict[Place, int]]:
    """What is told of a quarter, and of a half-year of two such quarters that is this as a whole."""
    parts = {name: (of, open_of(line, of)) for name, of in programmes.items()}
    quarter = on(line, all_of(programmes)[ALL], parts, sexes, is_apart=len(programmes) > 1)
    half_year = longer(line, [quarter, quarter], whole)
    return {place: each.bound for place, each in quarter.items()}, {place: each.bound for place, each in half_year.items()}


def test_who_came_in_several_quarters_is_one_person() -> None:
    """Twelve factories of five women and four men, in two programmes: the same people in both quarters."""
    programmes = {name: _sum(*[9] * 6) for name in ("KH", "VN")}
    keys = all_of(programmes)[ALL].factories
    sexes = {sex: Sum(0, 12 * each, 12 * each, {key: Number(0, each, each) for key in keys}) for sex, each in (("F", 5), ("M", 4))}
    whole = all_of(programmes) | {(Split.SEX, sex): of for sex, of in sexes.items()}
    quarter, half_year = twice(Line.PERSONS, programmes, sexes, whole)
    assert half_year == quarter and quarter[ALL] == 100 and quarter[Split.PROGRAMME, "VN"] == quarter[Split.SEX, "F"] == 50


def test_a_half_year_of_the_same_people_is_guarded_as_a_quarter() -> None:
    """Their links say 105 at least and 125 at most: that there are 125 would tell of each factory."""
    programmes = {"KH": _sum(29, 24, 24, 24, 24)}
    quarter, half_year = twice(Line.PERSONS, programmes, {}, all_of(programmes))
    assert quarter[ALL] == half_year[ALL] == 100


def test_sexes_of_a_half_year_are_what_their_quarters_say() -> None:
    """In each quarter three women of one factory are without a certificate: at most 25, twice."""
    women, men = _sum(*[20] * 6, top=117), _sum(*[10] * 6, top=60)
    everybody = _sum(*[30] * 6, top=177)
    for of, missing in ((women, 3), (everybody, 3), (men, 0)):
        for key, each in of.factories.items():
            each.top = each.whole - (missing if key == 1 else 0)
    whole = {place: Sum(2 * of.top, 2 * of.whole, 2 * of.persons) for place, of in ((ALL, everybody), ((Split.SEX, "F"), women), ((Split.SEX, "M"), men))}
    quarter, half_year = twice(Line.CERTIFICATION, {"KH": everybody}, {"F": women, "M": men}, whole)
    assert quarter == {ALL: 25, (Split.SEX, "F"): 25, (Split.SEX, "M"): 25}
    assert half_year == {ALL: 25, (Split.SEX, "F"): 50, (Split.SEX, "M"): 50}


def test_sexes_of_a_half_year_say_no_more_than_all() -> None:
    programmes = {"KH": _sum(29, 24, 24, 24, 24)}
    sexes = {"F": _sum(17, 14, 14, 15, 15), "M": _sum(12, 10, 10, 9, 9)}
    whole = all_of(programmes) | {(Split.SEX, sex): of for sex, of in sexes.items()}
    quarter, half_year = twice(Line.PERSONS, programmes, sexes, whole)
    assert quarter == half_year == {ALL: 100, (Split.SEX, "F"): 50, (Split.SEX, "M"): 50}, "75 women and 50 men would be 125"


def test_what_is_hidden_in_a_quarter_counts_as_missing_in_the_year() -> None:
    """All are certified; in the second quarter there are too few factories to say so."""
    found = []
    for factories in (6, 4):
        of = _sum(*[30] * factories, top=30 * factories)
        for each in of.factories.values():
            each.top = each.whole
        found.append(on(Line.CERTIFICATION, of, {"KH": (of, open_of(Line.CERTIFICATION, of))}, {}, is_apart=False))
    assert [each[ALL].why for each in found] == [None, Why.FACTORIES]
    assert longer(Line.CERTIFICATION, found, {ALL: Sum(300, 300, 300)})[ALL].bound == 125


@pytest.mark.parametrize(
    ("total", "women", "men", "why"),
    [
        (_sum(*[20] * 6), _sum(*[15] * 6), _sum(15, 15), (Why.GUARD, Why.FACTORIES)),
        (_sum(89, 9, 9, 9, 9), _sum(40, 5, 5, 5, 5), _sum(49, 4, 4, 4, 4), (Why.GUARD, Why.GUARD)),
        (_sum(*[20] * 6), _sum(*[15] * 6), _sum(*[5] * 6), (None, None)),
    ],
)  # fmt: skip
def test_one_sex_of_few_factories_hides_both(total: Sum, women: Sum, men: Sum, why: tuple[Why | None, Why | None]) -> None:
    parts = {"KH": (total, open_of(Line.PERSONS, total))}
    found = on(Line.PERSONS, total, parts, {"F": women, "M": men}, is_apart=False)
    assert (found[Split.SEX, "F"].why, found[Split.SEX, "M"].why) == why


@pytest.mark.parametrize(("people", "shown"), [(24, (None, None)), (25, (50, 100))])
def test_nothing_is_said_of_fewer_than_twenty_five(people: int, shown: tuple[int | None, int | None]) -> None:
    of = Number(50, 50, people)
    count, share = Settled(50, 50, 50, known_to(50, 50)), Settled(0, 50, 0, known_to(0, 0))
    found = cell(Line.PARTICIPATIONS, of, count, people), cell(Line.CERTIFICATION, of, share, people)
    assert tuple(isinstance(each, Told) and each.value for each in found) == shown
