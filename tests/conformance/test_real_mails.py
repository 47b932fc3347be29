"""What arrives at a real mail server after real clicks, kept by a calendar that is not ours (FIELD 2.8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.platform.db import db, transaction
from app.sessions import operations
from app.sessions.models import Invitation, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay, invitations
from app.sessions.replies.operations import decline_proposal
from app.sessions.rules import Modality, SeatState, SiteKind
from app.sessions.rules.wall_time import HalfDay
from tests.conformance.reading import Got, got, seen, stamp
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.peers.calendars import READERS, Keeper
from tests.peers.smtp import SmtpPeer

pytestmark = pytest.mark.any_engine

KHMER = ("ការបណ្តុះបណ្តាលអ្នកគ្រប់គ្រងរោងចក្រ" * 4)[:120]
HERE, ALONE, WAITS, ASKS = (f"{name}@mill.example" for name in ("dara", "srey", "waits", "asks"))


@dataclass
class Post:
    """What arrives."""

    peer: SmtpPeer
    deliver: Callable[[], int]

    def arrived(self) -> list[Got]:
        """The calendar mails that arrive now."""
        self.peer.messages.clear()
        self.deliver()
        return [mail for kept in self.peer.messages if (mail := got(kept.raw))]


@pytest.fixture
def post(peer: SmtpPeer, deliver: Callable[[], int]) -> Post:
    return Post(peer, deliver)


def _laid(days: tuple[int, ...] = (7,), title: str = "Supervisory Skills") -> int:
    """A confirmed session: one person in the room, one alone; others wait and ask."""
    with transaction():
        factory = factories.factory("MILL")
        training = make.training(version=courses.version(titles={"en": title}), days=days, in_person=1)
        for address, kind, state in (
            (HERE, SiteKind.VENUE, SeatState.BOOKED), (ALONE, SiteKind.REMOTE, SeatState.BOOKED),
            (WAITS, SiteKind.VENUE, SeatState.WAIT_LISTED), (ASKS, SiteKind.REMOTE, SeatState.REQUESTED),
        ):
            make.seat(training, factory, factories.person(factory, email=address, language="en"), state=state, kind=kind)
        operations.confirm(SYSTEM, training.id)
        return training.id


def _do(verb: Callable[..., object], *values: object) -> None:
    with transaction():
        verb(SYSTEM, *values)


@pytest.mark.slow
def test_moved_twice_then_cancelled_is_one_entry_at_each_step(mailing_app: Flask, post: Post, tmp_path: Path) -> None:
    keeper, training = Keeper(tmp_path / "khal"), _laid()
    mine: list[Got] = []
    for step in (None, 10, 20, "cancel"):
        if step == "cancel":
            _do(operations.cancel, training, "Flood")
        elif step is not None:
            _do(operations.move_meeting, training, 1, make.half_day(step, 13).when)
        (mail,) = [mail for mail in post.arrived() if mail.recipient == HERE]
        keeper.receive(mail.ics)
        (entry,) = keeper.entries(since=f"{datetime.now(UTC):%Y-%m-%d}")
        assert (entry.starts, entry.uid) == (f"{seen(mail.ics).starts:%Y-%m-%d %H:%M}", mail.uid)
        assert (entry.status == "CANCELLED") is (step == "cancel")
        mine.append(mail)
    assert len({mail.uid for mail in mine}) == 1
    assert all(after.sequence > before.sequence and stamp(after) > stamp(before) for before, after in pairwise(mine))


def test_only_the_link_changes_and_who_waits_gets_none(mailing_app: Flask, post: Post) -> None:
    training = _laid()
    post.arrived()
    _do(operations.change_link, training, 1, "https://meet.example/other")
    (mail,) = post.arrived()
    assert (mail.recipient, mail.method, mail.sequence) == (ALONE, "REQUEST", 1)
    assert "https://meet.example/other" in mail.text and f"Before it was: {make.LINK}" in mail.text
    assert not any(b"meet.example" in kept.raw for kept in post.peer.messages if kept.recipients[0] != ALONE)


def test_two_dates_are_two_separate_mails(mailing_app: Flask, post: Post) -> None:
    _laid(days=(7, 9))
    mails = [mail for mail in post.arrived() if mail.recipient == HERE]
    assert [mail.method for mail in mails] == ["REQUEST", "REQUEST"]
    first, second = (seen(mail.ics) for mail in mails)
    assert first.uid != second.uid and second.starts - first.starts == timedelta(days=2)


def test_a_title_of_120_khmer_letters_arrives_whole(mailing_app: Flask, post: Post) -> None:
    """No folded line is longer than 75 octets or breaks a letter: see `reading.got`."""
    _laid(title=KHMER)
    for mail in post.arrived():
        assert seen(mail.ics).title == KHMER
        assert KHMER in mail.mail["Subject"] and KHMER in mail.text


def test_nine_in_dhaka_seen_from_geneva_across_a_change_of_the_clock(mailing_app: Flask, post: Post) -> None:
    """The same instant in every calendar; the text tells the time at both places, which is another after the change."""
    with time_machine.travel("2026-10-01T06:00:00Z"):
        with transaction():
            programme = factories.programme("BD", zone="Asia/Dhaka", country="BD")
            factory = factories.factory("MILL", programme_id=programme.id)
            advisor = accounts.account(Role.ADVISOR, factory=factory, email="advisor@office.example", language="en")
            advisor.zone = "Europe/Zurich"
            days = (datetime(2026, 10, 22, 9), datetime(2026, 10, 26, 9))  # Europe changes its clock on the 25th
            halves = (PlannedHalfDay(HalfDay(day, day.replace(hour=12), "Asia/Dhaka"), Modality.HYBRID, make.LINK) for day in days)
            training = operations.schedule(SYSTEM, Plan(
                programme_id=programme.id, version_id=courses.version().id, language="bn", half_days=tuple(halves),
                trainer_ids=(), capacity_in_person=5, capacity_virtual=5, venue="Hall", remote=True,
            ))
            make.seat(training, factory, factories.person(factory, email=HERE))
            operations.confirm(SYSTEM, training.id)
        mails = post.arrived()
    first, second = [mail for mail in mails if mail.recipient == "advisor@office.example"]
    assert [seen(mail.ics).starts for mail in (first, second)] == [datetime(2026, 10, day, 3, tzinfo=UTC) for day in (22, 26)]
    for mail, hour in ((first, "5:00"), (second, "4:00")):
        assert "9:00" in mail.text and "(local time, Asia/Dhaka)" in mail.text
        said = next(line for line in mail.text.splitlines() if line.startswith("Your local time:"))
        assert f", {hour}" in said and "Europe/Zurich" in said
        assert said in mail.ics.replace(b"\r\n ", b"").decode().replace("\\,", ","), "the entry says the same"
    assert not any("Your local time:" in mail.text for mail in mails if mail.recipient == HERE)


def test_what_changed_is_named_with_what_it_was(mailing_app: Flask, post: Post) -> None:
    training_id = _laid()
    post.arrived()
    with transaction():
        training = db.session.get_one(TrainingSession, training_id)
        training.sites[0].name, training.meetings[0].modality = "Hall B; second, floor", Modality.IN_PERSON
        training.meetings[0].join_url = None
        invitations.settle(training)
    by_who = {mail.recipient: mail.text for mail in post.arrived()}
    assert "this has changed: the place, how it is held." in by_who[HERE]
    assert "Where: Hall B; second, floor\n  Before it was: Training centre, Street 271" in by_who[HERE]
    assert "How: In person\n  Before it was: In person and by link" in by_who[HERE]
    assert "this has changed: the place, the link, how it is held." in by_who[ALONE]
    assert f"Join by this link: no longer\n  Before it was: {make.LINK}" in by_who[ALONE]


def test_in_ethiopia_both_calendars_and_both_clocks_are_told(mailing_app: Flask, post: Post) -> None:
    with time_machine.travel("2026-09-01T06:00:00Z"):
        with transaction():
            programme = factories.programme("ET", zone="Africa/Addis_Ababa", country="ET")
            factory = factories.factory("MILL", programme_id=programme.id)
            day = datetime(2026, 9, 11, 9)
            training = operations.schedule(SYSTEM, Plan(
                programme_id=programme.id, version_id=courses.version().id, language="am", trainer_ids=(), capacity_in_person=5,
                half_days=(PlannedHalfDay(HalfDay(day, day.replace(hour=12), "Africa/Addis_Ababa"), Modality.IN_PERSON),),
                capacity_virtual=0, venue="Hall",
            ))
            make.seat(training, factory, factories.person(factory, email=HERE, language="am"))
            operations.confirm(SYSTEM, training.id)
        (mail,) = post.arrived()
    said = "መስከረም 1 ቀን 2019 ዓ.ም, ከጠዋቱ 3:00–6:00 ሰዓት"
    assert said in mail.text and "September 11, 2026, 9:00" in mail.text
    assert said.replace(",", "\\,") in mail.ics.replace(b"\r\n ", b"").decode()


@pytest.mark.parametrize("attack", ["x\r\nATTENDEE:mailto:e@x.example", "x\rATTENDEE:mailto:e@x.example", "x\u2028DTSTART:20200101", "a;b,c\\\\d\\n", "x\r\nBcc: e@x.example"])
def test_no_title_or_place_adds_a_line_to_what_arrives(mailing_app: Flask, post: Post, attack: str) -> None:
    """Title, place and the mail's subject hold it as words; `reading.got` finds one attendee and no fault."""
    training_id = _laid(title=attack)
    with transaction():
        training = db.session.get_one(TrainingSession, training_id)
        training.sites[0].name = attack
        invitations.settle(training)
    mails = post.arrived()
    assert {mail.recipient for mail in mails} == {HERE, ALONE}
    for mail in mails:
        assert mail.mail["Bcc"] is None and len(mail.mail.get_all("To")) == 1
        assert mail.ics.count(b"\r\nDTSTART") == 2, "one of the event, one of its zone"
        assert READERS["vobject"](mail.ics).title == " ".join(attack.split())


@pytest.mark.parametrize("name", ['Bob";CN="x', "Bob;RSVP=FALSE", "a@x.example\nBcc: b@y.example", "Bob <b@y.example>, x"])
def test_no_name_adds_a_parameter_or_a_recipient(mailing_app: Flask, post: Post, name: str) -> None:
    with transaction():
        factory, training = factories.factory("MILL"), make.training(days=(7,))
        make.seat(training, factory, factories.person(factory, name=name, local_name=None, email=HERE))
        operations.confirm(SYSTEM, training.id)
    (mail,) = post.arrived()
    assert [kept.recipients for kept in post.peer.messages] == [(HERE,)]
    assert [one.addr_spec for one in mail.mail["To"].addresses] == [HERE] and mail.mail["Bcc"] is None
    assert b"PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:dara@mill.example\r\n" in mail.ics.replace(b"\r\n ", b"")


def test_a_proposed_time_that_is_not_taken_is_answered(mailing_app: Flask, post: Post) -> None:
    """DECLINECOUNTER: the same UID and SEQUENCE, a later stamp; the entry stays."""
    training_id = _laid()
    first = next(mail for mail in post.arrived() if mail.recipient == HERE)
    with transaction():
        row = db.session.query(Invitation).filter_by(address=HERE).one()
        row.proposal = {"starts": "2027-01-01T08:00:00", "ends": "2027-01-01T10:00:00", "zone": "Asia/Phnom_Penh"}
        number = row.id
    for _ in range(2):
        _do(decline_proposal, training_id, number)
    (mail,) = post.arrived()
    assert (mail.method, mail.recipient, mail.uid, mail.sequence) == ("DECLINECOUNTER", HERE, first.uid, first.sequence)
    assert stamp(mail) > stamp(first) and "the half-day stays when it is" in mail.text
    others = (reader for name, reader in READERS.items() if name != "libical")  # it wants no time in such an answer
    assert {reader(mail.ics).starts for reader in others} == {seen(first.ics).starts}
