"""Coverage on other rooms' pages."""

from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage import queries
from app.coverage.table import cells
from app.factories.labels import SEXES
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """Bars by course and sex on the page of a factory."""
    if not actor.scope(Permission.COVERAGE_READ).reaches(factory.programme_id, factory.id):
        return None
    return Panel("coverage", _("Coverage"), "coverage/_panel.html", partial(_bars, actor, factory))


def _bars(actor: Actor, factory: Factory) -> dict[str, Any]:
    requirements = queries.requirements_of(factory)
    figures = queries.figures([factory.id], requirements, {factory.programme_id: factory.programme.zone})
    shown = [cell for cell in cells(actor, factory, requirements, figures).values() if cell and cell.asks]
    return {"factory": factory, "cells": shown, "sexes": SEXES}
