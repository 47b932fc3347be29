"""The sessions of a factory, and one of them."""

from collections.abc import Iterator

from flask import g, request
from werkzeug.wrappers import Response

from app.accounts.queries import accounts_by_id
from app.courses import queries as courses
from app.courses.labels import THEMES
from app.factories.labels import ROLES
from app.factories.models import Factory
from app.improvement.ambassadors.queries import of_factory
from app.improvement.cascade import labels, queries
from app.improvement.cascade.forms import ListForm, WithdrawalForm
from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.pages import SessionPage, SessionsPage
from app.improvement.cascade.samples.queries import results
from app.improvement.cascade.views.blueprint import ALL, ONE, READ, bp, load, place
from app.improvement.evidence import photo_response
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.tables.writing import Cell, write_csv
from app.platform.web import file_response, render
from app.platform.web.addresses import neighbours
from app.platform.web.forms import offered
from app.platform.web.paging import paginate


@bp.get(ALL, may=READ)
def index(code: str) -> Response:
    factory = load(code, READ)
    form, day = list_form(factory), today(factory.programme.zone)
    shown = paginate(queries.listed(g.actor, factory.id, form.chosen()), request.args.get("page", 1, type=int))
    is_own = g.actor.person_id is not None
    page = SessionsPage(
        place(factory), shown, form, None if is_own else queries.figures(factory.id, day),
        None if is_own else results([factory.id]).get(factory.id), queries.declared(factory.id, day), THEMES,
        courses.titles({row.course.code for row in shown.rows if row.course}),
        request.query_string.decode("ascii", "ignore"), *neighbours(shown),
    )  # fmt: skip
    return render(page)


@bp.get(f"{ALL}/table.csv", may=READ)
def csv(code: str) -> Response:
    factory = load(code, READ)
    header = [
        _("Day"), _("Level"), _("Theme"), _("Topic"), _("Course"), _("Line"), _("Minutes"), _("Women"), _("Men"),
        _("Others"), _("With names"),
    ]  # fmt: skip
    name = f"{factory.code} {_('Sessions of ambassadors')}.csv"
    return file_response(write_csv(header, _cells(factory)), name, "text/csv; charset=utf-8")


@bp.get(ONE, may=READ)
def session(code: str, cascade_id: int) -> Response:
    factory = load(code, READ)
    return show(factory, queries.one(g.actor, factory.id, cascade_id))


@bp.get(f"{ONE}/photo", may=READ)
def photo(code: str, cascade_id: int) -> Response:
    row = queries.one(g.actor, load(code, READ).id, cascade_id)
    return photo_response(f"session-{row.id}", row.evidence_key, row.evidence_kind)


def show(factory: Factory, row: CascadeSession, form: WithdrawalForm | None = None) -> Response:
    """The page of one entry."""
    chain, where = queries.chain(row), place(factory)
    who = accounts_by_id({each.account_id for each in chain if each.account_id is not None})
    page = SessionPage(
        where, row, chain, queries.roster(row.id), queries.declared(factory.id, row.held_on), THEMES, labels.LEVELS,
        labels.WHYS, courses.titles({each.course.code for each in chain if each.course}), ROLES,
        {account_id: account.name for account_id, account in who.items()},
        (form or WithdrawalForm()) if where.may_write else None,
    )  # fmt: skip
    return render(page, 422 if form and form.errors else 200)


def list_form(factory: Factory) -> ListForm:
    """The filter, with the ambassadors of the factory to choose from."""
    form = ListForm(request.args)
    names = {each.row.id: each.row.person.name for each in of_factory(factory.id)} if not g.actor.person_id else {}
    form.ambassador.choices = offered([("", _("All")), *names.items()])
    return form


def _cells(factory: Factory) -> Iterator[list[Cell]]:
    rows = db.session.scalars(queries.listed(g.actor, factory.id, list_form(factory).chosen())).all()
    titles = courses.titles({row.course.code for row in rows if row.course})
    for row in rows:
        yield [
            row.held_on, row.level.value, str(THEMES.get(row.theme, row.theme)), row.topic,
            text(titles[row.course.code]) if row.course and row.course.code in titles else "",
            row.line.name if row.line else "", row.minutes, row.women, row.men, row.others,
            _("yes") if row.has_roster else _("no"),
        ]  # fmt: skip
