"""Somebody at the door who has no seat."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.sessions import operations, policy, queries
from app.sessions.forms.seating import WalkInForm
from app.sessions.models import TrainingSession
from app.sessions.operations.seats.swapping import may_walk_in
from app.sessions.queries.nominating import Nominee, nominees, present_factories, sites_for
from app.sessions.seat_pages import WalkInsPage
from app.sessions.views.blueprint import bp
from app.sessions.views.offering import site_label

WALK_INS = "/sessions/<int:training_id>/walk-ins"
_MOST = 20


@bp.get(WALK_INS, may=Permission.ATTENDANCE_MARK)
def walk_ins(training_id: int) -> Response:
    training, factories, factory = _load(training_id)
    people = _people(training, factory)
    return _show(training, factories, factory, people, _form(training, factory, people))


@bp.post(WALK_INS, may=Permission.ATTENDANCE_MARK)
def walk_in(training_id: int) -> Response:
    training, factories, factory = _load(training_id)
    people = _people(training, factory)
    form = _form(training, factory, people, request.form)
    if not form.validate():
        return _show(training, factories, factory, people, form, 422)
    operations.walk_in(g.actor, training_id, factory, form.person.data, form.site.data)
    flash(_("The person has a seat. Mark who is there."), "done")
    return see_other(url_for("sessions.walk_ins", training_id=training_id, factory=factory.code))


def _load(training_id: int) -> tuple[TrainingSession, list[Factory], Factory]:
    training = queries.training_for(g.actor, training_id)
    if not policy.may_take_roll(g.actor, training):
        raise NotFound
    factories, code = present_factories(g.actor, training), request.values.get("factory", "")
    factory = next((each for each in factories if not code or each.code == code), None)
    if factory is None:
        raise NotFound
    return training, factories, factory


def _people(training: TrainingSession, factory: Factory) -> list[Nominee]:
    """Only whoever is searched for: the roll needs nobody's whole roster."""
    search = request.values.get("q", "").strip()
    return nominees(training, factory, search)[:_MOST] if search else []


def _form(
    training: TrainingSession, factory: Factory, people: list[Nominee], formdata: MultiDict[str, str] | None = None
) -> WalkInForm:
    sites = sites_for(training, factory)
    form = WalkInForm(formdata, data={"site": sites[0].id if sites else None})
    form.site.choices = offered((site.id, site_label(site)) for site in sites)
    free = [each for each in people if each.can_come_instead]
    form.person.choices = offered((each.person_id, f"{each.name} · {each.employee_number}") for each in free)
    return form


def _show(
    training: TrainingSession,
    factories: list[Factory],
    factory: Factory,
    people: list[Nominee],
    form: WalkInForm,
    status: int = 200,
) -> Response:
    page = WalkInsPage(
        training=training,
        factories=factories,
        factory=factory,
        form=form,
        people=people,
        search=request.values.get("q", "").strip(),
        is_day=may_walk_in(training),
    )
    return render(page, status)
