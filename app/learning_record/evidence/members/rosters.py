"""Who worked at the factory in the time."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories.labels import ONE_SEX, ROLES
from app.factories.models import Employment, Line, Person
from app.factories.rules import JobRole, Sex
from app.learning_record.evidence.source import About, Named, Said, Source, Table, Worker, text_of
from app.platform.db import db
from app.platform.i18n import _


def workers(about: About) -> list[Worker]:
    """Everybody who worked there on a day of it, with the number and name of today. One statement.

    An entry that turned out to be somebody else is that person.
    """
    own = sa.orm.aliased(Person)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(
            Employment.id, Person.id, Employment.employee_number, Person.name, Person.local_name, Person.sex,
            Employment.role, Line.name, Employment.started_on, Employment.ended_on,
        )
        .join(own, own.id == Employment.person_id)
        .join(Person, Person.id == sa.func.coalesce(own.merged_into_id, own.id))
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(
            Employment.factory_id == about.factory_id, Employment.started_on <= about.period.until,
            sa.or_(Employment.ended_on.is_(None), Employment.ended_on > about.period.since),
        )
    )  # fmt: skip
    found = [_worker(*tuple(row)) for row in rows]
    return sorted(found, key=lambda each: (each.number.text, each.started_on, each.employment_id))


def _worker(
    employment_id: int, person_id: int, number: str, name: str, local_name: str | None, sex: Sex | None,
    role: JobRole | None, line: str | None, started_on: date, ended_on: date | None,
) -> Worker:  # fmt: skip
    return Worker(
        employment_id, person_id, Named(person_id, number), Named(person_id, name), Named(person_id, local_name or ""),
        str(ONE_SEX[sex]) if sex else "", str(ROLES[role]) if role else "", line or "", started_on, ended_on)


def table(source: Source) -> Table:
    """The staff list: a row for each time under one number, in one role, on one line."""
    header = [
        _("Employee number"), _("Name"), _("Name in the own script"), _("Sex"), _("Role"), _("Line"), _("From"),
        _("Until before"),
    ]  # fmt: skip
    rows: list[list[Said]] = [
        [
            each.number, each.name, each.local_name, each.sex, each.role, each.line, each.started_on.isoformat(),
            text_of(each.ended_on),
        ]
        for each in source.workers
    ]  # fmt: skip
    return Table("roster", _("Staff list"), header, rows)
