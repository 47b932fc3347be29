"""The zone rules that we write, judged by the tz database and by a foreign reader of VTIMEZONE."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sessions.calendar.faults import faults
from app.sessions.calendar.invite import calendar_bytes
from app.sessions.calendar.zones import moment, names, observances, tells_truth, zone
from tests.counts import examples
from tests.peers.calendars import by_vobject
from tests.sessions.test_calendar import changed, lines, truth


def test_a_fixed_zone_is_one_block_from_1970() -> None:
    told = lines(calendar_bytes(changed(zone="Asia/Dhaka")))
    assert told[told.index("BEGIN:VTIMEZONE") : told.index("END:VTIMEZONE")] == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Dhaka",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0600",
        "TZOFFSETTO:+0600",
        "TZNAME:+06",
        "END:STANDARD",
    ]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Africa/Cairo", {"RRULE:FREQ=YEARLY;BYDAY=-1FR;BYMONTH=4", "RRULE:FREQ=YEARLY;BYDAY=-1TH;BYMONTH=10"}),
        ("America/Port-au-Prince", {"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"}),
    ],
)
def test_a_zone_with_clock_changes_has_two_rules_from_1970_and_no_list_of_dates(name: str, rules: set[str]) -> None:
    told = lines(calendar_bytes(changed(zone=name)))
    assert {line for line in told if line.startswith("RRULE")} == rules
    assert not any(line.startswith("RDATE") for line in told)
    assert sum(line.startswith("DTSTART:1970") for line in told) == 2


@pytest.mark.parametrize(
    ("values", "starts"),
    [
        ({"zone": "UTC"}, "DTSTART:20260514T080000Z"),
        ({"zone": "Asia/Jerusalem"}, "DTSTART:20260514T050000Z"),  # no RRULE for "the Friday before the last Sunday"
        ({"zone": "Africa/Casablanca"}, "DTSTART:20260514T070000Z"),  # changes follow Ramadan, which no rule knows
        ({"zone": "Africa/Cairo", "starts": datetime(2026, 4, 24, 0, 30)}, "DTSTART:20260423T223000Z"),  # skipped
        ({"zone": "Africa/Cairo", "starts": datetime(2026, 4, 24, 1)}, "DTSTART;TZID=Africa/Cairo:20260424T010000"),
        (
            {"zone": "America/Port-au-Prince", "starts": datetime(2026, 11, 1, 1, 30)},
            "DTSTART:20261101T053000Z",
        ),  # twice
        ({"zone": "Asia/Amman", "starts": datetime(2021, 1, 14, 8)}, "DTSTART:20210114T060000Z"),  # other rules then
    ],
)
def test_times_are_utc_where_a_rule_would_mislead(values: dict[str, Any], starts: str) -> None:
    begins = values.get("starts", datetime(2026, 5, 14, 8))
    invite = changed(**values, ends=begins + timedelta(hours=3))
    told = lines(calendar_bytes(invite))
    assert starts in told
    assert ("BEGIN:VTIMEZONE" in told) == ("TZID" in starts)
    assert faults(calendar_bytes(invite)) == []


def test_the_countries_of_the_garment_trade_keep_their_wall_time() -> None:
    for name in ("Asia/Phnom_Penh", "Asia/Ho_Chi_Minh", "Asia/Dhaka", "Asia/Karachi", "Asia/Amman", "Africa/Cairo",
                 "Africa/Addis_Ababa", "Indian/Antananarivo", "America/Port-au-Prince", "America/Managua",
                 "Asia/Colombo", "Asia/Jakarta", "Asia/Tashkent", "Asia/Kathmandu", "Asia/Yangon"):  # fmt: skip
        for month in range(1, 13):
            assert tells_truth(name, datetime(2027, month, 15, 9)), name


def _rules() -> list[str]:
    """One zone for each different rule of the tz database."""
    return sorted({observances(name): name for name in sorted(names()) if observances(name)}.values())


@pytest.mark.parametrize("name", _rules())
def test_a_foreign_reader_of_the_rule_agrees_with_the_tz_database(name: str) -> None:
    now = datetime(2027, 6, 1, 9)
    told = lines(calendar_bytes(changed(zone=name, starts=now, ends=now + timedelta(hours=1))))
    if "BEGIN:VTIMEZONE" not in told:
        assert not tells_truth(name, now) or name in {"Etc/UTC", "UTC"}
        return
    rule = "\r\n".join(told[told.index("BEGIN:VTIMEZONE") : told.index("END:VTIMEZONE") + 1])
    theirs, ours = tzical(io.StringIO(rule)).get(), ZoneInfo(name)
    for day in range(0, 365, 9):
        wall = datetime(2027, 1, 1, 9, 30) + timedelta(days=day)
        if tells_truth(name, wall):
            assert wall.replace(tzinfo=theirs).utcoffset() == wall.replace(tzinfo=ours).utcoffset()


@settings(max_examples=examples(60), deadline=None)
@given(
    name=st.sampled_from(sorted(names())),
    starts=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2060, 1, 1)),
    minutes=st.integers(min_value=1, max_value=600),
)
def test_any_zone_and_time_reads_back_as_the_same_moment(name: str, starts: datetime, minutes: int) -> None:
    starts = starts.replace(microsecond=0, fold=0)
    begins = moment(name, starts)
    ends = (begins + timedelta(minutes=minutes)).astimezone(zone(name)).replace(tzinfo=None, fold=0)
    if moment(name, ends) <= begins:
        return  # the end falls into a repeated hour; such a meeting is refused
    invite = changed(zone=name, starts=starts, ends=ends)
    ics = calendar_bytes(invite)
    assert faults(ics) == []
    seen = by_vobject(ics)
    assert (seen.starts, seen.ends) == (truth(invite).starts, truth(invite).ends)


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "/etc/localtime", "", "Asia/Nowhere", "asia/dhaka", "Asia/Dhaka\r\nX:y"]
)
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone(name)


def test_a_moment_is_told_in_utc() -> None:
    assert moment("Asia/Dhaka", datetime(2026, 3, 29, 9)) == datetime(2026, 3, 29, 3, tzinfo=UTC)
