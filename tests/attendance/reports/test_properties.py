"""What holds of every report, whatever is in it."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.reports.lengths import read_length
from app.attendance.reports.moments import ORDERS, read_moment
from app.attendance.reports.spans import cut, merge, seconds
from tests.attendance.reports.reading import read

DAY = datetime(2026, 5, 14, 9)
NAMES = ("Keo Dara", "Dara (Guest)", "Chan Sreymom", "ចាន់ ស្រីមុំ", "Võ Thị Thuý", "رفيق", "iPhone", "Гулнора")
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"
minute = st.integers(0, 200)
joins = st.lists(st.tuples(st.sampled_from(NAMES), minute, st.integers(0, 90)), min_size=1, max_size=14)
Join = tuple[str, int, int]


def report(rows: list[Join], *, order: str = "%m/%d/%Y %I:%M:%S %p") -> str:
    lines = [
        f"{name},,{(DAY + timedelta(minutes=start)).strftime(order)},{(DAY + timedelta(minutes=start + length)).strftime(order)},{length},Yes,No"
        for name, start, length in rows
    ]
    return "\n".join([HEAD, "Trainer,,05/14/2026 09:00:00 AM,05/14/2026 01:00:00 PM,240,No,No", *lines])


def by_name(found: dict[str, Any]) -> dict[str, Any]:
    return {each["display_name"]: (each["intervals"], each["minutes"], each["match"]) for each in found["participants"]}


@given(joins)
def test_nobody_is_there_longer_than_the_meeting_or_outside_it(rows: list[Join]) -> None:
    found = read(report(rows))
    [[start, end]] = found["meeting"]["parts"]
    most = found["meeting"]["minutes"]
    for each in found["participants"]:
        moments = [moment for span in each["intervals"] for moment in span]
        assert moments == sorted(moments) and all(start <= moment <= end for moment in moments)
        assert each["minutes"] <= most
    assert all(each["minutes"] <= most for each in found["people"])


@given(joins, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[Join], pick: random.Random) -> None:
    other = list(rows)
    pick.shuffle(other)
    one, two = read(report(rows)), read(report(other))
    assert by_name(one) == by_name(two) and one["counts"] == two["counts"]
    assert [(each["employee_number"], each["minutes"]) for each in one["people"]] == [(each["employee_number"], each["minutes"]) for each in two["people"]]


@given(joins, st.integers(0, 13), st.integers(1, 60))
def test_cutting_a_connection_in_two_adds_no_time(rows: list[Join], which: int, after: int) -> None:
    name, start, length = rows[which % len(rows)]
    after = min(after, length)
    parted = [*rows, (name, start, after), (name, start + after, length - after)]
    assert by_name(read(report(rows))) == by_name(read(report(parted)))


@given(joins)
def test_people_never_count_more_than_their_participants(rows: list[Join]) -> None:
    found = read(report(rows))
    total = {each["display_name"]: each["minutes"] for each in found["participants"]}
    for person in found["people"]:
        assert max(total[name] for name in person["seen_as"]) <= person["minutes"] <= sum(total[name] + 1 for name in person["seen_as"])
    assert sum(found["counts"].values()) == len(found["participants"])


@given(joins, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([",", ";", "\t"]))
def test_encoding_line_end_and_separator_change_nothing(rows: list[Join], encoding: str, newline: str, separator: str) -> None:
    text = report(rows)
    other = text.replace(",", separator).replace("\n", newline).encode(encoding)
    assert by_name(read(text)) == by_name(read(other))


@given(joins, st.sampled_from(["%d/%m/%Y %H:%M:%S", "%d.%m.%y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d %b %Y %I:%M:%S %p", "%I:%M:%S\u202f%p %d/%m/%Y"]))
def test_the_way_dates_are_written_changes_nothing(rows: list[Join], order: str) -> None:
    text = report(rows, order=order)
    for known, moment in (("05/14/2026 09:00:00 AM", DAY), ("05/14/2026 01:00:00 PM", DAY + timedelta(hours=4))):
        text = text.replace(known, moment.strftime(order))
    assert by_name(read(report(rows))) == by_name(read(text))


spans = st.lists(st.tuples(minute, minute).map(lambda two: (DAY + timedelta(minutes=min(two)), DAY + timedelta(minutes=max(two)))), max_size=12)


@given(spans, spans)
def test_spans(one: list[Any], other: list[Any]) -> None:
    merged = merge(one)
    assert merge(merged) == merged == merge(reversed(one))
    assert all(first[1] < second[0] for first, second in pairwise(merged))
    assert seconds(cut(one, other)) <= min(seconds(merged), seconds(merge(other))) and cut(one, other) == cut(other, one)
    inside = {at for at in range(201) if any(start <= DAY + timedelta(minutes=at) < end for start, end in one)}
    assert seconds(merged) == 60 * len(inside)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)), st.sampled_from(ORDERS), st.booleans(), st.sampled_from("/.-"))
def test_every_moment_is_read_back(moment: datetime, order: str, short: bool, mark: str) -> None:
    moment = moment.replace(microsecond=0)
    parts = {"d": str(moment.day), "m": str(moment.month), "y": moment.strftime("%y" if short else "%Y")}
    for clock in (moment.strftime("%H:%M:%S"), moment.strftime("%I:%M:%S\u202f%p"), moment.strftime("%I:%M:%S %p").lower()):
        read_back = read_moment(f"{mark.join(parts[each] for each in order)}, {clock}")
        assert read_back and read_back.at(order) == moment


@given(st.text(max_size=80))
def test_any_text_as_a_moment_or_a_length(text: str) -> None:
    found = read_moment(text)
    assert found is None or all(found.at(order) is None or isinstance(found.at(order), datetime) for order in ORDERS)
    assert read_length(text) is None or read_length(text) >= 0


@pytest.mark.parametrize(("text", "length"), [
    ("1h 13m 42s", 4422), ("59m 29s", 3569), ("19m 26s", 1166), ("59 Min. 0 Sek.", 3540), ("1 Std. 5 Min.", 3900), ("2 godz. 5 min 3 sek.", 7503), ("1 hr 2 min", 3720),
    ("1 hr", 3600), ("45 min", 2700), ("189", 189 * 60), ("03:14:17", 11657), ("1:05", 3900), ("1 h 22 min 30 s", 4950), ("1h22m30s", 4950), ("1 uur 5 min.", 3900), ("1 ч 22 мин 30 с", 4950),
    ("1 giờ 22 phút", 4920), ("1 ម៉ោង 22 នាទី", 4920), ("১ ঘন্টা ২২ মিনিট", 4920), ("١ س ٢٢ د ٣٠ ث", 4950), ("1 jam 22 menit 30 detik", 4950), ("1 sa 22 dk", 4920), ("1小时22分", 4920),
    ("1 aa 2 bb 3 cc", 3723), ("1 aa", None), ("", None), ("-", None), ("--", None), ("soon", None), ("1 h 2 h", None), (189.0, 189 * 60), (0.5, 43200), (True, None), (None, None),
    (date(2026, 5, 14), None), ("9" * 50, None),
])  # fmt: skip
def test_lengths(text: Any, length: int | None) -> None:
    assert read_length(text) == length


def test_zones() -> None:
    text = report([("Keo Dara", 0, 30)])
    for zone in ("Asia/Dhaka", "America/Port-au-Prince", "Pacific/Kiritimati", "UTC"):
        found = read(text, zone=ZoneInfo(zone))
        [[start, _]] = found["meeting"]["parts"]
        assert datetime.fromisoformat(start).replace(tzinfo=None) == DAY and datetime.fromisoformat(start).utcoffset() == datetime(2026, 5, 14, tzinfo=ZoneInfo(zone)).utcoffset()
