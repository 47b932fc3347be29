"""Certificates on other rooms' pages."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import request, url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates import queries
from app.certificates.labels import STATES
from app.certificates.rules import State
from app.certificates.shown import Shown, shown
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.paging import Slice, paginate
from app.platform.web.panels import Panel
from app.sessions.models import TrainingSession

SIZE = 50


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """All certificates of a factory, one file or all of them, on its page."""
    if not actor.scope(Permission.CERTIFICATES_DOWNLOAD).reaches(factory.programme_id, factory.id):
        return None
    return Panel("certificates", _("Certificates"), "certificates/_factory.html", partial(_of_factory, factory))


def _of_factory(factory: Factory) -> dict[str, Any]:
    wanted = next((state for state in State if state == request.args.get("state")), None)
    page = paginate(queries.of_factory(factory.id, wanted), request.args.get("page", 1, type=int), SIZE)
    return {
        "factory": factory,
        "certificates": _shown(page.rows),
        "counts": queries.counts(factory.id),
        "states": STATES,
        "state": wanted,
        "number": page.number,
        **_around(page, code=factory.code, panel="certificates", state=wanted),
    }


def training(actor: Actor, training: TrainingSession) -> Panel | None:
    """Who has a certificate, on the page of a training session; nothing before the first one."""
    page = paginate(queries.of_training(actor, training.id), 1, 200)
    if not page.rows:
        return None
    return Panel(
        "certificates",
        _("Certificates"),
        "certificates/_training.html",
        {
            "certificates": _shown(page.rows),
            "states": STATES,
            "factory": None,
            "training": training,
            "may_download": actor.may(Permission.CERTIFICATES_DOWNLOAD),
        },
    )


def _shown(rows: Sequence[Any]) -> list[Shown]:
    return [shown(row) for row in rows]


def _around(page: Slice[Any], **arguments: Any) -> dict[str, str]:
    """Addresses of the page before and the page after, empty where there is none."""
    return {
        "previous_url": url_for("factories.panel", page=page.number - 1, **arguments) if page.number > 1 else "",
        "next_url": url_for("factories.panel", page=page.number + 1, **arguments) if page.has_more else "",
    }
