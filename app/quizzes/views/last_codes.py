"""The last resort without network: the trainer enters the codes that people show."""

from collections.abc import Sequence
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
from app.quizzes.forms import LastCodesForm, LastWordsForm
from app.quizzes.operations import Entered
from app.quizzes.pages import LastCodesPage
from app.quizzes.policy import may_open
from app.sessions.queries import training_for

bp = Blueprint("last_codes", __name__)
CODES = "/sessions/<int:training_id>/quizzes/<int:unit_id>/codes"
OPEN = Permission.QUIZZES_OPEN
MOST_TRIES, WINDOW = 120, timedelta(minutes=10)


@bp.get(CODES, may=OPEN)
def codes(training_id: int, unit_id: int) -> Response:
    person_id = number(request.args.get("person"))
    return _page(training_id, unit_id, LastCodesForm(person=person_id), LastWordsForm(whose=person_id))


@bp.post(CODES, may=OPEN)
def enter(training_id: int, unit_id: int) -> Response:
    spend(f"last-code:{g.actor.account_id}", MOST_TRIES, WINDOW)
    form = LastCodesForm(request.form)
    form.person.choices = _people(training_id)
    if not form.validate():
        return _page(training_id, unit_id, form, status=422)
    try:
        entered = operations.enter_codes(g.actor, training_id, unit_id, form.person.data, form.codes.data or "")
    except NotFound:
        raise
    except Refused as refusal:
        form.codes.errors = [str(refusal)]
        return _page(training_id, unit_id, form, status=422)
    return _entered(training_id, unit_id, form.person.data, entered)


@bp.post(f"{CODES}/words", may=OPEN)
def enter_words(training_id: int, unit_id: int) -> Response:
    spend(f"last-code:{g.actor.account_id}", MOST_TRIES, WINDOW)
    form = LastWordsForm(request.form)
    form.whose.choices = _people(training_id)
    if not form.validate():
        return _page(training_id, unit_id, in_words=form, status=422)
    try:
        entered = operations.enter_words(
            g.actor, training_id, unit_id, form.whose.data, form.code.data or "", form.words.data or ""
        )
    except NotFound:
        raise
    except Refused as refusal:
        form.code.errors = [str(refusal)]
        return _page(training_id, unit_id, in_words=form, status=422)
    return _entered(training_id, unit_id, form.whose.data, [entered])


def _entered(training_id: int, unit_id: int, person_id: int, entered: Sequence[Entered]) -> Response:
    for each in entered:
        if each.is_late:
            flash(_("Question %(number)s: it came too late and is kept apart.", number=each.number), "need")
        else:
            flash(_("Question %(number)s is saved.", number=each.number), "done")
    return see_other(url_for("last_codes.codes", training_id=training_id, unit_id=unit_id, person=person_id))


def _page(
    training_id: int,
    unit_id: int,
    form: LastCodesForm | None = None,
    in_words: LastWordsForm | None = None,
    status: int = 200,
) -> Response:
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    codes, words = form or LastCodesForm(), in_words or LastWordsForm()
    codes.person.choices = words.whose.choices = _people(training_id)
    return render(LastCodesPage(training, queries.quiz_state(training, unit_id), codes, words), status)


def _people(training_id: int) -> list[tuple[int, str]]:
    return [(each.person_id, each.local_name or each.name) for each in queries.people_of(training_id)]
