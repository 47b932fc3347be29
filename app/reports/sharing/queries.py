"""Reading what is shared."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.reports.sharing.models import SharingConsent, SharingVisit
from app.reports.sharing.rules import SharedFigure, day_ending, read

LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Listed:
    """A consent with how often it was looked at and taken along."""

    consent: SharingConsent
    times: int
    files: int
    last_seen: date | None

    @property
    def is_live(self) -> bool:
        return is_live(self.consent)

    @property
    def last_day(self) -> date:
        return last_day(self.consent)


def is_live(consent: SharingConsent) -> bool:
    """Whether its link opens."""
    return consent.ended_at is None and consent.expires_at > now()


def last_day(consent: SharingConsent) -> date:
    """The last day on which its link opens, by the wall of the factory."""
    return day_ending(consent.expires_at, consent.factory.programme.zone)


def counted_on(consent: SharingConsent) -> date:
    """The day on which its figures were counted, by the wall of the factory."""
    return consent.given_at.astimezone(ZoneInfo(consent.factory.programme.zone)).date()


def figures(consent: SharingConsent) -> Sequence[SharedFigure]:
    """What it shows."""
    return [read(each) for each in consent.figures]


def of_factory(factory_id: int) -> list[Listed]:
    """The latest first. One statement. The caller has checked the factory."""
    sums = [
        sa.func.sum(SharingVisit.times).label("times"), sa.func.sum(SharingVisit.files).label("files"),
        sa.func.max(SharingVisit.day).label("last"),
    ]  # fmt: skip
    seen = sa.select(SharingVisit.consent_id, *sums).group_by(SharingVisit.consent_id).subquery()
    rows = db.session.execute(
        sa.select(SharingConsent, seen.c.times, seen.c.files, seen.c.last)
        .outerjoin(seen, seen.c.consent_id == SharingConsent.id)
        .where(SharingConsent.factory_id == factory_id)
        .options(joinedload(SharingConsent.factory).joinedload(Factory.programme))
        .order_by(SharingConsent.given_at.desc(), SharingConsent.id.desc())
    )
    return [Listed(row[0], row[1] or 0, row[2] or 0, row[3]) for row in rows]


def buyers(factory_id: int) -> list[str]:
    """Names of buyers that this factory has shown something, so that one is not written in two ways."""
    named = sa.select(SharingConsent.buyer).where(SharingConsent.factory_id == factory_id).distinct()
    return sorted(db.session.scalars(named), key=str.casefold)


def consent(
    actor: Actor, code: str, consent_id: int, permission: Permission = Permission.SHARING_READ
) -> SharingConsent:
    """One of a factory. Raises NotFound where the actor does not hold the permission."""
    factories = visible_factories(actor, permission).where(Factory.code == code).with_only_columns(Factory.id)
    found = db.session.scalar(
        sa.select(SharingConsent)
        .where(SharingConsent.id == consent_id, SharingConsent.factory_id.in_(factories))
        .options(joinedload(SharingConsent.factory).joinedload(Factory.programme))
    )
    if found is None:
        raise NotFound
    return found


def visits(consent_id: int) -> Sequence[SharingVisit]:
    """Days on which it was looked at, the latest first. The caller has checked the consent."""
    of = sa.select(SharingVisit).where(SharingVisit.consent_id == consent_id)
    return db.session.scalars(of.order_by(SharingVisit.day.desc())).all()


def opened(token: str) -> SharingConsent | None:
    """The consent whose link this is; None for one that has ended and for what never was one. One statement."""
    own = sa.select(SharingConsent).where(*_opens(token))
    return db.session.scalar(own.options(joinedload(SharingConsent.factory).joinedload(Factory.programme)))


def _opens(token: str) -> Sequence[sa.ColumnElement[bool]]:
    return (
        SharingConsent.token_hash == digest(token[:LONGEST_TOKEN]), SharingConsent.ended_at.is_(None),
        SharingConsent.expires_at > now(),
    )  # fmt: skip


def digest(token: str) -> str:
    """What is kept of a link: it is random, so a plain digest keeps it safe in a stolen database."""
    return hashlib.sha256(token.encode()).hexdigest()
