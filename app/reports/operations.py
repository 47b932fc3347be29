"""Taking a report along. It does not commit."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.factories.models import Programme
from app.platform import audit
from app.reports.reading import Report, report
from app.reports.rules.facts import Split
from app.reports.rules.period import Span


def export(actor: Actor, programmes: Sequence[Programme], span: Span, ending: str) -> Report:
    """The report with every split, as far as the actor may know it; logged. The caller has checked the programmes."""
    found = report(actor, programmes, span, list(Split))
    subject = f"programme:{programmes[0].id}" if len(programmes) == 1 else f"account:{actor.account_id}"
    audit.record(
        actor, "reports.export", subject, first=span.first.isoformat(), last=span.last.isoformat(), ending=ending
    )
    return found
