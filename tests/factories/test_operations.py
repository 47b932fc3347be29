"""Rosters of the samples, previewed and applied on a real database."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.factories import queries
from app.factories.models import Employment, Factory, Line, Person, RosterImport
from app.factories.operations import apply_roster, applying, preview_roster, previewing
from app.factories.proposal import Proposal
from app.factories.refusals import RosterRefused
from app.factories.roster import as_json
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.factories.roster.sample_files import role_map
from tests.factories.samples import ROSTERS, expected, roster
from tests.make import accounts, factories

ACCEPTED = [path for path in ROSTERS if expected(path)["outcome"] == "accepted"]
REFUSED = [path for path in ROSTERS if expected(path)["outcome"] == "refused"]
FIRST = [path for path in ACCEPTED if "compared_with" not in expected(path)]
SECOND = [path for path in ACCEPTED if "compared_with" in expected(path)]


def of_country(country: str) -> Factory:
    return factories.factory(programme_id=factories.programme(country, country=country, zone="Asia/Phnom_Penh").id)


def read(factory: Factory, path: Path, monkeypatch: pytest.MonkeyPatch, actor: Actor = SYSTEM) -> RosterImport:
    """Preview a sample on its own day, with what a person chose for it."""
    told = expected(path)
    monkeypatch.setattr(previewing, "today", lambda zone: date.fromisoformat(told["import_date"]))
    chosen = {name: told[name] for name in ("sheet", "header_row", "columns", "calendar", "line_from", "sex_words") if name in told}
    return preview_roster(actor, factory, path.name, path.read_bytes(), chosen, role_map())


def proposed(found: RosterImport) -> Proposal:
    return queries.proposal(found)


def everyone(factory: Factory) -> list[dict[str, Any]]:
    """The people now employed, as the samples name them."""
    rows = [one.row() for one in queries.employed(factory.id)]
    return sorted(
        ({name: getattr(row, name) for name in ("employee_number", "name", "local_name", "sex", "line", "designation", "role", "phone")}
         for row in rows),
        key=lambda row: row["employee_number"],
    )


def history(factory: Factory, number: str) -> list[Employment]:
    found = sa.select(Employment).where(Employment.factory_id == factory.id, Employment.number_key == number)
    return list(db.session.scalars(found.order_by(Employment.started_on, Employment.id)))


def rows_of(*models: Any) -> list[int]:
    return [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in models]


@pytest.mark.sampled(number=3)
@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.name)
def test_first_roster_is_applied_once(app: Flask, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, told = of_country(expected(path)["country"]), expected(path)
    found = read(factory, path, monkeypatch)
    assert found.counts["accepted"] == told["counts"]["accepted"]
    assert everyone(factory) == [], "a preview changes nothing"
    apply_roster(SYSTEM, found.id)
    wanted = [{name: value for name, value in row.items() if name not in ("row", "joined")} for row in told["rows"]]
    assert everyone(factory) == sorted(wanted, key=lambda row: row["employee_number"])
    before = rows_of(Person, Employment, Line)
    apply_roster(SYSTEM, found.id)
    again = read(factory, path, monkeypatch)
    changes = as_json(proposed(again).roster, proposed(again).changes)["changes"]
    assert not any(changes["counts"].values()), changes
    applied = apply_roster(SYSTEM, again.id, leavers={one.employment_id for one in queries.employed(factory.id)})
    assert not any(applied.counts["applied"].values())
    assert rows_of(Person, Employment, Line) == before


@pytest.mark.sampled
@pytest.mark.parametrize("path", SECOND, ids=lambda path: path.name)
def test_second_roster_gives_the_expected_changes(app: Flask, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = expected(path)
    factory, first = of_country(told["country"]), path.with_name(told["compared_with"])
    apply_roster(SYSTEM, read(factory, first, monkeypatch).id)
    found = read(factory, path, monkeypatch)
    proposal = proposed(found)
    assert as_json(proposal.roster, proposal.changes)["changes"] == told["changes"]
    leavers = {one.employment_id for one in proposal.leavers} | {pair.employed.employment_id for pair in proposal.reused}
    same = {pair.employed.employment_id for pair in proposal.renumbered}
    apply_roster(SYSTEM, found.id, leavers, same)
    rejected = set(told["changes"]["unresolved"])
    names = {row["employee_number"].lstrip("0"): row["name"] for row in told["rows"]}
    now = {row["employee_number"].lstrip("0"): row["name"] for row in everyone(factory) if row["employee_number"] not in rejected}
    assert {number: name.replace(" ", "").casefold() for number, name in now.items()} == {
        number: name.replace(" ", "").casefold() for number, name in names.items()
    }
    again = read(factory, path, monkeypatch)
    counts = as_json(proposed(again).roster, proposed(again).changes)["changes"]["counts"]
    assert {name: number for name, number in counts.items() if number} == {"unresolved": len(rejected)} if rejected else not any(counts.values())


def test_history_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    may, june = roster("kh-golden-needle-2026-05"), roster("kh-golden-needle-2026-06")
    factory = of_country("KH")
    apply_roster(SYSTEM, read(factory, may, monkeypatch).id)
    line_20 = db.session.scalar(sa.select(Line.id).where(Line.factory_id == factory.id, Line.name == "Line 20"))
    people = rows_of(Person)[0]
    found = read(factory, june, monkeypatch)
    proposal = proposed(found)
    reused = proposal.reused[0].employed.employment_id
    apply_roster(SYSTEM, found.id, {reused}, {pair.employed.employment_id for pair in proposal.renumbered})
    day = date(2026, 6, 30)
    operator, supervisor = history(factory, "117")
    assert (operator.role, operator.ended_on) == ("operator", day)
    assert (supervisor.role, supervisor.started_on, supervisor.ended_on) == ("supervisor", day, None)
    assert operator.person_id == supervisor.person_id
    assert queries.open_employment(operator.person_id, day - timedelta(days=1)).id == operator.id
    assert queries.open_employment(operator.person_id, day).id == supervisor.id
    before, after = history(factory, "142")
    assert (before.line.name, after.line.name, after.employee_number) == ("Line 04", "Line 05", before.employee_number)
    gone, new = history(factory, "57")
    assert (gone.person.name, gone.ended_on, new.person.name) == ("Sem Chenda", day, "Seng Dara")
    old, renumbered = history(factory, "13") + history(factory, "9901")
    assert old.person_id == renumbered.person_id and old.ended_on == day
    (renamed,) = history(factory, "107")
    assert renamed.person.name == "Thach Vuthy", "another name is no other employment"
    assert db.session.scalar(sa.select(Line.name).where(Line.id == line_20)) == "Line 20A"
    (proposed_only,) = history(factory, "12")
    assert proposed_only.ended_on is None, "nobody confirmed that they left"
    assert history(factory, "335")[0].ended_on is None, "a row with an error is no leaver"
    joined = len(expected(june)["changes"]["joined"])
    assert rows_of(Person)[0] == people + joined, "one joiner is somebody with a new number, one number has a new person"


def test_who_comes_back_is_the_same_person(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    may, june = roster("kh-golden-needle-2026-05"), roster("kh-golden-needle-2026-06")
    factory = of_country("KH")
    apply_roster(SYSTEM, read(factory, may, monkeypatch).id)
    found = read(factory, june, monkeypatch)
    apply_roster(SYSTEM, found.id, {one.employment_id for one in proposed(found).leavers})
    (ended,) = history(factory, "12")
    assert ended.ended_on == date(2026, 6, 30)
    apply_roster(SYSTEM, read(factory, may, monkeypatch).id)
    first, second = history(factory, "12")
    assert first.person_id == second.person_id


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_refused_file_changes_nothing(app: Flask, path: Path) -> None:
    factory = of_country(expected(path)["country"])
    with pytest.raises(RosterRefused) as refusal:
        preview_roster(SYSTEM, factory, path.name, path.read_bytes())
    assert refusal.value.roster.reason == expected(path)["reason"]
    assert str(refusal.value).endswith("."), "a sentence"
    assert rows_of(RosterImport, Person, AuditEntry) == [0, 0, 0]


ROSTER = "Employee No,Name,Sex,Line,Designation,Joining date\n"


def small(factory: Factory, rows: str, **chosen: Any) -> RosterImport:
    return preview_roster(SYSTEM, factory, "list.csv", (ROSTER + rows).encode(), chosen or None)


def test_blank_cells_change_nothing(app: Flask) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, small(factory, "1,Rina Begum,F,Line 1,Operator,2020-01-05\n2,Abdul Karim,M,Line 1,Supervisor,2020-01-05\n").id)
    found = small(factory, "1,RINA  BEGUM,,,,\n2,Abdul Karim,,,,\n")
    assert not any(apply_roster(SYSTEM, found.id).counts["applied"].values())
    assert [row["line"] for row in everyone(factory)] == ["Line 1", "Line 1"]


def test_changes_on_the_first_day_are_mended_in_place(app: Flask) -> None:
    factory = of_country("BD")
    apply_roster(SYSTEM, small(factory, "1,Rina Begum,F,Line 1,Operator,\n").id)
    apply_roster(SYSTEM, small(factory, "1,Rina Begum,F,Line 2,Supervisor,\n").id)
    (only,) = history(factory, "1")
    assert (only.line.name, only.role) == ("Line 2", "supervisor")


def test_an_overtaken_preview_is_refused(app: Flask) -> None:
    factory = of_country("BD")
    one, other = small(factory, "1,Rina Begum,F,,,\n"), small(factory, "1,Rina Begum,F,,,\n2,Abdul Karim,M,,,\n")
    apply_roster(SYSTEM, other.id)
    with pytest.raises(Refused, match="Another roster"):
        apply_roster(SYSTEM, one.id)


def test_the_same_file_gives_the_same_preview(app: Flask) -> None:
    factory = of_country("BD")
    assert small(factory, "1,Rina Begum,F,,,\n").id == small(factory, "1,Rina Begum,F,,,\n").id


def test_decisions_count_for_the_next_file_that_looks_the_same(app: Flask) -> None:
    factory = of_country("BD")
    columns = {"employee_number": "A", "name": "B", "sex": "C", "designation": "E", "joined": "F"}
    apply_roster(SYSTEM, small(factory, "1,Rina Begum,F,Line 1,Operator,\n", columns=columns).id)
    assert everyone(factory)[0]["line"] is None
    next_one = small(factory, "1,Rina Begum,F,Line 1,Operator,\n2,Abdul Karim,M,Line 2,Operator,\n")
    assert next_one.choices["used"]["columns"]["line"] is None
    other = preview_roster(SYSTEM, factory, "other.csv", b"Name,Employee No,Line\nRina Begum,1,Line 1\n")
    assert other.choices["used"]["columns"]["line"] == "C", "another table is proposed anew"


def test_columns_that_nobody_mapped_are_kept_nowhere(app: Flask, tmp_path: Path) -> None:
    factory = of_country("BD")
    data = b"Employee No,Name,National ID,Basic salary\n1,Rina Begum,8812345678901,12500.77\n"
    found = preview_roster(SYSTEM, factory, "list.csv", data)
    stored = [path.read_bytes() for path in Path(app.extensions["files"].folder).rglob("*") if path.is_file()]
    assert any(b"Rina Begum" in content for content in stored)
    assert not any(b"8812345678901" in content or b"12500.77" in content for content in stored)
    assert "8812345678901" not in str(found.choices) + str(found.counts)


def test_who_may(app: Flask) -> None:
    factory, other = of_country("BD"), of_country("KH")
    data = (ROSTER + "1,Rina Begum,F,,,\n").encode()
    outsider = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=other.programme))
    advisor = accounts.actor(accounts.account(Role.ADVISOR, programme=factory.programme))
    for actor in (outsider, advisor):
        with pytest.raises(NotFound):
            preview_roster(actor, factory, "list.csv", data)
    found = preview_roster(SYSTEM, factory, "list.csv", data)
    for actor in (outsider, advisor):
        with pytest.raises(NotFound):
            apply_roster(actor, found.id)
    assert everyone(factory) == []


def test_events_and_log(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(applying, "publish", told.append)
    factory = of_country("BD")
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    found = preview_roster(manager, factory, "list.csv", (ROSTER + "1,Rina Begum,F,,,\n").encode())
    apply_roster(manager, found.id)
    apply_roster(manager, found.id)
    assert [event.roster_import_id for event in told] == [found.id]
    renamed = preview_roster(manager, factory, "list.csv", (ROSTER + "1,Rina Khatun,F,,,\n").encode())
    apply_roster(manager, renamed.id)
    entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        "factories.preview_roster", "factories.apply_roster", "factories.preview_roster", "factories.apply_roster",
        "factories.correct_person",
    ]
    assert {entry.account_id for entry in entries} == {manager.account_id}
    assert not any("Rina" in str(entry.details) for entry in entries), "the log holds no names"


def test_decisions_count_where_the_headings_stand_lower(app: Flask) -> None:
    factory = of_country("BD")
    columns = {"employee_number": "A", "name": "B", "sex": "C", "designation": "E", "joined": "F"}
    apply_roster(SYSTEM, small(factory, "1,Rina Begum,F,Line 1,Operator,\n", columns=columns, header_row=1).id)
    data = ("Staff of May\n\n" + ROSTER + "1,Rina Begum,F,Line 1,Operator,\n").encode()
    lower = preview_roster(SYSTEM, factory, "may.csv", data)
    assert lower.choices["used"]["header_row"] == 3
    assert lower.choices["used"]["columns"]["line"] is None
    assert lower.counts["accepted"] == 1
