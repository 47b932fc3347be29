"""Deciding about a training session: each decision is a resource of its own."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render
from app.sessions import operations, policy, queries
from app.sessions.conflicts.proposals import Change, of_training
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import CancellationForm, FaultyFields, PostponementForm, ReopeningForm, ResumptionForm
from app.sessions.models import TrainingSession
from app.sessions.operations.states import postponed
from app.sessions.operations.times import fault_among
from app.sessions.pages import CancellationPage, DoubtsPage, PostponementPage, ReopeningPage, ResumptionPage
from app.sessions.queries.planning import training_to_plan
from app.sessions.rules import TrainingState
from app.sessions.views.blueprint import bp, to_training

TRAINING = "/sessions/<int:training_id>"


@bp.post(f"{TRAINING}/announcement", may=Permission.SESSIONS_PLAN)
def announce(training_id: int) -> Response:
    if shown := _doubts(training_id, url_for("sessions.announce", training_id=training_id), _("Announce it")):
        return shown
    operations.announce(g.actor, training_id)
    flash(_("The training session is announced. Factories can nominate people now."), "done")
    return to_training(training_id)


@bp.post(f"{TRAINING}/confirmation", may=Permission.SESSIONS_PLAN)
def confirm(training_id: int) -> Response:
    if shown := _doubts(training_id, url_for("sessions.confirm", training_id=training_id), _("Confirm and invite")):
        return shown
    operations.confirm(g.actor, training_id)
    flash(_("The training session is confirmed. Invitations are on their way."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/announcement", may=Permission.SESSIONS_PLAN)
def ask_to_announce(training_id: int) -> Response:
    """Somebody reloaded what speaks against it by its address."""
    return to_training(training_to_plan(g.actor, training_id).id)


@bp.get(f"{TRAINING}/confirmation", may=Permission.SESSIONS_PLAN)
def ask_to_confirm(training_id: int) -> Response:
    """As above."""
    return to_training(training_to_plan(g.actor, training_id).id)


@bp.get(f"{TRAINING}/postponement", may=Permission.SESSIONS_PLAN)
def ask_to_postpone(training_id: int) -> Response:
    return render(PostponementPage(training_to_plan(g.actor, training_id), PostponementForm()))


@bp.post(f"{TRAINING}/postponement", may=Permission.SESSIONS_PLAN)
def postpone(training_id: int) -> Response:
    form = PostponementForm(request.form)
    if not form.validate():
        return render(PostponementPage(training_to_plan(g.actor, training_id), form), 422)
    operations.postpone(g.actor, training_id, form.reason.data or "")
    flash(_("The training session is postponed. Seats are kept; everybody who was invited is told."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/resumption", may=Permission.SESSIONS_PLAN)
def ask_new_dates(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    dates = [
        {"number": meeting.number, "starts": meeting.starts.time(), "ends": meeting.ends.time()}
        for meeting in postponed(training)
    ]
    return _new_dates(training, ResumptionForm(data={"half_days": dates}))


@bp.post(f"{TRAINING}/resumption", may=Permission.SESSIONS_PLAN)
def resume(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), ResumptionForm(request.form)
    # A form that was sent twice finds nothing that waits; the verb then knows whether its dates stand.
    waits = postponed(training) or training.meetings
    zones = {meeting.number: meeting.zone for meeting in waits}
    is_sound = form.validate()
    if training.state is TrainingState.POSTPONED:
        is_sound = form.ask_for_all(zones) and is_sound and _is_possible(form, training, zones)
    if not is_sound:
        return _new_dates(training, form, 422)
    if training.state is TrainingState.POSTPONED:
        changes = {each: Change(when=when) for each, when in form.times(zones).items()}
        weighed = weigh(g.actor, of_training(training, changes), request.form)
        if not weighed.goes_on:
            return _new_dates(training, form, 422, weighed)
        weighed.keep(training_id)
    operations.resume(g.actor, training_id, form.times(zones))
    flash(_("The training session has its dates. Calendars follow."), "done")
    return to_training(training_id)


@bp.post(f"{TRAINING}/closing", may=Permission.SESSIONS_PLAN)
def close(training_id: int) -> Response:
    operations.close(g.actor, training_id)
    flash(_("The training session is closed."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/reopening", may=Permission.SESSIONS_REOPEN)
def ask_to_reopen(training_id: int) -> Response:
    return render(ReopeningPage(_to_reopen(training_id), ReopeningForm()))


@bp.post(f"{TRAINING}/reopening", may=Permission.SESSIONS_REOPEN)
def reopen(training_id: int) -> Response:
    form = ReopeningForm(request.form)
    if not form.validate():
        return render(ReopeningPage(_to_reopen(training_id), form), 422)
    operations.reopen(g.actor, training_id, form.reason.data or "")
    flash(_("The training session is open again. Close it when everything is right."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/cancellation", may=Permission.SESSIONS_PLAN)
def ask_to_cancel(training_id: int) -> Response:
    return render(CancellationPage(training_to_plan(g.actor, training_id), CancellationForm()))


@bp.post(f"{TRAINING}/cancellation", may=Permission.SESSIONS_PLAN)
def cancel(training_id: int) -> Response:
    form = CancellationForm(request.form)
    if not form.validate():
        return render(CancellationPage(training_to_plan(g.actor, training_id), form), 422)
    operations.cancel(g.actor, training_id, form.reason.data or "")
    flash(_("The training session is cancelled. Everybody who was invited is told."), "done")
    return to_training(training_id)


def _doubts(training_id: int, action: str, label: str) -> Response | None:
    """A draft was kept without asking: what speaks against it is shown before others see it. None to go on."""
    training = training_to_plan(g.actor, training_id)
    if training.state is not TrainingState.DRAFT:
        return None
    weighed = weigh(g.actor, of_training(training), request.form)
    if not weighed.goes_on:
        return render(DoubtsPage(training, weighed, action, label), 422)
    weighed.keep(training_id)
    return None


def _to_reopen(training_id: int) -> TrainingSession:
    training = queries.training_for(g.actor, training_id)
    if not policy.may_reopen(g.actor, training):
        raise NotFound
    return training


def _is_possible(form: ResumptionForm, training: TrainingSession, zones: dict[int, str]) -> bool:
    fault = fault_among(training, form.times(zones))
    if fault:
        form.blame(*fault)
    return fault is None


def _new_dates(
    training: TrainingSession, form: ResumptionForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    meetings = {meeting.number: meeting for meeting in training.meetings}
    return render(ResumptionPage(training, meetings, form, FaultyFields(form), weighed), status)
