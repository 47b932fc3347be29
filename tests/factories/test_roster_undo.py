"""What applying a roster did is taken back: every row is as it was before."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories import queries
from app.factories.models import Employment, Factory, Line, Person, PersonMerge, RosterImport
from app.factories.operations import apply_roster, preview_roster, previewing, undo_roster, undoing
from app.factories.operations.references import referred
from app.factories.rules import EndReason, ImportState
from app.learning_record.models import RecordEntry
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.counts import examples
from tests.factories.samples import ROSTERS, expected
from tests.factories.test_operations import FIRST, SECOND, of_country, read
from tests.make import accounts, factories, sessions

pytestmark = pytest.mark.slow

REFUSED = [path for path in ROSTERS if expected(path)["outcome"] == "refused"]
HEADINGS = "Employee No,Name,Sex,Line,Designation,Joining date,Phone\n"
DAYS = [date(2026, 5, 1), date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)]
NAMES = ["Rina Begum", "Abdul Karim", "Sok Dara", "Nguyễn Thị Lan", "Chan Srey"]


def state(factory: Factory) -> list[list[tuple[Any, ...]]]:
    """Every row of the people, their employments and the lines."""
    db.session.flush()
    tables = (Person.__table__, Employment.__table__, Line.__table__)
    return [[tuple(row) for row in db.session.execute(sa.select(t).order_by(t.c.id))] for t in tables]


def send(factory: Factory, rows: str, day: date, patch: pytest.MonkeyPatch, data: bytes = b"") -> RosterImport:
    patch.setattr(previewing, "today", lambda zone: day)
    return preview_roster(SYSTEM, factory, "list.csv", data or (HEADINGS + rows).encode())


PEOPLE = st.lists(
    st.tuples(
        st.integers(1, 9), st.sampled_from(NAMES), st.sampled_from(["F", "M", ""]),
        st.sampled_from(["Line 1", "Line 2", "Line 3", ""]), st.sampled_from(["Operator", "Supervisor", "QC", "Shaman", ""]),
        st.sampled_from(["2020-01-05", "2026-05-20", ""]), st.sampled_from(["01712345678", ""]),
    ),
    min_size=1, max_size=8, unique_by=lambda person: person[0],
)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(PEOPLE, min_size=1, max_size=4), data=st.data())
def test_apply_and_undo_is_as_before(app: Flask, lists: list[Any], data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        factory = of_country("BD")
        for people, day in zip(lists, DAYS, strict=False):
            rows = "".join(",".join(map(str, person)) + "\n" for person in people)
            before = state(factory)
            found = send(factory, rows, day, patch)
            proposal = queries.proposal(found)
            gone = [one.employment_id for one in (*proposal.leavers, *(pair.employed for pair in proposal.reused))]
            leavers = {each for each in gone if data.draw(st.booleans())}
            same = {pair.employed.employment_id for pair in proposal.renumbered if data.draw(st.booleans())}
            apply_roster(SYSTEM, found.id, leavers, same)
            after = state(factory)
            undo_roster(SYSTEM, found.id)
            assert state(factory) == before
            again = send(factory, rows, day, patch)
            assert again.id != found.id
            apply_roster(SYSTEM, again.id, leavers, same)
            assert len(state(factory)[1]) == len(after[1])


@pytest.mark.sampled
@pytest.mark.parametrize("path", SECOND, ids=lambda path: path.name)
def test_second_samples_are_taken_back(app: Flask, path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, first = of_country(expected(path)["country"]), path.with_name(expected(path)["compared_with"])
    begun = state(factory)
    older = read(factory, first, monkeypatch)
    apply_roster(SYSTEM, older.id)
    undo_roster(SYSTEM, older.id)
    assert state(factory) == begun
    apply_roster(SYSTEM, read(factory, first, monkeypatch).id)
    before, found = state(factory), read(factory, path, monkeypatch)
    proposal = queries.proposal(found)
    gone = {one.employment_id for one in (*proposal.leavers, *(pair.employed for pair in proposal.reused))}
    apply_roster(SYSTEM, found.id, gone, {pair.employed.employment_id for pair in proposal.renumbered})
    assert state(factory) != before
    undo_roster(SYSTEM, found.id)
    assert state(factory) == before


@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.name)
def test_first_samples_are_taken_back_and_nothing_comes_of_the_same_again(
    app: Flask, path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory = of_country(expected(path)["country"])
    begun = state(factory)
    found = read(factory, path, monkeypatch)
    apply_roster(SYSTEM, found.id)
    undo_roster(SYSTEM, found.id)
    assert state(factory) == begun
    first = read(factory, path, monkeypatch)
    apply_roster(SYSTEM, first.id)
    applied = state(factory)
    assert len(applied[1]) == expected(path)["counts"]["accepted"]
    same = read(factory, path, monkeypatch)
    apply_roster(SYSTEM, same.id, {one.employment_id for one in queries.employed(factory.id)})
    assert state(factory) == applied, "the same file twice changes nothing"
    undo_roster(SYSTEM, same.id)
    assert state(factory) == applied, "nothing was changed, so nothing is put back"
    undo_roster(SYSTEM, first.id)
    assert state(factory) == begun, "a list from which nothing came does not stand in the way"


@pytest.mark.sampled
@pytest.mark.parametrize("path", SECOND, ids=lambda path: path.name)
def test_the_second_sample_twice_changes_nothing(app: Flask, path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, first = of_country(expected(path)["country"]), path.with_name(expected(path)["compared_with"])
    apply_roster(SYSTEM, read(factory, first, monkeypatch).id)
    found = read(factory, path, monkeypatch)
    proposal = queries.proposal(found)
    gone = {one.employment_id for one in (*proposal.leavers, *(pair.employed for pair in proposal.reused))}
    apply_roster(SYSTEM, found.id, gone, {pair.employed.employment_id for pair in proposal.renumbered})
    applied, same = state(factory), read(factory, path, monkeypatch)
    apply_roster(SYSTEM, same.id, {one.employment_id for one in queries.proposal(same).leavers} - _unresolved(factory, path))
    assert state(factory) == applied


def _unresolved(factory: Factory, path: Any) -> set[int]:
    """Employments of people whose row was not accepted."""
    numbers = {number.lstrip("0") for number in expected(path)["changes"]["unresolved"]}
    return {one.employment_id for one in queries.employed(factory.id) if one.employee_number.lstrip("0") in numbers}


@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_refused_samples_change_nothing(app: Flask, path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country(expected(path)["country"])
    apply_roster(SYSTEM, send(factory, "1,Rina Begum,F,Line 1,Operator,,\n", DAYS[0], monkeypatch).id)
    before = state(factory)
    with pytest.raises(Refused) as refusal:
        preview_roster(SYSTEM, factory, path.name, path.read_bytes())
    assert refusal.value.roster.reason == expected(path)["reason"] and str(refusal.value)
    assert state(factory) == before and db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 1


def test_ends_say_why(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, send(factory, "1,Rina Begum,F,Line 1,Operator,,\n2,Abdul Karim,M,Line 1,QC,,\n", DAYS[0], monkeypatch).id)
    found = send(factory, "1,Rina Begum,F,Line 1,Supervisor,,\n", DAYS[2], monkeypatch)
    apply_roster(SYSTEM, found.id, {one.employment_id for one in queries.proposal(found).leavers})
    told = sa.select(Employment.number_key, Employment.end_reason).order_by(Employment.id)
    assert db.session.execute(told).all() == [("1", EndReason.MOVED_ROLE), ("2", EndReason.LEFT), ("1", None)]


def test_only_the_last_import_can_be_taken_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    one = send(factory, "1,Rina Begum,F,,,,\n", DAYS[0], monkeypatch)
    with pytest.raises(Refused):
        undo_roster(SYSTEM, one.id)
    apply_roster(SYSTEM, one.id)
    other = send(factory, "1,Rina Khatun,F,,,,\n", DAYS[2], monkeypatch)
    apply_roster(SYSTEM, other.id)
    with pytest.raises(Refused, match="another one was applied since"):
        undo_roster(SYSTEM, one.id)
    assert db.session.get_one(RosterImport, one.id).undo is None, "no name is kept longer than it can be of use"
    assert undo_roster(SYSTEM, other.id).state == ImportState.UNDONE
    assert undo_roster(SYSTEM, other.id).state == ImportState.UNDONE, "twice is once"
    assert db.session.get_one(RosterImport, other.id).undo is None
    assert db.session.scalar(sa.select(Person.name)) == "Rina Begum"
    assert apply_roster(SYSTEM, other.id).state == ImportState.UNDONE, "what was taken back is sent again"


def test_people_of_whom_something_is_known_stay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    monkeypatch.setattr(undoing, "today", lambda zone: DAYS[2])
    found = send(factory, "1,Rina Begum,F,Line 1,,,\n2,Abdul Karim,M,Line 2,,,\n", DAYS[0], monkeypatch)
    apply_roster(SYSTEM, found.id)
    rina = db.session.scalar(sa.select(Person.id).where(Person.name == "Rina Begum"))
    sessions.seat(sessions.training(programme=factory.programme), factory, db.session.get_one(Person, rina))
    assert undo_roster(SYSTEM, found.id).counts["undone"] == {"removed": 1, "kept": 1}
    assert list(db.session.scalars(sa.select(Person.id))) == [rina]
    (left,) = db.session.scalars(sa.select(Employment))
    assert (left.person_id, left.ended_on, left.end_reason) == (rina, DAYS[2], EndReason.LEFT)
    assert list(db.session.scalars(sa.select(Line.name))) == ["Line 1"], "a line without people goes too"


def test_what_was_changed_since_is_not_overwritten(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, send(factory, "1,Rina Begum,F,Line 1,Operator,,01712345678\n", DAYS[0], monkeypatch).id)
    found = send(factory, "1,Rina Khatun,F,Line 1,Operator,,01712345679\n", DAYS[2], monkeypatch)
    apply_roster(SYSTEM, found.id)
    person = db.session.scalar(sa.select(Person))
    person.name = "Rina Akter"
    undo_roster(SYSTEM, found.id)
    assert (person.name, person.phone, person.search_text) == ("Rina Akter", "+8801712345678", "rina akter")
    moved = send(factory, "1,Rina Akter,F,Line 2,Supervisor,,\n", DAYS[3], monkeypatch)
    apply_roster(SYSTEM, moved.id)
    now_held = queries.open_employment(person.id)
    now_held.ended_on = date(2026, 8, 1)
    with pytest.raises(Refused, match="changed since"):
        undo_roster(SYSTEM, moved.id)
    assert now_held.ended_on == date(2026, 8, 1)


def test_merged_people_are_not_taken_apart(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    found = send(factory, "1,Rina Begum,F,,,,\n2,Rina Begum,F,,,,\n", DAYS[0], monkeypatch)
    apply_roster(SYSTEM, found.id)
    winner, loser = db.session.scalars(sa.select(Person.id))
    merge = PersonMerge(winner_id=winner, loser_id=loser, account_id=None, merged_at=now(), moved={}, undone_at=None)
    db.session.add(merge)
    db.session.flush()
    with pytest.raises(Refused, match="changed since"):
        undo_roster(SYSTEM, found.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2


def test_who_may_and_what_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, other = of_country("BD"), of_country("KH")
    found = send(factory, "1,Rina Begum,F,,,,\n", DAYS[0], monkeypatch)
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    apply_roster(manager, found.id)
    for actor in (
        accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=other.programme)),
        accounts.actor(accounts.account(Role.ADVISOR, programme=factory.programme)),
    ):
        with pytest.raises(NotFound):
            undo_roster(actor, found.id)
    told: list[Any] = []
    monkeypatch.setattr(undoing, "publish", told.append)
    undo_roster(manager, found.id)
    assert [event.roster_import_id for event in told] == [found.id]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.account_id) == ("factories.undo_roster", manager.account_id)
    assert entry.details == {"roster_import": found.id, "removed": 1, "kept": 0}


def test_the_record_of_the_factory_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    found = send(factory, "1,Rina Begum,F,,,,\n", DAYS[0], monkeypatch)
    apply_roster(SYSTEM, found.id)
    undo_roster(SYSTEM, found.id)
    assert list(db.session.scalars(sa.select(RecordEntry.kind).order_by(RecordEntry.id))) == ["roster_imported", "roster_undone"]


def test_every_table_that_speaks_of_people_is_asked(app: Flask) -> None:
    one, other = factories.person(factories.factory()), factories.person()
    assert referred(Person, {one.id, other.id}) == {one.id}
    assert referred(Person, {one.id, other.id}, but_by={"employment"}) == set()
    assert referred(Person, ()) == set()
