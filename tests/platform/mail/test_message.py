"""A mail read back: by the standard library's parser and, for headers, octet by octet."""

import email
import re
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.config import Settings
from app.platform.mail.address import AddressError
from app.platform.mail.message import Calendar, MessageError, compose
from app.platform.mail.smtp import deliver
from tests.peers.smtp import SmtpPeer

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:ខខ\\, x\r\n .y\r\n..z\r\nEND:VCALENDAR\r\n".encode()
KHMER = "ការបណ្តុះបណ្តាលអ្នកគ្រប់គ្រង" * 12
WHOLE: dict[str, Any] = {
    "sender": ("Seamwise", "training@seamwise.example"),
    "recipient": ("Sok Sophea", "sophea@factory.example"),
    "subject": "Invitation: half-day 1",
    "text": "Hello\n.\nFrom us\n",
    "html": "<p lang='km'>ខ្មែរ</p>",
    "calendar": Calendar(ICS, "REQUEST"),
    "message_id": "<0123456789abcdef@seamwise.example>",
    "date": datetime(2026, 5, 1, 3, tzinfo=UTC),
    "language": "km",
}


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def composed(**changes: Any) -> EmailMessage:
    return read(compose(**WHOLE | changes))


def head_of(raw: bytes) -> dict[str, str]:
    """Headers, unfolded and still encoded."""
    head = re.sub(rb"\r\n[ \t]", b" ", raw.split(b"\r\n\r\n")[0]).decode()
    return dict(line.split(": ", 1) for line in head.split("\r\n"))


def plain_octets(raw: bytes) -> None:
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"\r\n") and raw.isascii()
    assert all(len(line) <= 998 and b"\n" not in line and b"\r" not in line and b"\0" not in line for line in lines)


def test_the_calendar_is_the_last_alternative_with_its_method_and_without_disposition() -> None:
    message = composed()
    parts = list(message.iter_parts())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2]["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert not any(part["Content-Disposition"] for part in parts)
    assert parts[2].get_payload(decode=True) == ICS
    assert parts[0].get_content().splitlines() == ["Hello", ".", "From us"]
    assert "ខ្មែរ" in parts[1].get_content()


def test_headers_say_language_identity_and_that_no_answer_is_due() -> None:
    message = composed(headers={"List-Unsubscribe": "<https://seamwise.example/u/1>"})
    assert message["From"] == "Seamwise <training@seamwise.example>"
    assert message["Message-ID"] == "<0123456789abcdef@seamwise.example>"
    assert message["Date"].datetime == datetime(2026, 5, 1, 3, tzinfo=UTC)
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("km", "auto-generated")
    assert message["List-Unsubscribe"] == "<https://seamwise.example/u/1>"
    assert composed(automatic=False)["Auto-Submitted"] is None


def test_the_same_mail_twice_is_the_same_bytes() -> None:
    assert compose(**WHOLE) == compose(**WHOLE)


def test_the_bytes_survive_the_mail_server() -> None:
    raw = compose(**WHOLE)
    with SmtpPeer() as peer:
        settings = Settings(smtp_host=peer.host, smtp_port=peer.port, smtp_security="plain")
        assert deliver(raw, WHOLE["sender"][1], WHOLE["recipient"][1], settings).outcome == "sent"
        assert peer.messages[0].raw == raw
        *_, calendar = peer.messages[0].parsed.iter_parts()
    assert calendar.get_payload(decode=True) == ICS


def test_a_plain_mail_has_one_part() -> None:
    message = composed(html=None, calendar=None)
    assert message.get_content_type() == "text/plain"


def test_long_khmer_stays_whole_in_subject_name_and_text() -> None:
    raw = compose(**WHOLE | {"subject": KHMER, "text": KHMER, "recipient": (KHMER, "a@x.example")})
    message = read(raw)
    plain_octets(raw)
    head = raw.split(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert message["Subject"] == KHMER
    # decode_header, because the newer parser of the standard library puts blanks between the words of a long name
    assert str(make_header(decode_header(head_of(raw)["To"]))) == f"{KHMER} <a@x.example>"
    assert next(message.iter_parts()).get_content().strip() == KHMER


INJECTIONS = [
    "x\r\nBcc: b@y.example",
    "x\nBcc: b@y.example",
    "x\rBcc: b@y.example",
    "x\r\n\r\nbody",
    "x\u2028y",
    "x\0y",
]


@pytest.mark.parametrize("attack", INJECTIONS)
@pytest.mark.parametrize("place", ["subject", "name", "sender name", "address", "message_id", "header", "language"])
def test_an_injected_header_is_refused(place: str, attack: str) -> None:
    changes: dict[str, Any] = {
        "subject": {"subject": attack},
        "name": {"recipient": (attack, "a@x.example")},
        "sender name": {"sender": (attack, "a@x.example")},
        "address": {"recipient": ("", f"a@x.example{attack}")},
        "message_id": {"message_id": f"<a@{attack}>"},
        "header": {"headers": {"X-Kind": attack}},
        "language": {"language": attack},
    }
    with pytest.raises((AddressError, MessageError)):
        compose(**WHOLE | changes[place])


@pytest.mark.parametrize("name", ["Bcc", "To", "subject", "Content-Type", "MIME-Version", "X Y", "X:Y", "", "X\r\nBcc"])
def test_a_header_that_is_ours_or_none_is_refused(name: str) -> None:
    with pytest.raises(MessageError):
        compose(**WHOLE | {"headers": {name: "b@y.example"}})


@pytest.mark.parametrize("method", ["request", "REQUEST; x=y", 'REQUEST"', "REQUEST\r\n", ""])
def test_a_method_that_is_no_word_is_refused(method: str) -> None:
    with pytest.raises(MessageError):
        compose(**WHOLE | {"calendar": Calendar(ICS, method)})


@pytest.mark.parametrize(
    "name",
    [
        'Bob";CN="x',
        "b@y.example, " + "x" * 80,
        "<b@y.example>",
        "a, b; c: (d) [e] \\",
        "=?utf-8?q?b=40y.example=2C?=",
        "é <b@y.example>, " * 9,
    ],
)
def test_a_cunning_name_never_makes_a_second_recipient(name: str) -> None:
    raw = compose(**WHOLE | {"recipient": (name, "a@x.example")})
    assert [one.addr_spec for one in read(raw)["To"].addresses] == ["a@x.example"]
    for header in (head_of(raw)["To"], str(make_header(decode_header(head_of(raw)["To"])))):
        assert [address for _, address in getaddresses([header])] == ["a@x.example"]


WORD = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)
ONE_LINE = st.lists(WORD | st.just("=?utf-8?q?=0D=0AX:?="), min_size=1, max_size=5).map(" ".join)


@given(subject=ONE_LINE, name=ONE_LINE, text=st.text(max_size=300), html=st.text(max_size=300))
def test_any_words_come_back(subject: str, name: str, text: str, html: str) -> None:
    changes = {"subject": subject, "recipient": (name, "a@x.example"), "text": text, "html": html}
    raw = compose(**WHOLE | changes)
    plain_octets(raw)
    message = read(raw)
    assert message.keys() == composed().keys()
    assert message.keys() == list(head_of(raw))
    assert [one.addr_spec for one in message["To"].addresses] == ["a@x.example"]
    assert str(message["Subject"]).split() == subject.split()
    *_, calendar = message.iter_parts()
    assert calendar.get_payload(decode=True) == ICS
