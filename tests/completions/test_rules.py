"""When a course is complete, and for how long."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.completions import rules
from app.courses.rules import ValidFrom
from app.coverage.rules import last_day

shares = st.decimals(0, 1, places=6)
NEEDS = (rules.Need(1, "meetings", Decimal("0.8")), rules.Need(2, "post-test", Decimal("0.6")))


@given(shares, shares)
def test_complete_means_every_need_is_reached(attended: Decimal, score: Decimal) -> None:
    expected = attended >= Decimal("0.8") and score >= Decimal("0.6")
    assert rules.is_complete(NEEDS, {1: attended, 2: score}) is expected


@given(shares, shares, shares)
def test_more_never_undoes_a_completion(attended: Decimal, score: Decimal, more: Decimal) -> None:
    if rules.is_complete(NEEDS, {1: attended, 2: score}):
        assert rules.is_complete(NEEDS, {1: max(attended, more), 2: score})


def test_nothing_asked_or_nothing_reached_is_not_complete() -> None:
    assert not rules.is_complete((), {1: Decimal(1)})
    assert not rules.is_complete(NEEDS, {1: Decimal(1)})


# How long it holds

ZONES = st.sampled_from(
    ["Asia/Phnom_Penh", "Asia/Dhaka", "Asia/Karachi", "Africa/Addis_Ababa", "Africa/Cairo", "America/Port-au-Prince",
     "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu", "UTC"]
)  # fmt: skip
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
FIXED = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(lambda day: f"{day:%m-%d}")
VALIDITIES = st.one_of(
    st.builds(rules.Validity, st.integers(1, 120), st.sampled_from([ValidFrom.COMPLETION, ValidFrom.EXPIRY])),
    st.builds(rules.Validity, st.integers(1, 120), st.just(ValidFrom.FIXED_DAY), FIXED),
)


def _last_day(until: datetime | None, zone: str) -> date:
    assert until is not None
    return last_day(until, zone)


@pytest.mark.parametrize(
    ("completed", "months", "zone", "last"),
    [
        ("2026-11-20T09:00", 24, "Asia/Phnom_Penh", "2028-11-19"),
        ("2026-11-20T18:00", 24, "Asia/Phnom_Penh", "2028-11-20"),  # already the next day there
        ("2024-02-29T09:00", 12, "Asia/Dhaka", "2025-02-27"),
        ("2024-02-29T09:00", 48, "Asia/Dhaka", "2028-02-28"),
        ("2026-12-31T09:00", 2, "Asia/Dhaka", "2027-02-27"),
        ("2025-04-24T09:00", 12, "Africa/Cairo", "2026-04-23"),  # the day after has no midnight there
        ("2026-03-14T17:00", 12, "America/Port-au-Prince", "2027-03-13"),
    ],
)
def test_from_completion_in_whole_days_of_the_programme(completed: str, months: int, zone: str, last: str) -> None:
    until = rules.valid_until(rules.Validity(months), datetime.fromisoformat(f"{completed}Z"), None, zone)
    assert _last_day(until, zone) == date.fromisoformat(last)


def test_from_the_old_end_no_day_is_lost() -> None:
    old = datetime(2027, 11, 19, 17, tzinfo=UTC)
    for counts_from, last in ((ValidFrom.EXPIRY, date(2028, 11, 19)), (ValidFrom.COMPLETION, date(2028, 9, 30))):
        rule = rules.Validity(12, counts_from)
        in_time = rules.valid_until(rule, datetime(2027, 10, 1, 3, tzinfo=UTC), old, "Asia/Phnom_Penh")
        assert _last_day(in_time, "Asia/Phnom_Penh") == last
        too_late = rules.valid_until(rule, old, old, "Asia/Phnom_Penh")
        assert _last_day(too_late, "Asia/Phnom_Penh") == date(2028, 11, 19)


def test_up_to_a_fixed_day() -> None:
    rule, zone = rules.Validity(15, ValidFrom.FIXED_DAY, "12-31"), "Asia/Dhaka"
    first = rules.valid_until(rule, datetime(2026, 11, 20, 9, tzinfo=UTC), None, zone)
    assert _last_day(first, zone) == date(2027, 12, 31)
    second = rules.valid_until(rule, datetime(2027, 11, 20, 9, tzinfo=UTC), first, zone)
    assert _last_day(second, zone) == date(2028, 12, 31)
    short = rules.Validity(6, ValidFrom.FIXED_DAY, "12-31")
    assert _last_day(rules.valid_until(short, datetime(2026, 2, 1, 9, tzinfo=UTC), None, zone), zone) == date(2026, 7, 31)


@given(VALIDITIES, MOMENTS, ZONES)
def test_it_ends_as_a_day_begins_and_never_later_than_the_months(
    rule: rules.Validity, completed_at: datetime, zone: str
) -> None:
    until = rules.valid_until(rule, completed_at, None, zone)
    assert until is not None
    assert until > completed_at
    ends = until.astimezone(ZoneInfo(zone))
    before = (until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
    assert before.date() < ends.date(), "the moment before is another day"
    assert rule.months is not None
    day = completed_at.astimezone(ZoneInfo(zone)).date()
    assert ends.date() <= rules.months_later(day, rule.months)
    if rule.fixed_day is None:
        assert ends.date() == rules.months_later(day, rule.months)
        assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == rule.months


@given(VALIDITIES, MOMENTS, ZONES, st.integers(1, 365), st.floats(0, 1))
def test_renewed_in_time_it_ends_later_and_no_day_is_lost(
    rule: rules.Validity, completed_at: datetime, zone: str, days: int, share: float
) -> None:
    old = rules.valid_until(rule, completed_at, None, zone)
    assert old is not None
    opens = rules.window(completed_at, old, days)
    again = opens + (old - opens) * share
    assert completed_at < opens <= again <= old
    assert rules.opens_new_period(completed_at, old, days, again)
    assert not rules.opens_new_period(completed_at, old, days, opens - timedelta(microseconds=1))
    new = rules.valid_until(rule, again, old, zone)
    assert new is not None
    assert new > old
    if rule.counts_from is ValidFrom.EXPIRY and again < old:
        assert rule.months is not None
        assert last_day(new, zone) + timedelta(days=1) == rules.months_later(last_day(old, zone) + timedelta(days=1), rule.months)


def test_what_never_ends_is_never_renewed() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.valid_until(rules.Validity(None), at, None, "UTC") is None
    assert not rules.opens_new_period(at, None, 90, at + timedelta(days=9999))
