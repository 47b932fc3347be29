"""Samples of a factory: drawing one, and what a visit found, line by line."""

from secrets import token_hex

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.courses.labels import THEMES
from app.factories.models import Factory
from app.improvement.cascade.samples import labels, operations, queries
from app.improvement.cascade.samples.forms import DrawForm, FoundForm
from app.improvement.cascade.samples.models import Sample, SampleItem
from app.improvement.cascade.samples.pages import SamplePage, SamplesPage
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("samples", __name__)
_ALL = "/factories/<code>/samples"
_ONE = f"{_ALL}/<int:sample_id>"


@bp.get(_ALL, may=queries.VALIDATE)
def index(code: str) -> Response:
    return _show_all(code, DrawForm(data={"sent_id": token_hex(16), "sessions": 3, "people": 5}))


@bp.post(_ALL, may=queries.VALIDATE)
def draw(code: str) -> Response:
    form = DrawForm(request.form)
    if not form.validate():
        return _show_all(code, form)
    try:
        made = operations.draw(
            g.actor, code, form.key, sessions=form.sessions.data or 0, people=form.people.data or 0,
            since=form.since.data,
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        form.since.errors = [str(refusal)]
        return _show_all(code, form)
    flash(_("The sample is drawn. Visit the factory, then say here what you found."), "done")
    return see_other(url_for("samples.sample", code=code, sample_id=made.id))


@bp.get(_ONE, may=queries.VALIDATE)
def sample(code: str, sample_id: int) -> Response:
    factory, found = queries.sample(g.actor, code, sample_id)
    return _show(factory, found)


@bp.post(f"{_ONE}/items/<int:item_id>", may=queries.VALIDATE)
def note(code: str, sample_id: int, item_id: int) -> Response:
    factory, found = queries.sample(g.actor, code, sample_id)
    queries.item(found.id, item_id)
    form = FoundForm(request.form, prefix=f"item-{item_id}-")
    if not form.validate() or form.checked_on.data is None:
        return _show(factory, found, item_id, form)
    try:
        operations.note_found(g.actor, code, sample_id, item_id, form.found.data, form.checked_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.checked_on.errors = [str(refusal)]
        return _show(factory, found, item_id, form)
    flash(_("It is noted."), "done")
    return see_other(url_for("samples.sample", code=code, sample_id=sample_id, _anchor=f"item-{item_id}"))


def _show_all(code: str, form: DrawForm) -> Response:
    factory, found = queries.samples(g.actor, code)
    rows = [(each, *queries.shares(each)) for each in found]
    return render(SamplesPage(factory, rows, form), 422 if form.errors else 200)


def _show(factory: Factory, found: Sample, wrong: int | None = None, sent: FoundForm | None = None) -> Response:
    day = today(factory.programme.zone)

    def form(item: SampleItem) -> FoundForm:
        if sent is not None and item.id == wrong:
            return sent
        data = {"found": item.found, "checked_on": item.checked_on or day}
        return FoundForm(prefix=f"item-{item.id}-", data=data)

    lines = [(item, form(item)) for item in found.items]
    page = SamplePage(
        factory, found, [each for each in lines if each[0].person_id is None],
        [each for each in lines if each[0].person_id is not None], queries.shares(found), THEMES, labels.FOUND,
        labels.SIGNS,
    )  # fmt: skip
    return render(page, 422 if sent else 200)
