"""What the pages of one factory have in common."""

from collections.abc import Sequence

from flask import g, url_for

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.pages import Frame
from app.platform.i18n import _, lazy
from app.platform.web.panels import Panel

_DOORS = (
    ("roster", lazy("Roster"), "factories.roster", Permission.ROSTERS_IMPORT),
    ("headcounts", lazy("Headcount"), "headcounts.index", Permission.HEADCOUNTS_READ),
    ("committees", lazy("Committees"), "structure.committees", Permission.COMMITTEES_READ),
    ("settings", lazy("Settings"), "structure.settings", Permission.FACTORIES_MANAGE),
)


def frame(factory: Factory, filled: Sequence[Panel], current: str) -> Frame:
    """The factory and its tabs: the first panel on its own page, the people, the other panels, the rest by permission.

    `current` is the key of a panel, `people`, the word of `_DOORS`, or empty for the factory's own page.
    """
    may_import = _holds(factory, Permission.ROSTERS_IMPORT)
    first, others = (filled[0].title if filled else _("Overview")), filled[1:]
    tabs = [(first, url_for("factories.factory", code=factory.code), current in {"", *(p.key for p in filled[:1])})]
    tabs.append((_("People"), url_for("factories.people", code=factory.code), current == "people"))
    tabs += [(p.title, url_for("factories.panel", code=factory.code, panel=p.key), current == p.key) for p in others]
    tabs += [
        (str(title), url_for(endpoint, code=factory.code), current == word)
        for word, title, endpoint, permission in _DOORS if _holds(factory, permission)
    ]
    return Frame(factory, tabs, may_import)


def _holds(factory: Factory, permission: Permission) -> bool:
    return bool(g.actor.scope(permission).reaches(factory.programme_id, factory.id))
