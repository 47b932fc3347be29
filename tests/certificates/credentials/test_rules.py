"""Keys, lists and addresses as others read them."""

import gzip
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openvc.multibase import decode_multibase
from openvc.status.bitstring import decode_bitstring, get_status_bit

from app.certificates.credentials import rules
from app.certificates.credentials.rules import ENTRIES, Purpose
from app.certificates.rules import State


@given(st.binary(min_size=32, max_size=32))
def test_a_multikey_is_read_back_by_others(public: bytes) -> None:
    written = rules.multikey(public)
    assert written.startswith("z6Mk")
    assert decode_multibase(written) == b"\xed\x01" + public


@given(st.binary(max_size=40))
def test_base_58_is_what_others_read(data: bytes) -> None:
    assert decode_multibase("z" + rules.base58(b"\1" + data)) == b"\1" + data


def test_leading_zeros_stay() -> None:
    assert rules.base58(b"\0\0\1") == "112"


def test_only_keys_of_their_length() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        rules.multikey(b"short")


@given(st.sets(st.integers(0, ENTRIES - 1), max_size=50))
def test_lists_are_read_back_by_others(positions: set[int]) -> None:
    encoded = rules.encoded_list(positions)
    assert encoded == rules.encoded_list(sorted(positions))
    bits = decode_bitstring(encoded)
    assert len(bits) == ENTRIES // 8
    for position in [*positions, 0, 7, 8, ENTRIES - 1]:
        assert get_status_bit(bits, position) == (position in positions)


def test_the_first_place_is_the_left_most_bit() -> None:
    encoded = rules.encoded_list([0])
    assert gzip.decompress(urlsafe_b64decode(encoded[1:] + "=="))[0] == 0x80


@given(st.integers(0, 999_999), st.sampled_from(Purpose))
def test_names_of_lists(number: int, purpose: Purpose) -> None:
    assert rules.parse_list_name(rules.list_name(number, purpose)) == (number, purpose)


@given(st.text())
def test_nothing_else_is_a_name_of_a_list(text: str) -> None:
    parsed = rules.parse_list_name(text)
    assert parsed is None or rules.list_name(*parsed) == text


@pytest.mark.parametrize("text", ["", "1", "-revocation", "01-revocation", "١-revocation", "1-revocation ", "1-refresh"])
def test_near_misses(text: str) -> None:
    assert rules.parse_list_name(text) is None


def test_what_is_handed_out() -> None:
    assert [state for state in State if rules.is_handed_out(state)] == [State.VALID, State.EXPIRED]
