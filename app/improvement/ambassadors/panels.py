"""Ambassadors, what they passed on, and drills, on the pages of others."""

from collections.abc import Callable
from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import PathwayVersion
from app.factories.models import Factory
from app.improvement.ambassadors import labels, queries
from app.improvement.ambassadors.pages import Words
from app.improvement.cascade import queries as cascade
from app.improvement.cascade.samples import queries as samples
from app.improvement.drills import queries as drills
from app.improvement.drills.labels import KINDS
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web.panels import Panel

WORDS = Words(labels.KINDS, labels.STATES, labels.PACES, labels.PACE_SIGNS, labels.TASKS, labels.TASK_SIGNS)


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """The ambassadors of a factory, what its people heard from them at each level, and its drills."""

    def holds(permission: Permission) -> bool:
        return actor.scope(permission).reaches(factory.programme_id, factory.id)

    if not holds(Permission.AMBASSADORS_READ):
        return None
    content = partial(_context, factory, holds)
    return Panel("ambassadors", _("Ambassadors"), "improvement/ambassadors/_panel.html", content)


def _context(factory: Factory, holds: Callable[[Permission], bool]) -> dict[str, Any]:
    return {
        "factory": factory, "rows": queries.of_factory(factory.id), "words": WORDS,
        "figures": cascade.figures(factory.id, today(factory.programme.zone)),
        "samples": samples.results([factory.id]).get(factory.id),
        "last": drills.last_held(factory.id), "drill_kinds": KINDS,
        "may_appoint": holds(Permission.AMBASSADORS_APPOINT), "may_write": holds(Permission.CASCADE_WRITE),
        "may_validate": holds(Permission.CASCADE_VALIDATE),
    }  # fmt: skip


def pathway(actor: Actor, version: PathwayVersion) -> Panel | None:
    """For somebody who is an ambassador on this pathway: the way to the own page."""
    own = [each for each in queries.own(actor) if each.row.pathway_version.pathway_id == version.pathway_id]
    if not own:
        return None
    return Panel("ambassador", _("You as an ambassador"), "improvement/ambassadors/_pathway.html", {})
