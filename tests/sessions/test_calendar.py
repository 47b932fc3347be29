"""Invitations as four foreign programs read them, and as a foreign calendar keeps them."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.platform.mail.address import Mailbox
from app.sessions.calendar.faults import faults
from app.sessions.calendar.invite import Invite, Method, calendar_bytes, new_uid
from app.sessions.calendar.text import InviteError
from app.sessions.calendar.zones import moment
from tests.peers.calendars import READERS, Entry, Keeper, Seen, by_ics_py

UID = new_uid("kQ3v9ZbJ0aWm2xT7uYc1Lg", "seamwise.example")
STAMP = datetime(2026, 5, 1, 3, tzinfo=UTC)
INVITE = Invite(
    uid=UID,
    sequence=0,
    stamp=STAMP,
    method=Method.REQUEST,
    title="Supervisory Skills, half-day 1; in two rooms",
    description="Bring a pen.\nWe start on time.",
    location="Golden Needle, Training Room",
    join_url="https://meet.example/a,b;c?room=1&x=%20",
    starts=datetime(2026, 5, 14, 8),
    ends=datetime(2026, 5, 14, 11, 30),
    zone="Asia/Phnom_Penh",
    organizer=Mailbox("Seamwise", "training@seamwise.example"),
    attendee=Mailbox("សុខ សុភា", "sophea@factory.example"),
    url="https://seamwise.example/sessions/7",
)


def truth(invite: Invite, title: str | None = None) -> Seen:
    starts, ends = (moment(invite.zone, wall) for wall in (invite.starts, invite.ends))
    return Seen(invite.uid, starts, ends, invite.title if title is None else title)


def changed(**values: Any) -> Invite:
    return replace(INVITE, **values)


def lines(ics: bytes) -> list[str]:
    return ics.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Any:
    return READERS[request.param]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands in New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("method", [method for method in Method if method is not Method.DECLINECOUNTER])
def test_each_reader_sees_the_same_event(reader: Any, method: Method, away: None) -> None:
    invite = changed(method=method)
    ics = calendar_bytes(invite)
    assert faults(ics) == []
    assert reader(ics) == truth(invite)


CLOCKS = [
    ("Asia/Dhaka", ["2026-03-29", "2026-10-25"]),
    (
        "Africa/Cairo",
        ["2026-04-23", "2026-04-24", "2026-10-29", "2026-10-30", "2027-04-29", "2027-04-30", "2027-10-28"],
    ),
    ("America/Port-au-Prince", ["2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01", "2027-03-13", "2027-03-14"]),
    ("Europe/Zurich", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"]),
    ("Africa/Casablanca", ["2026-02-14", "2026-03-10"]),
    ("Asia/Colombo", ["2026-06-01"]),
    ("America/Managua", ["2026-06-01"]),
    ("Asia/Amman", ["2026-03-27", "2026-10-30"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in CLOCKS for day in days])
def test_each_reader_finds_the_same_moment_on_both_sides_of_a_clock_change(reader: Any, zone: str, day: str) -> None:
    for hour in (6, 9, 22):
        starts = datetime.fromisoformat(day) + timedelta(hours=hour)
        invite = changed(zone=zone, starts=starts, ends=starts + timedelta(hours=1, minutes=30))
        ics = calendar_bytes(invite)
        assert faults(ics) == []
        assert reader(ics) == truth(invite)


def test_a_meeting_over_a_clock_change_keeps_both_ends(reader: Any) -> None:
    invite = changed(zone="Africa/Cairo", starts=datetime(2026, 4, 23, 22), ends=datetime(2026, 4, 24, 6))
    assert reader(calendar_bytes(invite)) == truth(invite)
    assert truth(invite).ends - truth(invite).starts == timedelta(hours=7)


KHMER = "ការបណ្តុះបណ្តាលអ្នកគ្រប់គ្រងរោងចក្រ" * 4
TITLES = [
    KHMER[:120],
    "প্রশিক্ষণ" * 20,
    "تدريب المشرفين، اليوم الأول; العمل\\المصنع",
    "Đào tạo giám sát, ngày 1",
    "የተቆጣጣሪዎች ሥልጠና" * 9,
    "x" * 300,
    "😀" * 60,
    "a\u200bb\u200cc\u200dd",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_in_any_script_is_whole_in_each_reader(reader: Any, title: str) -> None:
    ics = calendar_bytes(changed(title=title))
    assert all(len(line) <= 75 and line.decode() for line in ics.split(b"\r\n")[:-1])
    assert faults(ics) == []
    assert reader(ics).title == title


ATTACKS = [
    "x\r\nATTENDEE:mailto:e@x.example",
    "x\nATTENDEE:mailto:e@x.example",
    "x\rATTENDEE:mailto:e@x.example",
    "x\u2028ATTENDEE:mailto:e@x.example",
    "x\u2029ATTENDEE:mailto:e@x.example",
    "x\x85ATTENDEE:mailto:e@x.example",
    "x\x0bATTENDEE:mailto:e@x.example",
    "x\\nATTENDEE:mailto:e@x.example",
    "x\r\n ;CN=y",
    "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "semi;colon, comma\\back\\\\slash:colon\"quote'",
    "\\;\\,\\N\\n\\",
    "a\x00b\x07c\x1b[31md\x7fe\x9bf",
    "\ud800half\udfff",
    "\ufeffmark",
    "^n^'^^",
    'Bob";CN="x',
    'Bob";X-EVIL=1:mailto:e@x.example',
    "\u202eevil",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_property_and_each_reader_agrees(reader: Any, attack: str) -> None:
    plain = [line.split(":")[0].split(";")[0] for line in lines(calendar_bytes(INVITE))]
    ics = calendar_bytes(changed(title=attack, description=attack, location=attack))
    assert faults(ics) == []
    assert [line.split(":")[0].split(";")[0] for line in lines(ics)] == plain
    controls = dict.fromkeys([*range(9), *range(14, 32), *range(127, 133), *range(134, 160), *range(0xD800, 0xE000)])
    shown = " ".join(attack.translate(controls).replace("\ufeff", "").split())
    if reader is by_ics_py:
        shown = shown.replace("\\n", "\\\n").replace(
            "\\N", "\\\n"
        )  # its own fault: it unescapes from the wrong end (ics 0.7.3)
    assert reader(ics).title == shown


@pytest.mark.parametrize(
    "name", ['Bob";CN="x', "Bob;CN=x", "Bob:mailto:e@x", "a^nb", "^'", "a,b", "Nguyễn Thị Lan", "\\n"]
)
def test_no_name_becomes_a_parameter(reader: Any, name: str) -> None:
    ics = calendar_bytes(changed(attendee=Mailbox(name, "a@x.example"), organizer=Mailbox(name, "b@x.example")))
    assert faults(ics) == []
    assert reader(ics) == truth(INVITE)
    (attendee,) = [line for line in lines(ics) if line.startswith("ATTENDEE")]
    parts = attendee.replace(f'"{name}"', "CN").split('"')
    outside = ";".join(parts[::2])
    assert outside.count("CN=") == 1 and attendee.endswith(":mailto:a@x.example")
    assert "^" not in attendee


@pytest.mark.parametrize(
    "values",
    [
        {"uid": "short@x.example"},
        {"uid": UID + "\r\nX:y"},
        {"sequence": -1},
        {"sequence": 2**31},
        {"title": " \r\n\u2028\x00"},
        {"stamp": datetime(2026, 5, 1)},
        {"starts": datetime(2026, 5, 14, 8, tzinfo=UTC)},
        {"ends": datetime(2026, 5, 14, 8)},
        {"ends": datetime(2026, 5, 14, 7)},
        {"zone": "../etc/passwd"},
        {"zone": "Asia/Nowhere"},
        {"zone": ""},
        {"zone": "SE Asia Standard Time"},
        {"join_url": "http://meet.example/a"},
        {"join_url": "javascript:alert(1)"},
        {"join_url": "https://meet.example/a b"},
        {"join_url": "https://meet.example/\r\nX:y"},
        {"join_url": "https://user:secret@meet.example/"},
        {"join_url": "https://"},
        {"join_url": "https://[::1/"},
        {"url": "/sessions/7"},
    ],
)
def test_values_that_readers_would_take_differently_make_no_invite(values: dict[str, Any]) -> None:
    with pytest.raises(InviteError):
        changed(**values)


def test_the_link_is_in_the_file_in_three_ways() -> None:
    url = "https://meet.example/a,b;c?room=1&x=%20"
    told = lines(calendar_bytes(changed(location="")))
    escaped = url.replace(",", "\\,").replace(";", "\\;")
    assert f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:{url}" in told
    assert f"LOCATION:{escaped}" in told
    assert f"DESCRIPTION:Bring a pen.\\nWe start on time.\\n\\n{escaped}" in told
    assert not any("meet.example" in line for line in lines(calendar_bytes(changed(join_url=None))))


def test_only_the_recipient_is_named_and_asked() -> None:
    asked = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    told = lines(calendar_bytes(changed(attendee=Mailbox("Sok", "sok%x=y@factory.example"))))
    assert [line for line in told if line.startswith(("ATTENDEE", "ORGANIZER"))] == [
        "ORGANIZER;CN=Seamwise:mailto:training@seamwise.example",
        f"ATTENDEE;CN=Sok;{asked}:mailto:sok%25x%3Dy@factory.example",
    ]


@pytest.mark.slow
def test_a_calendar_follows_two_moves_a_new_link_and_the_cancellation(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "khal")
    other = changed(uid=new_uid("A" * 22, "seamwise.example"), title="Another meeting")
    week = {"starts": datetime(2026, 5, 21, 8), "ends": datetime(2026, 5, 21, 12)}
    autumn = {"starts": datetime(2026, 11, 5, 9), "ends": datetime(2026, 11, 5, 12), "zone": "Africa/Cairo"}
    story = [
        ({}, "2026-05-14 01:00", "2026-05-14 04:30"),
        (week, "2026-05-21 01:00", "2026-05-21 05:00"),
        (week | {"join_url": "https://meet.example/new"}, "2026-05-21 01:00", "2026-05-21 05:00"),
        (autumn, "2026-11-05 07:00", "2026-11-05 10:00"),
        (autumn | {"method": Method.CANCEL}, "2026-11-05 07:00", "2026-11-05 10:00"),
    ]
    keeper.receive(calendar_bytes(other))
    keeper.receive(calendar_bytes(other))  # the same mail twice changes nothing
    for sequence, (values, starts, ends) in enumerate(story):
        ics = calendar_bytes(changed(sequence=sequence, stamp=STAMP + timedelta(minutes=sequence), **values))
        assert faults(ics) == []
        keeper.receive(ics)
        assert sorted(keeper.entries(), key=lambda entry: entry.title) == [
            Entry(other.uid, "2026-05-14 01:00", "2026-05-14 04:30", other.title, "CONFIRMED"),
            Entry(UID, starts, ends, INVITE.title, "CANCELLED" if "method" in values else "CONFIRMED"),
        ]
