"""The places of a training session, and who waits for one."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.sessions import operations, policy, queries
from app.sessions.forms.seating import PlacesForm
from app.sessions.models import TrainingSession
from app.sessions.queries.planning import training_to_plan
from app.sessions.queries.seating import capacity, offered, queue, taken
from app.sessions.rules import Modality, WaitingPolicy, is_open
from app.sessions.rules.waiting import Step
from app.sessions.seat_pages import PlacesPage, WaitingPage
from app.sessions.views.blueprint import bp, to_training
from app.sessions.wording import POLICIES, STEPS

TRAINING = "/sessions/<int:training_id>"
_KINDS = (Modality.IN_PERSON, Modality.VIRTUAL)


@bp.get(f"{TRAINING}/places", may=Permission.SESSIONS_PLAN)
def ask_places(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    return _show(training, PlacesForm(obj=training))


@bp.post(f"{TRAINING}/places", may=Permission.SESSIONS_PLAN)
def change_places(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), PlacesForm(request.form)
    if not form.validate():
        return _show(training, form, 422)
    try:
        promoted = operations.change_places(g.actor, training_id, form.places(training.offer_hours))
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(training, form, 422)
    _tell(training, len(promoted))
    return to_training(training_id)


@bp.get(f"{TRAINING}/waiting", may=Permission.SEATS_CONFIRM)
def waiting(training_id: int) -> Response:
    training = queries.training_for(g.actor, training_id)
    if not policy.may_settle_seats(g.actor, training):
        raise NotFound
    lines = {kind: queue(training, kind) for kind in _KINDS}
    return render(
        WaitingPage(
            training=training,
            lists={kind: seats for kind, seats in lines.items() if seats},
            offered=offered(training.id),
            policy=POLICIES[training.waiting_policy],
            can_order=training.waiting_policy is WaitingPolicy.MANUAL and is_open(training.state),
            steps=STEPS,
        )
    )


@bp.post(f"{TRAINING}/seats/<int:seat_id>/rank", may=Permission.SEATS_CONFIRM)
def put_in_order(training_id: int, seat_id: int) -> Response:
    step = next((each for each in Step if each == request.form.get("to")), None)
    if step is None:
        raise NotFound
    operations.put(g.actor, training_id, seat_id, step)
    flash(_("The order is changed."), "done")
    return see_other(url_for("sessions.waiting", training_id=training_id))


def _show(training: TrainingSession, form: PlacesForm, status: int = 200) -> Response:
    held = {kind: len(taken(training, kind)) for kind in _KINDS}
    return render(PlacesPage(training, form, held), status)


def _tell(training: TrainingSession, promoted: int) -> None:
    """How many got a place, and where more people have one than there are now."""
    flash(_("The places are changed."), "done")
    if promoted:
        sentence = ngettext(
            "%(num)s seat got a place from the waiting list.",
            "%(num)s seats got a place from the waiting list.",
            promoted,
        )
        flash(sentence, "done")
    for kind in _KINDS:
        held = len(taken(training, kind))
        if held > capacity(training, kind):
            sentence = ngettext(
                "%(num)s is booked, which is more than there are places now. Nobody is dropped; no place is given "
                "until there is room.",
                "%(num)s are booked, which is more than there are places now. Nobody is dropped; no place is given "
                "until there is room.",
                held,
            )
            flash(sentence, "need")
