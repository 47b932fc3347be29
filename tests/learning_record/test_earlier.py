"""Earlier trainings from a list: taken over, counted, taken back."""

import io
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.completions.operations import note_unit
from app.factories.models import Factory
from app.factories.rules import ImportState, JobRole
from app.learning_record.models import EarlierImport, EarlierTraining, EntryKind, RecordEntry
from app.learning_record.operations import earlier as operations
from app.learning_record.operations.earlier import Decision
from app.learning_record.queries import Wanted, figures
from app.learning_record.rules import EvidenceLevel
from app.platform import clock
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.privacy import operations as privacy
from tests.browse import Browse, fill
from tests.make import accounts, attendance, courses, factories
from tests.make.statements import counted

LIST = """Employee No,Name,Training,Date,Hours,Trainer,Result,Certificate No,Evidence
E1,Sok Dara,Supervisory Skills,2026-03-12,8,Red Cross,Pass,RC-1,Folder 3
,Chan Mony,Supervisory Skills,2026-03-12,8,Red Cross,Pass,RC-2,Folder 3
E9,Nobody Here,Supervisory Skills,2026-03-12,,,,,
E1,Sok Dara,Our Own Induction,2026-01-05,2,HR,,,
"""


class Place:
    """A factory with two people, and the list."""

    def __init__(self) -> None:
        self.factory: Factory = factories.factory()
        self.version = courses.version("sst")
        self.dara = factories.person(name="Sok Dara", local_name=None)
        factories.employ(self.dara, self.factory, JobRole.SUPERVISOR, number="E1", line="Line 7")
        self.mony = factories.person(self.factory, name="Chan Mony", local_name=None)

    def preview(self, actor: Actor = SYSTEM, text: str = LIST) -> EarlierImport:
        return operations.preview_earlier(actor, self.factory.code, "list.csv", text.encode())

    def apply(self, found: EarlierImport, actor: Actor = SYSTEM, **decision: object) -> EarlierImport:
        return operations.apply_earlier(actor, self.factory.code, found.id, Decision(**decision))

    def entries(self) -> list[RecordEntry]:
        return db.session.query(RecordEntry).filter_by(factory_id=self.factory.id).order_by(RecordEntry.id).all()


@pytest.fixture
def place(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    return Place()


def test_sure_people_are_taken_and_nothing_counts_by_itself(place: Place) -> None:
    done = place.apply(place.preview())
    assert (done.state, done.counts) == (
        ImportState.APPLIED, {"rows": 4, "problems": 0, "taken": 2, "counted": 0, "left": 2})
    assert done.found == {}, "names are not kept"
    first, second = place.entries()
    assert (first.kind, first.level, first.was_imported) == (EntryKind.EARLIER_TRAINING, EvidenceLevel.C, True)
    assert (first.person_id, first.line, first.role) == (place.dara.id, "Line 7", JobRole.SUPERVISOR)
    assert (first.course_id, second.course_id) == (place.version.course_id, None)
    assert db.session.query(Completion).count() == 0
    kept = db.session.query(EarlierTraining).filter_by(row=2).one()
    assert (kept.provider, kept.result, kept.certificate_number, kept.proof) == ("Red Cross", "Pass", "RC-1", "Folder 3")


def test_what_the_programme_vouches_for_counts_without_a_certificate(place: Place) -> None:
    done = place.apply(place.preview(), people={3: place.mony.id}, counts={"Supervisory Skills"})
    assert (done.counts["taken"], done.counts["counted"]) == (3, 2)
    made = db.session.query(Completion).order_by(Completion.id).all()
    assert [(each.person_id, each.training_id, each.evidence) for each in made] == [
        (place.dara.id, None, {"imported": []}), (place.mony.id, None, {"imported": []})]
    assert made[0].completed_at.date() == date(2026, 3, 12)
    assert made[0].valid_until is not None
    assert made[0].valid_until.year == 2028
    assert db.session.query(Certificate).count() == 0
    levels = {entry.kind: (entry.level, entry.was_imported) for entry in place.entries() if entry.course_id}
    assert levels == {
        EntryKind.EARLIER_TRAINING: (EvidenceLevel.A, True), EntryKind.COMPLETION: (EvidenceLevel.A, True)}
    found = figures(Wanted(place.factory.id, list(EntryKind), "UTC"))
    assert {level: (each.participations, each.persons, each.imported) for level, each in found.items()} == {
        EvidenceLevel.A: (2, 2, 2), EvidenceLevel.C: (1, 1, 1)}


def test_only_who_manages_the_factory_says_what_counts(place: Place) -> None:
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=place.factory))
    done = place.apply(place.preview(focal), focal, counts={"Supervisory Skills"})
    assert (done.counts["taken"], done.counts["counted"]) == (2, 0)


def test_only_those_who_were_proposed_can_be_chosen(place: Place) -> None:
    stranger = factories.person(factories.factory(), name="Chan Mony")
    done = place.apply(place.preview(), people={3: stranger.id, 4: place.mony.id, 2: place.mony.id})
    assert done.counts["taken"] == 2
    assert {each.person_id for each in db.session.query(EarlierTraining)} == {place.dara.id}


def test_words_that_nobody_knows_can_be_given_a_course(place: Place) -> None:
    other = courses.version("induction", titles={"en": "Induction"})
    place.apply(place.preview(), courses={"Our Own Induction": other.course_id, "Nonsense": 1, "Supervisory Skills": 999})
    assert [entry.course_id for entry in place.entries()] == [place.version.course_id, other.course_id]


def test_a_list_that_is_sent_or_applied_twice_adds_nothing(place: Place) -> None:
    first = place.preview()
    place.apply(first), place.apply(first)
    again = place.apply(place.preview())
    assert (again.counts["taken"], again.counts["left"]) == (0, 4)
    assert len(place.entries()) == 2


def test_taking_it_back_is_entries_that_correct(place: Place) -> None:
    found = place.apply(place.preview(), counts={"Supervisory Skills"})
    for _ in range(2):
        operations.undo_earlier(SYSTEM, place.factory.code, found.id)
    assert found.state is ImportState.UNDONE
    told = [(entry.kind, entry.corrects) for entry in place.entries()]
    sources = [entry.source for entry in place.entries() if entry.kind is EntryKind.EARLIER_TRAINING]
    assert [corrects for kind, corrects in told if kind is EntryKind.EARLIER_TRAINING_UNDONE] == sources
    assert db.session.query(Completion).one().withdrawn_at is not None
    assert figures(Wanted(place.factory.id, list(EntryKind), "UTC")) == {}
    again = place.apply(place.preview())
    assert again.counts["taken"] == 2, "what was taken back can be taken over again"


def test_who_takes_the_course_here_completes_it_here(place: Place) -> None:
    place.apply(place.preview(), counts={"Supervisory Skills"})
    training = attendance.training(version=place.version)
    attendance.seat(training, place.dara, place.factory)
    for unit in ("meetings", "post-test"):
        note_unit(
            person_id=place.dara.id, training_id=training.id, version_id=place.version.id,
            unit_id=courses.unit(place.version, unit).id, share=Fraction(1), factory_id=place.factory.id, at=clock.now())
    made = db.session.query(Completion).filter_by(person_id=place.dara.id).order_by(Completion.period).all()
    assert [each.training_id for each in made] == [None, training.id]
    assert db.session.query(Certificate).count() == 1
    again = LIST.replace("2026-03-12", "2026-11-20")
    done = place.apply(place.preview(text=again), counts={"Supervisory Skills"})
    assert done.counts["counted"] == 0, "a completion of ours covers that day already"


def test_a_forgotten_list_is_refused_and_an_erased_person_is_in_none(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    found, other = place.preview(), place.preview()
    privacy.pseudonymise(SYSTEM, place.mony.id)
    db.session.refresh(found)
    assert found.found == {}
    with pytest.raises(Refused, match="two weeks"):
        place.apply(found)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 20, 9, tzinfo=UTC))
    fresh = place.preview()
    operations.forget_lists()
    db.session.refresh(other), db.session.refresh(fresh)
    assert (other.found, bool(fresh.found)) == ({}, True)


def test_what_lists_said_goes_with_the_person(place: Place) -> None:
    place.apply(place.preview())
    privacy.pseudonymise(SYSTEM, place.dara.id)
    db.session.expire_all()
    assert {(each.provider, each.proof) for each in db.session.query(EarlierTraining)} == {("", "")}
    assert len(place.entries()) == 2


def test_another_factorys_list_is_not_there(place: Place) -> None:
    found, twin = place.preview(), factories.factory()
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=twin))
    for code in (place.factory.code, twin.code):
        with pytest.raises(NotFound):
            operations.apply_earlier(focal, code, found.id, Decision())
        with pytest.raises(NotFound):
            operations.undo_earlier(focal, code, found.id)
    with pytest.raises(NotFound):
        operations.preview_earlier(focal, place.factory.code, "x.csv", LIST.encode())


def test_the_pages(place: Place, browse: Browse) -> None:
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=place.factory.programme))
    address = f"/factories/{place.factory.code}/record/earlier"
    assert manager.get(address).status == 200
    sent = manager.post(address, data={"file": (io.BytesIO(b"aaa,bbb\n1,2\n"), "x.csv")}, content_type="multipart/form-data")
    assert sent.status == 422
    assert "Choose what each column is" in sent.text
    sent = manager.post(address, data={"file": (io.BytesIO(LIST.encode()), "x.csv")}, content_type="multipart/form-data")
    page = manager.get(sent.location)
    assert "Nobody here: left out" in page.text
    assert "Not in our catalogue" in page.text
    where, form = fill(page, f"{sent.location}/application", **{"person-3": str(place.mony.id), "counts": "0"})
    assert manager.post(where, data=form).status == 303
    done = manager.get(sent.location)
    assert "Take all of it back" in done.text
    person = manager.get(f"/people/{place.mony.id}")
    assert "Red Cross" in person.text
    assert "Folder 3" in person.text
    record = manager.get(f"/factories/{place.factory.code}/record")
    assert "Earlier training taken over" in record.text
    assert "It counts for coverage" in record.text
    assert manager.post(f"{sent.location}/undo").status == 303
    assert "Red Cross" not in manager.get(f"/people/{place.mony.id}").text


def test_the_preview_has_a_fixed_number_of_statements(place: Place, browse: Browse) -> None:
    manager, costs = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=place.factory.programme)), []
    for number in (2, 40):
        rows = [f",Chan Mony,Course {each},2026-03-12" for each in range(number)]
        found = place.preview(text="\n".join(["Employee No,Name,Training,Date", *rows]))
        with counted() as statements:
            manager.get(f"/factories/{place.factory.code}/record/earlier/{found.id}")
        costs.append(len(statements))
    assert costs[0] == costs[1]
