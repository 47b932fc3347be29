"""Ordering a bundle, how far it is, and handing it out for a day."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.certificates.bundles import queries
from app.certificates.bundles.models import OPEN, CertificateBundle
from app.certificates.bundles.rules import LIFE, MOST, MOST_OPEN, BundleKind, Failure, Wanted, same
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, in_own_transaction, insert
from app.platform.faults import point
from app.platform.i18n import _, ngettext
from app.platform.i18n.texts import current_language
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused


def order(actor: Actor, kind: BundleKind, wanted: Wanted) -> CertificateBundle:
    """Have what a filter shows now packed by a job. The same order, while it is being made, is answered once more.

    Raises Refused when nothing has a file, or more than one bundle holds; NotFound for whoever has no account.
    """
    if actor.account_id is None:
        raise NotFound
    shown = queries.found(actor, wanted)
    if not queries.counts(shown).ready:
        raise Refused(_("There is no finished certificate yet."))
    chosen = queries.to_pack(shown, kind)
    _refuse_too_many(actor, chosen)
    return _made(actor, kind, wanted, chosen)


def _refuse_too_many(actor: Actor, chosen: Sequence[Any]) -> None:
    if len(chosen) > MOST:
        raise Refused(
            ngettext(
                "One download holds %(num)s certificate. Choose fewer, for example one factory or one year.",
                "One download holds %(num)s certificates. Choose fewer, for example one factory or one year.",
                MOST,
            )
        )
    mine = sa.select(sa.func.count()).where(CertificateBundle.account_id == actor.account_id, *OPEN)
    if (db.session.scalar(mine) or 0) >= MOST_OPEN:
        raise Refused(_("Several of your downloads are still being made. Wait until one of them is ready."))


def _made(actor: Actor, kind: BundleKind, wanted: Wanted, chosen: Sequence[tuple[int, int]]) -> CertificateBundle:
    certificates, factories = [key for key, _factory in chosen], sorted({factory for _key, factory in chosen})
    language = current_language()
    values: dict[str, Any] = {
        "account_id": actor.account_id, "kind": kind, "language": language, "wanted": wanted.kept(),
        "certificates": certificates, "factories": factories, "done": 0, "left_out": 0, "parts": [],
        "ordered_at": now(), "same": same(actor.account_id or 0, kind, language, certificates),
    }  # fmt: skip
    made: CertificateBundle | None = db.session.scalar(
        insert(CertificateBundle)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["same"], index_where=sa.and_(*OPEN))
        .returning(CertificateBundle)
    )
    if made is None:
        open_already = sa.select(CertificateBundle).where(CertificateBundle.same == values["same"], *OPEN)
        return db.session.scalars(open_already).one()
    audit.record(
        actor, f"certificates.order_{kind}", _subject(made), bundle=made.id, certificates=len(certificates),
        **({"searched": True} if wanted.words else {}),
    )  # fmt: skip
    enqueue("certificates.bundle", dedupe=f"certificates.bundle:{made.id}", bundle_id=made.id)
    point("bundles.ordered")
    return made


def note_done(bundle_id: int, done: int) -> None:
    """How far the packing is, for whoever waits. Call it where nobody holds the write lock."""
    statement = sa.update(CertificateBundle).where(CertificateBundle.id == bundle_id, *OPEN).values(done=done)
    in_own_transaction(lambda session: session.execute(statement))


def finish(bundle_id: int, parts: Sequence[dict[str, Any]], left_out: int) -> None:
    """Keep the made files for a day."""
    at = now()
    db.session.execute(
        sa.update(CertificateBundle)
        .where(CertificateBundle.id == bundle_id, *OPEN)
        .values(
            parts=list(parts), done=parts[-1]["last"], left_out=left_out, made_at=at,
            expires_at=at + LIFE,
        )
    )  # fmt: skip
    point("bundles.noted")


def add_part(bundle_id: int, part: dict[str, Any], left_out: int) -> None:
    """Keep a printed file; the next one is asked for, or the order is made. One that was kept already is no second."""
    statement = sa.select(CertificateBundle).where(CertificateBundle.id == bundle_id, *OPEN).with_for_update()
    order = db.session.scalar(statement.execution_options(populate_existing=True))
    if order is None or order.done >= part["last"]:
        return
    order.done, order.left_out = part["last"], order.left_out + left_out
    order.parts = [*order.parts, part] if part["key"] else order.parts
    point("bundles.part")
    if order.done < len(order.certificates):
        enqueue("certificates.bundle", dedupe=f"certificates.bundle:{bundle_id}:{order.done}", bundle_id=bundle_id)
    elif order.parts:
        order.made_at, order.expires_at = now(), now() + LIFE
    else:
        order.failed = Failure.NOTHING
    point("bundles.noted")


def fail(bundle_id: int, failure: Failure) -> None:
    """Nothing was made; whoever waits is told why."""
    db.session.execute(
        sa.update(CertificateBundle).where(CertificateBundle.id == bundle_id, *OPEN).values(failed=failure)
    )


def hand_out(actor: Actor, bundle: CertificateBundle, part: int) -> dict[str, Any]:
    """A made file, counted from 1, for the one who ordered it. Logged as a bulk export.

    Raises NotFound for a part that there is none of, Refused before it is made, after its day, and when a certificate
    in it was revoked since.
    """
    if not bundle.is_settled:
        raise Refused(_("The file is being made. Try again in a minute."))
    if bundle.is_over or bundle.failed is not None:
        raise Refused(_("This file was deleted: it is kept for one day. Order it again."))
    if queries.revoked_since(bundle):
        raise Refused(_("A certificate in this file was revoked since it was made. Order the file again."))
    if not 1 <= part <= len(bundle.parts):
        raise NotFound
    audit.record(
        actor, "certificates.export", _subject(bundle), bundle=bundle.id, certificates=bundle.certificates, part=part
    )
    chosen: dict[str, Any] = bundle.parts[part - 1]
    return chosen


def export_list(actor: Actor, wanted: Wanted) -> list[int]:
    """Ids of what a filter shows, to be taken out as a table. Raises Refused when there is none, or too many."""
    chosen = queries.to_pack(queries.found(actor, wanted), BundleKind.ZIP)
    if not chosen:
        raise Refused(_("There is no such certificate."))
    if len(chosen) > MOST:
        raise Refused(_("This list is too long for one table. Choose fewer, for example one factory or one year."))
    audit.record(actor, "certificates.export_list", f"account:{actor.account_id}", certificates=len(chosen))
    return [key for key, _factory in chosen]


def take_out(actor: Actor, wanted: Wanted) -> list[int]:
    """Ids of what a filter shows, however many, for a file on the server. Raises Refused when there is none."""
    chosen = queries.to_pack(queries.found(actor, wanted), BundleKind.ZIP, most=None)
    if not chosen:
        raise Refused(_("There is no such certificate."))
    factories = {factory for _key, factory in chosen}
    subject = f"factory:{factories.pop()}" if len(factories) == 1 else "certificates:all"
    audit.record(actor, "certificates.take_out", subject, certificates=len(chosen), **wanted.kept())
    return [key for key, _factory in chosen]


def note_deleted(bundle_ids: Sequence[int]) -> None:
    """The files of these bundles are gone."""
    db.session.execute(
        sa.update(CertificateBundle).where(CertificateBundle.id.in_(bundle_ids)).values(deleted_at=now(), parts=[])
    )


def _subject(bundle: CertificateBundle) -> str:
    """The factory when it is one, else who ordered it: so it is found by who may read the log of either."""
    [only, *more] = bundle.factories
    return f"account:{bundle.account_id}" if more else f"factory:{only}"
