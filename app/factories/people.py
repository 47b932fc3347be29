"""One person: what the page shows, who may correct it, correcting it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries
from app.factories.events import AddressCorrected, SexCorrected
from app.factories.models import Employment, Factory, Line, Person
from app.factories.queries import visible_factories
from app.factories.rules import EndReason, JobRole
from app.platform import audit
from app.platform.bus import publish
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import NotFound, Refused


@dataclass(frozen=True)
class Work:
    """One stretch of employment."""

    factory_id: int
    programme_id: int
    factory_code: str
    factory: str
    employee_number: str
    role: JobRole | None
    designation: str | None
    line: str | None
    started_on: date
    ended_on: date | None
    end_reason: EndReason | None


def work_of(actor: Actor, person_id: int) -> list[Work]:
    """Employments at factories that the actor sees, the latest first. One that never held is left out."""
    held = sa.or_(Employment.ended_on.is_(None), Employment.ended_on > Employment.started_on)
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(
            Factory.id, Factory.programme_id, Factory.code, Factory.name, Employment.employee_number, Employment.role,
            Employment.designation, Line.name, Employment.started_on, Employment.ended_on, Employment.end_reason,
        )
        .join(Factory, Factory.id == Employment.factory_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.person_id == person_id, Employment.factory_id.in_(seen), held)
        .order_by(Employment.started_on.desc(), Employment.id.desc())
    )
    return [Work(*tuple(row)) for row in rows]


def may_edit(actor: Actor, person: Person) -> bool:
    """Whether the actor may correct the person: where the person works now, or worked last."""
    ends = sa.func.coalesce(Employment.ended_on, date.max)
    last = sa.select(Employment.factory_id).where(Employment.person_id == person.id)
    latest = sa.select(sa.func.max(ends)).where(Employment.person_id == person.id).scalar_subquery()
    mine = visible_factories(actor, Permission.PEOPLE_EDIT).with_only_columns(Factory.id)
    found = db.session.scalar(last.where(ends == latest, Employment.factory_id.in_(mine)).limit(1))
    return found is not None and person.erased_at is None


def correct(actor: Actor, person_id: int, values: Mapping[str, Any]) -> Person:
    """Set what is known of a person. The log names the fields that changed, never what they say.

    `values` are columns of Person: name, local_name, sex, birth_band, language, phone, email. Raises NotFound.
    """
    person = queries.person(actor, person_id, Permission.PEOPLE_EDIT)
    if not may_edit(actor, person):
        if person.erased_at is not None:
            raise Refused(_("This person was pseudonymised. There is nothing to correct."))
        raise NotFound
    changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, values[name])
    person.search_text = searchable(person.name, person.local_name)
    if changed:
        audit.record(actor, "factories.correct_person", f"person:{person.id}", fields=changed)
    if "email" in changed:
        db.session.flush()  # whoever follows reads the address
        publish(AddressCorrected(person.id))
    if "sex" in changed:
        db.session.flush()  # whoever follows reads the sex
        publish(SexCorrected(person.id))
    return person
