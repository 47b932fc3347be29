"""The own seats of a person: take an offer, give a seat back."""

from flask import flash, g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions import operations
from app.sessions.queries.own import own_seats
from app.sessions.seat_pages import OwnSeatsPage
from app.sessions.views.blueprint import bp


@bp.get("/my-seats", may=Permission.SEATS_OWN)
def own() -> Response:
    return render(OwnSeatsPage(own_seats(g.actor.person_id), now()))


@bp.post("/my-seats/<int:training_id>/withdrawal", may=Permission.SEATS_OWN)
def withdraw_own(training_id: int) -> Response:
    operations.withdraw_own(g.actor, training_id)
    flash(_("You gave your seat back. Your factory and the trainer are told."), "done")
    return see_other(url_for("sessions.own"))


@bp.post("/my-seats/<int:training_id>/acceptance", may=Permission.SEATS_OWN)
def accept_own(training_id: int) -> Response:
    operations.accept_own(g.actor, training_id)
    flash(_("The place is yours."), "done")
    return see_other(url_for("sessions.own"))
