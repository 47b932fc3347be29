"""Programmes, factories, people."""

from datetime import date
from itertools import count

from app.coverage.ledger.settling import settle_people
from app.factories.models import Employment, Factory, Line, Person, Programme
from app.factories.roster.numbers import number_key
from app.factories.rules import JobRole, Sex
from app.platform.db import db
from app.platform.i18n.folding import searchable

_numbers = count(1)


def programme(code: str = "KH", **values: object) -> Programme:
    """A programme; the same code answers the same row."""
    found = db.session.query(Programme).filter_by(code=code).first()
    if found:
        return found
    defaults = {
        "name": {"en": "Kanthari Programme"}, "country": "KH", "zone": "Asia/Phnom_Penh", "rest_days": [7], "languages": ["km", "en"],
    }
    row = Programme(code=code, **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    return row


def factory(code: str = "", **values: object) -> Factory:
    """A factory of the programme KH unless another is given."""
    number = next(_numbers)
    defaults = {
        "name": f"Factory {number}", "local_name": None, "language": "km", "province": "Kandal",
        "programme_id": None,
    }
    merged = {**defaults, **values}
    merged["programme_id"] = merged["programme_id"] or programme().id
    row = Factory(code=code or f"F{number:03d}", **merged)
    db.session.add(row)
    db.session.flush()
    return row


def person(factory: Factory | None = None, role: JobRole = JobRole.SUPERVISOR, **values: object) -> Person:
    """A person, employed at `factory` in `role` when one is given."""
    number = next(_numbers)
    defaults = {
        "name": f"Sok Dara {number}", "local_name": f"សុខ ដារា {number}", "sex": Sex.F, "language": "km", "phone": None, "email": None,
    }
    line = values.pop("line", None)
    merged = {**defaults, **values}
    row = Person(search_text=searchable(merged["name"], merged["local_name"]), **merged)
    db.session.add(row)
    db.session.flush()
    if factory is not None:
        employ(row, factory, role, number=f"E{number:05d}", line=line)
    return row


def employ(person: Person, factory: Factory, role: JobRole, *, number: str, line: str | None = None) -> Employment:
    """An open employment since 2020."""
    line_row = None
    if line:
        line_row = db.session.query(Line).filter_by(factory_id=factory.id, name=line).first() or Line(factory_id=factory.id, name=line)
        db.session.add(line_row)
        db.session.flush()
    row = Employment(
        person_id=person.id, factory_id=factory.id, employee_number=number, number_key=number_key(number), role=role,
        designation=None, line_id=line_row.id if line_row else None, started_on=date(2020, 1, 1), ended_on=None,
    )
    db.session.add(row)
    db.session.flush()
    settle_people([person.id], "made")
    return row
