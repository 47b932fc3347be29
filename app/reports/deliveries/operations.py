"""Subscribing to a report, having it made when its period is over, and handing it out. None of them commits."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused
from app.reports import queries
from app.reports.deliveries.queries import UNMADE
from app.reports.events import ReportMade
from app.reports.models import MadeReport, ReportSubscription
from app.reports.rules.facts import Split
from app.reports.rules.period import LIFE, Ending, Every, Failure, Span, span_before

_OPEN = ReportSubscription.ended_at.is_(None)


def subscribe(actor: Actor, programme_code: str, every: Every, split: Split, ending: Ending) -> ReportSubscription:
    """Have the report of each month or quarter made for the actor once it is over; an empty code stands for all
    programmes in sight. The same again changes nothing. Raises NotFound.
    """
    if actor.account_id is None:
        raise NotFound
    seen, one = queries.chosen(actor, programme_code)
    over = min(span_before(today(each.zone), every).last for each in ([one] if one else seen))
    same = f"{one.id if one else 0}:{every}:{split}:{ending}"
    values: dict[str, Any] = {
        "account_id": actor.account_id, "programme_id": one.id if one else None, "every": every, "split": split,
        "ending": ending, "language": current_language(), "same": same, "created_at": now(), "sent_until": over,
    }  # fmt: skip
    row = insert(ReportSubscription).values(**values)
    made: ReportSubscription | None = db.session.scalar(
        row.on_conflict_do_nothing(index_elements=["account_id", "same"], index_where=_OPEN)
        .returning(ReportSubscription)
    )
    if made is None:
        mine = ReportSubscription.account_id == actor.account_id, ReportSubscription.same == same
        return db.session.scalars(sa.select(ReportSubscription).where(*mine, _OPEN)).one()
    details = {"programme": made.programme_id, "every": every.value, "ending": ending.value}
    audit.record(actor, "reports.subscribe", f"account:{actor.account_id}", subscription=made.id, **details)
    return made


def end(actor: Actor, subscription_id: int) -> None:
    """No more of it. A second time changes nothing. Raises NotFound for somebody else's."""
    found = db.session.get(ReportSubscription, subscription_id)
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound
    _end(actor, found)


def _end(actor: Actor, found: ReportSubscription) -> None:
    if found.ended_at is None:
        found.ended_at = now()
        audit.record(actor, "reports.unsubscribe", f"account:{found.account_id}", subscription=found.id)


def order_due(due: Sequence[tuple[int, Span]]) -> None:
    """One file for each subscription and period, whoever finds it due how often."""
    for subscription_id, span in due:
        found = db.session.get_one(ReportSubscription, subscription_id, with_for_update=True, populate_existing=True)
        if found.ended_at is None:
            _order(found, span)
            found.sent_until = max(found.sent_until, span.last)


def _order(found: ReportSubscription, span: Span) -> None:
    values: dict[str, Any] = {
        "account_id": found.account_id, "programme_id": found.programme_id, "starts_on": span.first,
        "ends_on": span.last, "split": found.split, "ending": found.ending, "language": found.language,
        "same": f"subscription:{found.id}:{span.first}", "subscription_id": found.id, "ordered_at": now(),
    }  # fmt: skip
    row = insert(MadeReport).values(**values).on_conflict_do_nothing(index_elements=["subscription_id", "starts_on"])
    made_id: int | None = db.session.scalar(row.returning(MadeReport.id))
    if made_id is not None:
        enqueue("reports.make", dedupe=f"reports.make:{made_id}", made_id=made_id)
        point("reports.ordered")


def finish(made_id: int, key: str, size: int, programmes: Sequence[int]) -> None:
    """Keep the made file for a day, and say that it is there. Only the first who made it says so."""
    at = now()
    kept = {"key": key, "size": size, "programmes": list(programmes), "made_at": at, "expires_at": at + LIFE}
    statement = sa.update(MadeReport).where(MadeReport.id == made_id, *UNMADE).values(**kept).returning(MadeReport.id)
    if db.session.scalar(statement) is not None:
        publish(ReportMade(made_id))
    point("reports.noted")


def fail(made_id: int, failure: Failure) -> None:
    """Nothing was made. Whoever may no longer read a report is no longer subscribed to it."""
    db.session.execute(sa.update(MadeReport).where(MadeReport.id == made_id, *UNMADE).values(failed=failure))
    made = db.session.get_one(MadeReport, made_id, populate_existing=True)
    if made.failed is Failure.NOT_PERMITTED and made.subscription_id is not None:
        _end(SYSTEM, db.session.get_one(ReportSubscription, made.subscription_id))


def hand_out(actor: Actor, made: MadeReport) -> str:
    """The key of a made file, for the one who ordered it; logged. Raises Refused before it is made, and after its day.
    """
    if not made.is_settled:
        raise Refused(_("The file is being made. Try again in a minute."))
    if made.is_over or made.failed is not None or made.key is None:
        raise Refused(_("This file was deleted: it is kept for one day. Open the report itself."))
    subject = f"programme:{made.programme_id}" if made.programme_id else f"account:{actor.account_id}"
    days = {"first": made.starts_on.isoformat(), "last": made.ends_on.isoformat()}
    audit.record(actor, "reports.export", subject, **days, ending=made.ending.value, file=made.id)
    return made.key


def forget(made_ids: Sequence[int]) -> None:
    """The files of these are gone."""
    db.session.execute(sa.update(MadeReport).where(MadeReport.id.in_(made_ids)).values(key=None))
