"""What the pages of one factory have in common."""

from collections.abc import Sequence
from typing import Any

from flask import g, url_for

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.pages import Frame
from app.platform.i18n import _
from app.platform.web.addresses import page_address
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel


def frame(factory: Factory, filled: Sequence[Panel], current: str) -> Frame:
    """The factory and its tabs: the first panel on its own page, the people, the other panels, the roster.

    `current` is the key of a panel, `people`, `roster`, or empty for the factory's own page.
    """
    may_import = g.actor.scope(Permission.ROSTERS_IMPORT).reaches(factory.programme_id, factory.id)
    first, others = (filled[0].title if filled else _("Overview")), filled[1:]
    tabs = [(first, url_for("factories.factory", code=factory.code), current in {"", *(p.key for p in filled[:1])})]
    tabs.append((_("People"), url_for("factories.people", code=factory.code), current == "people"))
    tabs += [(p.title, url_for("factories.panel", code=factory.code, panel=p.key), current == p.key) for p in others]
    if may_import:
        tabs.append((_("Roster"), url_for("factories.roster", code=factory.code), current == "roster"))
    return Frame(factory, tabs, may_import)


def pages(shown: Slice[Any]) -> tuple[str, str]:
    """Addresses of the page before and the page after, with the filter of this one; empty where there is none."""
    before = page_address(shown.number - 1) if shown.number > 1 else ""
    return before, page_address(shown.number + 1) if shown.has_more else ""
