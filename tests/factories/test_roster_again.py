"""Lists that come again: after a merge, a new number, another import, an undo, a closed line, in another script."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories import people, queries
from app.factories.merging import operations as merging
from app.factories.models import Employment, Factory, Line, Person
from app.factories.operations import apply_roster, preview_roster, previewing, undo_roster, undoing
from app.factories.structure import operations as structure
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import Refused
from tests.browse import Browse
from tests.factories.test_operations import of_country
from tests.factories.test_roster_undo import send
from tests.make import accounts, sessions

MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))
RINA = "1,Rina Begum,F,Line 1,Operator,2020-01-05,\n"


def jobs() -> list[tuple[str, str, date, date | None]]:
    """Person, number, begin and end of every employment, in order."""
    db.session.flush()
    db.session.expire_all()
    rows = sa.select(Person.name, Employment.employee_number, Employment.started_on, Employment.ended_on)
    return [tuple(row) for row in db.session.execute(rows.join(Person).order_by(Employment.id))]


def ids() -> list[int]:
    return list(db.session.scalars(sa.select(Person.id).order_by(Person.id)))


def joined_twice(factory: Factory, patch: pytest.MonkeyPatch) -> str:
    """Rina stood in the list twice and is one person since; answers that list."""
    both = "1,Rina Begum,F,,Supervisor,2020-01-05,\n2,Rina Begum,F,,Supervisor,2021-01-05,\n"
    apply_roster(SYSTEM, send(factory, both, MAY, patch).id)
    merging.merge(SYSTEM, *ids())
    return both


def test_after_a_merge_the_list_with_both_numbers_employs_nobody_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    both = joined_twice(factory, monkeypatch)
    before = jobs()
    found = send(factory, both, JUNE, monkeypatch)
    proposal = queries.proposal(found)
    (pair,) = proposal.here
    assert (pair.row.employee_number, pair.employed.employee_number) == ("1", "2")
    assert proposal.changes.joined == ()
    assert apply_roster(SYSTEM, found.id).counts["applied"]["joined"] == 0
    assert jobs() == before and queries.heads(factory.id).total == 1
    found = send(factory, both.splitlines()[0] + "\n", JULY, monkeypatch)
    leavers = {one.employment_id for one in queries.proposal(found).leavers}
    apply_roster(SYSTEM, found.id, leavers)
    assert jobs() == [before[0], (*before[1][:3], JULY), ("Rina Begum", "1", JULY, None)], "who left under one goes on under the other"


def test_after_a_new_number_the_old_one_employs_nobody_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, send(factory, "100,Rina Begum,F,,Operator,2020-01-05,\n", MAY, monkeypatch).id)
    found = send(factory, "200,Rina Begum,F,,Operator,2020-01-05,\n", JUNE, monkeypatch)
    apply_roster(SYSTEM, found.id, frozenset(), {pair.employed.employment_id for pair in queries.proposal(found).renumbered})
    both = "100,Rina Begum,F,,Operator,2026-07-01,\n200,Rina Begum,F,,Operator,2020-01-05,\n"
    apply_roster(SYSTEM, send(factory, both, JULY, monkeypatch).id)
    assert [row for row in jobs() if row[3] is None] == [("Rina Begum", "200", JUNE, None)]
    assert len(ids()) == 1


def test_a_number_that_is_somebody_elses_now_employs_nobody_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    joined_twice(factory, monkeypatch)
    two = "2,Rina Begum,F,,Supervisor,2021-01-05,\n"
    apply_roster(SYSTEM, send(factory, f"1,Abdul Karim,M,,QC,2026-05-05,\n{two}", JUNE, monkeypatch).id)
    found = send(factory, f"1,Rina Begum,F,,Supervisor,2020-01-05,\n{two}", JULY, monkeypatch)
    (reused,) = queries.proposal(found).reused
    apply_roster(SYSTEM, found.id, {reused.employed.employment_id})
    assert [row[:2] for row in jobs() if row[3] is None] == [("Rina Begum", "2")]


def test_who_comes_back_on_two_rows_comes_back_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    both = joined_twice(factory, monkeypatch)
    found = send(factory, "9,Abdul Karim,M,,,,\n", JUNE, monkeypatch)
    apply_roster(SYSTEM, found.id, {one.employment_id for one in queries.proposal(found).leavers})
    apply_roster(SYSTEM, send(factory, f"{both}9,Abdul Karim,M,,,,\n", JULY, monkeypatch).id)
    twice = sa.select(Employment.person_id).where(Employment.ended_on.is_(None)).group_by(Employment.person_id)
    assert db.session.execute(twice.having(sa.func.count() > 1)).all() == []


def test_the_preview_says_under_which_number(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    found = send(factory, joined_twice(factory, monkeypatch), JUNE, monkeypatch)
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    page = manager.get(f"/factories/{factory.code}/roster/{found.id}")
    assert "already here under number 2" in page.text
    assert "New people" not in page.text


def test_numbers_of_people_are_not_used_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    found = send(factory, "2,Abdul Karim,M,,,,\n", MAY, monkeypatch)
    apply_roster(SYSTEM, found.id)
    (gone,) = ids()
    people.correct(SYSTEM, gone, {"email": "karim@example.org"})
    undo_roster(SYSTEM, found.id)
    apply_roster(SYSTEM, send(factory, "7,Sok Dara,F,,,,\n", JUNE, monkeypatch).id)
    assert gone not in ids()
    spoken_of = sa.select(AuditEntry.subject).where(AuditEntry.action == "factories.correct_person")
    assert list(db.session.scalars(spoken_of)) == [f"person:{gone}"]


def test_a_preview_is_overtaken_also_by_what_was_taken_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, send(factory, RINA, date(2026, 4, 1), monkeypatch).id)
    old = send(factory, f"{RINA}2,Abdul Karim,M,Line 9,Operator,,\n", MAY, monkeypatch)
    newer = send(factory, f"{RINA}2,Abdul Karim,M,Line 2,Operator,,\n", JUNE, monkeypatch)
    apply_roster(SYSTEM, newer.id)
    undo_roster(SYSTEM, newer.id)
    with pytest.raises(Refused, match="since this file was read"):
        apply_roster(SYSTEM, old.id)


def test_who_comes_back_begins_after_the_work_before(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    found = send(factory, f"{RINA}2,Abdul Karim,M,,,,\n", MAY, monkeypatch)
    apply_roster(SYSTEM, found.id)
    karim = db.session.scalar(sa.select(Person).where(Person.name == "Abdul Karim"))
    sessions.seat(sessions.training(programme=factory.programme), factory, karim)
    monkeypatch.setattr(undoing, "today", lambda zone: JULY)
    undo_roster(SYSTEM, found.id)
    apply_roster(SYSTEM, send(factory, f"{RINA}2,Abdul Karim,M,,,,\n", JUNE, monkeypatch).id)
    assert [row[2:] for row in jobs() if row[0] == "Abdul Karim"] == [(MAY, JULY), (JULY, None)]


SCRIPTS = "Employee No,Name (English),Name (Khmer),Sex\n1,Sok Dara,សុខ ដារ៉ា,F\n"


@pytest.mark.parametrize("list_of", ["Employee No,Name (Khmer),Sex\n1,សុខ ដារ៉ា,F\n", "Employee No,Name,Sex\n1,Sok Dara,F\n", SCRIPTS])
def test_a_list_in_one_script_keeps_the_other(app: Flask, monkeypatch: pytest.MonkeyPatch, list_of: str) -> None:
    factory = of_country("KH")
    apply_roster(SYSTEM, send(factory, "", MAY, monkeypatch, SCRIPTS.encode()).id)
    found = send(factory, "", JUNE, monkeypatch, list_of.encode())
    assert queries.proposal(found).changes.renamed == ()
    assert apply_roster(SYSTEM, found.id).counts["applied"]["corrected"] == 0
    db.session.expire_all()
    assert db.session.execute(sa.select(Person.name, Person.local_name)).one() == ("Sok Dara", "សុខ ដារ៉ា")


def test_who_comes_back_in_the_other_script_is_the_same_person(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("KH")
    apply_roster(SYSTEM, send(factory, "", MAY, monkeypatch, SCRIPTS.encode()).id)
    found = send(factory, "", JUNE, monkeypatch, b"Employee No,Name,Sex\n9,Chan Srey,F\n")
    apply_roster(SYSTEM, found.id, {one.employment_id for one in queries.proposal(found).leavers})
    apply_roster(SYSTEM, send(factory, "", JULY, monkeypatch, "Employee No,Name (Khmer),Sex\n1,សុខ ដារ៉ា,F\n".encode()).id)
    assert len(ids()) == 2


def test_what_a_person_chose_counts_before_what_is_usual(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    monkeypatch.setattr(previewing, "today", lambda zone: JULY)
    data = b"Employee No,Name,Phone\n1,Rina Begum,012345678\n"
    chosen = {"import_date": "2025-03-01", "country": "KH"}
    found = preview_roster(SYSTEM, factory, "list.csv", data, chosen)
    assert {name: found.choices["used"][name] for name in chosen} == chosen
    apply_roster(SYSTEM, found.id)
    assert jobs() == [("Rina Begum", "1", date(2025, 3, 1), None)]
    assert db.session.scalar(sa.select(Person.phone)) == "+85512345678"
    again = preview_roster(SYSTEM, factory, "list.csv", data)
    assert again.choices["used"]["import_date"] == JULY.isoformat(), "the day was that of the other file"
    assert preview_roster(SYSTEM, factory, "list.csv", data, {"import_date": None}).choices["used"]["country"] == "BD"


def test_an_import_that_changes_nothing_leaves_the_undo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    first = send(factory, RINA, MAY, monkeypatch)
    apply_roster(SYSTEM, first.id)
    same = send(factory, RINA, JUNE, monkeypatch)
    apply_roster(SYSTEM, same.id)
    undo_roster(SYSTEM, same.id)
    assert len(jobs()) == 1
    undo_roster(SYSTEM, first.id)
    assert jobs() == []


def test_a_closed_line_that_a_list_names_runs_again_until_that_is_undone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, send(factory, RINA, MAY, monkeypatch).id)
    line = db.session.scalar(sa.select(Line))
    structure.close_line(SYSTEM, factory.code, line.id, date(2026, 5, 15))
    apply_roster(SYSTEM, send(factory, "", JUNE, monkeypatch, b"Employee No,Name\n1,Rina Begum\n").id)
    assert line.closed_on == date(2026, 5, 15), "a list without lines names none"
    found = send(factory, f"{RINA}2,Abdul Karim,M,Line 1,Operator,,\n", JULY, monkeypatch)
    apply_roster(SYSTEM, found.id)
    db.session.expire_all()
    assert line.closed_on is None
    reopened = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "factories.reopen_line"))
    assert reopened.details == {"line": line.id, "roster_import": found.id}
    undo_roster(SYSTEM, found.id)
    db.session.expire_all()
    assert line.closed_on == date(2026, 5, 15)
    structure.close_line(SYSTEM, factory.code, line.id, AUGUST)
    apply_roster(SYSTEM, send(factory, f"{RINA}2,Abdul Karim,M,Line 1,Operator,,\n", JULY, monkeypatch).id)
    db.session.expire_all()
    assert line.closed_on == AUGUST, "a line that closes later runs on the day of the list"
