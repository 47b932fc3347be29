"""Codes that hands can type, numbers, states, file names."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import rules
from app.certificates.rules import Standing, State

numbers = st.integers(0, 2**128 - 1)


@given(numbers, numbers)
def test_every_number_has_its_own_code(one: int, other: int) -> None:
    assert len(rules.code_of(one)) == rules.LENGTH
    assert (rules.code_of(one) == rules.code_of(other)) is (one == other)


@given(numbers)
def test_a_code_survives_being_read_out_and_typed(number: int) -> None:
    code = rules.code_of(number)
    assert rules.normal_code(rules.grouped(code)) == code
    assert rules.normal_code(f" {rules.grouped(code).lower()} ".replace("-", " - ")) == code
    assert rules.normal_code(code.replace("0", "o").replace("1", "l")) == code


def test_known_codes() -> None:
    assert rules.code_of(0) == "0" * 26
    assert rules.code_of(2**128 - 1) == "7" + "Z" * 25
    assert rules.grouped("7" + "Z" * 25) == "7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ"


UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE, AFTER = UNTIL - timedelta(seconds=1), UNTIL + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("standing", "at", "state"),
    [
        (Standing(), AFTER, State.VALID),
        (Standing(valid_until=UNTIL), BEFORE, State.VALID),
        (Standing(valid_until=UNTIL), UNTIL, State.EXPIRED),
        (Standing(valid_until=UNTIL, suspended_at=BEFORE), BEFORE, State.SUSPENDED),
        (Standing(valid_until=UNTIL, suspended_at=BEFORE), UNTIL, State.SUSPENDED),
        (Standing(valid_until=UNTIL, suspended_at=BEFORE, replaced_at=BEFORE), UNTIL, State.REPLACED),
        (Standing(UNTIL, BEFORE, BEFORE, BEFORE), BEFORE, State.REVOKED),
    ],
)
def test_states(standing: Standing, at: datetime, state: State) -> None:
    assert rules.state(standing, at) is state


def test_file_names_are_readable_and_harmless() -> None:
    assert rules.file_name("KH-2026-000123", "Sok Dara") == "KH-2026-000123 - Sok Dara.pdf"
    assert rules.file_name("KH-2026-000123", "../..\\ a:b\0\n*") == "KH-2026-000123 - a b.pdf"
    assert rules.file_name("KH-2026-000123", " .. ") == "KH-2026-000123.pdf"
    assert len(rules.file_name("KH-2026-000123", "x" * 500)) < 110


@given(numbers, st.integers(0, rules.LENGTH), st.integers(1, 31))
def test_one_wrong_sign_is_always_noticed(number: int, place: int, step: int) -> None:
    full = rules.code_of(number) + rules.check_sign(rules.code_of(number))
    assert rules.typed(rules.printed(rules.code_of(number))) == rules.Typed(rules.code_of(number), False)
    wrong = rules.ALPHABET[(rules.ALPHABET.index(full[place]) + step) % 32]
    assert rules.typed(full[:place] + wrong + full[place + 1 :]).is_mistyped


@given(numbers, st.integers(0, rules.LENGTH - 1))
def test_two_neighbours_in_the_wrong_order_are_noticed(number: int, place: int) -> None:
    """All but one pair of signs, as the standard says."""
    full = rules.code_of(number) + rules.check_sign(rules.code_of(number))
    pair = full[place : place + 2]
    turned = full[:place] + pair[::-1] + full[place + 2 :]
    assert turned == full or rules.typed(turned).is_mistyped or set(pair) == {"0", "Z"}


@pytest.mark.parametrize("text", ["", "0" * 25, "0" * 28, "U" * 26, "é" * 26, "0" * 4000, "\x00" * 26])
def test_what_cannot_be_a_code_is_mistyped(text: str) -> None:
    assert rules.typed(text).is_mistyped


def test_codes_of_older_paper_have_no_check_sign() -> None:
    code = rules.code_of(2**127 + 5)
    assert rules.typed(rules.grouped(code)) == rules.Typed(code, False)
    assert rules.printed(code).startswith(rules.grouped(code))
    assert rules.verify_address("https://a.example", code) == f"https://a.example/verify/{rules.printed(code)}"
