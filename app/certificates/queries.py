"""Reading certificates, as far as the actor may."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import IN_FORCE, Certificate, CertificateDraft
from app.certificates.rules import State
from app.completions.models import Completion
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound

WAS_SEEN = sa.or_(sa.and_(*IN_FORCE), Certificate.file_key.is_not(None))
"""All but what ended before its file was made: a correction within the waiting time replaces nothing anybody had."""


def undrawn(certificate_ids: Collection[int]) -> dict[int, Certificate]:
    """Those that are in force, whose completion holds, and that have no file yet."""
    found = db.session.scalars(
        sa.select(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(
            Certificate.id.in_(certificate_ids),
            *IN_FORCE,
            Certificate.file_key.is_(None),
            Completion.withdrawn_at.is_(None),
        )
    )
    return {each.id: each for each in found}


def drafts_left(certificate_id: int) -> list[str]:
    """Keys of stored files that did not become a part of the certificate."""
    return list(
        db.session.scalars(
            sa.select(CertificateDraft.file_key)
            .join(Certificate, Certificate.id == CertificateDraft.certificate_id)
            .where(
                CertificateDraft.certificate_id == certificate_id,
                CertificateDraft.file_key != sa.func.coalesce(Certificate.file_key, ""),
                CertificateDraft.file_key != sa.func.coalesce(Certificate.credential_key, ""),
            )
        )
    )


def certificate_for(actor: Actor, certificate_id: int) -> Certificate:
    """A certificate that the actor may download: the own, or one of a factory in scope. Raises NotFound."""
    found = db.session.scalar(sa.select(Certificate).where(Certificate.id == certificate_id, _in_sight(actor)))
    if found is None:
        raise NotFound
    return found


def managed(actor: Actor, certificate_id: int) -> Certificate:
    """A certificate that the actor may suspend, revoke and issue anew. Raises NotFound."""
    statement = sa.select(Certificate).where(Certificate.id == certificate_id)
    if not actor.scope(Permission.CERTIFICATES_MANAGE).everything:
        factories = visible_factories(actor, Permission.CERTIFICATES_MANAGE).with_only_columns(Factory.id)
        statement = statement.where(Certificate.factory_id.in_(factories))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def of_factory(factory_id: int, state: State | None = None, course_id: int | None = None) -> sa.Select[Any]:
    """Certificates issued at a factory, the newest first. The caller has checked the factory."""
    statement = sa.select(Certificate).where(Certificate.factory_id == factory_id, WAS_SEEN)
    if state is not None:
        statement = statement.where(is_in_state(state))
    if course_id is not None:
        statement = statement.where(Certificate.course_id == course_id)
    return statement.order_by(Certificate.issued_at.desc(), Certificate.id.desc())


def of_training(actor: Actor, training_id: int) -> sa.Select[Any]:
    """Certificates that a training session led to and that the actor may see, the newest first."""
    return (
        sa.select(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.training_id == training_id, _in_sight(actor), WAS_SEEN)
        .order_by(Certificate.id.desc())
    )


def of_person(person_id: int) -> list[Certificate]:
    """A person's own certificates, the newest first; one that was issued anew stands behind the new one."""
    theirs = Certificate.person_id == person_id, Certificate.replaced_at.is_(None), WAS_SEEN
    statement = sa.select(Certificate).where(*theirs)
    return list(db.session.scalars(statement.order_by(Certificate.issued_at.desc(), Certificate.id.desc())))


@dataclass(frozen=True)
class Counts:
    """Certificates in force of a factory: with a file, and still to be drawn."""

    drawn: int
    waiting: int


def counts(factory_id: int) -> Counts:
    """How many files a download of all holds, and how many it would still lack."""
    row = db.session.execute(
        sa.select(sa.func.count(Certificate.file_key), sa.func.count()).where(
            Certificate.factory_id == factory_id,
            *IN_FORCE,
            sa.or_(Certificate.file_key.is_(None), Certificate.file_key != ""),
        )
    ).one()
    return Counts(drawn=row[0], waiting=row[1] - row[0])


def _in_sight(actor: Actor) -> sa.ColumnElement[bool]:
    factories = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD).with_only_columns(Factory.id)
    is_own = Certificate.person_id == actor.person_id if actor.person_id is not None else sa.false()
    return sa.or_(is_own, Certificate.factory_id.in_(factories))


def is_in_state(state: State) -> sa.ColumnElement[bool]:
    """`rules.state`, in SQL."""
    ran_out = sa.and_(Certificate.valid_until.is_not(None), Certificate.valid_until <= now())
    is_held_up = Certificate.suspended_at.is_not(None)
    return {
        State.REVOKED: Certificate.revoked_at.is_not(None),
        State.REPLACED: sa.and_(Certificate.revoked_at.is_(None), Certificate.replaced_at.is_not(None)),
        State.SUSPENDED: sa.and_(*IN_FORCE, is_held_up),
        State.EXPIRED: sa.and_(*IN_FORCE, ~is_held_up, ran_out),
        State.VALID: sa.and_(*IN_FORCE, ~is_held_up, ~ran_out),
    }[state]


def files_of_person(person_ids: Collection[int]) -> list[tuple[str, str]]:
    """Number and file key of every certificate of a person that has a file. The caller has checked the person."""
    statement = sa.select(Certificate.number, Certificate.file_key).where(
        Certificate.person_id.in_(person_ids), Certificate.file_key > ""
    )
    return [(number, key or "") for number, key in db.session.execute(statement.order_by(Certificate.number))]
