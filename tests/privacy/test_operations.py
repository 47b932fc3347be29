"""Handing out everything of one person, and taking it out for good."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.accounts.models import PrintOrder
from app.accounts.prints import PrintKind
from app.certificates import operations as certificates_verbs
from app.certificates.rules import Reason
from app.certificates.verification import queries as verification
from app.factories import stored
from app.factories.merging import operations as merging
from app.factories.merging.rows import person_data
from app.factories.models import Employment, Person, RosterImport
from app.factories.operations import undo_roster
from app.factories.roster import Row
from app.factories.roster.results import Roster
from app.factories.rules import ImportState
from app.lessons.models import PracticeLog
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.models import Job
from app.platform.mail import operations as mail
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound
from app.privacy import operations
from app.sessions.models import TrainingSession
from tests.make import accounts as make_accounts
from tests.make import courses, factories, people

pytestmark = pytest.mark.slow
NAME, LOCAL, PHONE, EMAIL = "Zarathustra Quill", "ហ្សារ៉ា ឃ្វីល", "+85598765432", "zq@quill.example"
WORDS = (NAME, LOCAL, PHONE, EMAIL, "Zarathustra")


@pytest.fixture
def manager(app: Flask) -> Actor:
    return make_accounts.actor(make_accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody in every table, in a mail to others, in a staff list, and in an entry that was joined."""
    factory, version = factories.factory(), courses.version()
    training = people.training(version)
    one = people.trained(factory, version, training, name=NAME, local_name=LOCAL, phone=PHONE, email=EMAIL)
    double = people.trained(factory, version, people.training(version), name=f"{NAME}h", local_name=LOCAL, phone=PHONE)
    _mailed(training)
    _listed(one)
    merging.merge(SYSTEM, one.id, double.id)
    return one


def _mailed(training: TrainingSession) -> None:
    for recipient, text in ((EMAIL, "Your seat"), ("focal@example.org", f"Booked: {NAME}, {LOCAL}")):
        message = mail.queue(
            mail.Mail(
                recipient=recipient, recipient_name="", subject="Seats", text=text, html=f"<p>{text}</p>", language="en",
                kind="sessions.seats", about=f"training:{training.id}",
            )
        )
        message.state = "sent"


def _listed(person: Person) -> None:
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    rows = (Row(2, job.employee_number, NAME, LOCAL, phone=PHONE), Row(3, "N77", "Somebody Else"))
    key = files().put(stored.keep(Roster(file="list.xlsx", outcome="accepted", rows=rows, choices=stored.read_choices({}))))
    undo = {"corrected": [[person.id, {"name": f"{NAME} old", "phone": PHONE}, {"name": NAME}]], "people": []}
    db.session.add(
        RosterImport(
            factory_id=job.factory_id, file_name="list.xlsx", file_key=key, state=ImportState.APPLIED, choices={}, counts={},
            account_id=None, created_at=now(), applied_at=now(), rows_done=None, undo=undo,
        )
    )
    db.session.flush()


def spoken_of() -> dict[str, set[str]]:
    """Table.column -> which of the words stand in it, whatever the type of the column."""
    db.session.flush()
    db.session.expire_all()
    found: dict[str, set[str]] = {}
    for table in Person.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            for column, value in row._mapping.items():
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, default=str)
                if said := {word for word in WORDS if word.casefold() in text.casefold()}:
                    found.setdefault(f"{table.name}.{column}", set()).update(said)
    return found


def test_after_pseudonymising_no_table_names_the_person(app: Flask, manager: Actor, person: Person) -> None:
    assert {"person.name", "person.phone", "mail_message.raw", "roster_import.undo", "person_merge.moved"} <= set(spoken_of())
    roster = db.session.query(RosterImport).one()
    old, photos = roster.file_key, [row.photo_key for row in db.session.query(PracticeLog).filter_by(person_id=person.id)]
    operations.pseudonymise(manager, person.id)
    # A certificate is a record that others rely on: docs/decisions/0007.
    assert set(spoken_of()) <= {"certificate.face"}
    assert {message.raw for message in db.session.query(MailMessage)} == {b""}
    db.session.refresh(roster)
    text = files().get(roster.file_key).decode()
    assert not any(word in text for word in WORDS)
    assert "Somebody Else" in text
    gone = [job.payload["key"] for job in db.session.query(Job).filter_by(kind="privacy.delete_file")]
    assert sorted(gone) == sorted([old, *photos])


def test_taking_a_list_back_brings_nothing_back(app: Flask, manager: Actor) -> None:
    factory = factories.factory()
    person, other = factories.person(factory), factories.person(factory)
    jobs = {each.id: db.session.query(Employment).filter_by(person_id=each.id).one() for each in (person, other)}
    terms = {
        job.id: [{"employee_number": f"Q{row}", "number_key": f"q{row}", "designation": "Sewer"}, {"designation": "Leader"}]
        for row, job in jobs.items()
    }
    undo = {
        "terms": [[job_id, *told] for job_id, told in terms.items()],
        "ended": [[jobs[person.id].id, "2026-01-01"]], "begun": [jobs[person.id].id], "people": [person.id],
        "corrected": [[each.id, {"phone": "+855123"}, {"phone": None}] for each in (person, other)],
    }
    found = RosterImport(
        factory_id=factory.id, file_name="list.xlsx", file_key="", state=ImportState.APPLIED, choices={}, counts={},
        account_id=None, created_at=now(), applied_at=now(), rows_done=None, undo=undo,
    )
    db.session.add(found)
    db.session.flush()
    operations.pseudonymise(manager, person.id)
    assert found.undo == {"terms": [[jobs[other.id].id, *terms[jobs[other.id].id]]], "corrected": [[other.id, {"phone": "+855123"}, {"phone": None}]]}
    undo_roster(SYSTEM, found.id)
    db.session.expire_all()
    mine, theirs = jobs[person.id], jobs[other.id]
    assert (mine.employee_number, mine.number_key, mine.designation) == (f"P-{person.id:06d}-1", f"p{person.id:06d}1", None)
    assert (theirs.employee_number, theirs.designation, other.phone) == (f"Q{other.id}", "Sewer", "+855123")


def test_a_preview_keeps_whoever_only_has_the_same_name_or_number(app: Flask, manager: Actor) -> None:
    factory = factories.factory()
    gone = factories.person(factory, name="Sok Dara", local_name=None)
    namesake = factories.person(factory, name="Sok Dara", local_name=None)
    number, other = (db.session.query(Employment).filter_by(person_id=each.id).one().employee_number for each in (gone, namesake))
    rows = (Row(2, number, "Sok Dara"), Row(3, other, "Sok Dara"), Row(4, "N77", "Somebody Else"))
    key = files().put(stored.keep(Roster(file="a.xlsx", outcome="accepted", rows=rows, choices=stored.read_choices({}))))
    found = RosterImport(
        factory_id=factory.id, file_name="a.xlsx", file_key=key, state=ImportState.PREVIEWED, choices={}, counts={},
        account_id=None, created_at=now(), applied_at=None, rows_done=None, undo=None,
    )
    db.session.add(found)
    db.session.flush()
    operations.pseudonymise(manager, gone.id)
    assert [row.row for row in stored.kept(files().get(found.file_key)).rows] == [3, 4]


def test_papers_that_name_the_person_go(app: Flask, manager: Actor, person: Person) -> None:
    account, factory = make_accounts.account(Role.FOCAL_POINT), factories.factory()
    keys = []
    for people_of in ([person.id, 999], [999]):
        keys.append(files().put(f"paper {people_of}".encode()))
        db.session.add(
            PrintOrder(
                factory_id=factory.id, account_id=account.id, kind=PrintKind.CARDS, language="en", people=people_of, done=2,
                ordered_at=now(), finished_at=now(), file_key=keys[-1],
            )
        )
    db.session.flush()
    operations.pseudonymise(manager, person.id)
    assert [order.file_key for order in db.session.query(PrintOrder).order_by(PrintOrder.id)] == [None, keys[1]]
    assert keys[0] in {job.payload["key"] for job in db.session.query(Job).filter_by(kind="privacy.delete_file")}


def test_facts_stay_countable(app: Flask, manager: Actor, person: Person) -> None:
    sex, code = person.sex, people.certificate_of(person).code
    before = {room: sum(map(len, data.export(person.id).values())) for room, data in person_data().items()}
    operations.pseudonymise(manager, person.id)
    after = {room: sum(map(len, data.export(person.id).values())) for room, data in person_data().items()}
    gone = {"accounts", "notifications", "privacy"}  # cards and PIN; mails no longer lead to anybody; the log grows
    assert {room: n for room, n in after.items() if room not in gone} == {room: n for room, n in before.items() if room not in gone}
    assert (person.sex, person.name) == (sex, f"P-{person.id:06d}")
    assert verification.any_by_code(code) is not None


def test_twice_is_once_and_a_merge_stays(app: Flask, manager: Actor, person: Person) -> None:
    operations.pseudonymise(manager, person.id)
    after = people.everything()
    operations.pseudonymise(manager, person.id)
    assert people.everything() == after


def test_the_log_says_who_did_it_and_no_name(app: Flask, manager: Actor, person: Person) -> None:
    operations.export_person(manager, person.id)
    operations.pseudonymise(manager, person.id)
    done = {entry.action: entry for entry in db.session.query(AuditEntry).filter_by(subject=f"person:{person.id}")}
    for action in ("privacy.export_person", "privacy.pseudonymise"):
        assert done[action].account_id == manager.account_id


def test_the_export_holds_everything_that_the_tables_hold(app: Flask, manager: Actor, person: Person) -> None:
    exported = operations.export_person(manager, person.id)
    json.dumps(exported)
    shown: dict[str, set[int]] = {}
    for entry in exported["entries"]:
        for tables in entry["rooms"].values():
            for table, rows in tables.items():
                shown.setdefault(table, set()).update(row["id"] for row in rows)
    ids = [entry["person_id"] for entry in exported["entries"]]
    assert len(ids) == 2
    for table in Person.metadata.sorted_tables:
        for column in table.columns:
            leads = any(key.column.table.name == "person" for key in column.foreign_keys) or column.name == "person_id"
            if leads and table.name != "person":
                held = set(db.session.scalars(sa.select(table.c.id).where(column.in_(ids))))
                assert held <= shown.get(table.name, set()), f"{table.name}.{column.name}"
    assert set(ids) <= shown["person"]
    assert shown["answer"]
    assert shown["mail_message"]


def test_the_export_holds_what_the_office_noted_of_a_certificate(app: Flask, manager: Actor, person: Person) -> None:
    certificate = people.certificate_of(person)
    certificates_verbs.suspend(SYSTEM, certificate.id, Reason.CHECKED, "The signature of the list looks strange.")
    noted = [
        row["text"] for entry in operations.export_person(manager, person.id)["entries"]
        for row in entry["rooms"]["certificates"]["certificate_note"]
    ]  # fmt: skip
    assert noted == ["The signature of the list looks strange."]


def test_an_export_shows_no_secret(app: Flask, manager: Actor, person: Person) -> None:
    text = json.dumps(operations.export_person(manager, person.id))
    assert not any(secret in text for secret in ("pin_hash", "token_hash", "argon2", '"token"'))


def test_another_programme_finds_nobody(app: Flask, person: Person) -> None:
    other = make_accounts.actor(make_accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("VN")))
    for verb in (operations.export_person, operations.pseudonymise):
        with pytest.raises(NotFound):
            verb(other, person.id)


def test_erased_people_are_not_joined(app: Flask, manager: Actor, person: Person) -> None:
    other = factories.person(factories.factory())
    operations.pseudonymise(manager, person.id)
    with pytest.raises(merging.Refused):
        merging.preview(manager, other.id, person.id)
