"""What a QR code says by itself survives the way, and nothing of it can be changed."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.certificates.models import Certificate
from app.certificates.signing import keys as signing
from app.certificates.verification import addresses, payload
from app.certificates.verification.payload import Claims, Unreadable
from tests.make import certificates, factories

KEY = b"abcd"
CLAIMS = Claims(
    "KH-2026-000123", "3", "km", "សុខ តារា", "Sok Dara", "Supervisory Skills Training", 18.5, 6, 6, 0.85,
    date(2026, 11, 26), date(2028, 11, 25), date(2026, 11, 20), date(2026, 11, 25),
)  # fmt: skip
days = st.dates(date(2000, 1, 2), date(2170, 1, 1))
texts = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Zs"]), max_size=40)


@given(texts, texts, texts, days, st.none() | days, st.none() | st.integers(0, 100))
def test_what_is_packed_comes_out(local: str, latin: str, course: str, issued: date, until: date | None, score: int | None) -> None:
    worth = None if score is None else score / 100
    claims = Claims("KH-2026-000123", "1.2", "km", local, latin, course, 7.25, 2, 3, worth, issued, until, None, issued)
    found, key = payload.unpack(payload.pack(claims, KEY, 10_000))
    shown = {name: payload._decoded(payload._text(text, 255)[1:]) for name, text in (("local_name", local), ("latin_name", latin), ("course", course))}
    assert key == KEY
    assert {name: getattr(found, name) for name in shown} == shown
    assert (found.issued, found.valid_until, found.score, found.hours, found.last_day) == (issued, until, worth, 7.25, issued)


@pytest.mark.parametrize(("name", "most"), [("សុខ តារា", 9), ("ගුණරත්න‍", 12), ("Nguyễn Thị Ánh", 35), ("عائشہ", 11), ("Sok", 4)])
def test_most_scripts_take_a_byte_a_sign(name: str, most: int) -> None:
    coded = payload._text(name, 255)
    assert payload._decoded(coded[1:]) == name
    assert len(coded) <= most + 2


@given(texts, texts, texts, st.integers(90, 200))
def test_long_names_are_cut_between_letters(local: str, latin: str, course: str, room: int) -> None:
    claims = Claims("KH-2026-000123", "1", "km", local * 9, latin * 9, course * 9, 1, 1, 1, None, date(2026, 1, 1), None, None, None)
    packed = payload.pack(claims, KEY, room)
    assert len(packed) <= room
    found, _key = payload.unpack(packed)
    assert "�" not in found.local_name + found.latin_name + found.course


def test_a_cut_name_says_so_and_keeps_its_marks() -> None:
    name = "កា" * 100
    found, _key = payload.unpack(payload.pack(Claims("N", "1", "km", name, "", "", 1, 1, 1, None, date(2026, 1, 1), None, None, None), KEY, 100))
    assert found.local_name.endswith("កា…")


@given(st.binary(max_size=200))
def test_noise_is_refused_and_breaks_nothing(noise: bytes) -> None:
    try:
        payload.unpack(noise)
    except Unreadable:
        return
    assert noise[0] == payload.VERSION


@cache
def _keys(folder: Path) -> signing.Keys:
    return signing.create(folder / "keys", "2026-1", "Seamwise", "https://seamwise.example/crl", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> signing.Keys:
    return _keys(tmp_path_factory.mktemp("keys"))


def certificate(name: str = "Sok Dara", local: str = "សុខ តារា") -> Certificate:
    factory = factories.factory()
    return certificates.certificate(factories.person(factory, name=name, local_name=local), factory)


@pytest.mark.usefixtures("app")
def test_every_flipped_bit_is_refused(keys: signing.Keys) -> None:
    made = certificate()
    code, fragment = made.code, addresses.signed_address(made, keys).partition("#")[2]
    key = keys.seal.public_key()
    assert addresses.opened(code, fragment, key).latin_name == "Sok Dara"
    data = payload.read(fragment)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unreadable):
            addresses.opened(code, payload.write(bytes(changed)), key)
    for other in ("", "A", fragment[:-1], fragment + "A", fragment + "=", f"{fragment} "):
        with pytest.raises(Unreadable):
            addresses.opened(code, other, key)
    with pytest.raises(Unreadable):
        addresses.opened("0" * 26, fragment, key)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("name", "local"),
    [("Sok Dara", "សុខ តារា"), ("x" * 200, "ក" * 200), ("", "محمد عائشہ" * 30), ("A\u0301" * 300, ""), ("🧵" * 60, "\u202eevil"), ("Ánh " * 40, "አበበ" * 60)],
)
def test_an_address_fits_on_paper(keys: signing.Keys, name: str, local: str) -> None:
    made = certificate("Somebody", "")
    made.face = {**made.face, "latin_name": name, "local_name": local}
    made.face["verify_url"] = made.face["verify_url"].replace("http://localhost", "https://verify.training.seamwise.example")
    address = addresses.signed_address(made, keys)
    assert len(address) <= addresses.LONGEST
    found = addresses.opened(made.code, address.partition("#")[2], keys.seal.public_key())
    assert found.number == made.number
    assert not any(sign in found.local_name for sign in "\u202e\u202d\n")


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_fragment_is_read_or_refused(text: str) -> None:
    try:
        data = payload.read(text)
    except Unreadable:
        return
    assert payload.write(data) == text
