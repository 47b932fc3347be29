"""The page of the record, whose entries it shows, and the sheet to print."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.factories.frame import frame
from app.factories.models import Factory
from app.factories.pages import Frame
from app.factories.rules import is_enough_to_search
from app.learning_record import queries
from app.learning_record.forms import FindForm
from app.learning_record.pages import FoundPage, PrintPage, RecordPage
from app.learning_record.queries.people import people_found
from app.learning_record.reading import WORDS, asked, shown
from app.learning_record.views.blueprint import bp
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.platform.web.panels import panels

SIZE = 50
MOST_PRINTED = 2000
_MAY = Permission.FACTORIES_READ
PAGE = "/factories/<code>/record"


@bp.get(PAGE, may=_MAY)
def index(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    what = asked(g.actor, factory, request.args)
    page = paginate(queries.entries(what.wanted), request.args.get("page", 1, type=int), SIZE)
    figures = {} if what.wanted.is_about_some else queries.figures(what.wanted)
    may_import, may_take = (
        g.actor.scope(each).reaches(factory.programme_id, factory.id)
        for each in (Permission.ROSTERS_IMPORT, Permission.EVIDENCE_TAKE)
    )
    return render(RecordPage(
        _frame(factory), what.form, FindForm(), what.person, not what.wanted.is_everything, figures,
        shown(g.actor, factory, page.rows), WORDS, what.query, may_import, may_take, page.number, *neighbours(page)))


@bp.get(f"{PAGE}/print", may=_MAY)
def printed(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    what = asked(g.actor, factory, request.args)
    rows = db.session.execute(queries.entries(what.wanted).limit(MOST_PRINTED + 1)).all()
    figures = {} if what.wanted.is_about_some else queries.figures(what.wanted)
    entries = shown(g.actor, factory, rows[:MOST_PRINTED])
    return render(PrintPage(
        factory, what.words, figures, entries, WORDS, today(factory.programme.zone), MOST_PRINTED,
        len(rows) > MOST_PRINTED))


@bp.post(f"{PAGE}/person", may=_MAY)
def find(code: str) -> Response:
    """Whom a reader means: the record with the entries of one person alone, or a choice of several."""
    factory = factories.factory_by_code(g.actor, code, _MAY)
    form, query = FindForm(request.form), asked(g.actor, factory, request.args).query
    words = (form.who.data or "").strip()
    if form.validate() and not is_enough_to_search(words):
        form.who.errors = [_("Write at least three letters of the name, or the employee number.")]
    people = [] if form.errors else people_found(factory.id, words)
    found = [(who, url_for("record.index", code=code, person=person_id)) for person_id, who in people]
    if len(found) == 1:
        return see_other(found[0][1])
    if not form.errors and not found:
        form.who.errors = [_("Nobody who works or worked here is called so.")]
    return render(FoundPage(_frame(factory), form, found, query), 422 if form.errors else 200)


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "record")
