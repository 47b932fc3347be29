"""Changing a training session after it was planned: one half-day more, its details, who teaches."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.queries import accounts_by_id
from app.platform.i18n import _
from app.platform.web import render
from app.platform.web.forms import offered
from app.sessions import operations
from app.sessions.conflicts.proposals import Change, of_training, one_more
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import DetailsForm, HalfDayForm, TrainersForm
from app.sessions.models import Meeting, TrainingSession
from app.sessions.operations import Settings
from app.sessions.operations.half_days import is_at
from app.sessions.operations.loading import meeting_of
from app.sessions.operations.plans import Where, room_of
from app.sessions.operations.times import fault_among
from app.sessions.pages import DetailsPage, NewHalfDayPage, TrainersPage
from app.sessions.queries.planning import training_to_plan
from app.sessions.rules import Modality, SiteKind
from app.sessions.rules.wall_time import HalfDay
from app.sessions.views import offering
from app.sessions.views.blueprint import bp, to_training
from app.sessions.views.planning import planned_half_day

TRAINING = "/sessions/<int:training_id>"


@bp.get(f"{TRAINING}/meetings/new", may=Permission.SESSIONS_PLAN)
def ask_half_day(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    last = training.meetings[-1] if training.meetings else None
    known = {"modality": last.modality.value, "join_url": last.join_url} if last else {"modality": "in_person"}
    form = HalfDayForm(data=known)
    return _show_new(training, form)


@bp.post(f"{TRAINING}/meetings/new", may=Permission.SESSIONS_PLAN)
def add_half_day(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), HalfDayForm(request.form)
    _offer(training, form)
    when = form.half_day(_zone(training)) if form.validate() else None
    if when is None or not _is_possible(form, training, when):
        return _show_new(training, form, 422)
    planned = planned_half_day(form, when)
    if not _is_there(training, when):
        weighed = weigh(g.actor, one_more(training, planned), request.form)
        if not weighed.goes_on:
            return _show_new(training, form, 422, weighed)
        weighed.keep(training_id)
    operations.add_half_day(g.actor, training_id, planned)
    flash(_("There is one half-day more. Calendars follow."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/meetings/<int:number>/details", may=Permission.SESSIONS_PLAN)
def ask_details(training_id: int, number: int) -> Response:
    meeting = _meeting(training_id, number)
    known = {
        "language": meeting.language,
        "interpreters": [each.id for each in meeting.interpreters],
        "host": meeting.host_id,
        "sites": [site.id for site in meeting.sites],
    }
    return _show_details(meeting, DetailsForm(data=known))


@bp.post(f"{TRAINING}/meetings/<int:number>/details", may=Permission.SESSIONS_PLAN)
def edit_meeting(training_id: int, number: int) -> Response:
    meeting, form = _meeting(training_id, number), DetailsForm(request.form)
    _offer_details(meeting, form)
    if not form.validate():
        return _show_details(meeting, form, 422)
    settings = Settings(
        language=form.language.data,
        interpreter_ids=tuple(form.interpreters.data or ()),
        host_id=form.host.data,
        site_ids=tuple(form.sites.data or ()),
    )
    change = Change(
        language=settings.language or meeting.training.language,
        interpreter_ids=settings.interpreter_ids,
        host_id=settings.host_id,
        site_ids=settings.site_ids,
    )
    before = of_training(meeting.training)
    weighed = weigh(g.actor, of_training(meeting.training, {number: change}), request.form, before=before)
    if not weighed.goes_on:
        return _show_details(meeting, form, 422, weighed)
    weighed.keep(training_id)
    operations.edit_meeting(g.actor, training_id, number, settings)
    flash(_("The half-day is changed. Calendars follow."), "done")
    return to_training(training_id)


@bp.get(f"{TRAINING}/trainers", may=Permission.SESSIONS_PLAN)
def ask_trainers(training_id: int) -> Response:
    training = training_to_plan(g.actor, training_id)
    form = TrainersForm(data={"trainers": [trainer.account_id for trainer in training.trainers]})
    return _show_trainers(training, form)


@bp.post(f"{TRAINING}/trainers", may=Permission.SESSIONS_PLAN)
def change_trainers(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), TrainersForm(request.form)
    _offer_trainers(training, form)
    if not form.validate():
        return _show_trainers(training, form, 422)
    asked = of_training(training, trainer_ids=form.trainers.data or [])
    weighed = weigh(g.actor, asked, request.form, before=of_training(training))
    if not weighed.goes_on:
        return _show_trainers(training, form, 422, weighed)
    weighed.keep(training_id)
    operations.change_trainers(g.actor, training_id, form.trainers.data or [])
    flash(_("Those who teach are changed. Calendars follow."), "done")
    return to_training(training_id)


def _is_possible(form: HalfDayForm, training: TrainingSession, when: HalfDay) -> bool:
    """A form that was sent twice finds the half-day there, which is no fault."""
    if _is_there(training, when):
        return True
    fault = fault_among(training, {0: when})
    if fault:
        form.blame(*fault[1:])
    return fault is None


def _is_there(training: TrainingSession, when: HalfDay) -> bool:
    return any(is_at(meeting, when) for meeting in training.meetings)


def _zone(training: TrainingSession) -> str:
    return training.meetings[-1].zone if training.meetings else training.programme.zone


def _offer(training: TrainingSession, form: HalfDayForm) -> None:
    names = {SiteKind.VENUE: Where.VENUE.value, SiteKind.REMOTE: Where.REMOTE.value}
    sites = {
        room_of(site.factory_id) if site.factory_id else names[site.kind]: offering.site_label(site)
        for site in training.sites
    }
    offering.offer_half_days([form], training.programme, list(sites.items()))


def _show_new(
    training: TrainingSession, form: HalfDayForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    _offer(training, form)
    return render(NewHalfDayPage(training, _zone(training), form, weighed), status)


def _offer_details(meeting: Meeting, form: DetailsForm) -> None:
    """Somebody who has retired, or an account that was closed, stays where it is until it is taken away."""
    programme = meeting.training.programme
    form.language.choices = offering.same_language(offering.languages(programme))
    working = offering.interpreters(programme.id)
    listed = {choice.value for choice in working}
    gone = [(each.id, each.name) for each in meeting.interpreters if each.id not in listed]
    form.interpreters.choices = [*working, *offered(gone)]
    hosts = offering.hosts(programme.id)
    if meeting.host is not None and meeting.host_id not in {choice.value for choice in hosts}:
        hosts += offered([(meeting.host_id, meeting.host.name)])
    form.host.choices = hosts if meeting.modality is not Modality.IN_PERSON else hosts[:1]
    form.sites.choices = offered((site.id, offering.site_label(site)) for site in meeting.training.sites)


def _show_details(
    meeting: Meeting, form: DetailsForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    _offer_details(meeting, form)
    return render(DetailsPage(meeting.training, meeting, form, weighed), status)


def _offer_trainers(training: TrainingSession, form: TrainersForm) -> None:
    teaching = accounts_by_id([trainer.account_id for trainer in training.trainers]).values()
    form.trainers.choices = offering.trainers(training.programme, list(teaching))


def _show_trainers(
    training: TrainingSession, form: TrainersForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    _offer_trainers(training, form)
    return render(TrainersPage(training, form, weighed), status)


def _meeting(training_id: int, number: int) -> Meeting:
    return meeting_of(training_to_plan(g.actor, training_id), number)
