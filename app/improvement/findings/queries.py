"""Reads of findings, always in the scope of the actor."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.factories.rules import JobRole
from app.improvement.findings import shipped
from app.improvement.findings.models import Finding, FindingImport, FindingImportFactory
from app.improvement.findings.rules import UNSOLVED, FileState, FindingStatus, Said, Severity
from app.improvement.findings.training import Offer, Recommendation, recommended
from app.platform.db import db
from app.platform.refusal import NotFound

MOST_FILES = 20
_GRAVEST_FIRST = sa.case(
    {severity: place for place, severity in enumerate(reversed(Severity))}, value=Finding.severity, else_=len(Severity))


@dataclass(frozen=True)
class FindingFilter:
    """What an address asks for; empty means all, and for the status all that is not closed."""

    programme: str = ""
    theme: str = ""
    severity: str = ""
    status: str = ""
    factory: str = ""


def listed(actor: Actor, chosen: FindingFilter) -> sa.Select[Finding]:
    """What counts now in the factories in sight, the gravest first."""
    factories = visible_factories(actor, Permission.FINDINGS_READ).with_only_columns(Factory.id)
    return (
        sa.select(Finding)
        .join(Finding.factory)
        .join(Factory.programme)
        .options(contains_eager(Finding.factory).contains_eager(Factory.programme))
        .where(Finding.is_current, Finding.factory_id.in_(factories), *_asked(chosen))
        .order_by(_GRAVEST_FIRST, Factory.name, Finding.factory_id, Finding.question)
    )


def _asked(chosen: FindingFilter) -> list[sa.ColumnElement[bool]]:
    asked = [
        (Programme.code, chosen.programme), (Factory.code, chosen.factory), (Finding.cluster, chosen.theme),
        (Finding.severity, chosen.severity if chosen.severity in set(Severity) else ""),
    ]
    where: list[sa.ColumnElement[bool]] = [column == value for column, value in asked if value]
    if chosen.status in set(FindingStatus):
        where.append(Finding.status == chosen.status)
    elif chosen.status != "all":
        where.append(Finding.status.in_(UNSOLVED))
    return where


def of_factory(factory_id: int, chosen: FindingFilter) -> Sequence[Finding]:
    """What counts now in a factory, theme by theme as the catalogue has them, the gravest first. The caller has
    checked the factory."""
    statement = (
        sa.select(Finding).join(Finding.factory).join(Factory.programme)
        .where(Finding.is_current, Finding.factory_id == factory_id, *_asked(chosen))
        .order_by(_GRAVEST_FIRST, Finding.question))
    order = {theme.code: place for place, theme in enumerate(shipped.catalogue().themes)}
    return sorted(db.session.scalars(statement), key=lambda each: (order.get(each.cluster, len(order)), each.point))


def finding(actor: Actor, finding_id: int) -> Finding:
    """One finding of a factory in sight. Raises NotFound."""
    factories = visible_factories(actor, Permission.FINDINGS_READ).with_only_columns(Factory.id)
    statement = sa.select(Finding).where(Finding.id == finding_id, Finding.factory_id.in_(factories))
    found = db.session.scalar(statement.options(joinedload(Finding.factory).joinedload(Factory.programme)))
    if found is None:
        raise NotFound
    return found


def history(found: Finding) -> Sequence[Finding]:
    """Everything that was ever said of the question in this factory, the latest day first, withdrawn or not."""
    statement = sa.select(Finding).where(Finding.factory_id == found.factory_id, Finding.question == found.question)
    return list(db.session.scalars(statement.order_by(Finding.assessed_on.desc(), Finding.id.desc())))


def counts(factory_id: int) -> dict[tuple[str, FindingStatus, Severity | None], int]:
    """Questions of a factory by theme, status and severity as they are now. The caller has checked the factory."""
    columns = (Finding.cluster, Finding.status, Finding.severity)
    rows = db.session.execute(
        sa.select(*columns, sa.func.count()).where(Finding.is_current, Finding.factory_id == factory_id)
        .group_by(*columns))
    return {(cluster, status, severity): number for cluster, status, severity, number in rows}


def training_for(
    points: Collection[str], on: date, offered: Iterable[CourseVersion]
) -> dict[str, list[Recommendation]]:
    """The recommended training for each of these points, given the courses that are offered."""
    names, rules = shipped.course_themes(), shipped.training_rules()
    themes = {point: theme.code for theme in shipped.catalogue().themes for point in theme.points}
    offers = [_offer(edition) for edition in offered]
    return {
        point: recommended(point, themes[point], names[point], on, rules, offers)
        for point in points if point in themes}


def _offer(edition: CourseVersion) -> Offer:
    return Offer(edition.course.code, frozenset(edition.themes), tuple(map(JobRole, edition.audience)))


def factory_ids(actor: Actor) -> dict[str, int]:
    """The id of each factory for which the actor may import findings, by its code."""
    statement = visible_factories(actor, Permission.FINDINGS_IMPORT).with_only_columns(Factory.code, Factory.id)
    return {row.code: row.id for row in db.session.execute(statement)}


def zones(actor: Actor) -> set[str]:
    """The zones of the programmes in which the actor may import findings."""
    factories = visible_factories(actor, Permission.FINDINGS_IMPORT).with_only_columns(Factory.programme_id)
    return set(db.session.scalars(sa.select(Programme.zone).where(Programme.id.in_(factories)).distinct()))


def finding_import(actor: Actor, import_id: int) -> FindingImport:
    """A file that was read, where the actor may import findings of all its factories. Raises NotFound."""
    statement = sa.select(FindingImport).where(FindingImport.id == import_id, _visible(actor))
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def files(actor: Actor) -> Sequence[Any]:
    """The files that were read last, without what stood in them: id, file_name, created_at, state."""
    columns = (FindingImport.id, FindingImport.file_name, FindingImport.created_at, FindingImport.state)
    statement = sa.select(*columns).where(_visible(actor)).order_by(FindingImport.id.desc())
    return db.session.execute(statement.limit(MOST_FILES)).all()


def decided_before(actor: Actor, seen: str) -> dict[str, Any]:
    """What the account said of the columns of the last applied file with these headings; see `stored.fingerprint`."""
    if actor.account_id is None:
        return {}
    last = (
        sa.select(FindingImport.found["decided"])
        .where(
            FindingImport.account_id == actor.account_id, FindingImport.state == FileState.APPLIED,
            FindingImport.found["seen"].as_string() == seen)
        .order_by(FindingImport.applied_at.desc(), FindingImport.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) or {}


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Files all of whose factories are in sight; one that speaks of none belongs to who sent it."""
    factories = visible_factories(actor, Permission.FINDINGS_IMPORT).with_only_columns(Factory.id)
    of_file = sa.select(FindingImportFactory.id).where(FindingImportFactory.import_id == FindingImport.id)
    hidden = of_file.where(FindingImportFactory.factory_id.not_in(factories)).exists()
    own = FindingImport.account_id == actor.account_id if actor.account_id else sa.true()
    return sa.and_(~hidden, sa.or_(of_file.exists(), own))


def factories_of(import_id: int) -> list[Factory]:
    """The factories that a file speaks of, by name."""
    named = sa.select(FindingImportFactory.factory_id).where(FindingImportFactory.import_id == import_id)
    statement = sa.select(Factory).where(Factory.id.in_(named)).options(joinedload(Factory.programme))
    return list(db.session.scalars(statement.order_by(Factory.name, Factory.id)))


def known(factory_ids: Collection[int]) -> dict[tuple[int, str], list[Said]]:
    """Everything that is known of these factories, question by question."""
    found: dict[tuple[int, str], list[Said]] = {}
    columns = (Finding.factory_id, Finding.cluster, Finding.point, Finding.question, Finding.severity,
               Finding.assessed_on, Finding.status)
    statement = sa.select(*columns).where(Finding.factory_id.in_(factory_ids), Finding.withdrawn_at.is_(None))
    for row in db.session.execute(statement.order_by(Finding.id)):
        said = Said(*row)
        found.setdefault(said.key, []).append(said)
    return found


def current_ids(factory_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """The finding that counts for each question of these factories."""
    statement = sa.select(Finding.factory_id, Finding.question, Finding.id).where(
        Finding.factory_id.in_(factory_ids), Finding.is_current)
    return {(factory_id, question): finding_id for factory_id, question, finding_id in db.session.execute(statement)}


def is_overtaken(found: FindingImport, factory_ids: Collection[int]) -> bool:
    """Whether another file was applied to one of the factories since this one."""
    later = (
        sa.select(FindingImport.id)
        .join(FindingImportFactory, FindingImportFactory.import_id == FindingImport.id)
        .where(FindingImportFactory.factory_id.in_(factory_ids), FindingImport.id != found.id,
               FindingImport.state == FileState.APPLIED, FindingImport.applied_at >= found.applied_at))
    return db.session.scalar(later.limit(1)) is not None


def told_by(import_id: int) -> dict[int, dict[str, int]]:
    """For each factory of which a file said something new: how many of its questions it told to be in which state."""
    rows = db.session.execute(
        sa.select(Finding.factory_id, Finding.status, sa.func.count()).where(Finding.import_id == import_id)
        .group_by(Finding.factory_id, Finding.status).order_by(Finding.factory_id))
    found: dict[int, dict[str, int]] = {}
    for factory_id, status, number in rows:
        found.setdefault(factory_id, {})[status.value] = number
    return found
