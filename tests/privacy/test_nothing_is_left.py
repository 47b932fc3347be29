"""Whatever happened to a person: once pseudonymised, nothing says who it was, and nothing brings it back."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from secrets import token_bytes
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import PersonCard, PrintOrder
from app.accounts.operations import printing
from app.accounts.prints import PrintKind
from app.attendance.kit.letters import letters
from app.attendance.kit.models import HeldMark, KitDevice
from app.attendance.kit.opening import Item
from app.attendance.kit.operations import deliver
from app.attendance.kit.reading import Unreadable, read
from app.attendance.kit.rules import Result
from app.factories import people as details
from app.factories import queries
from app.factories.merging import operations as merging
from app.factories.merging.queries import aliases
from app.factories.models import Employment, Person, RosterImport
from app.factories.operations import apply_roster, preview_roster, previewing, undo_roster
from app.factories.roster.numbers import number_key
from app.factories.rules import ImportState
from app.notifications.operations.seats import tell_seats
from app.notifications.person_data import texts
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from app.platform.refusal import Refused
from app.privacy import operations, retention
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.rules import TrainingState
from tests.factories.test_operations import of_country
from tests.make import accounts, courses, factories, people, sessions

pytestmark = pytest.mark.slow

HEADINGS = "Employee No,Name,Sex,Line,Designation,Joining date,Phone\n"
_lives = count(1)


class Life:
    """One person at a factory. Everything that tells who it is holds `mark` or the digits of `phone`."""

    def __init__(self, app: Flask, patch: pytest.MonkeyPatch) -> None:
        self.app, number = app, next(_lives)
        self.mark, self.digits, self.changes, self.day = f"zq{number:05d}", f"17{number:08d}", 0, date(2026, 5, 1)
        self.factory, self.version = of_country("BD"), courses.version()
        accounts.account(Role.FOCAL_POINT, factory=self.factory)
        self.name, self.number, self.title = f"{self.mark.title()} Begum", f"{self.mark}-1", f"Cook {self.mark}"
        self.person = self.trained(self.name, f"{self.mark.title()}@Quill.example")
        patch.setattr(previewing, "today", lambda zone: self.day)
        db.session.flush()

    def trained(self, name: str, email: str) -> Person:
        made = people.training(self.version)
        made.state = TrainingState.CONFIRMED
        values = {"name": name, "local_name": f"បេគំ {name}", "phone": f"+880{self.digits}", "email": email}
        person = people.trained(self.factory, self.version, made, **values)
        job = db.session.query(Employment).filter_by(person_id=person.id).one()
        job.employee_number, job.number_key, job.designation = self.number, number_key(self.number), self.title
        db.session.flush()
        return person

    def send(self) -> RosterImport:
        rows = f"{self.number},{self.name},F,Line 1,{self.title},2020-01-01,0{self.digits}\n77,Rina Khatun,F,Line 1,Operator,,\n"
        return preview_roster(SYSTEM, self.factory, "list.csv", (HEADINGS + rows).encode())

    def apply(self) -> None:
        self.day += timedelta(days=1)
        found = self.send()
        same = {pair.employed.employment_id for pair in queries.proposal(found).renumbered}
        apply_roster(SYSTEM, found.id, frozenset(), same)

    def look_at_a_list(self) -> None:
        self.send()

    def another_name(self) -> None:
        self.name = self.next_name()
        self.apply()

    def next_name(self) -> str:
        """A spelling that a staff list takes for a correction."""
        self.changes += 1
        return f"{self.mark.title()} Begum{'aeiouy'[self.changes % 6]}"

    def another_number(self) -> None:
        self.changes += 1
        self.number = f"{self.mark}-{self.changes}9"
        self.apply()

    def another_title(self) -> None:
        self.changes += 1
        self.title = f"Cook {self.mark} {self.changes}"
        self.apply()

    def take_back(self) -> None:
        found = db.session.query(RosterImport).filter_by(factory_id=self.factory.id, state=ImportState.APPLIED)
        if last := found.order_by(RosterImport.id.desc()).first():
            undo_roster(SYSTEM, last.id)
            self.look_up()

    def look_up(self) -> None:
        """What lists say of the person from now on."""
        self.name = db.session.get_one(Person, self.person.id).name
        self.number = db.session.query(Employment).filter_by(person_id=self.person.id, ended_on=None).one().employee_number

    def correct(self) -> None:
        self.name = self.next_name()
        details.correct(SYSTEM, self.person.id, {"name": self.name})

    def join(self) -> None:
        self.changes += 1
        self.number = f"{self.mark}-{self.changes}7"
        double = self.trained(f"{self.name} Khatun", f"{self.mark}-{self.changes}@quill.example")
        merging.merge(SYSTEM, self.person.id, double.id, frozenset({"email"}))
        self.look_up()

    def join_and_part(self) -> None:
        other = factories.person(self.factory, name=f"Other {self.mark[2:]} Person")
        sessions.seat(people.training(self.version), self.factory, other)
        made = merging.merge(SYSTEM, self.person.id, other.id)
        self.write_letters()
        merging.part(SYSTEM, made.id)

    def write_letters(self) -> None:
        for seat in db.session.query(Seat).filter_by(factory_id=self.factory.id).all():
            tell_seats(seat.training_id, self.factory.id, [seat.id])
            settle(db.session.get_one(TrainingSession, seat.training_id))

    def print_cards(self) -> None:
        printing.order_prints(accounts.actor(self.office()), self.factory, PrintKind.CARDS, None, only_new=False)
        self.work()

    def office(self) -> Any:
        return accounts.account(Role.FOCAL_POINT, factory=self.factory)

    def leave(self) -> None:
        retention.forget_contacts([self.person.id])
        db.session.expire_all()

    def work(self) -> None:
        """Certificates keep the name by rule; drawing them is slow and left out."""
        db.session.query(Job).filter_by(kind="certificates.draw").delete()
        worker_of(self.app).run_until_idle()

    def stand_on_a_phone(self) -> None:
        """A phone brings what nobody could take down: a guest, a card, a mark, the photo of a sheet, a note. Last of all
        steps: a name that somebody typed is found by what is known of the person in the end.
        """
        account = accounts.account(Role.TRAINER)
        device = KitDevice(code=letters(token_bytes(16)), account_id=account.id, pass_hash="", made_at=now(), seen_at=now(), until=now(), revoked_at=None)
        card = PersonCard(person_id=self.person.id, token=f"{self.mark}ca", issued_at=now(), revoked_at=now())
        db.session.add_all([device, card])
        db.session.flush()
        training = db.session.get_one(TrainingSession, db.session.query(Seat).filter_by(person_id=self.person.id).first().training_id)
        said = (
            ("g", letters(token_bytes(16)), "p", [], {"name": f"{self.name} of line 1", "factory": self.factory.id}),
            ("g", letters(token_bytes(16)), "l", [], {"name": self.name.upper(), "number": self.number}),
            ("g", letters(token_bytes(16)), "?", [], {"name": self.name}),
            ("c", f"https://quill.example/c/{card.token.upper()}", "p", [], None),
            ("m", self.person.id, "p", [], None),
            ("p", None, None, [], None),
        )
        items = [self.item(training.meetings[0].id, *parts) for parts in said]
        receipts = deliver(device, items)
        assert {receipt.result for receipt in receipts} == {Result.HELD}
        row = db.session.query(HeldMark).filter_by(receipt_id=receipts[0].id).one()
        row.note = f"Ask {self.name}"

    def item(self, meeting: int, kind: str, who: Any, *said: Any) -> Item:
        plain = json.dumps([kind, letters(token_bytes(16)), meeting, "AAAAAA", who, said[0], 1, 0, *said[1:]]).encode()
        digest = hashlib.sha256(plain).hexdigest()
        photo = f"photo of {self.mark}".encode() if kind == "p" else b""
        try:
            record = read(plain)
        except Unreadable as fault:
            return Item(digest[:32], digest, None, fault.detail, {"plain": plain.hex()})
        return Item(record.record_id, digest, record, None, {"parts": plain.decode()}, photo=photo)

    def do(self, step: Callable[["Life"], object]) -> None:
        """A refused step changes nothing."""
        try:
            with db.session.begin_nested():
                step(self)
        except Refused:
            return

    def strangers(self) -> list[Person]:
        """Whom a staff list made of the person by mistake: the test would not be about one person."""
        mine = {self.person.id, *aliases(self.person.id)}
        return [each for each in db.session.query(Person) if self.mark in each.search_text and each.id not in mine]

    def left(self) -> dict[str, set[str]]:
        """Where it still says who it was: tables by column, then files."""
        db.session.flush()
        db.session.expire_all()
        found: dict[str, set[str]] = {}
        for table in Person.metadata.sorted_tables:
            for row in db.session.execute(table.select()):
                for column, value in row._mapping.items():
                    if self.speaks(value):
                        found.setdefault(f"{table.name}.{column}", set()).add(str(row.id))
        for path in files().folder.rglob("*"):
            if path.is_file() and self.speaks(path.read_bytes()):
                found.setdefault("files", set()).add(path.name)
        return found

    def speaks(self, value: Any) -> bool:
        if isinstance(value, bytes):
            read = value.decode("utf-8", "replace")
            value = " ".join([read, *(texts(value) if b"Message-ID" in value else ())])
        if isinstance(value, dict) and "plain" in value:
            value = bytes.fromhex(value["plain"]).decode()
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        return self.mark in text.casefold() or self.digits in text


STEPS: tuple[Callable[[Life], object], ...] = (
    Life.look_at_a_list, Life.another_name, Life.another_number, Life.another_title, Life.take_back, Life.correct,
    Life.join, Life.join_and_part, Life.write_letters, Life.leave,
)  # fmt: skip


@settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=2, max_size=7))
@example(steps=[Life.print_cards, *STEPS])
@example(steps=[Life.join, Life.another_name, Life.write_letters, Life.correct, Life.another_number])
@example(steps=[Life.write_letters, Life.join, Life.leave, Life.another_title])
def test_once_pseudonymised_nothing_says_who_it_was(app: Flask, steps: list[Callable[[Life], object]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        life = Life(app, patch)
        for step in steps:
            life.do(step)
        life.stand_on_a_phone()
        assert not life.strangers()
        assert life.left().keys() >= {"person.name", "employment.employee_number", "held_mark.content", "held_mark.note", "files"}
        papers = [order.file_key for order in db.session.query(PrintOrder).filter_by(factory_id=life.factory.id) if order.file_key]
        operations.pseudonymise(SYSTEM, life.person.id)
        life.work()
        assert life.left().keys() <= {"certificate.face"}
        assert not [key for key in papers if (files().folder / key[:2] / key).exists()]
        life.do(Life.take_back)
        assert life.left().keys() <= {"certificate.face"}
