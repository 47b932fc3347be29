"""Coverage of all factories in sight, and the people behind each number."""

from collections.abc import Sequence

from flask import g, request
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage import queries
from app.coverage.forms import FilterForm
from app.coverage.pages import CoveragePage, GroupPage
from app.coverage.queries import Required
from app.coverage.queries.of_group import of_group
from app.coverage.rules import total
from app.coverage.table import rows
from app.factories.labels import ROLES, SEXES
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.web import Blueprint, render
from app.platform.web.addresses import page_address

bp = Blueprint("coverage", __name__)

SIZE = 50


@bp.get("/coverage", may=Permission.COVERAGE_READ)
def coverage() -> Response:
    form, factories = FilterForm(request.args), _factories()
    requirements = queries.required(factory.programme_id for factory in factories)
    _offer(form, factories, requirements)
    is_valid = form.validate()
    on = form.on.data if is_valid else None
    shown = [each for each in factories if form.programme.data in {"", each.programme.code}]
    asked = [each for each in requirements if form.course.data in {"", each.code}]
    zones = {factory.programme_id: factory.programme.zone for factory in shown}
    figures = queries.figures([factory.id for factory in shown], asked, zones, on)
    table = rows(shown, asked, figures)
    number = max(1, request.args.get("page", 1, type=int))
    page = CoveragePage(
        form=form,
        courses=list({row.code: row for row in asked}.values()),
        rows=table[(number - 1) * SIZE : number * SIZE],
        whole=total(figure for found in figures.values() for figure in found),
        sexes=SEXES,
        on=on,
        number=number,
        previous_url=page_address(number - 1) if number > 1 else "",
        next_url=page_address(number + 1) if len(table) > number * SIZE else "",
        may_plan=g.actor.may(Permission.SESSIONS_PLAN),
        may_see_certificates=g.actor.may(Permission.CERTIFICATES_DOWNLOAD),
    )
    return render(page, 200 if is_valid else 422)


@bp.get("/group", may=Permission.GROUP_FIGURES_READ)
def group() -> Response:
    """For a head office: numbers without names."""
    return render(GroupPage(of_group(g.actor), ROLES))


def _factories() -> Sequence[Factory]:
    statement = visible_factories(g.actor, Permission.COVERAGE_READ).options(joinedload(Factory.programme))
    return db.session.scalars(statement.order_by(Factory.name, Factory.id)).all()


def _offer(form: FilterForm, factories: Sequence[Factory], requirements: Sequence[Required]) -> None:
    """The choices of the filter; a choice that is not offered counts as none."""
    programmes = {each.programme.code: text(each.programme.name) for each in factories}
    courses = {row.code: text(row.titles) for row in requirements}
    for field, choices in ((form.programme, programmes), (form.course, courses)):
        field.choices = [("", _("All")), *choices.items()]
        field.data = field.data if field.data in choices else ""
