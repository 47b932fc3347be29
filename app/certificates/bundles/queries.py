"""Certificates that a filter shows, orders, and what is packed for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.rules import IN_FORCE, LONGEST, MOST, BundleKind, Wanted
from app.certificates.models import IN_FORCE as NEITHER
from app.certificates.models import Certificate
from app.certificates.queries import WAS_SEEN, is_in_state
from app.certificates.rules import State, typed
from app.completions.models import Completion
from app.courses.models import Course, CourseVersion
from app.factories.matching import named
from app.factories.models import Factory, Person
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.formats import ascii_digits
from app.platform.refusal import NotFound

_DAY = timedelta(days=1)
_SUGGESTED = 200


def found(actor: Actor, wanted: Wanted) -> sa.Select[Any]:
    """Certificates of factories in scope that the filter shows, the newest first."""
    factories = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD).with_only_columns(Factory.id)
    statement = (
        sa.select(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Certificate.factory_id.in_(factories), WAS_SEEN, *_narrowed(wanted), *_issued(wanted))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    if not wanted.words:
        return statement
    return statement.join(Person, Person.id == Certificate.person_id).where(_said(wanted.words[:LONGEST]))


def _narrowed(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.factory:
        conditions.append(Certificate.factory_id == _id_of(Factory, wanted.factory))
    if wanted.course:
        conditions.append(Certificate.course_id == _id_of(Course, wanted.course))
    if wanted.training is not None:
        conditions.append(Completion.training_id == wanted.training)
    if wanted.line:
        conditions.append(Completion.line == wanted.line)
    if wanted.state == IN_FORCE:
        conditions.extend(NEITHER)
    elif wanted.state:
        conditions.append(is_in_state(State(wanted.state)))
    return conditions


def _id_of(table: Any, code: str) -> sa.ScalarSelect[int]:
    return sa.select(table.id).where(table.code == code).scalar_subquery()


def _issued(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """By the day that is printed; the moment beside it spares reading every face."""
    printed = Certificate.face["issued_on"].as_string()
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.since:
        moment = datetime.combine(wanted.since, datetime.min.time(), now().tzinfo)
        conditions += [Certificate.issued_at >= moment - _DAY, printed >= wanted.since.isoformat()]
    if wanted.until:
        moment = datetime.combine(wanted.until, datetime.min.time(), now().tzinfo)
        conditions += [Certificate.issued_at <= moment + 2 * _DAY, printed <= wanted.until.isoformat()]
    return conditions


def _said(words: str) -> sa.ColumnElement[bool]:
    """Number, code, the name as it is printed, or as the person is called now."""
    plain = ascii_digits(words).strip()
    return sa.or_(
        Certificate.number.icontains(plain, autoescape=True),
        Certificate.code == typed(plain).code,
        Certificate.face["latin_name"].as_string().icontains(words, autoescape=True),
        Certificate.face["local_name"].as_string().icontains(words, autoescape=True),
        named(words),
    )


@dataclass(frozen=True)
class Counts:
    """What the filter shows: all, those with a file to hand out, those whose file is being made, the revoked ones."""

    all: int
    ready: int
    waiting: int
    revoked: int

    @property
    def is_too_many(self) -> bool:
        return self.all > MOST


def counts(shown: sa.Select[Any]) -> Counts:
    """How many there are; of more than fit in one bundle, one more than that."""
    columns = (Certificate.file_key, Certificate.revoked_at)
    few = shown.with_only_columns(*columns).order_by(None).limit(MOST + 1).subquery()
    holds = few.c.revoked_at.is_(None)
    row = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.count(sa.case((sa.and_(holds, few.c.file_key > ""), 1))),
            sa.func.count(sa.case((sa.and_(holds, few.c.file_key.is_(None)), 1))),
            sa.func.count(few.c.revoked_at),
        ).select_from(few)
    ).one()
    return Counts(*row)


def to_pack(shown: sa.Select[Any], kind: BundleKind, most: int | None = MOST + 1) -> list[tuple[int, int]]:
    """Ids of what the filter shows and of their factories, factory by factory and line by line. A paper holds only what
    a file is handed out of; the index of a ZIP tells of the others too.
    """
    statement = shown.with_only_columns(Certificate.id, Certificate.factory_id)
    if kind is BundleKind.PRINT:
        statement = statement.where(Certificate.revoked_at.is_(None), Certificate.file_key > "")
    order = (Certificate.factory_id, sa.func.coalesce(Completion.line, ""), Certificate.id)
    rows = db.session.execute(statement.order_by(None).order_by(*order).limit(most))
    return [(key, factory or 0) for key, factory in rows]


@dataclass(frozen=True)
class Choices:
    """What the filter offers."""

    factories: Sequence[Any]
    courses: Sequence[Any]
    lines: Sequence[str]


def choices(actor: Actor, wanted: Wanted) -> Choices:
    """Factories in scope, the courses of the catalogue, and the lines of the factory that is chosen."""
    visible = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD)
    factories = visible.with_only_columns(Factory.code, Factory.name).order_by(Factory.name, Factory.id)
    in_sight = visible.with_only_columns(Factory.id).where(Factory.code == wanted.factory)
    lines = sa.select(Completion.line).distinct().where(Completion.factory_id.in_(in_sight), Completion.line > "")
    return Choices(
        factories=db.session.execute(factories.limit(_SUGGESTED)).all(),
        courses=db.session.execute(_courses()).all(),
        lines=sorted(line for line in db.session.scalars(lines) if line) if wanted.factory else [],
    )


def _courses() -> sa.Select[Any]:
    """Also those that are offered no longer: their certificates stay."""
    current = CourseVersion.id == Course.current_version_id
    columns: tuple[Any, ...] = (Course.code, CourseVersion.titles)
    return sa.select(*columns).select_from(Course).join(CourseVersion, current).order_by(Course.code)


def bundle(actor: Actor, bundle_id: int) -> CertificateBundle:
    """What the actor has ordered and may still see. Raises NotFound for everything else."""
    order = db.session.get(CertificateBundle, bundle_id, populate_existing=True)
    if order is None or actor.account_id is None or order.account_id != actor.account_id:
        raise NotFound
    visible = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD).where(Factory.id.in_(order.factories))
    if db.session.scalar(visible.with_only_columns(sa.func.count())) != len(order.factories):
        raise NotFound
    return order


def latest(actor: Actor) -> list[CertificateBundle]:
    """What the actor ordered within the last day, the newest first."""
    statement = sa.select(CertificateBundle).where(
        CertificateBundle.account_id == actor.account_id, CertificateBundle.ordered_at > now() - _DAY
    )
    return list(db.session.scalars(statement.order_by(CertificateBundle.id.desc()).limit(10)))


def names_of(ids: Collection[int]) -> dict[int, Any]:
    """Code and name of factories by id. The caller has checked them."""
    rows = db.session.execute(sa.select(Factory.id, Factory.code, Factory.name).where(Factory.id.in_(ids)))
    return {row.id: row for row in rows}


def revoked_since(order: CertificateBundle) -> bool:
    """Whether a certificate whose file was packed is revoked by now: also one that was while the rest was packed."""
    packed = {key for part in order.parts for key in part.get("packed", order.certificates)}
    statement = sa.select(Certificate.id).where(
        Certificate.factory_id.in_(order.factories), Certificate.revoked_at.is_not(None)
    )
    return not packed.isdisjoint(db.session.scalars(statement))
