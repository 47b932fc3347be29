"""Where people join from: the list, one site more, one less, who looks after a factory's room."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.queries import FocalPoint
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.forms import number, offered
from app.sessions import operations, policy
from app.sessions.conflicts.proposals import of_training
from app.sessions.conflicts.rules import SiteAsked
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import RoomForm, VenueForm
from app.sessions.models import TrainingSession
from app.sessions.pages import SitesPage
from app.sessions.queries.planning import factories_of, training_to_plan
from app.sessions.rules import SiteKind
from app.sessions.views import offering
from app.sessions.views.blueprint import bp

SITES = "/sessions/<int:training_id>/sites"
_MAY = Permission.SESSIONS_PLAN


@bp.get(SITES, may=_MAY)
def sites(training_id: int) -> Response:
    return _show(_load(training_id), VenueForm(), RoomForm())


@bp.post(f"{SITES}/venue", may=_MAY)
def add_venue(training_id: int) -> Response:
    training, form = _load(training_id), VenueForm(request.form)
    form.room.choices = offering.rooms(training.programme_id)
    if not form.validate() or not form.is_filled():
        return _show(training, form, RoomForm(), 422)
    site = SiteAsked(SiteKind.VENUE, form.venue.data or "", None, form.room.data)
    weighed = weigh(g.actor, of_training(training, more_sites=[site]), request.form, before=of_training(training))
    if not weighed.goes_on:
        return _show(training, form, RoomForm(), 422, weighed)
    weighed.keep(training_id)
    operations.add_venue(g.actor, training_id, form.venue.data or "", form.room.data)
    return _added(training_id)


@bp.post(f"{SITES}/rooms", may=_MAY)
def add_factory_room(training_id: int) -> Response:
    training, form = _load(training_id), RoomForm(request.form)
    form.factory.choices = _factories(training)
    if not form.validate():
        return _show(training, VenueForm(), form, 422)
    operations.add_factory_room(g.actor, training_id, form.factory.data, None)
    return _added(training_id)


@bp.post(f"{SITES}/remote", may=_MAY)
def add_remote(training_id: int) -> Response:
    operations.add_remote(g.actor, training_id)
    return _added(training_id)


@bp.post(f"{SITES}/<int:site_id>/focal-point", may=_MAY)
def give_focal_point(training_id: int, site_id: int) -> Response:
    operations.give_focal_point(g.actor, training_id, site_id, number(request.form.get("account")))
    flash(_("It is changed who looks after the room."), "done")
    return _back(training_id)


@bp.post(f"{SITES}/<int:site_id>/removal", may=_MAY)
def remove_site(training_id: int, site_id: int) -> Response:
    operations.remove_site(g.actor, training_id, site_id)
    flash(_("Nobody joins from there any more."), "done")
    return _back(training_id)


@bp.get(f"{SITES}/venue", may=_MAY)
def ask_venue(training_id: int) -> Response:
    """Somebody reloaded a refused form by its address."""
    return _back(_load(training_id).id)


@bp.get(f"{SITES}/rooms", may=_MAY)
def ask_factory_room(training_id: int) -> Response:
    """As above."""
    return _back(_load(training_id).id)


def _load(training_id: int) -> TrainingSession:
    return training_to_plan(g.actor, training_id)


def _factories(training: TrainingSession) -> list[Any]:
    """Those that can join and have no room here yet."""
    here = {site.factory_id for site in training.sites}
    possible = (each for each in factories_of(training.programme) if policy.takes(training, each))
    return offered((each.id, each.name) for each in possible if each.id not in here)


def _show(
    training: TrainingSession, venue: VenueForm, room: RoomForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    venue.room.choices, room.factory.choices = offering.rooms(training.programme_id), _factories(training)
    has_remote = any(site.kind is SiteKind.REMOTE for site in training.sites)
    return render(SitesPage(training, _speakers(training), venue, room, has_remote, weighed), status)


def _speakers(training: TrainingSession) -> dict[int, list[FocalPoint]]:
    """Who speaks for each factory that has a room."""
    ids = {site.factory_id for site in training.sites if site.factory_id is not None}
    points = accounts.focal_points(ids)
    return {each: [point for point in points if point.factory_id == each] for each in ids}


def _added(training_id: int) -> Response:
    flash(_("People can join from there. Calendars follow."), "done")
    return _back(training_id)


def _back(training_id: int) -> Response:
    return see_other(url_for("sessions.sites", training_id=training_id))
