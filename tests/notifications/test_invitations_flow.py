"""Confirm, move, withdraw, cancel: what arrives at a real mail server, read and kept by calendar programs that are not ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.platform.db import db, transaction
from app.platform.mail.models import MailMessage, MailState
from app.sessions.calendar.faults import faults
from app.sessions.rules import SeatState, SiteKind
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.peers.calendars import READERS, Keeper
from tests.peers.smtp import SmtpPeer

TITLES = {"en": "Supervisory Skills; part, one", "km": "ជំនាញអ្នកគ្រប់គ្រង" * 6, "vi": "Kỹ năng giám sát"}
HERE, ALONE = "dara@mill.example", "srey@mill.example"


@dataclass(frozen=True)
class Laid:
    """What the story begins with."""

    training: int
    trainer: str
    point: str
    seats: dict[str, int]
    browse: Browse


@pytest.fixture
def laid(mailing_app: Flask) -> Laid:
    """A tentative session of two half-days; one person comes, one joins alone, one is only requested."""
    with transaction():
        factory = factories.factory("MILL")
        teacher = accounts.account(Role.TRAINER, programme=factories.programme(), email="trainer@office.example")
        accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example", language="vi")
        training = make.training(version=courses.version(titles=TITLES), trainers=[teacher], rooms=[factory])
        people = {HERE: SiteKind.VENUE, ALONE: SiteKind.REMOTE}
        seats = {
            address: make.seat(training, factory, factories.person(factory, email=address), kind=kind).id
            for address, kind in people.items()
        }
        asks = factories.person(factory, email="asks@mill.example")
        seats["asks@mill.example"] = make.seat(training, factory, asks, state=SeatState.REQUESTED).id
        training_id, teacher_id = training.id, teacher.id
    browse = Browse(mailing_app).as_account(db.session.get_one(Account, teacher_id))
    return Laid(training_id, "trainer@office.example", "hr@mill.example", seats, browse)


@dataclass(frozen=True)
class Got:
    """A calendar mail as it arrived."""

    recipient: str
    mail: EmailMessage
    ics: bytes

    @property
    def event(self) -> icalendar.Event:
        return icalendar.Calendar.from_ical(self.ics).walk("VEVENT")[0]

    @property
    def method(self) -> str:
        return str(icalendar.Calendar.from_ical(self.ics)["METHOD"])


def _arrived(peer: SmtpPeer, deliver: Callable[[], int]) -> list[Got]:
    """The calendar mails that arrive now; the others are left out."""
    peer.messages.clear()
    deliver()
    found = []
    for kept in peer.messages:
        mail = kept.parsed
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert len(parts) <= 1, "one event a mail"
        for part in parts:
            ics = part.get_payload(decode=True)
            assert faults(ics) == []
            got = Got(kept.recipients[0], mail, ics)
            assert part.get_param("method") == got.method, "the method agrees three ways"
            assert part["Content-Disposition"] is None and list(mail.walk())[-1] is part
            found.append(got)
    return found


@pytest.mark.slow
def test_the_life_of_invitations(laid: Laid, peer: SmtpPeer, deliver: Callable[[], int], tmp_path: Path) -> None:
    at = f"/sessions/{laid.training}"
    keepers = {address: Keeper(tmp_path / address) for address in (laid.trainer, HERE)}
    everybody = {laid.trainer, laid.point, HERE, ALONE}

    def receive(mails: list[Got]) -> None:
        for got in mails:
            if got.recipient in keepers:
                keepers[got.recipient].receive(got.ics)

    assert laid.browse.post(f"{at}/confirmation").status == 303
    first = _arrived(peer, deliver)
    assert sorted(got.recipient for got in first) == sorted([*everybody] * 2)
    uids = {(got.recipient, str(got.event["DTSTART"].dt)): str(got.event["UID"]) for got in first}
    assert len(set(uids.values())) == 8
    for got in first:
        _read_alike(got)
        _looks_right(got)
        assert (got.method, int(got.event["SEQUENCE"])) == ("REQUEST", 0)
    receive(first)
    assert [len(keeper.entries()) for keeper in keepers.values()] == [2, 2]

    when = make.half_day((make.monday(30) - date.today()).days, 13).when
    times = {"day": when.starts.date().isoformat(), "starts": "13:00", "ends": "17:00"}
    for _ in range(2):
        assert laid.browse.post(f"{at}/meetings/2/time", times).status == 303
    moved = _arrived(peer, deliver)
    assert {got.recipient for got in moved} == everybody and len(moved) == 4
    for got in moved:
        _read_alike(got)
        assert (got.method, int(got.event["SEQUENCE"])) == ("REQUEST", 1)
        assert str(got.event["UID"]) in {uid for (who, _), uid in uids.items() if who == got.recipient}
        assert got.event["DTSTART"].dt.replace(tzinfo=None) == when.starts
    text = next(got for got in moved if got.recipient == laid.trainer).mail.get_body(("plain",)).get_content()
    assert "1:00" in text and "Before it was:" in text and "8:00" in text and "Asia/Phnom_Penh" in text
    receive(moved)
    entries = keepers[HERE].entries()
    assert len(entries) == 2, "the entry moved; it did not become a second one"
    assert entries[1].starts.endswith("06:00")

    assert laid.browse.post(f"{at}/seats/{laid.seats[HERE]}/withdrawal").status == 303
    gone = _arrived(peer, deliver)
    assert {(got.recipient, got.method) for got in gone} >= {(HERE, "CANCEL")}
    cancelled = [got for got in gone if got.recipient == HERE]
    assert sorted(int(got.event["SEQUENCE"]) for got in cancelled) == [1, 2]
    for got in cancelled:
        _read_alike(got)
        assert str(got.event["STATUS"]) == "CANCELLED"
    receive(gone)
    assert all(entry.status.strip().upper() == "CANCELLED" for entry in keepers[HERE].entries())

    assert laid.browse.post(f"{at}/meetings/1/cancellation").status == 303
    assert {(got.recipient, got.method) for got in _arrived(peer, deliver)} == {(who, "CANCEL") for who in everybody - {HERE}}

    assert laid.browse.post(f"{at}/cancellation", {"reason": "Flood; roads closed"}).status == 303
    last = _arrived(peer, deliver)
    assert {(got.recipient, got.method) for got in last} == {(who, "CANCEL") for who in everybody - {HERE}}
    assert all("Flood; roads closed" in got.mail.get_body(("plain",)).get_content() for got in last)
    assert [m.recipients[0] for m in peer.messages if not _has_calendar(m.parsed)] == [laid.point]


def _has_calendar(mail: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())


def _read_alike(got: Got) -> None:
    """Four readers that are not ours see the same."""
    seen = {name: reader(got.ics) for name, reader in READERS.items()}
    assert len(set(seen.values())) == 1, seen


def _looks_right(got: Got) -> None:
    event = got.event
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    assert [str(a) for a in attendees] == [f"mailto:{got.recipient}"], "nobody sees who else is invited"
    assert str(event["ORGANIZER"]) == "mailto:training@seamwise.example"
    assert got.mail["From"].addresses[0].addr_spec == "training@seamwise.example"
    link_for = {"trainer@office.example", "hr@mill.example", ALONE}
    assert (make.LINK in got.ics.decode().replace("\r\n ", "")) is (got.recipient in link_for)
    language = {"trainer@office.example": "en", "hr@mill.example": "vi"}.get(got.recipient, "km")
    assert got.mail["Content-Language"] == language
    assert str(event["SUMMARY"]) == TITLES[language]


def test_a_refused_recipient_shows_and_the_others_are_sent(laid: Laid, peer: SmtpPeer, deliver: Callable[[], int]) -> None:
    peer.script(HERE, "550 5.1.1 No such person here")
    peer.script(ALONE, "451 4.7.1 Come back later", "ok")
    laid.browse.post(f"/sessions/{laid.training}/confirmation")
    deliver()
    states = {(mail.recipient, mail.state) for mail in db.session.query(MailMessage)}
    assert states == {
        (laid.trainer, MailState.SENT), (laid.point, MailState.SENT), (HERE, MailState.REFUSED), (ALONE, MailState.DELAYED),
        (ALONE, MailState.SENT),
    }
    page = laid.browse.get(f"/sessions/{laid.training}").text
    assert "550 5.1.1 No such person here" in page and HERE in page and "Refused" in page
    assert "451 4.7.1 Come back later" in page and "Delayed" in page


def test_no_page_waits_for_a_mail_server_that_is_down(laid: Laid, peer: SmtpPeer, deliver: Callable[[], int]) -> None:
    peer.stop()
    assert laid.browse.post(f"/sessions/{laid.training}/confirmation").status == 303
    deliver()
    assert {mail.state for mail in db.session.query(MailMessage)} == {MailState.DELAYED}
    assert "Delayed" in laid.browse.get(f"/sessions/{laid.training}").text
