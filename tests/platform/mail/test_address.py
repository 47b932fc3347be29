"""One address stays one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.mail.address import AddressError, Mailbox, single_address


@pytest.mark.parametrize(
    ("written", "travels"),
    [
        ("sophea@factory.example", "sophea@factory.example"),
        ("First.Last+tag@Factory.EXAMPLE", "First.Last+tag@factory.example"),
        ("o'brien@mail.factory.co.example", "o'brien@mail.factory.co.example"),
        ("training@localhost", "training@localhost"),
        ("hr@фабрика.example", "hr@xn--80aac2ak8aza.example"),
        ("hr@pаdma.example", "hr@xn--pdma-53d.example"),  # the first a is Cyrillic: it cannot pass for padma
    ],
)
def test_a_plain_address_is_taken(written: str, travels: str) -> None:
    assert single_address(written) == travels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a@@b.example",
        '"a@evil"@good.example',
        "a(comment)@good.example",
        "a@good.example (comment)",
        "Name <a@good.example>",
        "<a@good.example>",
        "a@x.example, b@y.example",
        "a@x.example;b@y.example",
        "a@x.example b@y.example",
        "a@x.example\nBcc: b@y.example",
        "a@x.example\r",
        "a@x.example\u2028",
        "a\x00@x.example",
        "a@x.example.",
        "a@-x.example",
        "a@[127.0.0.1]",
        ".a@x.example",
        "a..b@x.example",
        "é@x.example",
        "a@x_y.example",
        "a@x.example?bcc=b@y.example",
        "a" * 65 + "@x.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b." * 130 + "example",
        "a@\ud800.example",
        "a@\u202ex.example",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        single_address(text)


@given(st.text(max_size=40) | st.emails())
def test_whatever_is_taken_is_plain_and_stays_the_same(text: str) -> None:
    try:
        address = single_address(text)
    except AddressError:
        return
    assert address.isascii() and address.isprintable() and address.count("@") == 1
    assert not set(address) & set(' <>(),;:\\"[]')
    assert single_address(address) == address


@pytest.mark.parametrize("name", ["Bob\r\nBcc: b@y.example", "a\nb", "a\u2028b", "a\x00b", "a\x85b", "a\ud800b"])
def test_a_name_of_two_lines_is_refused(name: str) -> None:
    with pytest.raises(AddressError):
        Mailbox(name, "a@x.example")
