"""What has been kept long enough goes, the day it has, and nothing else."""

import dataclasses
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app import wiring
from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates import operations
from app.certificates import retention as retention_of_certificates
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.factories import stored
from app.factories.merging import operations as merging
from app.factories.models import Employment, Factory, Person, PersonMerge, RosterImport
from app.factories.operations.applying import hold
from app.factories.retention import MOST_ROSTERS
from app.factories.roster import Roster, Row
from app.factories.rules import ImportState
from app.platform import mail
from app.platform.audit.models import AuditEntry
from app.platform.clock import months_before, now, telling
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.files import DiskStorage, FileMissing, files
from app.platform.jobs import enqueue
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.privacy import jobs, retention
from app.quizzes.models import Answer, Attempt
from app.sessions.models import Invitation, Meeting
from tests.browse import Browse
from tests.make import accounts, completions, courses, factories, people
from tests.make import certificates as make_certificates
from tests.make.statements import counted

AT = completions.AT
DAY = timedelta(days=1)


def let_go() -> dict[str, int]:
    """Everything that is due, a few at a time, as the worker and the command do; how much of each kind."""
    return {kind.key: sum(iter(partial(retention.let_go, SYSTEM, kind), 0)) for kind in retention.KINDS}


def later(months: int) -> datetime:
    """So many months after the training."""
    year, month = divmod(AT.year * 12 + AT.month - 1 + months, 12)
    return AT.replace(year=year, month=month + 1)


def one(**values: object) -> Person:
    version = courses.version()
    return people.trained(factories.factory(), version, people.training(version), **values)


def left(person: Person, on: date) -> Person:
    db.session.query(Employment).filter_by(person_id=person.id).update({"ended_on": on})
    db.session.flush()
    return person


def test_answers(app: Flask) -> None:
    person = one()
    with telling(later(24) - DAY):
        assert let_go()["answers"] == 0
    with telling(later(24)):
        assert retention.report()["answers"] == 3
        assert let_go()["answers"] == 3
        assert let_go()["answers"] == 0
    assert db.session.query(Answer).count() == 0
    assert db.session.query(Attempt).filter_by(person_id=person.id).one().score == 3


def test_contacts_of_leavers_only(app: Flask) -> None:
    gone, here = left(one(phone="+85511111111"), AT.date()), one(phone="+85522222222")
    with telling(later(6) - DAY):
        assert let_go()["contacts"] == 0
    with telling(later(6) + DAY):
        assert let_go()["contacts"] == 1
    db.session.expire_all()
    assert (gone.phone, here.phone) == (None, "+85522222222")


def test_staff_lists(app: Flask) -> None:
    factory, key = factories.factory(), files().put(b"rows")
    for state in (ImportState.APPLIED, ImportState.PREVIEWED):
        db.session.add(
            RosterImport(
                factory_id=factory.id, file_name="a.xlsx", file_key=key, state=state, choices={}, counts={"applied": {}},
                account_id=None, created_at=AT, applied_at=AT, rows_done=None, undo={"people": [1]},
            )
        )
    db.session.flush()
    with telling(later(24)):
        assert let_go()["rosters"] == 2
    [kept] = db.session.query(RosterImport).all()
    assert (kept.file_key, kept.undo, kept.counts) == ("", None, {"applied": {}})
    jobs.delete_file(key).write()
    with pytest.raises(FileMissing):
        files().get(key)


def test_a_file_that_something_else_needs_stays(app: Flask) -> None:
    kept = make_certificates.drawn(make_certificates.certificate())
    jobs.delete_file(kept.file_key).write()
    assert files().get(kept.file_key)


def test_people_and_certificates_after_validity_and_five_years(app: Flask) -> None:
    gone, here = left(one(name="Gone Person"), AT.date()), one()
    ends = AT + timedelta(days=730)  # as the builder of completions has it
    due = ends.replace(year=ends.year + 5)
    with telling(due - DAY):
        counts = let_go()
        assert (counts["people"], counts["certificates"]) == (0, 0)
    with telling(due + DAY):
        counts = let_go()
    assert counts["people"] == 1
    db.session.expire_all()
    assert gone.name == f"P-{gone.id:06d}"
    assert here.erased_at is None
    assert [row.file_key for row in db.session.query(Certificate)] == ["", ""]  # of both: they ran out
    face = people.certificate_of(gone)
    assert (face.face["latin_name"], face.face["local_name"], face.file_key) == (gone.name, "", "")
    assert face.number in json.dumps(face.face)


@pytest.mark.parametrize(("said", "stays"), [("Sok Dara never came", None), (Reason.OTHER_PERSON, Reason.OTHER_PERSON)])
def test_a_sentence_about_somebody_goes_with_the_name(browse: Browse, said: str, stays: str | None) -> None:
    row = make_certificates.drawn(make_certificates.certificate())
    operations.suspend(SYSTEM, row.id, said)
    operations.revoke(row.completion_id, said)
    retention_of_certificates.forget([row.id])
    db.session.expire_all()
    assert (row.revoked_reason, row.suspended_reason) == (stays, stays)
    page = browse.get(f"/verify/{row.code}")
    assert (page.status, "never came" in page.text) == (200, False)
    assert ("issued to the wrong person" in page.text) is (stays is not None)


def test_a_report_counts_the_own_programmes_only(app: Flask) -> None:
    left(one(phone="+85511111111"), AT.date())
    other = factories.programme("VN")
    with telling(later(7)):
        assert retention.report([factories.programme().id])["contacts"] == 1
        assert retention.report([other.id]) == dict.fromkeys(retention.report(), 0)


def test_what_went_is_logged_in_numbers(app: Flask) -> None:
    one()
    with telling(later(24)):
        jobs.retain().write()
    db.session.flush()
    entry = db.session.query(AuditEntry).filter_by(action="privacy.retain", subject="kind:answers").one()
    assert entry.details == {"rows": 3, "months": 24}


def test_contacts_of_joined_entries_go_with_the_person(app: Flask) -> None:
    factory = factories.factory()
    winner, loser, here = (factories.person(factory, phone=f"+8551111{n}", email=f"worker{n}@quill.example") for n in range(3))
    stays = factories.person(factory, phone="+85588888888")
    merging.merge(SYSTEM, winner.id, loser.id, frozenset({"phone"}))
    merging.merge(SYSTEM, here.id, stays.id)
    left(winner, AT.date())
    with telling(later(6) - DAY):
        assert let_go()["contacts"] == 0
    with telling(later(6) + DAY):
        assert retention.report()["contacts"] == 2
        assert let_go()["contacts"] == 2
        assert let_go()["contacts"] == 0
    db.session.expire_all()
    assert [(each.phone, each.email) for each in (winner, loser)] == [(None, None)] * 2
    assert (here.phone, stays.phone) == ("+85511112", "+85588888888")
    told = {merge.winner_id: json.dumps(merge.moved["person"]) for merge in db.session.query(PersonMerge)}
    assert not any(word in told[winner.id] for word in ("+855", "quill"))
    assert "+85511112" in told[here.id]
    parted = merging.part(SYSTEM, db.session.query(PersonMerge).filter_by(winner_id=winner.id).one().id)
    assert parted.undone_at
    assert winner.phone is winner.email is loser.phone is None


def test_contacts_that_only_a_merge_still_knows_go(app: Flask) -> None:
    factory = factories.factory()
    winner, loser = factories.person(factory, phone="+85511111"), factories.person(factory, phone="+85522222")
    merging.merge(SYSTEM, winner.id, loser.id)
    left(winner, AT.date())
    for each in (winner, loser):
        each.phone = None
    db.session.flush()
    with telling(later(7)):
        assert let_go()["contacts"] == 1
        assert let_go()["contacts"] == 0
    assert "+855" not in json.dumps(db.session.query(PersonMerge).one().moved)


def test_with_contacts_go_the_address_in_mails_and_calendars_and_what_a_list_would_put_back(app: Flask) -> None:
    person = left(one(phone="+85511111111", email="Worker@Quill.example"), AT.date())
    office = one(email="office@example.org")
    accounts.account(Role.FOCAL_POINT, factory=factories.factory(), email="office@example.org")
    left(office, AT.date())
    for to in ("worker@quill.example", "office@example.org"):
        mail.queue(mail.Mail(to, "", "Seats", "Text", "<p>Text</p>", "en", "sessions.seats", "training:1"))
        db.session.add(
            Invitation(
                meeting_id=db.session.query(Meeting.id).first()[0], address=to, name="Somebody", language="en", uid=to[:6],
                sequence=0, told={"title": "A"},
            )
        )
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    undo = {"corrected": [[person.id, {"phone": "+85511111111", "name": "Old"}, {"phone": None, "name": "New"}]]}
    db.session.add(listed(job.factory_id, undo=undo))
    db.session.flush()
    with telling(later(7)):
        assert let_go()["contacts"] == 2
    assert {row.recipient for row in db.session.query(MailMessage)} == {"erased@invalid", "office@example.org"}
    calendars = {row.name: (row.address, row.told) for row in db.session.query(Invitation)}
    assert calendars["Somebody"][0] == "office@example.org", "others read it, too"
    assert calendars[""][1] == {}
    db.session.expire_all()
    assert db.session.query(RosterImport).one().undo == {"corrected": [[person.id, {"name": "Old"}, {"name": "New"}]]}


def leavers(number: int, factory: Factory | None = None) -> list[Person]:
    made = [factories.person(factory or factories.factory()) for _ in range(number)]
    return [left(person, date(2020, 6, 1)) for person in made]


def listed(factory_id: int, key: str = "", **values: Any) -> RosterImport:
    told = {"file_name": "a.xlsx", "file_key": key, "choices": {}, "counts": {}, "account_id": None, "created_at": now()}
    return RosterImport(factory_id=factory_id, state=ImportState.APPLIED, applied_at=now(), rows_done=None, **{**told, **values})


def kept_list(factory: Factory, number: int) -> RosterImport:
    rows = tuple(Row(row, f"N{number}{row}", f"Somebody {row}") for row in range(2, 5))
    roster = Roster(file=f"{number}.xlsx", outcome="accepted", rows=rows, choices=stored.read_choices({}))
    return listed(factory.id, files().put(stored.keep(roster)))


def kind_of(key: str) -> retention.Kind:
    return next(kind for kind in retention.KINDS if kind.key == key)


def test_people_go_a_few_at_a_time(app: Flask) -> None:
    leavers(retention.PEOPLE_AT_ONCE + 3, factories.factory())
    people_kind = kind_of("people")
    assert [retention.let_go(SYSTEM, people_kind) for _ in range(3)] == [retention.PEOPLE_AT_ONCE, 3, 0]
    rows = [entry.details["rows"] for entry in db.session.query(AuditEntry).filter_by(action="privacy.retain")]
    assert rows == [retention.PEOPLE_AT_ONCE, 3]


@pytest.mark.slow
def test_few_people_where_many_lists_must_be_gone_through(app: Flask) -> None:
    many, few = factories.factory(), factories.factory()
    for number in range(MOST_ROSTERS + 2):
        db.session.add(kept_list(many, number))
    db.session.add(kept_list(few, 99))
    leavers(2, many), leavers(2, few)
    assert [retention.let_go(SYSTEM, kind_of("people")) for _ in range(3)] == [2, 2, 0]


class Counting(DiskStorage):
    """Counts how often a file is read."""

    reads = 0

    def get(self, key: str) -> bytes:
        self.reads += 1
        return super().get(key)


def test_a_list_is_gone_through_once_however_many_people_go(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    for number in range(3):
        db.session.add(kept_list(factory, number))
    storage = Counting(files().folder)
    monkeypatch.setitem(app.extensions, "files", storage)
    statements = []
    for number in (5, 40):
        leavers(number, factory)
        with counted() as ran:
            assert retention.let_go(SYSTEM, kind_of("people")) == number
        statements.append(len(ran))
    assert storage.reads == 6
    assert statements[0] == statements[1]


@pytest.mark.every_run
def test_each_few_are_a_job_of_their_own(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        leavers(retention.PEOPLE_AT_ONCE + 3, factories.factory())
        enqueue("privacy.retain")
    done = [0, 0]

    def work(place: int) -> None:
        done[place] = worker_of(own_app).run_until_idle()

    threads = [threading.Thread(target=work, args=[place]) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with own_app.app_context():
        assert db.session.query(Person).filter_by(erased_at=None).count() == 0
        finished = db.session.query(Job).filter(Job.kind == "privacy.retain", Job.done_at.is_not(None)).count()
        assert finished == sum(done) == len(retention.KINDS) + 2
        rows = [entry.details["rows"] for entry in db.session.query(AuditEntry).filter_by(action="privacy.retain")]
        assert sorted(rows) == [3, retention.PEOPLE_AT_ONCE]


@pytest.mark.every_run
def test_a_staff_list_that_is_taken_back_meanwhile(own_app: Flask) -> None:
    """Both hold the factory before its people: nobody waits for each other."""
    with own_app.app_context(), transaction():
        factory = factories.factory()
        [person] = leavers(1, factory)
        ids = factory.id, person.id

    def retain() -> int:
        with own_app.app_context(), transaction():
            return retention.let_go(SYSTEM, kind_of("people"))

    with ThreadPoolExecutor(1) as others:
        with own_app.app_context(), transaction():
            hold(ids[0])
            gone = others.submit(retain)
            time.sleep(0.3)
            db.session.execute(sa.update(Person).where(Person.id == ids[1]).values(phone="+85512000001"))
        assert gone.result() == 1


def test_the_command_lets_everything_go_in_short_transactions(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        leavers(retention.PEOPLE_AT_ONCE + 3, factories.factory())
    run: Callable[..., Any] = own_app.test_cli_runner().invoke
    kept = json.loads(run(args=["privacy", "retain", "--dry-run", "--json"]).output)["kinds"]["people"]["rows"]
    with own_app.app_context():
        assert db.session.query(Person).filter_by(erased_at=None).count() == kept == retention.PEOPLE_AT_ONCE + 3
    gone = json.loads(run(args=["privacy", "retain", "--json"]).output)["kinds"]["people"]["rows"]
    with own_app.app_context():
        assert db.session.query(Person).filter_by(erased_at=None).count() == 0
        assert gone == kept
        assert db.session.query(AuditEntry).filter_by(action="privacy.retain").count() == 2


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 24, (2024, 1, 15)), ((2024, 2, 29), 12, (2023, 2, 28))],
)
def test_months_before(moment: tuple[int, int, int], months: int, before: tuple[int, int, int]) -> None:
    assert months_before(datetime(*moment, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)


def test_a_dry_run_says_what_is_due_and_changes_nothing(app: Flask) -> None:
    one()
    db.session.commit()
    run: Callable[..., object] = app.test_cli_runner().invoke
    with telling(later(24)):
        said = json.loads(run(args=["privacy", "retain", "--dry-run", "--json"]).output)
        again = json.loads(run(args=["privacy", "retain", "--dry-run", "--json"]).output)
    assert (said["dry_run"], said["kinds"]["answers"]) == (True, {"months": 24, "rows": 3})
    assert said == again
    assert db.session.query(Answer).count() == 3
    assert db.session.query(AuditEntry).filter_by(action="privacy.retain").count() == 0


def test_the_command_lets_go_once(app: Flask) -> None:
    one()
    db.session.commit()
    run: Callable[..., object] = app.test_cli_runner().invoke
    with telling(later(24)):
        first = run(args=["privacy", "retain"]).output
        second = json.loads(run(args=["privacy", "retain", "--json"]).output)
    rows = [line.split() for line in first.splitlines()]
    assert [row[0] for row in rows] == [kind.key for kind in retention.KINDS]
    assert ["answers", "24", "months", "3"] in rows
    assert (second["dry_run"], second["kinds"]["answers"]["rows"]) == (False, 0)
    assert db.session.query(Answer).count() == 0


def test_how_long_each_kind_is_kept_is_a_setting(app: Flask) -> None:
    kept = {kind.key: kind.months for kind in retention.KINDS}
    assert kept == {"answers": 24, "papers": 24, "contacts": 6, "rosters": 24, "cascade": 24, "drills": 24, "practice": 24, "sheets": 24, "mails": 24, "incoming": 24, "visits": 24, "guests": 24, "held": 24, "kit_sheets": 24, "check_ins": 24, "old_codes": 24, "reports": 24, "people": 60, "certificates": 60, "packs": 60}
    names = {setting.name for setting in dataclasses.fields(Settings)}
    assert {kind.setting for kind in retention.KINDS} <= names


def test_it_is_done_once_a_day_by_itself(app: Flask) -> None:
    [timer] = [timer for timer in wiring.TIMERS if timer.kind == "privacy.retain"]
    assert timer.every == DAY
    assert wiring.JOBS[timer.kind] is jobs.retain
