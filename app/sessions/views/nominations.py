"""A factory names its people."""

from flask import flash, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.labels import ROLES
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render
from app.sessions import operations, queries
from app.sessions.forms import FaultyFields, NominationForm, SelectChoice
from app.sessions.forms.seating import ReservationForm
from app.sessions.models import TrainingSession
from app.sessions.pages import NominationsPage
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.nominating import MOST_SHOWN, Nominee, nominating_factories, nominees, sites_for
from app.sessions.queries.seating import unnamed
from app.sessions.rules import SeatState
from app.sessions.views.blueprint import bp, to_training
from app.sessions.views.offering import site_label
from app.sessions.views.seats import tell_states

NOMINATIONS = "/sessions/<int:training_id>/nominations"


@bp.get(NOMINATIONS, may=Permission.SEATS_NOMINATE)
def choose_people(training_id: int) -> Response:
    training = queries.training_for(g.actor, training_id)
    factories = nominating_factories(g.actor, training)
    factory = _asked(factories, request.args.get("factory", ""))
    people = nominees(training, factory, _search())
    form = _form(training, factory, people)
    return _show(training, factories, factory, people, form)


@bp.post(NOMINATIONS, may=Permission.SEATS_NOMINATE)
def nominate(training_id: int) -> Response:
    training = queries.training_for(g.actor, training_id)
    factories = nominating_factories(g.actor, training)
    factory = _asked(factories, request.form.get("factory", ""))
    people = nominees(training, factory, _search())
    form = _form(training, factory, people, request.form)
    if not form.validate():
        return _show(training, factories, factory, people, form, 422)
    try:
        new = operations.nominate(g.actor, training_id, factory, form.people.data or [], form.site.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(training, factories, factory, people, form, 422)
    tell_states([seat.state for seat in new])
    if not new:
        flash(_("They were nominated before."), "done")
    return to_training(training_id)


@bp.post("/sessions/<int:training_id>/reservations", may=Permission.SEATS_NOMINATE)
def reserve(training_id: int) -> Response:
    training = queries.training_for(g.actor, training_id)
    factories = nominating_factories(g.actor, training)
    factory = _asked(factories, request.form.get("factory", ""))
    people = nominees(training, factory, "")
    reserving = _reservation(training, factory, request.form)
    if not reserving.validate():
        return _show(training, factories, factory, people, _form(training, factory, people), 422, reserving)
    try:
        seats = operations.reserve(
            g.actor, training_id, factory, reserving.reserved_site.data, reserving.count.data or 0
        )
    except NotFound:
        raise
    except Refused as refusal:
        reserving.form_errors = [str(refusal)]
        return _show(training, factories, factory, people, _form(training, factory, people), 422, reserving)
    tell_states([seat.state for seat in seats])
    return to_training(training_id)


def _search() -> str:
    return request.values.get("q", "").strip()


def _asked(factories: list[Factory], code: str) -> Factory:
    """The factory with this code, or the first; NotFound when the actor speaks for none here, or not for this one."""
    found = next((factory for factory in factories if not code or factory.code == code), None)
    if found is None:
        raise NotFound
    return found


def _form(
    training: TrainingSession,
    factory: Factory,
    people: list[Nominee],
    formdata: MultiDict[str, str] | None = None,
) -> NominationForm:
    """With one site there is nothing to choose."""
    sites = sites_for(training, factory)
    form = NominationForm(formdata, data={"site": sites[0].id if len(sites) == 1 else None})
    form.site.choices = [SelectChoice(site.id, site_label(site)) for site in sites]
    form.people.choices = [SelectChoice(nominee.person_id, nominee.name) for nominee in people]
    return form


def _reservation(
    training: TrainingSession, factory: Factory, formdata: MultiDict[str, str] | None = None
) -> ReservationForm:
    sites = sites_for(training, factory)
    form = ReservationForm(formdata, data={"reserved_site": sites[0].id if len(sites) == 1 else None})
    form.reserved_site.choices = [SelectChoice(site.id, site_label(site)) for site in sites]
    return form


def _show(
    training: TrainingSession,
    factories: list[Factory],
    factory: Factory,
    people: list[Nominee],
    form: NominationForm,
    status: int = 200,
    reserving: ReservationForm | None = None,
) -> Response:
    reserving = reserving or _reservation(training, factory)
    own = unnamed(training.id, [factory.id])
    page = NominationsPage(
        training=training,
        factories=factories,
        factory=factory,
        form=form,
        nominees=people,
        search=_search(),
        roles=ROLES,
        most_shown=MOST_SHOWN,
        reserving=reserving,
        faulty=FaultyFields(form, reserving),
        reserved=sum(seat.state is SeatState.RESERVED for seat in own),
        deadlines=Calendar(training).deadlines(factory),
    )
    return render(page, status)
