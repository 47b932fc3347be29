"""Taking the numbers of programmes along. It does not commit."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.factories.models import Programme
from app.platform import audit
from app.reports.rules.period import Span


def export(actor: Actor, programmes: Sequence[Programme], span: Span, ending: str) -> None:
    """Log that somebody takes along what the page shows. The caller has checked the programmes."""
    subject = f"programme:{programmes[0].id}" if len(programmes) == 1 else f"account:{actor.account_id}"
    first, last = span.first.isoformat(), span.last.isoformat()
    audit.record(actor, "aggregates.export", subject, first=first, last=last, ending=ending)
