"""Forged, huge, nested and nonsensical mails (TRAPS T31): read at once, in little memory, and never raising."""

import random
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sessions.replies.parts import MOST_BYTES, MOST_CALENDAR, MOST_LEVELS, MOST_PARTS
from app.sessions.replies.reading import read, texts
from app.sessions.replies.rules import Outcome, Reading, Reason
from tests.counts import examples
from tests.growth import assert_small
from tests.sessions.replies.letters import KNOWN, ME, calendar, mail, mixed, report

PIECES, BYTES = 200, 120 * 1024 * 1024
MEGABYTE = 1024 * 1024


def measured(raw: bytes) -> Reading:
    tracemalloc.start()
    try:
        found = assert_small(lambda: read(raw, KNOWN), PIECES)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()
    return found


def nested(levels: int, inside: str = "") -> bytes:
    """Multiparts one in the other, a calendar in the innermost."""
    body = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(1, levels))
    body += f"--b{levels}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{inside or calendar()}"
    body += "".join(f"\r\n--b{n}--\r\n" for n in range(levels, 0, -1))
    return mail(body, kind='multipart/mixed; boundary="b1"')


def forwarded(levels: int) -> bytes:
    raw = mail(calendar())
    for _ in range(levels):
        raw = b"Content-Type: message/rfc822\r\n\r\n" + raw
    return b"From: " + ME.encode() + b"\r\n" + raw


def flat(parts: int) -> bytes:
    return mixed(*[("Content-Type: text/plain", "x")] * (parts - 1), ("Content-Type: text/calendar; method=REPLY", calendar()))


def test_as_many_levels_and_parts_as_are_allowed() -> None:
    assert measured(nested(MOST_LEVELS)).outcome is Outcome.ACCEPTED
    assert measured(flat(MOST_PARTS)).outcome is Outcome.ACCEPTED


BOMBS: dict[str, Callable[[], bytes]] = {
    "one level too many": lambda: nested(MOST_LEVELS + 1),
    "1,000 levels": lambda: nested(1000),
    "50,000 levels": lambda: nested(50_000),
    "mails in mails": lambda: forwarded(1000),
    "one part too many": lambda: flat(MOST_PARTS + 1),
    "1,000 parts": lambda: flat(1000),
    "100,000 parts": lambda: flat(100_000),
    "a million empty parts": lambda: mail(b"--b\n\n" * 1_000_000, kind="multipart/mixed; boundary=b"),
    "more than 10 MB": lambda: mail(calendar()) + b"x" * MOST_BYTES,
    "more than 1 MB of calendar": lambda: mail(calendar(more=["X-BOMB:" + "x" * 70] * 15_000)),
    "in base64": lambda: mail(calendar(more=["X-BOMB:" + "x" * 70] * 15_000), encoding="base64"),
    "9 MB of calendar": lambda: mail(calendar(more=["DESCRIPTION:" + "x" * 9 * MEGABYTE])),
    "two halves of it": lambda: mixed(*[("Content-Type: text/calendar; method=REPLY", calendar(more=["X:" + "x" * (MOST_CALENDAR // 2)]))] * 2),
    "events": lambda: mail(calendar().replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 30_000 + "BEGIN:VEVENT", 1)),
    "alarms in alarms": lambda: mail(calendar(more=["BEGIN:VALARM"] * 20_000 + ["END:VALARM"] * 20_000)),
    "borders that are none": lambda: mail(b"\n--bx" * 1_500_000, kind="multipart/mixed; boundary=b"),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_too_complex(bomb: Callable[[], bytes]) -> None:
    found = measured(bomb())
    assert (found.reason, found.method, found.partstat, found.show_to_person) == (Reason.TOO_COMPLEX, None, None, True)


LARGE: dict[str, Callable[[], bytes]] = {
    "9 MB of photo": lambda: mixed(("Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64", b"QUJD" * 2_300_000), ("Content-Type: text/calendar; method=REPLY", calendar())),
    "X- bomb in the headings": lambda: mail(calendar(), headers=[f"X-Bomb-{n}: {'y' * 60}" for n in range(100_000)]),
    "one heading of 9 MB": lambda: mail(calendar(), headers=["X-Bomb: " + "y" * 9 * MEGABYTE]),
    "one folded heading of 9 MB": lambda: mail(calendar(), headers=["References: " + "<a@b>\r\n " * MEGABYTE]),
    "X- bomb in the calendar": lambda: mail(calendar(more=[f"X-{n}:y" for n in range(90_000)])),
    "one X- line of nearly 1 MB": lambda: mail(calendar(more=["X-A;X-B=" + '"' * (MEGABYTE - 2000) + ":c"])),
    "long parameters of a part": lambda: mail(calendar(), kind="text/calendar; method=REPLY; " + "a=b;" * 1_000_000),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_large_and_strange_is_read_at_once(make: Callable[[], bytes]) -> None:
    measured(make())


@pytest.mark.parametrize("make", [LARGE["9 MB of photo"], LARGE["X- bomb in the headings"], LARGE["X- bomb in the calendar"]])
def test_what_is_only_large_is_an_answer(make: Callable[[], bytes]) -> None:
    assert measured(make()).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("seconds", ["20260514T010000", "99999", "-1", "20260514T25000Z", "٢٠٢٦٠٥١٤T010000Z"])
def test_numbers_that_are_none(seconds: str) -> None:
    text = calendar(method="COUNTER", partstat="TENTATIVE", stamp=seconds, starts=f"DTSTART:{seconds}", ends=f"DTEND:{seconds}")
    assert measured(mail(text)).proposal is None


WORDS = [b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"METHOD:REPLY\r\n", b"UID:", KNOWN.uid.encode(), b"\r\n", b"\n", b"\r", b" ", b"\t", b";", b":", b'"', b"=", b"\\", b"--inv_1", b"--", b"\r\n\r\n", b"ATTENDEE;PARTSTAT=", b"mailto:", ME.encode(), b"\xff\xfe", b"\x00", "ធ".encode(), b"Content-Type: ", b"multipart/mixed; boundary=inv_1", b"message/rfc822", b"text/calendar; charset=", b"utf-7", b"utf-16", b"idna", b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?", b"=?hex?q?", b"?=", b"name*0*=", b"name*=x'y'%ff", b"From: ", b"Date: ", b"Sun, 99 Foo 99999 99:99:99 +9999", b"Return-Path: <>\r\n", b"DTSTAMP:", b"99999", b"DTSTART;TZID=../../etc/passwd:20260101T000000", b"SEQUENCE:", b"-" * 50, b"9" * 400]  # fmt: skip
SEEDS = [mail(calendar()), mixed(("Content-Type: text/calendar; method=REPLY\r\nContent-Transfer-Encoding: base64", "QkVHSU4="), ("Content-Type: text/plain", "x")), report(), nested(3)]


@settings(max_examples=examples(400))
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.binary(max_size=20)), max_size=60).map(b"".join))
def test_any_bytes(raw: bytes) -> None:
    assert_small(lambda: (read(raw, KNOWN), texts(raw)), PIECES)


@settings(max_examples=examples(400))
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 30), st.one_of(st.sampled_from(WORDS), st.binary(max_size=8))), min_size=1, max_size=8))
def test_any_damage_to_a_mail(raw: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    for at, length, new in damages:
        place = at % len(raw)
        raw = raw[:place] + new + raw[place + length:]
    assert_small(lambda: (read(raw, KNOWN), texts(raw)), PIECES)


@settings(max_examples=examples(100))
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_in_an_answer_is_said_without_controls(comment: str, name: str) -> None:
    clean = comment.replace("\r", " ").replace("\n", " ").encode("utf-8", "replace").decode()
    found = assert_small(lambda: read(mail(calendar(more=[f"COMMENT:{clean}", f"X-NAME:{name!a}"])), KNOWN), PIECES)
    assert not {c for c in found.comment or "" if c < " " and c != "\n"}


def test_large_noise() -> None:
    noise = random.Random(1)
    for seed in SEEDS:
        raw = bytearray(seed + noise.randbytes(MEGABYTE))
        for _ in range(200):
            raw[noise.randrange(len(raw))] = noise.randrange(256)
        measured(bytes(raw))
