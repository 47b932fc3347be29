"""What everybody who sees a factory may know of it."""

from typing import Any

from app.factories.models import Factory
from app.factories.rules import TermKind
from app.factories.structure import labels
from app.factories.structure.queries.factories import terms
from app.factories.structure.rules import rest_days_of, term_on
from app.platform.clock import today
from app.platform.i18n import _


def facts(factory: Factory) -> list[tuple[Any, Any]]:
    """Label and value; what nobody said is left out, but for tier and mode: those are missed. Two statements."""
    day, dated = today(factory.programme.zone), terms(factory.id)
    now = {kind: term_on(dated[kind], day) for kind in TermKind}
    rests = sorted(rest_days_of(factory, factory.programme))
    told: list[tuple[Any, Any]] = [
        (label, labels.VALUES[kind].get(now[kind] or "", _("Not said"))) for kind, label in labels.TERMS.items()]
    told += [(_("Weekly rest days"), ", ".join(str(labels.WEEKDAYS[rest]) for rest in rests))] if rests else []
    made = ", ".join(str(label) for product, label in labels.PRODUCTS.items() if product in factory.products)
    given = (
        (_("What it makes"), made),
        (_("Company group"), factory.group.name if factory.group else None), (_("Export zone"), factory.export_zone),
        (_("OS Hub ID"), factory.os_id), (_("SLCP ID"), factory.slcp_id))
    return [*told, *(pair for pair in given if pair[1])]
