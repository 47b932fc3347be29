"""How long a room was connected, and whom the trainer looks for."""

from datetime import UTC, datetime, timedelta

import pytest

from app.attendance.rooms.rules import Connection, Interval, Source, connection, is_open, merged, sample

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOON = NINE + timedelta(hours=3)
LATER = NOON + timedelta(days=1)


def _at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def _minutes(*spans: tuple[float, float | None], at: datetime = LATER) -> int:
    intervals = [Interval(_at(start), None if end is None else _at(end)) for start, end in spans]
    found = connection({Source.DECLARED: intervals}, NINE, NOON, at)
    assert found
    return found.minutes


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([(0, 180)], 180),
        ([(-30, 240)], 180),
        ([(0, 60), (30, 90)], 90),
        ([(0, 60), (60, 90), (100, 110)], 100),
        ([(10, 5)], 0),
        ([(200, 300)], 0),
        ([(-60, -30)], 0),
        ([(20, None)], 160),
        ([(0, 180), (0, 180), (10, 170)], 180),
    ],
)
def test_minutes_never_exceed_the_half_day(spans: list[tuple[float, float | None]], minutes: int) -> None:
    assert _minutes(*spans) == minutes


def test_what_is_open_lasts_until_now_and_no_longer() -> None:
    assert _minutes((0, None), at=_at(45)) == 45


@pytest.mark.parametrize("best", list(Source))
def test_the_best_source_that_says_anything_counts_alone(best: Source) -> None:
    lengths = {Source.DECLARED: 30, Source.DOOR: 60, Source.REPORT: 90}
    known = {source: [Interval(NINE, _at(lengths[source]))] for source in Source if source.rank <= best.rank}
    known |= {source: [] for source in Source if source.rank > best.rank}
    assert connection(known, NINE, NOON, LATER) == Connection(best, lengths[best], is_open=False)


@pytest.mark.parametrize("source", [Source.DOOR, Source.REPORT])
def test_a_try_before_the_half_day_overrules_nobody(source: Source) -> None:
    known = {Source.DECLARED: [Interval(NINE, NOON)], source: [Interval(_at(-1200), _at(-1140))]}
    assert connection(known, NINE, NOON, LATER) == Connection(Source.DECLARED, 180, is_open=False)


def test_nobody_says_anything() -> None:
    assert connection({}, NINE, NOON, LATER) is None


def test_spans_that_touch_are_one() -> None:
    assert merged([(_at(5), _at(9)), (_at(0), _at(5)), (_at(20), _at(21))]) == [(_at(0), _at(9)), (_at(20), _at(21))]


@pytest.mark.parametrize(("minutes", "expected"), [(-31, False), (-30, True), (0, True), (180 + 720, True), (180 + 721, False)])
def test_when_people_can_be_checked_in(minutes: int, expected: bool) -> None:
    assert is_open(NINE, NOON, _at(minutes)) is expected


def test_a_sample_is_the_same_each_time_and_another_one_for_others() -> None:
    people, secret = range(1, 41), "s" * 32
    mine = sample(people, 3, secret, 7, 1, 5)
    assert len(set(mine)) == 3
    assert mine == sample(reversed(people), 3, secret, 7, 1, 5) == sample(people, 6, secret, 7, 1, 5)[:3]
    others = [sample(people, 3, secret, 7, 1, 6), sample(people, 3, secret, 8, 1, 5), sample(people, 3, "t" * 32, 7, 1, 5)]
    assert all(other != mine for other in others)


def test_every_person_is_drawn_about_as_often() -> None:
    drawn = [person for meeting in range(600) for person in sample(range(12), 3, "s" * 32, meeting)]
    assert all(100 <= drawn.count(person) <= 200 for person in range(12))
