"""A factory names its people."""

from flask import flash, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.labels import ROLES
from app.factories.models import Factory
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound
from app.platform.web import render
from app.sessions import operations, queries
from app.sessions.forms import NominationForm, SelectChoice
from app.sessions.models import TrainingSession
from app.sessions.pages import NominationsPage
from app.sessions.queries.nominating import MOST_SHOWN, Nominee, nominating_factories, nominees, sites_for
from app.sessions.views.blueprint import bp, to_training
from app.sessions.views.offering import site_label

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
    new = operations.nominate(g.actor, training_id, factory, form.people.data or [], form.site.data)
    if new:
        flash(ngettext("%(num)s person is nominated.", "%(num)s people are nominated.", len(new)), "done")
    else:
        flash(_("They were nominated before."), "done")
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


def _show(
    training: TrainingSession,
    factories: list[Factory],
    factory: Factory,
    people: list[Nominee],
    form: NominationForm,
    status: int = 200,
) -> Response:
    page = NominationsPage(
        training=training,
        factories=factories,
        factory=factory,
        form=form,
        nominees=people,
        search=_search(),
        roles=ROLES,
        most_shown=MOST_SHOWN,
    )
    return render(page, status)
