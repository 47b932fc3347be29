"""One person without a list: hired, in other work, gone, from another factory."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories import queries
from app.factories.models import Employment, Factory, Person
from app.factories.operations import Hire, Terms, apply_roster, came_from, change_work, end_work, hire
from app.factories.rules import EndReason, JobRole, Sex
from app.factories.structure.taken import Taken
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.browse import Browse, fill
from tests.factories.test_operations import of_country
from tests.factories.test_roster_undo import send
from tests.make import accounts, factories, structure

MAY, JUNE, JULY = (date(2026, month, 1) for month in (5, 6, 7))
RINA = Hire("Rina Begum", "রিনা বেগম", Sex.F, "A-007")
OPERATOR, SUPERVISOR = Terms(JobRole.OPERATOR, "Operator", None), Terms(JobRole.SUPERVISOR, None, None)
TOMORROW = now().date() + timedelta(days=2)


def work(person: Person) -> list[tuple[object, ...]]:
    db.session.flush()
    db.session.expire_all()
    rows = sa.select(Employment).where(Employment.person_id == person.id).order_by(Employment.started_on, Employment.id)
    return [(row.factory_id, row.role, row.started_on, row.ended_on, row.end_reason) for row in db.session.scalars(rows)]


def logged() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_person_is_hired_once(app: Flask) -> None:
    factory = of_country("BD")
    rina = hire(SYSTEM, factory.code, RINA, OPERATOR, MAY)
    assert hire(SYSTEM, factory.code, RINA, OPERATOR, MAY).id == rina.id
    assert work(rina) == [(factory.id, JobRole.OPERATOR, MAY, None, None)]
    assert (rina.search_text, rina.language, logged()) == ("rina begum রিনা বেগম", factory.language, ["factories.hire"])
    with pytest.raises(Taken):
        hire(SYSTEM, factory.code, Hire("Abdul Karim", None, Sex.M, "a 007"), OPERATOR, MAY)
    with pytest.raises(Refused, match="still to come"):
        hire(SYSTEM, factory.code, Hire("Abdul Karim", None, Sex.M, "8"), OPERATOR, TOMORROW)
    with pytest.raises(NotFound):
        foreign = structure.line(factories.factory()).id
        hire(SYSTEM, factory.code, Hire("Abdul Karim", None, Sex.M, "8"), Terms(None, None, foreign), MAY)
    assert db.session.query(Person).count() == 1


def test_who_comes_back_keeps_the_history(app: Flask) -> None:
    factory = of_country("BD")
    rina = hire(SYSTEM, factory.code, RINA, OPERATOR, MAY)
    end_work(SYSTEM, factory.code, rina.id, EndReason.LEFT, JUNE)
    with pytest.raises(Refused, match="on that day already"):
        hire(SYSTEM, factory.code, RINA, SUPERVISOR, MAY)
    assert hire(SYSTEM, factory.code, RINA, SUPERVISOR, JULY).id == rina.id
    assert [row[2:4] for row in work(rina)] == [(MAY, JUNE), (JULY, None)]


def test_other_work_is_another_stretch_as_a_list_would_write_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = of_country("BD")
    line = structure.line(factory)
    rina = hire(SYSTEM, factory.code, RINA, OPERATOR, MAY)
    change_work(SYSTEM, factory.code, rina.id, Terms(JobRole.OPERATOR, "Senior operator", None), JUNE)
    assert len(work(rina)) == 1, "another designation alone is no other work"
    promoted = Terms(JobRole.SUPERVISOR, "Supervisor", line.id)
    change_work(SYSTEM, factory.code, rina.id, promoted, JUNE)
    change_work(SYSTEM, factory.code, rina.id, promoted, JULY)
    assert work(rina) == [
        (factory.id, JobRole.OPERATOR, MAY, JUNE, EndReason.MOVED_ROLE), (factory.id, JobRole.SUPERVISOR, JUNE, None, None),
    ]
    change_work(SYSTEM, factory.code, rina.id, Terms(JobRole.MANAGER, None, line.id), JUNE)
    assert [row[1] for row in work(rina)] == [JobRole.OPERATOR, JobRole.MANAGER], "the first day has no history yet"
    with pytest.raises(Refused, match="before the present work"):
        change_work(SYSTEM, factory.code, rina.id, SUPERVISOR, MAY)
    found = send(factory, "A007,Rina Begum,F,Line 1,Supervisor,,\n", JULY, monkeypatch)
    assert apply_roster(SYSTEM, found.id).counts["applied"] | {"joined": 0, "role_changed": 1} == found.counts["applied"]
    assert [row[1:3] for row in work(rina)][-1] == (JobRole.SUPERVISOR, JULY)
    assert logged()[:4] == ["factories.hire", *["factories.change_work"] * 3]


def test_work_ends_once(app: Flask) -> None:
    factory, twin = of_country("BD"), factories.factory()
    rina = hire(SYSTEM, factory.code, RINA, OPERATOR, MAY)
    for day in (date(2026, 4, 30), TOMORROW):
        with pytest.raises(Refused):
            end_work(SYSTEM, factory.code, rina.id, EndReason.LEFT, day)
    end_work(SYSTEM, factory.code, rina.id, EndReason.LEFT, JUNE)
    end_work(SYSTEM, factory.code, rina.id, EndReason.LEFT, JULY)
    assert work(rina) == [(factory.id, JobRole.OPERATOR, MAY, JUNE, EndReason.LEFT)]
    assert logged() == ["factories.hire", "factories.end_work"]
    with pytest.raises(NotFound):
        end_work(SYSTEM, twin.code, rina.id, EndReason.LEFT, JUNE)
    with pytest.raises(NotFound):
        change_work(SYSTEM, factory.code, rina.id, SUPERVISOR, JULY)


def two_factories() -> tuple[Factory, Factory]:
    old = of_country("BD")
    return old, factories.factory(programme_id=old.programme_id)


def test_who_came_from_another_factory_is_one_person(app: Flask) -> None:
    old, new = two_factories()
    rina = hire(SYSTEM, old.code, RINA, SUPERVISOR, MAY)
    joiner = hire(SYSTEM, new.code, Hire("Rina Begom", None, Sex.F, "77"), OPERATOR, JUNE)
    assert came_from(SYSTEM, new.code, joiner.id, rina.id) == rina.id
    assert came_from(SYSTEM, new.code, joiner.id, rina.id) == rina.id, "twice is once"
    assert work(rina) == [
        (old.id, JobRole.SUPERVISOR, MAY, JUNE, EndReason.MOVED_FACTORY), (new.id, JobRole.OPERATOR, JUNE, None, None),
    ]
    assert (queries.heads(old.id).total, queries.heads(new.id).total) == (0, 1)
    assert queries.open_employment(rina.id, date(2026, 5, 31), old.id) is not None, "the old factory keeps its counts"
    assert queries.person(SYSTEM, joiner.id).id == rina.id
    entry = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "factories.move_person"))
    assert entry.details == {"factory": new.id, "before": old.id}


def test_who_had_left_before_keeps_the_day_of_leaving(app: Flask) -> None:
    old, new = two_factories()
    rina = hire(SYSTEM, old.code, RINA, SUPERVISOR, MAY)
    end_work(SYSTEM, old.code, rina.id, EndReason.LEFT, JUNE)
    joiner = hire(SYSTEM, new.code, RINA, OPERATOR, JULY)
    came_from(SYSTEM, new.code, joiner.id, rina.id)
    assert [row[2:] for row in work(rina)] == [(MAY, JUNE, EndReason.MOVED_FACTORY), (JULY, None, None)]


def test_only_who_reaches_both_factories_links_them(app: Flask) -> None:
    old, new = two_factories()
    rina, joiner = hire(SYSTEM, old.code, RINA, SUPERVISOR, MAY), hire(SYSTEM, new.code, RINA, OPERATOR, JUNE)
    abroad = factories.programme("VN")
    others = [
        accounts.account(Role.FOCAL_POINT, factory=new), accounts.account(Role.ADVISOR, programme=old.programme),
        accounts.account(Role.PROGRAMME_MANAGER, programme=abroad),
    ]
    for account in others:
        with pytest.raises(NotFound):
            came_from(accounts.actor(account), new.code, joiner.id, rina.id)
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=old.programme))
    with pytest.raises(Refused, match="never worked at another"):
        came_from(manager, new.code, joiner.id, hire(SYSTEM, new.code, Hire("Rina Begum", None, None, "5"), OPERATOR, MAY).id)
    assert len(work(rina)) == len(work(joiner)) == 1
    assert came_from(manager, new.code, joiner.id, rina.id) == rina.id


def test_the_focal_point_does_all_of_it_in_the_browser(browse: Browse) -> None:
    factory, twin = two_factories()
    line, closed = structure.line(factory), structure.line(factory, "Line 9")
    closed.closed_on = MAY
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    people = f"/factories/{factory.code}/people"
    assert "Add a person" in focal.get(people).text
    page = focal.get(f"{people}/new")
    assert "Line 1" in page.text and "Line 9" not in page.text
    who = {"name": " Rina  Begum ", "sex": "F", "employee_number": "A-7", "role": "operator", "line": str(line.id), "day": "2026-05-01"}
    for wrong in ({"name": ""}, {"employee_number": "--"}, {"day": "x"}, {"line": str(closed.id)}, {"role": "queen"}, {"day": str(TOMORROW)},
                  {"name": "Rina \u202e"}):
        address, data = fill(page, "/people/new", **{**who, **wrong})
        assert focal.post(address, data).status == 422, wrong
    address, data = fill(page, "/people/new", **who)
    shown = focal.post(address, data).location
    assert focal.post(address, data).location == shown
    person = db.session.scalar(sa.select(Person))
    assert (person.name, work(person)) == ("Rina Begum", [(factory.id, JobRole.OPERATOR, MAY, None, None)])
    _, taken = fill(page, "/people/new", **{**who, "name": "Abdul Karim"})
    assert "Somebody else has this employee number" in focal.post(address, taken).text
    one = f"{people}/{person.id}/work"
    assert one in [link.get("href") for link in focal.get(shown).all("a")]
    page = focal.get(one)
    assert "Came from another factory" not in page.text
    address, data = fill(page, one, role="supervisor", day="2026-06-01")
    assert focal.post(address, {**data, "day": "2026-04-01"}).status == 422
    assert focal.post(address, data).status == 303
    address, data = fill(page, "/ending", ending__day="2026-07-01", ending__reason="left")
    assert focal.post(address, {**data, "ending-day": "2026-05-01"}).status == 422
    assert focal.post(address, {**data, "ending-reason": "moved_role"}).status == 422
    assert focal.post(address, data).status == 303
    assert [row[3:] for row in work(person)] == [(JUNE, EndReason.MOVED_ROLE), (JULY, EndReason.LEFT)]
    assert focal.get(one).status == 404
    stranger = factories.person(twin)
    for path in (f"/factories/{twin.code}/people/new", f"/factories/{twin.code}/people/{stranger.id}/work", f"{people}/{stranger.id}/work"):
        assert focal.get(path).status == focal.post(path, who).status == 404
    assert focal.get(f"{people}/{person.id}/origin").status == 404


def test_a_manager_finds_the_entry_at_the_other_factory(browse: Browse) -> None:
    old, new = two_factories()
    rina, joiner = hire(SYSTEM, old.code, RINA, SUPERVISOR, MAY), hire(SYSTEM, new.code, RINA, OPERATOR, JUNE)
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=old.programme))
    assert "Came from another factory" in manager.get(f"/factories/{new.code}/people/{joiner.id}/work").text
    page = manager.get(f"/factories/{new.code}/people/{joiner.id}/origin?q=rina")
    assert old.name in page.text and [field.get("value") for field in page.all("input") if field.get("name") == "other"] == [str(rina.id)]
    assert "Nobody at another factory" in manager.get(f"/factories/{new.code}/people/{joiner.id}/origin?q=zzz").text
    reply = manager.post(f"/factories/{new.code}/people/{joiner.id}/origin", {"other": rina.id})
    assert reply.location == f"/people/{rina.id}"
    assert "Other factory" in manager.get(reply.location).text
    assert manager.post(f"/factories/{new.code}/people/{joiner.id}/origin", {"other": "x"}).status == 404
