"""Moves, places, times and invitations, over many values."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.rules import (
    ALLOWED_MOVES,
    MEETING_MOVES,
    SEAT_MOVES,
    MeetingState,
    Modality,
    Phase,
    SeatState,
    SiteKind,
    TrainingState,
    is_open,
    may_become,
    phase,
    standing,
)
from app.sessions.rules.codes import ALPHABET, LENGTH, draw_code, normal_code
from app.sessions.rules.invitations import Change, Guest, Place, changes, merged
from app.sessions.rules.places import smallest_free
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments

NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
TABLES = [(ALLOWED_MOVES, TrainingState), (SEAT_MOVES, SeatState), (MEETING_MOVES, MeetingState)]


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_every_state_has_its_row_and_staying_is_no_move(table: dict, states: type) -> None:
    assert set(table) == set(states)
    assert all(then in states and then != now for now, moves in table.items() for then in moves)


@given(st.lists(st.sampled_from(TrainingState), min_size=1, max_size=12))
def test_no_walk_leaves_a_cancelled_training_and_only_reopening_leaves_a_closed_one(steps: list[TrainingState]) -> None:
    walk = [TrainingState.TENTATIVE]
    for step in steps:
        if may_become(ALLOWED_MOVES, walk[-1], step):
            walk.append(step)
    for before, after in pairwise(walk):
        assert before is not TrainingState.CANCELLED
        assert before is not TrainingState.CLOSED or after is TrainingState.CONFIRMED
    assert is_open(walk[-1]) == (walk[-1] not in {TrainingState.CLOSED, TrainingState.CANCELLED})


@given(st.lists(st.sampled_from(SeatState), max_size=20))
def test_an_offer_comes_from_the_waiting_list_and_a_released_seat_never_comes_back(steps: list[SeatState]) -> None:
    walk = [SeatState.REQUESTED]
    for step in steps:
        if may_become(SEAT_MOVES, walk[-1], step):
            walk.append(step)
    for before, after in pairwise(walk):
        assert after is not SeatState.OFFERED or before is SeatState.WAIT_LISTED
        assert before is not SeatState.RELEASED


@pytest.mark.parametrize("now", Phase)
@pytest.mark.parametrize("state", TrainingState)
def test_the_clock_adds_to_a_confirmed_training_only(state: TrainingState, now: Phase) -> None:
    told = standing(state, now)
    if state is TrainingState.CONFIRMED:
        assert told == {Phase.COMING: "confirmed", Phase.RUNNING: "in_progress", Phase.PAST: "held"}[now]
    else:
        assert told == state.value


@given(st.sets(st.integers(1, 40)), st.integers(0, 30))
def test_smallest_free_place(taken: set[int], capacity: int) -> None:
    place = smallest_free(taken, capacity)
    free = set(range(1, capacity + 1)) - taken
    assert place == (min(free) if free else None)


@given(st.randoms(use_true_random=False), st.text(alphabet=" -\u200b", max_size=3))
def test_a_code_survives_how_people_type_it(random: Random, noise: str) -> None:
    code = draw_code(random.choice)
    assert len(code) == LENGTH and set(code) <= set(ALPHABET)
    assert normal_code(noise + code[:3].lower() + noise + code[3:]) == code


def test_a_code_in_own_digits() -> None:
    assert normal_code("៣AC-٤k৭") == "3AC4K7"


def test_codes_have_no_look_alikes() -> None:
    assert not set(ALPHABET) & set("0OQ1IL2Z5S8BV") and len(ALPHABET) == len(set(ALPHABET))


def _half_day(start: str, end: str, zone: str) -> HalfDay:
    return HalfDay(datetime.fromisoformat(start), datetime.fromisoformat(end), zone)


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        ("2026-05-14T08:00", "2026-05-14T12:00", "Asia/Dhaka", None),
        ("2026-05-14T08:00", "2026-05-14T12:00", "Asia/Nowhere", ("zone", Fault.UNKNOWN_ZONE)),
        ("2026-05-14T08:00", "2026-05-14T12:00", "../../etc/passwd", ("zone", Fault.UNKNOWN_ZONE)),
        ("2026-05-14T08:00", "2026-05-14T08:00", "Asia/Dhaka", ("ends", Fault.ENDS_FIRST)),
        ("2026-05-14T12:00", "2026-05-14T08:00", "Asia/Dhaka", ("ends", Fault.ENDS_FIRST)),
        ("2026-05-14T08:00", "2026-05-14T16:01", "Asia/Dhaka", ("ends", Fault.TOO_LONG)),
        ("2026-01-14T08:00", "2026-01-14T12:00", "Asia/Dhaka", ("day", Fault.PAST)),
        ("2026-01-15T08:59", "2026-01-15T12:00", "Asia/Dhaka", ("starts", Fault.PAST)),
        ("2026-01-15T09:01", "2026-01-15T12:00", "Asia/Dhaka", None),
        ("0001-01-01T00:00", "0001-01-01T04:00", "Asia/Dhaka", ("day", Fault.PAST)),
        ("9999-12-31T20:00", "9999-12-31T23:59", "America/Managua", ("day", Fault.FAR)),
        ("2026-04-24T00:30", "2026-04-24T04:00", "Africa/Cairo", ("starts", Fault.SKIPPED)),
        ("2026-04-23T21:00", "2026-04-24T00:30", "Africa/Cairo", ("ends", Fault.SKIPPED)),
        ("2026-03-08T02:30", "2026-03-08T05:00", "America/Port-au-Prince", ("starts", Fault.SKIPPED)),
        ("2026-03-08T01:30", "2026-03-08T03:30", "America/Port-au-Prince", None),
        ("2026-11-01T01:30", "2026-11-01T04:30", "America/Port-au-Prince", None),
    ],
)
def test_times_of_a_half_day(start: str, end: str, zone: str, expected: tuple[str, Fault] | None) -> None:
    assert fault_of(_half_day(start, end, zone), NOW) == expected


@given(
    st.datetimes(datetime(2026, 2, 1), datetime(2028, 12, 1)), st.integers(1, 480),
    st.sampled_from(["Africa/Cairo", "America/Port-au-Prince", "Asia/Colombo", "Asia/Phnom_Penh", "Europe/Berlin", "UTC"]),
)
def test_what_has_no_fault_means_one_moment(start: datetime, minutes: int, zone: str) -> None:
    start = start.replace(second=0, microsecond=0, fold=0)
    half_day = HalfDay(start, start + timedelta(minutes=minutes), zone)
    if fault_of(half_day, NOW) is None:
        starts_at, ends_at = moments(half_day)
        assert NOW < starts_at < ends_at <= starts_at + timedelta(hours=8)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=8))
def test_overlaps_are_found(spans: list[tuple[int, int]]) -> None:
    times = [(NOW + timedelta(hours=a), NOW + timedelta(hours=a + n)) for a, n in spans]
    really = any(a < d and c < b for i, (a, b) in enumerate(times) for c, d in times[i + 1 :])
    assert (first_overlap(times) is not None) == really


@pytest.mark.parametrize(("hours", "expected"), [(-1, Phase.COMING), (0, Phase.RUNNING), (3, Phase.RUNNING), (4, Phase.PAST)])
def test_phase(hours: int, expected: Phase) -> None:
    assert phase(NOW, NOW + timedelta(hours=4), NOW + timedelta(hours=hours)) is expected


FACTS = st.fixed_dictionaries({"starts": st.sampled_from("abc"), "join_url": st.sampled_from([None, "x"])})
KEYS = st.integers(0, 6)


@given(st.dictionaries(KEYS, FACTS), st.dictionaries(KEYS, st.one_of(FACTS, st.just({}))))
def test_changes_make_told_equal_wanted_and_then_there_are_none(wanted: dict, told: dict) -> None:
    due = changes(wanted, told)
    after = {**told, **{key: wanted.get(key, {}) for key in due}}
    assert {key: facts for key, facts in after.items() if facts} == wanted
    assert changes(wanted, after) == {}
    for key, change in due.items():
        assert (change is Change.REQUEST) == (key in wanted)
        assert wanted.get(key, {}) != told.get(key, {})


VENUE, ROOM, ALONE = Place(SiteKind.VENUE, "Hall"), Place(SiteKind.FACTORY_ROOM, "Room A"), Place(SiteKind.REMOTE, "")


def _guest(*places: Place, teaches: bool = False, address: str = "a@b.example") -> Guest:
    return Guest(address, "A", "en", None, teaches, frozenset(places))


@pytest.mark.parametrize(
    ("guest", "modality", "remote", "places"),
    [
        (_guest(VENUE), Modality.HYBRID, False, ["Hall"]),
        (_guest(ROOM), Modality.HYBRID, True, ["Room A"]),
        (_guest(ALONE), Modality.HYBRID, True, []),
        (_guest(VENUE, ROOM), Modality.HYBRID, True, ["Hall", "Room A"]),
        (_guest(VENUE, teaches=True), Modality.HYBRID, True, ["Hall"]),
        (_guest(VENUE), Modality.VIRTUAL, True, []),
        (_guest(ROOM), Modality.IN_PERSON, False, ["Hall"]),
        (_guest(VENUE, teaches=True), Modality.IN_PERSON, False, ["Hall"]),
    ],
)
def test_who_gets_the_link_and_where_they_go(guest: Guest, modality: Modality, remote: bool, places: list[str]) -> None:
    assert guest.joins_remotely(modality) is remote
    assert guest.place_names(modality, ["Hall"]) == places


@given(st.lists(st.tuples(st.sampled_from(["a@b.example", "c@d.example"]), st.booleans(), st.sampled_from([VENUE, ROOM, ALONE]))))
def test_one_guest_an_address_with_everything_of_each(rows: list) -> None:
    made = merged(_guest(place, teaches=teaches, address=address) for address, teaches, place in rows)
    assert all(n == 1 for n in Counter(guest.address for guest in made).values())
    for guest in made:
        own = [row for row in rows if row[0] == guest.address]
        assert guest.teaches == any(row[1] for row in own) and guest.places == {row[2] for row in own}
