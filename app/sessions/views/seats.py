"""What is decided about single seats."""

from flask import flash, g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _, ngettext
from app.sessions import operations
from app.sessions.rules import SeatState
from app.sessions.views.blueprint import bp, to_training

SEAT = "/sessions/<int:training_id>/seats/<int:seat_id>"


@bp.post(f"{SEAT}/booking", may=Permission.SEATS_CONFIRM)
def book(training_id: int, seat_id: int) -> Response:
    seat = operations.book(g.actor, training_id, seat_id)
    if seat.state is SeatState.BOOKED:
        flash(_("The seat is booked."), "done")
    else:
        flash(_("There is no free place. The person is on the waiting list."), "need")
    return to_training(training_id)


@bp.post("/sessions/<int:training_id>/bookings", may=Permission.SEATS_CONFIRM)
def book_all(training_id: int) -> Response:
    tell_states([seat.state for seat in operations.book_all(g.actor, training_id)])
    return to_training(training_id)


@bp.post(f"{SEAT}/withdrawal", may=Permission.SEATS_NOMINATE)
def withdraw(training_id: int, seat_id: int) -> Response:
    operations.withdraw(g.actor, training_id, seat_id)
    flash(_("The seat is withdrawn."), "done")
    return to_training(training_id)


@bp.post(f"{SEAT}/acceptance", may=Permission.SEATS_NOMINATE)
def accept(training_id: int, seat_id: int) -> Response:
    operations.accept(g.actor, training_id, seat_id)
    flash(_("The seat is booked."), "done")
    return to_training(training_id)


def tell_states(states: list[SeatState]) -> None:
    """How many seats became what."""
    if booked := states.count(SeatState.BOOKED):
        flash(ngettext("%(num)s seat is booked.", "%(num)s seats are booked.", booked), "done")
    if reserved := states.count(SeatState.RESERVED):
        flash(ngettext("%(num)s seat is reserved.", "%(num)s seats are reserved.", reserved), "done")
    if requested := states.count(SeatState.REQUESTED):
        flash(ngettext("%(num)s person is nominated.", "%(num)s people are nominated.", requested), "done")
    if waiting := states.count(SeatState.WAIT_LISTED):
        flash(
            ngettext(
                "There is no free place for %(num)s of them, who is on the waiting list.",
                "There is no free place for %(num)s of them, who are on the waiting list.",
                waiting,
            ),
            "need",
        )
