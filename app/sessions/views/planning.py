"""Scheduling a training session: one form, which grows by a half-day without script."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries as courses
from app.factories.models import Programme
from app.platform.i18n import _, text
from app.platform.i18n.languages import LANGUAGES
from app.platform.web import render, see_other
from app.sessions import operations
from app.sessions.forms import MOST_HALF_DAYS, FaultyFields, ScheduleForm, SelectChoice
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.pages import ProgrammesPage, SchedulePage
from app.sessions.queries import planning
from app.sessions.rules import Modality
from app.sessions.views.blueprint import bp, to_training


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
    programme = planning.programme_to_plan(g.actor, request.form.get("programme", ""))
    form = _form(programme, request.form)
    if not form.validate():
        return _show(form, programme, 422)
    training = operations.schedule(g.actor, _plan(form, programme))
    flash(_("The training session is planned. Factories can nominate people now."), "done")
    return to_training(training.id)


@bp.post("/sessions/new/half-days", may=Permission.SESSIONS_PLAN)
def add_half_day() -> Response:
    """The same form with one half-day more. Nothing is saved."""
    programme = planning.programme_to_plan(g.actor, request.form.get("programme", ""))
    form = _form(programme, request.form)
    if len(form.half_days) < MOST_HALF_DAYS:
        form.half_days.append_entry()
    return _show(form, programme)


@bp.get("/sessions/new/half-days", may=Permission.SESSIONS_PLAN)
def begin_again() -> Response:
    """Somebody reloaded the grown form by its address."""
    return see_other(url_for("sessions.new"))


def _form(programme: Programme, formdata: MultiDict[str, str] | None = None) -> ScheduleForm:
    form = ScheduleForm(formdata, data={"zone": programme.zone, "language": programme.languages[0]})
    form.version.choices = [SelectChoice(version.id, text(version.titles)) for version in courses.catalogue()]
    spoken = dict.fromkeys([*programme.languages, "en"])
    form.language.choices = [SelectChoice(code, LANGUAGES[code].own_name) for code in spoken if code in LANGUAGES]
    form.factories.choices = [SelectChoice(factory.id, factory.name) for factory in planning.factories_of(programme)]
    form.trainers.choices = [
        SelectChoice(account.id, account.name) for account in planning.possible_trainers(g.actor, programme)
    ]
    return form


def _plan(form: ScheduleForm, programme: Programme) -> Plan:
    return Plan(
        programme_id=programme.id,
        version_id=form.version.data,
        language=form.language.data,
        half_days=tuple(
            PlannedHalfDay(when, Modality(part.modality.data), part.join_url.data or None)
            for part, when in form.times()
        ),
        trainer_ids=tuple(form.trainers.data or ()),
        capacity_in_person=form.capacity_in_person.data or 0,
        capacity_virtual=form.capacity_virtual.data or 0,
        venue=form.venue.data or None,
        factory_ids=tuple(form.factories.data or ()),
        remote=form.remote.data,
    )


def _show(form: ScheduleForm, programme: Programme, status: int = 200) -> Response:
    more = len(form.half_days) < MOST_HALF_DAYS
    return render(SchedulePage(form, FaultyFields(form), programme, more), status)
