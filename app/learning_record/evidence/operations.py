"""Ordering a pack, how far it is, and handing it out for a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.learning_record.evidence import keeping, making, queries
from app.learning_record.evidence.keeping import Kept
from app.learning_record.evidence.labels import FLAWS
from app.learning_record.evidence.making import Note
from app.learning_record.evidence.models import OPEN, EvidencePack
from app.learning_record.evidence.rules import LIFE, MOST_OPEN, Failure, Period, same
from app.learning_record.evidence.source import About
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, in_own_transaction, insert, reading_one_moment
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused


def order(actor: Actor, code: str, period: Period) -> EvidencePack:
    """Have a pack made by a job. The same order, while it is being made, is answered once more.

    Raises NotFound, and Refused for a time of which there can be no pack and while several are being made.
    """
    factory = factory_by_code(actor, code, Permission.EVIDENCE_TAKE)
    if actor.account_id is None:
        raise NotFound
    check(factory, period)
    mine = sa.select(sa.func.count()).where(EvidencePack.account_id == actor.account_id, *OPEN)
    if (db.session.scalar(mine) or 0) >= MOST_OPEN:
        raise Refused(_("Several of your downloads are still being made. Wait until one of them is ready."))
    language = current_language()
    values: dict[str, Any] = {
        "account_id": actor.account_id, "factory_id": factory.id, "since": period.since, "until": period.until,
        "as_of": period.at, "language": language, "done": 0, "steps": 0, "ordered_at": now(),
        "same": same(actor.account_id, factory.id, period, language),
    }  # fmt: skip
    made: EvidencePack | None = db.session.scalar(
        insert(EvidencePack)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["same"], index_where=sa.and_(*OPEN))
        .returning(EvidencePack)
    )
    if made is None:
        return db.session.scalars(sa.select(EvidencePack).where(EvidencePack.same == values["same"], *OPEN)).one()
    audit.record(actor, "evidence.order", f"factory:{factory.id}", pack=made.id, **_said(period))
    enqueue("evidence.pack", dedupe=f"evidence.pack:{made.id}", pack_id=made.id)
    return made


def take_out(actor: Actor, factory_id: int, period: Period) -> None:
    """Log that a pack was written on the server: it is whole, and about to have its name."""
    audit.record(actor, "evidence.take_out", f"factory:{factory_id}", **_said(period))


def check(factory: Factory, period: Period) -> None:
    """Raises Refused for a time of which there can be no pack."""
    if flaw := period.flaw(today(factory.programme.zone)):
        raise Refused(str(FLAWS[flaw]))


def yesterday(factory: Factory) -> date:
    """The last day that is over where the factory is."""
    return today(factory.programme.zone) - timedelta(days=1)


def kept(about: About, fonts: Path, note: Note = lambda _done, _all: None) -> Kept:
    """What was kept of the time and day; the first asking draws it up and keeps it, in the language in force.

    Call it where nobody holds the write lock. Raises DocumentFailed.
    """
    found = keeping.kept(about)
    if found is None:
        with reading_one_moment():
            factory = queries.factory(about.factory_id)
            then = queries.about(factory, about.period, about.language)
            made = making.made(then, factory, fonts, note)
        found = in_own_transaction(partial(keeping.keep, then, making.head(then), made))
        point("evidence.kept")
    return found


def note_done(pack_id: int, done: int, steps: int) -> None:
    """How far the packing is, for whoever waits. Call it where nobody holds the write lock."""
    statement = sa.update(EvidencePack).where(EvidencePack.id == pack_id, *OPEN).values(done=done, steps=steps)
    in_own_transaction(lambda session: session.execute(statement))


def finish(pack_id: int, key: str, size: int, sha256: str) -> None:
    """Keep the made file for a day."""
    at = now()
    db.session.execute(
        sa.update(EvidencePack)
        .where(EvidencePack.id == pack_id, *OPEN)
        .values(file_key=key, size=size, sha256=sha256, made_at=at, expires_at=at + LIFE, done=EvidencePack.steps)
    )
    point("evidence.noted")


def fail(pack_id: int, failure: Failure) -> None:
    """Nothing was made; whoever waits is told why."""
    db.session.execute(sa.update(EvidencePack).where(EvidencePack.id == pack_id, *OPEN).values(failed=failure))


def hand_out(actor: Actor, pack: EvidencePack) -> str:
    """The key of the made file, for the one who ordered it. Logged as a bulk export.

    Raises Refused before it is made and after its day.
    """
    if not pack.is_settled:
        raise Refused(_("The file is being made. Try again in a minute."))
    if pack.is_over or pack.failed is not None or pack.file_key is None:
        raise Refused(_("This file was deleted: it is kept for one day. Order it again."))
    audit.record(
        actor, "evidence.export", f"factory:{pack.factory_id}", pack=pack.id, sha256=pack.sha256,
        **_said(pack.period))
    return pack.file_key


def note_deleted(pack_ids: Sequence[int]) -> None:
    """The files of these packs are gone."""
    db.session.execute(
        sa.update(EvidencePack).where(EvidencePack.id.in_(pack_ids)).values(deleted_at=now(), file_key=None))


def _said(period: Period) -> dict[str, str]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat(), "as_of": period.at.isoformat()}
