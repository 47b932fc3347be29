"""The rules alone: spans, days, ways, lines, and who may accept what."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.calendar.zones import moment
from app.sessions.conflicts.rules import (
    WEIGHTS,
    Conflict,
    HalfDayAsked,
    Kind,
    Known,
    Other,
    Override,
    Proposal,
    Severity,
    SiteAsked,
    fingerprint,
    judge,
)
from app.sessions.conflicts.rules.known import Crew, DayOff, Mill, Pause, Spot, Taker, Teacher
from app.sessions.conflicts.rules.people import most_away
from app.sessions.conflicts.rules.times import days_of, minutes_between, overlap, touches
from app.sessions.conflicts.rules.travel import needed
from app.sessions.rules import Modality, SiteKind

ZONES = ["UTC", "Asia/Phnom_Penh", "Africa/Cairo", "America/Port-au-Prince", "Asia/Colombo"]
CAIRO = "Africa/Cairo"
START = datetime(2027, 3, 1, 8, tzinfo=UTC)
moments = st.integers(0, 60 * 24 * 400).map(lambda minutes: START + timedelta(minutes=minutes))
lengths = st.integers(1, 8 * 60).map(lambda minutes: timedelta(minutes=minutes))


def half_day(starts_at: datetime = START, length: timedelta = timedelta(hours=4), zone: str = "UTC", **values: object) -> HalfDayAsked:
    wall = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    told = {"number": 1, "modality": Modality.IN_PERSON, "language": "km", "sites": (SiteAsked(SiteKind.VENUE, "Hall", site_id=1),)}
    return HalfDayAsked(starts=wall, ends=wall + length, zone=zone, starts_at=starts_at, ends_at=starts_at + length, **{**told, **values})


def other(starts_at: datetime = START, length: timedelta = timedelta(hours=4), meeting_id: int = 9) -> Other:
    wall = starts_at.replace(tzinfo=None)
    return Other(meeting_id, 5, starts_at, starts_at + length, wall, wall + length, "UTC")


def proposal(*half_days: HalfDayAsked, trainers: tuple[int, ...] = (1,)) -> Proposal:
    return Proposal(
        programme_id=1, version_id=1, half_days=half_days, trainer_ids=frozenset(trainers), capacity_in_person=10, training_id=1,
    )


def kinds(known: Known, *half_days: HalfDayAsked, trainers: tuple[int, ...] = (1,)) -> list[Kind]:
    return [conflict.kind for conflict in judge(proposal(*half_days, trainers=trainers), known)]


@given(moments, lengths, moments, lengths)
def test_spans_overlap_when_a_moment_is_in_both(start: datetime, length: timedelta, begin: datetime, span: timedelta) -> None:
    one, two = half_day(start, length), other(begin, span)
    latest, earliest = max(one.starts_at, two.starts_at), min(one.ends_at, two.ends_at)
    assert overlap(one, two) == overlap(two, one) == (latest < earliest)
    assert overlap(one, two) == (minutes_between(one, two) < 0)


@given(moments, lengths)
def test_what_begins_when_the_other_ends_does_not_overlap(start: datetime, length: timedelta) -> None:
    one = half_day(start, length)
    assert not overlap(one, other(start + length, length))
    assert minutes_between(one, other(start + length, length)) == 0
    assert overlap(one, other(start + length - timedelta(minutes=1), length))


@given(moments, lengths, st.sampled_from(ZONES))
def test_a_trainer_is_in_one_place_whatever_the_zone(start: datetime, length: timedelta, zone: str) -> None:
    known = Known(zone=zone, teaching={1: [other(start, length)]})
    assert Kind.TRAINER_BUSY in kinds(known, half_day(start, length, zone))
    assert Kind.TRAINER_BUSY not in kinds(known, half_day(start + length, length, zone))


@given(moments, lengths, st.sampled_from(ZONES))
def test_a_half_day_touches_the_days_of_its_first_and_last_moment(start: datetime, length: timedelta, zone: str) -> None:
    days = days_of(half_day(start, length), zone)
    place = ZoneInfo(zone)
    assert days[0] == start.astimezone(place).date()
    assert days[-1] == (start + length - timedelta(seconds=1)).astimezone(place).date()
    assert len(days) in {1, 2}


@given(moments, lengths, st.sampled_from(ZONES))
def test_every_day_is_some_weekday_of_rest(start: datetime, length: timedelta, zone: str) -> None:
    one = half_day(start, length)
    days = days_of(one, zone)
    for weekday in range(1, 8):
        found = [kind for kind in kinds(Known(zone=zone, rest_days=frozenset({weekday})), one) if kind is Kind.REST_DAY]
        assert len(found) == sum(day.isoweekday() == weekday for day in days)


@pytest.mark.parametrize(("day", "gap"), [(date(2026, 4, 23), 4), (date(2026, 4, 24), 3), (date(2026, 10, 29), 3), (date(2026, 10, 30), 4)])
def test_the_clock_changes_in_cairo(day: date, gap: int) -> None:
    """08:00 in Cairo is so many hours after 08:00 in Dhaka minus what the clock was put forward."""
    in_dhaka = moment("Asia/Dhaka", datetime.combine(day, time(8)))
    in_cairo = moment(CAIRO, datetime.combine(day, time(8)))
    assert in_cairo - in_dhaka == timedelta(hours=gap)
    known = Known(zone=CAIRO, teaching={1: [other(in_dhaka, timedelta(hours=gap))]})
    assert Kind.TRAINER_BUSY not in kinds(known, half_day(in_cairo, zone=CAIRO))
    longer = Known(zone=CAIRO, teaching={1: [other(in_dhaka, timedelta(hours=gap, minutes=1))]})
    assert Kind.TRAINER_BUSY in kinds(longer, half_day(in_cairo, zone=CAIRO))


@pytest.mark.parametrize("day", [date(2026, 4, 23), date(2026, 4, 24), date(2026, 10, 30)])
def test_a_break_is_at_the_time_of_the_wall_in_summer_and_winter(day: date) -> None:
    pause = Pause({"en": "Prayer"}, time(12), time(12, 30), frozenset(range(1, 8)))
    known = Known(zone=CAIRO, pauses=[pause])
    until = moment(CAIRO, datetime.combine(day, time(12)))
    assert Kind.BREAK not in kinds(known, half_day(until - timedelta(hours=4), zone=CAIRO))
    assert Kind.BREAK in kinds(known, half_day(until - timedelta(hours=4, minutes=-1), zone=CAIRO))
    assert touches(half_day(until), CAIRO, day, time(12), time(12, 30))


def test_a_night_shift_touches_two_days() -> None:
    night = half_day(datetime(2027, 3, 1, 22, tzinfo=UTC))
    known = Known(zone="UTC", days_off=[DayOff(date(2027, 3, 2), {"en": "Day"}, is_provisional=False)])
    assert kinds(known, night) == [Kind.HOLIDAY]
    assert kinds(known, half_day(datetime(2027, 3, 1, 20, tzinfo=UTC))) == []


def test_leave_is_counted_where_the_half_day_is() -> None:
    """20:00 UTC of the first is the second in Phnom Penh."""
    evening = datetime(2027, 3, 1, 20, tzinfo=UTC)
    known = Known(zone="UTC", teachers={1: Teacher("Sokha", away=[(date(2027, 3, 2), date(2027, 3, 5))])})
    assert kinds(known, half_day(evening, zone="Asia/Phnom_Penh")) == [Kind.TRAINER_AWAY]
    assert kinds(known, half_day(evening, timedelta(hours=2))) == []


@given(st.integers(0, 60), st.integers(1, 12))
def test_one_may_always_go_and_never_more_than_the_share(supervisors: int, one_in: int) -> None:
    most = most_away(supervisors, one_in)
    assert most >= 1
    assert most == 1 or most * one_in <= supervisors < (most + 1) * one_in


@given(st.sets(st.integers(1, 12), min_size=1), st.sets(st.integers(1, 12)), st.integers(1, 5))
def test_nobody_counts_twice_for_a_line(here: set[int], there: set[int], one_in: int) -> None:
    crew = Crew("Line", "Mill", frozenset(range(1, 13)))
    takers = [Taker(1, 1, person, str(person)) for person in here]
    known = Known(
        zone="UTC", release_one_in=one_in, takers=takers, crews={3: crew}, seated={person: [other()] for person in there},
        mills={1: Mill("Mill", frozenset())},
    )  # fmt: skip
    found = [each for each in judge(proposal(half_day()), known) if each.kind is Kind.LINE_RELEASE]
    assert bool(found) == (len(here | there) > most_away(12, one_in))
    for conflict in found:
        assert conflict.facts["away"] == len(here | there)
        assert conflict.facts["elsewhere"] == len(there - here)


def test_a_line_from_which_nobody_comes_is_no_matter() -> None:
    crew = Crew("Line", "Mill", frozenset({1, 2, 3}))
    known = Known(zone="UTC", crews={3: crew}, seated={1: [other()], 2: [other()]}, mills={1: Mill("Mill", frozenset())})
    assert kinds(known, half_day()) == []


HALL, ROOM, FAR = Spot("hall", "kandal"), Spot("room", "kandal"), Spot("inn", "takeo")


@pytest.mark.parametrize(
    ("one", "two", "minutes"),
    [
        ({HALL}, {HALL}, 0), ({HALL}, {ROOM}, 30), ({HALL}, {FAR}, 180), ({HALL}, {Spot("other")}, 30), ({HALL}, set(), 0),
        ({HALL, FAR}, {ROOM}, 30), ({HALL}, {Spot("x", " KANDAL ")}, 30),
    ],
)
def test_how_long_the_way_is(one: set[Spot], two: set[Spot], minutes: int) -> None:
    assert needed(frozenset(one), frozenset(two), 30, 180) == needed(frozenset(two), frozenset(one), 30, 180) == minutes


@given(st.integers(0, 400), st.booleans())
def test_too_little_time_for_the_way_either_way_round(gap: int, before: bool) -> None:
    length = timedelta(hours=4)
    begins = START - length - timedelta(minutes=gap) if before else START + length + timedelta(minutes=gap)
    known = Known(zone="UTC", teaching={1: [other(begins)]}, spots={9: frozenset({FAR})}, travel_near=100)
    assert (Kind.TRAVEL in kinds(known, half_day())) == (gap < 100)


def test_a_provisional_holiday_never_stops() -> None:
    assert WEIGHTS[Kind.HOLIDAY_PROVISIONAL][0] is Severity.WARNS
    assert WEIGHTS[Kind.HOLIDAY] == (Severity.STOPS, Override.PLANNER)


def test_every_kind_has_a_weight() -> None:
    assert set(WEIGHTS) == set(Kind)


@given(st.permutations(["a", "b", "c"]))
def test_the_fingerprint_knows_no_order(keys: list[str]) -> None:
    conflicts = [Conflict(Kind.TRAVEL, 1, key, START.replace(tzinfo=None)) for key in keys]
    assert fingerprint(conflicts) == fingerprint(conflicts[::-1] + conflicts[:1]) == fingerprint(reversed(conflicts))
    assert fingerprint(conflicts) != fingerprint(conflicts[:2])
    assert fingerprint([]) == ""


def test_stops_come_first() -> None:
    known = Known(
        zone="UTC", days_off=[DayOff(START.date(), {"en": "Perhaps"}, is_provisional=True)], teaching={1: [other()]},
    )  # fmt: skip
    assert kinds(known, half_day()) == [Kind.TRAINER_BUSY, Kind.HOLIDAY_PROVISIONAL]
