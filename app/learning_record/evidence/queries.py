"""Reading factories for packs, orders, and what a job needs of them."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.learning_record.evidence.models import OPEN, EvidencePack
from app.learning_record.evidence.rules import LIFE, Period
from app.learning_record.evidence.source import About
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import text
from app.platform.refusal import NotFound


def pack(actor: Actor, code: str, pack_id: int) -> EvidencePack:
    """What the actor has ordered of a factory that is still in sight. Raises NotFound for everything else."""
    wanted = sa.select(EvidencePack).join(Factory).where(EvidencePack.id == pack_id, Factory.code == code)
    loaded = wanted.options(joinedload(EvidencePack.factory).joinedload(Factory.programme))
    found = db.session.scalar(loaded.execution_options(populate_existing=True))
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound
    if not actor.scope(Permission.EVIDENCE_TAKE).reaches(found.factory.programme_id, found.factory_id):
        raise NotFound
    return found


def latest(actor: Actor, factory: Factory) -> list[EvidencePack]:
    """What the actor ordered of a factory within the last day, the newest first."""
    statement = sa.select(EvidencePack).where(
        EvidencePack.account_id == actor.account_id, EvidencePack.factory_id == factory.id,
        EvidencePack.ordered_at > now() - LIFE)
    return list(db.session.scalars(statement.order_by(EvidencePack.id.desc()).limit(10)))


def unmade(pack_id: int) -> EvidencePack | None:
    """The order while it is being made."""
    return db.session.scalar(sa.select(EvidencePack).where(EvidencePack.id == pack_id, *OPEN))


def factory(factory_id: int) -> Factory:
    """The factory with its programme. For jobs, which were ordered by somebody who may."""
    wanted = sa.select(Factory).where(Factory.id == factory_id).options(joinedload(Factory.programme))
    return db.session.scalars(wanted).one()


def about(factory: Factory, period: Period, language: str) -> About:
    """A factory and a time, as packs speak of them in a language."""
    programme = factory.programme
    return About(
        factory.id, factory.code, factory.name, factory.local_name or "", factory.language, text(programme.name),
        programme.id, programme.zone, period, language)
