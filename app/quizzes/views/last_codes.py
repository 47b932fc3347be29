"""The last resort without network: the trainer enters the codes that people show."""

from datetime import timedelta

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import number
from app.platform.web.throttle import spend
from app.quizzes import operations, queries
from app.quizzes.forms import LastCodesForm
from app.quizzes.pages import LastCodesPage
from app.quizzes.policy import may_open
from app.sessions.queries import training_for

bp = Blueprint("last_codes", __name__)
OPEN = Permission.QUIZZES_OPEN
MOST_TRIES, WINDOW = 120, timedelta(minutes=10)


@bp.get("/sessions/<int:training_id>/quizzes/<int:unit_id>/codes", may=OPEN)
def codes(training_id: int, unit_id: int) -> Response:
    return _page(training_id, unit_id, LastCodesForm(person=number(request.args.get("person"))))


@bp.post("/sessions/<int:training_id>/quizzes/<int:unit_id>/codes", may=OPEN)
def enter(training_id: int, unit_id: int) -> Response:
    spend(f"last-code:{g.actor.account_id}", MOST_TRIES, WINDOW)
    form = _offered(LastCodesForm(request.form), training_id)
    if not form.validate():
        return _page(training_id, unit_id, form, 422)
    try:
        entered = operations.enter_codes(g.actor, training_id, unit_id, form.person.data, form.codes.data or "")
    except NotFound:
        raise
    except Refused as refusal:
        form.codes.errors = [str(refusal)]
        return _page(training_id, unit_id, form, 422)
    for each in entered:
        if each.is_late:
            flash(_("Question %(number)s: it came too late and is kept apart.", number=each.number), "need")
        else:
            flash(_("Question %(number)s is saved.", number=each.number), "done")
    return see_other(url_for("last_codes.codes", training_id=training_id, unit_id=unit_id, person=form.person.data))


def _page(training_id: int, unit_id: int, form: LastCodesForm, status: int = 200) -> Response:
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    return render(
        LastCodesPage(training, queries.quiz_state(training, unit_id), _offered(form, training_id)), status
    )


def _offered(form: LastCodesForm, training_id: int) -> LastCodesForm:
    form.person.choices = [(each.person_id, each.local_name or each.name) for each in queries.people_of(training_id)]
    return form
