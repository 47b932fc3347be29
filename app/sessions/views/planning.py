"""Scheduling a training session: one form, which grows and is filled in by a pattern without script."""

from datetime import time, timedelta

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.sessions import operations
from app.sessions.conflicts.proposals import of_plan
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import FaultyFields, HalfDayForm, PatternForm, ScheduleForm
from app.sessions.links.rules import Provider
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.operations.half_days import MOST_HALF_DAYS
from app.sessions.pages import ProgrammesPage, SchedulePage
from app.sessions.queries import planning
from app.sessions.rules import Modality
from app.sessions.rules.patterns import proposed
from app.sessions.rules.wall_time import HalfDay
from app.sessions.views.blueprint import bp, to_training
from app.sessions.views.offering import offer_plan

_PATTERN = "pattern"


@bp.get("/sessions/new", may=Permission.SESSIONS_PLAN)
def new() -> Response:
    """The empty form; who plans in several programmes chooses one first."""
    programmes = planning.programmes(g.actor, Permission.SESSIONS_PLAN)
    code = request.args.get("programme") or (programmes[0].code if len(programmes) == 1 else "")
    if not code:
        return render(ProgrammesPage(programmes))
    programme = planning.programme_to_plan(g.actor, code)
    form = _form(programme)
    form.trainers.data = [g.actor.account_id]
    return _show(form, programme)


@bp.post("/sessions/new", may=Permission.SESSIONS_PLAN)
def schedule() -> Response:
    programme, is_draft = _programme(), "draft" in request.form
    form = _form(programme, request.form)
    if not form.plans(is_draft=is_draft):
        return _show(form, programme, 422)
    plan = _plan(form, programme, is_draft=is_draft)
    try:
        weighed = None if is_draft else weigh(g.actor, of_plan(plan), request.form)
        if weighed and not weighed.goes_on:
            return _show(form, programme, 422, weighed=weighed)
        training = operations.schedule(g.actor, plan)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(form, programme, 422)
    if weighed:
        weighed.keep(training.id)
    if is_draft:
        flash(_("The draft is kept. Factories do not see it until you announce it."), "done")
    else:
        flash(_("The training session is planned. Factories can nominate people now."), "done")
    return to_training(training.id)


@bp.post("/sessions/new/half-days", may=Permission.SESSIONS_PLAN)
def add_half_day_to_plan() -> Response:
    """The same form with one half-day more. Nothing is saved."""
    programme = _programme()
    form = _form(programme, request.form)
    if len(form.half_days) < MOST_HALF_DAYS:
        form.half_days.append_entry()
        offer_plan(form, programme)
    return _show(form, programme)


@bp.post("/sessions/new/pattern", may=Permission.SESSIONS_PLAN)
def fill_in() -> Response:
    """The same form with half-days by a pattern, on working days. Nothing is saved."""
    programme = _programme()
    form, pattern = _form(programme, request.form), PatternForm(request.form, prefix=f"{_PATTERN}-")
    wish = pattern.wish()
    if wish is None:
        return _show(form, programme, 422, pattern)
    times = proposed(wish, programme.rest_days, planning.certain_holidays(programme))
    if not times:
        pattern.starts.errors = [_("The days would run over midnight. Start earlier.")]
        return _show(form, programme, 422, pattern)
    first = form.half_days[0].form
    kept = {"modality": first.modality.data, "provider": first.provider.data, "join_url": first.join_url.data}
    while form.half_days.entries:
        form.half_days.pop_entry()
    form.half_days.last_index = -1
    for starts, ends in times[:MOST_HALF_DAYS]:
        form.half_days.append_entry(
            {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), **kept}
        )
    offer_plan(form, programme)
    return _show(form, programme, pattern=pattern)


@bp.get("/sessions/new/half-days", may=Permission.SESSIONS_PLAN)
def begin_again() -> Response:
    """Somebody reloaded the grown form by its address."""
    return see_other(url_for("sessions.new"))


@bp.get("/sessions/new/pattern", may=Permission.SESSIONS_PLAN)
def begin_pattern_again() -> Response:
    """Somebody reloaded the filled-in form by its address."""
    return see_other(url_for("sessions.new"))


def planned_half_day(form: HalfDayForm, when: HalfDay) -> PlannedHalfDay:
    """One half-day as it was filled in; only for a valid form."""
    return PlannedHalfDay(
        when,
        Modality(form.modality.data),
        form.join_url.data or None,
        language=form.language.data,
        interpreter_ids=tuple(form.interpreters.data or ()),
        host_id=form.host.data if form.modality.data != Modality.IN_PERSON else None,
        sites=tuple(form.sites.data or ()),
        provider=Provider(form.provider.data),
    )


def _programme() -> Programme:
    return planning.programme_to_plan(g.actor, request.form.get("programme", ""))


def _form(programme: Programme, formdata: MultiDict[str, str] | None = None) -> ScheduleForm:
    form = ScheduleForm(formdata, data={"zone": programme.zone, "language": programme.languages[0]})
    offer_plan(form, programme)
    return form


def _plan(form: ScheduleForm, programme: Programme, *, is_draft: bool) -> Plan:
    return Plan(
        programme_id=programme.id,
        version_id=form.version.data,
        language=form.language.data,
        half_days=tuple(planned_half_day(part, when) for part, when in form.times()),
        trainer_ids=tuple(form.trainers.data or ()),
        capacity_in_person=form.capacity_in_person.data or 0,
        capacity_virtual=form.capacity_virtual.data or 0,
        venue=form.venue.data or None,
        room_id=form.room.data,
        factory_ids=tuple(form.factories.data or ()),
        remote=form.remote.data,
        group_id=form.group.data,
        expected_on=form.expected_on(),
        is_draft=is_draft,
    )


def _show(
    form: ScheduleForm,
    programme: Programme,
    status: int = 200,
    pattern: PatternForm | None = None,
    weighed: Weighed | None = None,
) -> Response:
    if pattern is None:
        data = {"first": now().date() + timedelta(days=14), "starts": time(8), "weeks": 5, "times": 10}
        pattern = PatternForm(request.form or None, prefix=f"{_PATTERN}-", data=data)
    faulty = FaultyFields(form, pattern)
    more = len(form.half_days) < MOST_HALF_DAYS
    return render(SchedulePage(form, pattern, faulty, programme, more, weighed), status)
