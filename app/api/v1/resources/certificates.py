"""Certificates of people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import NOT_TOGETHER, Code, FollowedAsked, NeverFollowed
from app.api.v1.following import NotLookedUp
from app.api.v1.resource import Item, Resource, Rows
from app.certificates.models import Certificate
from app.certificates.queries import WAS_SEEN, is_in_state
from app.certificates.rules import Standing, State, state
from app.courses.models import Course
from app.factories.models import Factory, Person
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.config import settings


class CertificateItem(Item):
    """What was issued for a completion, for one validity period."""

    id: int
    number: str
    completion: int = Field(description="Id of the completion.")
    person: int = Field(description="Id of the person.")
    factory: str = Field(description="Code of the factory.")
    course: str = Field(description="Code of the course.")
    language: str
    issued_at: datetime
    valid_until: datetime | None
    state: State = Field(description="What whoever verifies it is told now.")
    reason: str | None = Field(description="Why it was suspended, replaced or revoked.")
    has_file: bool = Field(description="Whether its PDF file is made.")
    verify_url: str = Field(description="Where everybody can verify it; the address never changes.")
    updated_at: datetime = Field(description="When anything of this changed last.")


class CertificatesAsked(FollowedAsked):
    factory: Code | None = Field(default=None, description="Code of a factory.")
    course: Code | None = Field(default=None, description="Code of a course.")
    state: Annotated[State | None, NeverFollowed] = Field(default=None, description=f"Its state now. {NOT_TOGETHER}")


def _rows(actor: Actor, asked: CertificatesAsked) -> Rows:
    factory_id = NotLookedUp(Certificate.factory_id) if asked.follows else Certificate.factory_id
    seen = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD).with_only_columns(Factory.id)
    statement: Rows = (
        sa.select(
            Certificate.id, Certificate.number, Certificate.completion_id,
            sa.func.coalesce(Person.merged_into_id, Person.id).label("person"), Factory.code.label("factory"),
            Course.code.label("course"), Certificate.language, Certificate.issued_at, Certificate.valid_until,
            Certificate.suspended_at, Certificate.replaced_at, Certificate.revoked_at, Certificate.code,
            sa.func.coalesce(
                Certificate.revoked_reason, Certificate.replaced_reason, Certificate.suspended_reason
            ).label("reason"),
            (sa.func.coalesce(Certificate.file_key, "") != "").label("has_file"),
            Certificate.updated_at,
        )
        .join(Person, Person.id == Certificate.person_id)
        .join(Factory, Factory.id == factory_id)
        .join(Course, Course.id == Certificate.course_id)
        .where(factory_id.in_(seen))
    )  # fmt: skip
    if not asked.follows:  # who follows has read of it as valid, and must hear of its end
        statement = statement.where(WAS_SEEN)
    if asked.factory:
        statement = statement.where(Factory.code == asked.factory)
    if asked.course:
        statement = statement.where(Course.code == asked.course)
    return statement.where(is_in_state(asked.state)) if asked.state else statement


def _items(_actor: Actor, rows: Sequence[Any], _asked: CertificatesAsked) -> list[CertificateItem]:
    at, site = now(), settings().base_url
    return [
        CertificateItem(
            id=row.id, number=row.number, completion=row.completion_id, person=row.person, factory=row.factory,
            course=row.course, language=row.language, issued_at=row.issued_at, valid_until=row.valid_until,
            state=state(Standing(row.valid_until, row.suspended_at, row.replaced_at, row.revoked_at), at),
            reason=row.reason, has_file=row.has_file, verify_url=f"{site}/c/{row.code}",
            updated_at=row.updated_at,
        )
        for row in rows
    ]  # fmt: skip


CERTIFICATES = Resource(
    name="certificates", about="Certificates of people at the factories that the owner of the token sees.",
    scope=TokenScope.CERTIFICATES_READ, permission=Permission.CERTIFICATES_DOWNLOAD, item=CertificateItem,
    asked=CertificatesAsked, rows=_rows, key=Certificate.id, items=_items,
    changed=Certificate.updated_at, one_by=Certificate.id,
)  # fmt: skip
