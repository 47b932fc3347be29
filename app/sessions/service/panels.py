"""Service on other rooms' pages."""

from functools import partial

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions import policy
from app.sessions.models import TrainingSession
from app.sessions.rules import is_open
from app.sessions.service import queries
from app.sessions.service.forms import ChargeForm
from app.sessions.service.pages import LABELS
from app.sessions.service.rules import Payer


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """On the page of a factory: its hours for whoever plans or advises, its balance for the factory too."""
    if not actor.scope(Permission.FACTORIES_READ).reaches(factory.programme_id, factory.id):
        return None
    scopes = (actor.scope(each) for each in (Permission.SERVICE_READ, Permission.SERVICE_MANAGE))
    sees_hours, may_manage = (scope.reaches(factory.programme_id, factory.id) for scope in scopes)
    context = {
        "factory": factory,
        "served": partial(_served, factory),  # asked only where it is shown
        "sees_hours": sees_hours,
        "may_manage": may_manage,
        "labels": LABELS,
    }
    return Panel("service", _("Service"), "sessions/service/_factory.html", context)


def _served(factory: Factory) -> queries.Served:
    return queries.served([factory])[0]


def training(actor: Actor, training: TrainingSession) -> Panel | None:
    """On the page of a training session, for whoever plans it: what it takes, and what is wrong with its factories."""
    if not policy.may_plan(actor, training):
        return None
    found = queries.charge_of(training.id)
    said = {"kind": found.kind if found else "", "payer": found.payer if found else Payer.PROGRAMME}
    context = {
        "training": training,
        "form": ChargeForm(data=said) if is_open(training.state) else None,
        "charge": found,
        "rows": queries.served_in(actor, training),
        "labels": LABELS,
    }
    return Panel("service", _("Service and entitlement"), "sessions/service/_training.html", context)
