"""What checking in goes by."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from app.attendance.checkin import rules
from app.attendance.checkin.rules import LIVES, Age, Place, PlaceKind
from app.attendance.checkin.rules.arrivals import Opening, opening
from app.attendance.checkin.rules.codes import is_short
from app.attendance.rules import Mark

KEY, OTHER = "k" * 40, "o" * 40
SHOWN = datetime(2026, 5, 4, 8, 0, 0, tzinfo=UTC)  # the first moment of a half minute
PLACE = Place(PlaceKind.SCREEN, 7, 9, rules.slot_at(SHOWN))


class HalfDay:
    def __init__(self, starts_at: datetime, hours: float = 4) -> None:
        self.starts_at, self.ends_at = starts_at, starts_at + timedelta(hours=hours)


def test_a_device_without_network_knows_no_more_of_a_card_than_ten_digits() -> None:
    known = rules.card_hash("abcdefghijklmnopqrstuvwxyz234567")
    assert known == hashlib.sha256(b"abcdefghijklmnopqrstuvwxyz234567").hexdigest()[:10]
    assert known != rules.card_hash("abcdefghijklmnopqrstuvwxyz234566")


@pytest.mark.parametrize(
    ("read", "token"),
    [
        ("https://seamwise.example/card/abcdefghijklmnopqrstuvwxyz234567", "abcdefghijklmnopqrstuvwxyz234567"),
        (" ABCDEFGHIJKLMNOPQRSTUVWXYZ234567/ ", "abcdefghijklmnopqrstuvwxyz234567"),
        ("00417", None), ("", None), ("abcdefghijklmnopqrstuvwxyz23456", None), ("abcdefghijklmnopqrstuvwxyz234561", None),
    ],
)
def test_a_card_is_told_from_a_number(read: str, token: str | None) -> None:
    assert rules.token_in(read) == token


def test_a_code_lives_for_a_minute_in_all_and_never_before_it_is_shown() -> None:
    assert timedelta(seconds=60) >= LIVES
    ages = {seconds: rules.age(PLACE, SHOWN + timedelta(seconds=seconds)) for seconds in (-60, -30, -1, 0, 29, 30, 59, 60, 61, 3600)}
    assert [seconds for seconds, age in ages.items() if age is Age.FRESH] == [0, 29, 30, 59]
    assert rules.age(Place(PlaceKind.SITE, 9), SHOWN + timedelta(days=300)) is Age.FRESH


def test_a_code_is_read_with_its_key_or_a_former_one_and_with_no_other() -> None:
    code = rules.seal(PLACE, KEY)
    assert rules.read(code, [KEY]) == rules.read(code, [OTHER, KEY]) == rules.read(code.upper(), [KEY]) == PLACE
    assert rules.read(code, [OTHER]) is None
    assert rules.seal(PLACE, KEY) == code, "every process shows the same"


def test_codes_have_nothing_in_common_and_every_altered_one_is_refused() -> None:
    code = rules.seal(PLACE, KEY)
    following = rules.seal(Place(PLACE.kind, PLACE.thing_id, PLACE.site_id, PLACE.slot + 1), KEY)
    assert sum(one == other for one, other in zip(code, following, strict=True)) < len(code) / 3
    assert len(code) == 37
    for at in range(len(code)):
        altered = code[:at] + ("a" if code[at] != "a" else "b") + code[at + 1 :]
        assert rules.read(altered, [KEY]) is None
    for wrong in ("", "x", code[:-1], code + "a", code + "=", "é" * 37, "1" * 37, code[:20]):
        assert rules.read(wrong, [KEY]) is None


def test_the_short_code_is_typed_with_signs_that_nobody_mistakes() -> None:
    typed = rules.short(PLACE, KEY)
    assert is_short(typed) and is_short(f" {typed[:4].lower()} {typed[4:].lower()} ")
    assert not is_short(typed[:7]) and not is_short("OOOOOOOO")
    assert typed != rules.short(PLACE, OTHER) != rules.short(Place(PlaceKind.SCREEN, 7, 9, PLACE.slot + 1), OTHER)


def test_people_check_in_around_the_half_day_only() -> None:
    day = HalfDay(SHOWN)
    at = {hours: opening(day, SHOWN + timedelta(hours=hours)) for hours in (-2.1, -2, 0, 4, 5, 5.1)}
    assert list(at.values()) == [Opening.EARLY, Opening.OPEN, Opening.OPEN, Opening.OPEN, Opening.OPEN, Opening.OVER]


def test_a_room_is_that_of_the_half_day_that_runs_then_of_the_next_then_of_the_last() -> None:
    morning, noon = HalfDay(SHOWN), HalfDay(SHOWN + timedelta(hours=5))
    both = [morning, noon]
    assert rules.nearest(both, SHOWN + timedelta(hours=3.5)) is morning
    assert rules.nearest(both, SHOWN + timedelta(hours=4.5)) is noon
    assert rules.nearest([morning], SHOWN + timedelta(hours=4.5)) is morning
    assert rules.nearest(both, SHOWN + timedelta(hours=11)) is None


def test_late_by_the_moment_of_the_scan() -> None:
    day, late = HalfDay(SHOWN), timedelta(minutes=15)
    marks = [rules.mark_at(day, SHOWN + timedelta(minutes=minutes), late) for minutes in (-30, 0, 15, 16, 200, 250)]
    assert marks == [Mark.PRESENT, Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.LATE, Mark.PRESENT]
