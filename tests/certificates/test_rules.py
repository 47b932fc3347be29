"""Codes that hands can type, numbers, states, file names."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import rules
from app.certificates.rules import State

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


@pytest.mark.parametrize(
    ("revoked", "seconds", "state"),
    [(False, -1, State.VALID), (False, 0, State.EXPIRED), (False, 1, State.EXPIRED), (True, -1, State.REVOKED)],
)
def test_states(revoked: bool, seconds: int, state: State) -> None:
    until = datetime(2026, 1, 1, tzinfo=UTC)
    at = datetime.fromtimestamp(until.timestamp() + seconds, UTC)
    assert rules.state(at if revoked else None, until, at) is state
    assert rules.state(None, None, at) is State.VALID


def test_file_names_are_readable_and_harmless() -> None:
    assert rules.file_name("KH-2026-000123", "Sok Dara") == "KH-2026-000123 - Sok Dara.pdf"
    assert rules.file_name("KH-2026-000123", "../..\\ a:b\0\n*") == "KH-2026-000123 - a b.pdf"
    assert rules.file_name("KH-2026-000123", " .. ") == "KH-2026-000123.pdf"
    assert len(rules.file_name("KH-2026-000123", "x" * 500)) < 110
