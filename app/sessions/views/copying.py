"""Copying, repeating and splitting a training session."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.sessions import operations
from app.sessions.conflicts.proposals import copies_of
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import CopyForm, RepeatForm, SplitForm
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations import Split
from app.sessions.operations.copying import kept_half_days
from app.sessions.operations.splitting import made_before
from app.sessions.pages import CohortsPage, CopiesPage
from app.sessions.queries.cohorts import seats_to_split
from app.sessions.queries.planning import training_to_plan
from app.sessions.rules.wall_time import FARTHEST
from app.sessions.views.blueprint import bp, to_training
from app.sessions.wording import WORDS

TRAINING = "/sessions/<int:training_id>"


@bp.get(f"{TRAINING}/copies", may=Permission.SESSIONS_PLAN)
def ask_copy(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    return render(CopiesPage(training, CopyForm(data={"is_draft": True}), RepeatForm(data={"is_draft": True})))


@bp.post(f"{TRAINING}/copies", may=Permission.SESSIONS_PLAN)
def copy(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), CopyForm(request.form)
    if not form.validate() or form.starts_on.data is None:
        return render(CopiesPage(training, form, RepeatForm()), 422)
    kept = kept_half_days(training)
    shifts = [form.starts_on.data - kept[0].starts.date()] if kept else []
    weighed = _weighed(training, shifts, is_draft=form.is_draft.data)
    if weighed and not weighed.goes_on:
        return render(CopiesPage(training, form, RepeatForm(), weighed_copy=weighed), 422)
    try:
        made = operations.copy(g.actor, training_id, form.starts_on.data, is_draft=form.is_draft.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.starts_on.errors = [str(refusal)]
        return render(CopiesPage(training, form, RepeatForm()), 422)
    _keep(weighed, [made])
    flash(_("This is the copy. Look whether everything fits."), "done")
    return to_training(made.id)


@bp.post(f"{TRAINING}/repeats", may=Permission.SESSIONS_PLAN)
def repeat(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), RepeatForm(request.form)
    if not form.validate() or form.weeks.data is None or form.times.data is None:
        return render(CopiesPage(training, CopyForm(), form), 422)
    shifts = [timedelta(weeks=form.weeks.data * number) for number in range(1, form.times.data + 1)]
    weighed = _weighed(training, shifts, is_draft=form.is_draft.data)
    if weighed and not weighed.goes_on:
        return render(CopiesPage(training, CopyForm(), form, weighed_repeat=weighed), 422)
    try:
        made = operations.repeat(
            g.actor, training_id, weeks=form.weeks.data, times=form.times.data, is_draft=form.is_draft.data
        )
    except NotFound:
        raise
    except Refused as refusal:
        form.weeks.errors = [str(refusal)]
        return render(CopiesPage(training, CopyForm(), form), 422)
    _keep(weighed, made)
    flash(ngettext("%(num)s copy is made.", "%(num)s copies are made.", len(made)), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/repeats", may=Permission.SESSIONS_PLAN)
def ask_repeat(training_id: int) -> Response:
    """Somebody reloaded a refused form by its address."""
    return see_other(url_for("sessions.ask_copy", training_id=training_to_plan(g.actor, training_id).id))


@bp.get(f"{TRAINING}/cohorts", may=Permission.SESSIONS_PLAN)
def ask_split(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    kept = kept_half_days(training)
    starts_on = kept[0].starts.date() + timedelta(weeks=1) if kept else None
    names = {"stays": training.cohort or _("Cohort A"), "goes": _("Cohort B"), "starts_on": starts_on}
    return _show_split(training, SplitForm(data=names))


@bp.post(f"{TRAINING}/cohorts", may=Permission.SESSIONS_PLAN)
def split(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), SplitForm(request.form)
    _offer_split(training, form)
    if not (form.validate() and form.names_somebody()) or form.starts_on.data is None:
        return _show_split(training, form, 422)
    wanted = Split(
        seat_ids=frozenset(form.seats.data or ()), factory_ids=frozenset(form.factories.data or ()),
        starts_on=form.starts_on.data, stays=form.stays.data or "", goes=form.goes.data or "",
    )  # fmt: skip
    try:
        weighed = None if made_before(training, wanted) else _weighed_cohort(training, form.starts_on.data)
        if weighed and not weighed.goes_on:
            return _show_split(training, form, 422, weighed)
        cohort = operations.split(g.actor, training_id, wanted)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show_split(training, form, 422)
    _keep(weighed, [cohort])
    flash(_("This is the new cohort. Those who went are told."), "done")
    return to_training(cohort.id)


def _weighed(training: TrainingSession, shifts: Sequence[timedelta], *, is_draft: bool) -> Weighed | None:
    """None for drafts, which are weighed when they are announced, and for days too far away to plan."""
    is_far = any(shift > FARTHEST for shift in shifts)
    return None if is_draft or is_far else weigh(g.actor, copies_of(training, shifts), request.form)


def _weighed_cohort(training: TrainingSession, starts_on: date) -> Weighed | None:
    """None where the verb itself will refuse."""
    kept = kept_half_days(training)
    return _weighed(training, [starts_on - kept[0].starts.date()], is_draft=False) if kept else None


def _keep(weighed: Weighed | None, made: Sequence[TrainingSession]) -> None:
    if weighed:
        for each in made:
            weighed.keep(each.id, {meeting.starts for meeting in each.meetings})


def _offer_split(training: TrainingSession, form: SplitForm) -> None:
    seats = seats_to_split(training)
    factories = {seat.factory_id: seat.factory.name for seat in seats}
    form.factories.choices = offered(sorted(factories.items(), key=lambda pair: pair[1]))
    # A form that was sent twice names people who have gone by now: the verb knows what to do with it.
    gone = [each for each in form.seats.data or () if each not in {seat.id for seat in seats}]
    form.seats.choices = offered([*((seat.id, _label(seat)) for seat in seats), *((each, "") for each in gone)])


def _label(seat: Seat) -> str:
    """Name, factory and state."""
    who = seat.person.name if seat.person_id is not None else _("Without a name")
    return f"{who} · {seat.factory.name} · {WORDS.seat[seat.state][0]}"


def _show_split(
    training: TrainingSession, form: SplitForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    _offer_split(training, form)
    return render(CohortsPage(training, form, weighed), status)
