"""Half-days that phones mark without network, and what stands in the database in the end."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.attendance import rules
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.kit.letters import data_of
from app.attendance.kit.models import KitDevice, KitReceipt, KitSheet
from app.attendance.kit.operations import know
from app.attendance.kit.reading import MARKS
from app.attendance.kit.rules import Detail, Result
from app.attendance.kit.sealing import site_key
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.log import logs_of
from app.attendance.rules import Evidence, Said
from app.completions.models import UnitResult
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.web.throttle import RateCounter
from app.sessions.rules import SeatState
from tests.attendance.kit.phone import Phone
from tests.make import accounts, attendance, courses, factories

PEOPLE, REVISION = 4, "AAAAAA"


@dataclass(frozen=True)
class Day:
    """A half-day, of a training session of its own."""

    training: int
    meeting: int


class Field:
    """Three phones, their twins on which nothing ever goes wrong, and people; all committed."""

    def __init__(self, app: Flask, people: int = PEOPLE) -> None:
        self.app, self.seated = app, people
        with app.app_context(), transaction():
            account = accounts.account(Role.TRAINER, programme=factories.programme())
            factory = factories.factory()
            self.people = [factories.person(factory).id for _ in range(people + 1)]
            self.account, self.factory = _only(account), _only(factory)
            self.version = _only(courses.version())
            self.phones, self.twins = [self._phone(account) for _ in range(3)], [self._phone(account) for _ in range(3)]
            self.devices = list(db.session.scalars(sa.select(KitDevice.id)))

    def _phone(self, account: Any) -> Phone:
        phone, key = Phone(), site_key(self.app.config["SECRET_KEY"])
        phone.kid, phone.site = key.kid, key.public
        know(accounts.actor(account), phone.device, hashlib.sha256(data_of(phone.word)).hexdigest())
        return phone

    def lay(self, number: int) -> list[Day]:
        """So many half-days. Everybody but the last has a seat; that of the last was taken back. What was delivered
        before counts no more: in a long run it is more than a phone delivers in a week.
        """
        with self.app.app_context(), transaction():
            db.session.execute(sa.delete(RateCounter))
            return [self._day() for _ in range(number)]

    def _day(self) -> Day:
        training = attendance.training(half_days=1, version=self.version, trainers=[self.account])
        for place, person in enumerate(self.people):
            state = SeatState.BOOKED if place < self.seated else SeatState.WITHDRAWN
            attendance.seat(training, SimpleNamespace(id=person), self.factory, state=state)
        [meeting] = training.meetings
        sheet = {"meeting_id": meeting.id, "revision": REVISION, "starts": meeting.starts, "at": now()}
        db.session.execute(sa.insert(KitSheet), [{**sheet, "device_id": device} for device in self.devices])
        return Day(training.id, meeting.id)


def _only(row: Any) -> Any:
    """What is left of a row when its session is gone."""
    return SimpleNamespace(id=row.id)


def states(days: Sequence[Day]) -> list[dict[str, Any]]:
    """Of each half-day everything that counts, with ids cut to what twins have in common."""
    found: dict[int, dict[str, Any]] = {
        day.meeting: {"entries": [], "counts": {}, "receipts": {}, "guests": [], "shares": {}} for day in days
    }
    ids = list(found)
    for entry in db.session.scalars(sa.select(MarkEntry).where(MarkEntry.meeting_id.in_(ids))):
        said = entry.mark_id[:30], entry.person_id, entry.mark, entry.evidence, entry.counter, entry.flag
        found[entry.meeting_id]["entries"].append(said)
    for row in db.session.scalars(sa.select(CurrentMark).where(CurrentMark.meeting_id.in_(ids))):
        found[row.meeting_id]["counts"][row.person_id] = row.mark_id[:30], row.mark, row.is_disputed
    for receipt in db.session.scalars(sa.select(KitReceipt).where(KitReceipt.meeting_id.in_(ids))):
        kept = found[receipt.meeting_id or 0]["receipts"].setdefault(receipt.record_id[:30], [])
        kept.append((receipt.result, receipt.detail, receipt.person_id))
    marks = sa.select(GuestMark.meeting_id, GuestMark.mark_id, GuestMark.mark, Guest.name).join(Guest)
    for meeting_id, mark_id, mark, name in db.session.execute(marks.where(GuestMark.meeting_id.in_(ids))):
        found[meeting_id]["guests"].append((mark_id[:30], mark, name))
    by_training = {day.training: found[day.meeting] for day in days}
    for result in db.session.scalars(sa.select(UnitResult).where(UnitResult.training_id.in_(by_training))):
        by_training[result.training_id]["shares"][result.person_id] = result.share
    for state in found.values():
        state["entries"].sort()
        state["guests"].sort()
    return [found[day.meeting] for day in days]


def expected(records: Sequence[tuple[str, list[Any]]], people: Sequence[int]) -> dict[str, Any]:
    """The same of a half-day as the rules alone have it: given what each record says, in any order."""
    state: dict[str, Any] = {"entries": [], "counts": {}, "receipts": {}, "guests": [], "shares": {}}
    logs: dict[int, list[Said]] = {}
    for device, (kind, sent_id, _, revision, who, value, counter, *_) in records:
        record_id = data_of(sent_id).hex()
        held = Detail.NO_SHEET if revision != REVISION else None
        if kind == "m" and who == people[-1]:
            held = held or Detail.SEAT_WITHDRAWN
        person = who if kind == "m" else None
        result = Result.HELD if held else Result.COUNTED
        state["receipts"][record_id[:30]] = [(result, held, person)]
        if held:
            continue
        if kind == "g":
            state["guests"].append((record_id[:30], MARKS[value], "Sok"))
            continue
        state["entries"].append((record_id[:30], who, MARKS[value], Evidence.ROLL_CALL, counter, None))
        logs.setdefault(who, []).append(Said(record_id, who, MARKS[value], Evidence.ROLL_CALL.strength, device, counter))
    for who, log in logs.items():
        decided = rules.decide(log)
        assert decided
        state["counts"][who] = decided.counts.mark_id[:30], decided.counts.mark, decided.is_disputed
        state["shares"][who] = Decimal(decided.counts.mark.counts)
    state["entries"].sort()
    state["guests"].sort()
    return state


def disagreements(days: Collection[Day], people: Collection[int]) -> list[str]:
    """Where what counts is not what the log says: rebuilt from the log it would be something else."""
    wrong = []
    for day in days:
        rows = {row.person_id: row for row in db.session.query(CurrentMark).filter_by(meeting_id=day.meeting)}
        for person, log in logs_of(day.meeting, people).items():
            decided, row = rules.decide(log), rows.get(person)
            stands = row and (row.mark_id, row.mark, row.is_disputed)
            says = decided and (decided.counts.mark_id, decided.counts.mark, decided.is_disputed)
            if stands != says:
                wrong.append(f"half-day {day.meeting}, person {person}: {stands} stands, the log says {says}")
    return wrong
