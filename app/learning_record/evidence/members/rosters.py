"""Who worked at the factory in the time. No history is kept of a staff list, so what was said of the day is kept."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories.labels import ONE_SEX, ROLES
from app.factories.models import Employment, Line, Person
from app.learning_record.evidence.source import About, Source, Table, Worker, text_of
from app.platform.db import db
from app.platform.i18n import _


def keep(about: About) -> list[list[Any]]:
    """Employment, role, line, from and to, without whoever it is. One statement."""
    rows = db.session.execute(
        sa.select(Employment.id, Employment.role, Line.name, Employment.started_on, Employment.ended_on)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(
            Employment.factory_id == about.factory_id, Employment.started_on <= about.period.until,
            sa.or_(Employment.ended_on.is_(None), Employment.ended_on > about.period.since),
        )
        .order_by(Employment.id)
    )  # fmt: skip
    return [
        [id_, role.value if role else None, line, started.isoformat(), ended.isoformat() if ended else None]
        for id_, role, line, started, ended in rows
    ]


def workers(about: About, kept: list[list[Any]]) -> list[Worker]:
    """The kept rows with the number and name that the person has today. One statement.

    An entry that turned out to be somebody else is that person; one that is gone has no name.
    """
    own = sa.orm.aliased(Person)
    rows = db.session.execute(
        sa.select(
            Employment.id, Person.id, Employment.employee_number, Person.name, Person.local_name, Person.sex
        )
        .join(own, own.id == Employment.person_id)
        .join(Person, Person.id == sa.func.coalesce(own.merged_into_id, own.id))
        .where(Employment.factory_id == about.factory_id)
    )
    today = {row[0]: row[1:] for row in rows}
    found = []
    for id_, role, line, started, ended in kept:
        person_id, number, name, local_name, sex = today.get(id_, (0, "", "", None, None))
        found.append(Worker(
            id_, person_id, number, name, local_name or "", str(ONE_SEX[sex]) if sex else "",
            str(ROLES[role]) if role else "", line or "", date.fromisoformat(started),
            date.fromisoformat(ended) if ended else None))
    return sorted(found, key=lambda each: (each.number, each.started_on, each.employment_id))


def table(source: Source) -> Table:
    """The staff list: a row for each time under one number, in one role, on one line."""
    header = [
        _("Employee number"), _("Name"), _("Name in the own script"), _("Sex"), _("Role"), _("Line"), _("From"),
        _("Until before"),
    ]  # fmt: skip
    rows = [
        [
            each.number, each.name, each.local_name, each.sex, each.role, each.line, each.started_on.isoformat(),
            text_of(each.ended_on),
        ]
        for each in source.workers
    ]  # fmt: skip
    return Table("roster", _("Staff list"), header, rows)
