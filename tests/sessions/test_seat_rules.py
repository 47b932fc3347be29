"""Who is next, which place is free, and which day is so many working days before: for every list, calendar and hall."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.rules import HOLDING, SEAT_MOVES, Modality, SeatState, SiteKind, WaitingPolicy
from app.sessions.rules.deadlines import alert_on, is_to_tell, working_days_before
from app.sessions.rules.joining import modality_at, site_at
from app.sessions.rules.news import News, news
from app.sessions.rules.places import Holder, extra_place, free_place, taken_at
from app.sessions.rules.waiting import Step, Waiting, line, moved, next_in_line

START = datetime(2026, 1, 5, tzinfo=UTC)
FRIDAY, SUNDAY = 5, 7
seats = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 50), st.none() | st.integers(1, 9)), max_size=12
).map(
    lambda rows: [
        Waiting(seat_id, factory_id, START + timedelta(hours=hours), rank)
        for seat_id, (factory_id, hours, rank) in enumerate(rows, 1)
    ]
)
holdings = st.dictionaries(st.integers(1, 4), st.integers(0, 6))


@given(st.sampled_from(WaitingPolicy), seats, holdings)
def test_a_line_has_everybody_once_and_its_head_is_next(policy: WaitingPolicy, waiting: list[Waiting], holding: dict[int, int]) -> None:
    found = line(policy, waiting, holding)
    assert sorted(each.seat_id for each in found) == sorted(each.seat_id for each in waiting)
    assert next_in_line(policy, waiting, holding) == (found[0] if found else None)
    assert line(policy, list(reversed(waiting)), holding) == found, "the order of rows says nothing"


@given(st.sampled_from([WaitingPolicy.FIRST_COME, WaitingPolicy.OFFER]), seats, holdings)
def test_first_come_is_by_time_alone(policy: WaitingPolicy, waiting: list[Waiting], holding: dict[int, int]) -> None:
    found = line(policy, waiting, holding)
    assert all(one.since <= other.since for one, other in pairwise(found))


@given(seats, holdings)
def test_by_hand_ranks_come_first(waiting: list[Waiting], holding: dict[int, int]) -> None:
    found = line(WaitingPolicy.MANUAL, waiting, holding)
    ranks = [each.rank for each in found if each.rank is not None]
    assert [each.rank for each in found[: len(ranks)]] == sorted(ranks)
    rest = found[len(ranks) :]
    assert rest == sorted(rest, key=lambda each: (each.since, each.seat_id))


@given(seats, holdings)
def test_a_fair_share_never_makes_the_rich_richer(waiting: list[Waiting], holding: dict[int, int]) -> None:
    """Whoever is served has no more places than any other factory that still waits; within a factory time decides."""
    counts, left = dict(holding), list(waiting)
    for served in line(WaitingPolicy.FAIR_SHARE, waiting, holding):
        assert counts.get(served.factory_id, 0) == min(counts.get(each.factory_id, 0) for each in left)
        own = [each for each in left if each.factory_id == served.factory_id]
        assert served == min(own, key=lambda each: (each.since, each.seat_id))
        counts[served.factory_id] = counts.get(served.factory_id, 0) + 1
        left.remove(served)


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_by_hand_moves_one(order: list[int], data: st.DataObject) -> None:
    one, step = data.draw(st.sampled_from(order)), data.draw(st.sampled_from(Step))
    after = moved(order, one, step)
    assert [each for each in after if each != one] == [each for each in order if each != one]
    at, to = order.index(one), after.index(one)
    assert to == {Step.FIRST: 0, Step.UP: max(0, at - 1), Step.DOWN: min(len(order) - 1, at + 1)}[step]


@given(st.sets(st.integers(1, 40)), st.integers(0, 30))
def test_a_place_is_free_only_while_fewer_are_taken_than_there_are(occupied: set[int], capacity: int) -> None:
    place = free_place(occupied, capacity)
    assert (place is None) == (len(occupied) >= capacity)
    assert place is None or (1 <= place <= capacity and place not in occupied)
    extra = extra_place(occupied, capacity)
    assert extra not in occupied and (extra == place or extra > max([capacity, *occupied]))


@given(st.lists(st.tuples(st.integers(1, 20), st.booleans()), unique_by=lambda pair: pair[0]), st.sets(st.integers(1, 30)))
def test_who_is_away_leaves_the_place_to_guests(holders: list[tuple[int, bool]], guests: set[int]) -> None:
    found = taken_at([Holder(*pair) for pair in holders], guests)
    assert guests <= found and {place for place, is_away in holders if not is_away} <= found
    assert all(place in guests for place, is_away in holders if is_away and place in found)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 30), st.sets(st.integers(1, 7), max_size=6))
def test_so_many_working_days_lie_in_between(day: date, number: int, weekly: set[int]) -> None:
    found = working_days_before(day, number, lambda each: each.isoweekday() in weekly)
    between = [day - timedelta(days=back) for back in range(1, (day - found).days + 1)]
    assert sum(each.isoweekday() not in weekly for each in between) == number
    assert number == 0 or found.isoweekday() not in weekly


def test_two_working_days_before_where_friday_is_the_weekend() -> None:
    """Sunday's half-day in Dhaka: Saturday and Thursday; in Phnom Penh it would be Saturday and Friday."""
    sunday = date(2026, 5, 17)
    assert working_days_before(sunday, 2, lambda day: day.isoweekday() == FRIDAY) == date(2026, 5, 14)
    assert working_days_before(sunday, 2, lambda day: day.isoweekday() == SUNDAY) == date(2026, 5, 15)
    holidays = {date(2026, 5, 14)}
    assert working_days_before(sunday, 2, lambda day: day.isoweekday() == FRIDAY or day in holidays) == date(2026, 5, 13)
    assert (sunday - working_days_before(sunday, 3, lambda _day: True)).days == 63, "a calendar without work is a wrong one"


def test_an_alert_comes_before_the_cut_off() -> None:
    monday = date(2026, 5, 18)
    assert alert_on(monday, 3, lambda _day: False) == date(2026, 5, 13)
    assert alert_on(monday, None, lambda _day: False) == date(2026, 5, 13)
    assert alert_on(monday, 5, lambda _day: False) == date(2026, 5, 11)


def test_something_is_told_once_and_again_when_its_day_moved_on() -> None:
    due, told = date(2026, 5, 10), datetime(2026, 5, 11, tzinfo=UTC)
    assert not is_to_tell(None, due, date(2026, 5, 9))
    assert is_to_tell(None, due, due) and is_to_tell(None, due, date(2026, 5, 20))
    assert not is_to_tell(told, due, date(2026, 5, 20))
    assert is_to_tell(told, date(2026, 6, 1), date(2026, 6, 1))


class _Site:
    def __init__(self, kind: SiteKind, factory_id: int | None = None) -> None:
        self.kind, self.factory_id = kind, factory_id


def test_where_somebody_joins_from() -> None:
    hall, room, foreign, alone = (
        _Site(SiteKind.VENUE), _Site(SiteKind.FACTORY_ROOM, 1), _Site(SiteKind.FACTORY_ROOM, 2), _Site(SiteKind.REMOTE)
    )
    sites = [hall, foreign, alone, room]
    assert site_at(Modality.HYBRID, hall, None, sites, 1) is hall
    assert site_at(Modality.HYBRID, hall, alone, sites, 1) is alone
    assert site_at(Modality.IN_PERSON, room, None, sites, 1) is hall, "everybody meets in person"
    assert site_at(Modality.IN_PERSON, room, alone, sites, 1) is hall, "an exception of before counts no more"
    assert site_at(Modality.VIRTUAL, hall, None, sites, 1) is room
    assert site_at(Modality.VIRTUAL, hall, None, sites, 3) is alone
    assert site_at(Modality.VIRTUAL, hall, None, [hall], 3) is hall, "there is nowhere else"
    assert site_at(Modality.VIRTUAL, alone, None, sites, 1) is alone
    assert modality_at(Modality.HYBRID, Modality.IN_PERSON, Modality.VIRTUAL) is Modality.VIRTUAL
    assert modality_at(Modality.IN_PERSON, Modality.VIRTUAL, None) is Modality.IN_PERSON


@pytest.mark.parametrize("before", [None, *SeatState])
@pytest.mark.parametrize("after", SeatState)
@pytest.mark.parametrize("is_swap", [False, True])
def test_every_move_is_some_news(before: SeatState | None, after: SeatState, is_swap: bool) -> None:
    assert news(before, after, is_swap=is_swap) in News


def test_nobody_holds_a_place_without_an_allowed_way_to_it() -> None:
    ways = {state: {before for before, afters in SEAT_MOVES.items() if state in afters} for state in HOLDING}
    assert SeatState.RELEASED not in ways[SeatState.BOOKED]
    assert ways[SeatState.RESERVED] == ways[SeatState.OFFERED] == {SeatState.WAIT_LISTED}
