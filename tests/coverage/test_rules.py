"""Days, shares and sums of figures."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.coverage import rules

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(moments, st.sampled_from(["Asia/Phnom_Penh", "Africa/Addis_Ababa", "America/Port-au-Prince"]))
def test_the_printed_day_never_promises_more_than_holds(until: datetime, zone: str) -> None:
    end_of_printed_day = rules.instant(zone, rules.last_day(until, zone), until).moment
    assert end_of_printed_day < until
    assert until - end_of_printed_day <= timedelta(days=1)


def test_a_past_day_ends_at_midnight_in_the_zone_of_the_programme() -> None:
    instant = rules.instant("Asia/Phnom_Penh", date(2026, 3, 31), datetime(2026, 11, 1, tzinfo=UTC))
    assert instant.day == date(2026, 3, 31)
    assert instant.moment == datetime(2026, 3, 31, 16, 59, 59, 999999, tzinfo=UTC)


def test_today_is_the_day_of_the_programme() -> None:
    late = datetime(2026, 3, 31, 20, tzinfo=UTC)
    assert rules.instant("Asia/Phnom_Penh", None, late) == rules.Instant(date(2026, 4, 1), late)


def test_nobody_active_has_no_share() -> None:
    assert rules.total([]).share is None
    assert rules.Figure(None, active=4, covered=1).share == 0.25
