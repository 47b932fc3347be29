"""One factory, and the people and lines behind its numbers."""

from datetime import date

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage import queries
from app.coverage.forms import FilterForm
from app.coverage.of_factory import queries as own
from app.coverage.of_factory.behind import Asked, behind, count
from app.coverage.of_factory.letters import draw, write
from app.coverage.of_factory.lines import of_lines
from app.coverage.of_factory.pages import FactoryPage, LetterPage, LinesPage, PeoplePage
from app.coverage.of_factory.reading import bodies, head, reaches, rows, sees_parts, sees_people
from app.coverage.queries import Required
from app.coverage.requirements.rules import Kind
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.platform.config import settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, file_response, render
from app.platform.web.addresses import page_address
from app.platform.web.panels import panels

bp = Blueprint("factory_coverage", __name__)

_MAY = Permission.COVERAGE_READ


@bp.get("/coverage/<code>", may=_MAY)
def page(code: str) -> Response:
    found, form = factory_by_code(g.actor, code, _MAY), FilterForm(request.args)
    is_valid = form.validate()
    on = form.on.data if is_valid else None
    top = head(g.actor, found, on)
    return render(
        FactoryPage(
            factory=found,
            form=form,
            on=on,
            head=top,
            rows=rows(g.actor, found, on),
            bodies=bodies(g.actor, found, top.day),
            coming=[] if on else own.coming(g.actor, found.id),
            panels=[] if on else panels("factory_coverage", g.actor, found),
            may_plan=reaches(g.actor, Permission.SESSIONS_PLAN, found),
            may_ask=reaches(g.actor, Permission.INTEREST_DECLARE, found),
            sees_committees=reaches(g.actor, Permission.COMMITTEES_READ, found),
            sees_headcount=reaches(g.actor, Permission.HEADCOUNTS_READ, found),
        ),
        200 if is_valid else 422,
    )


@bp.get("/coverage/<code>/people", may=_MAY)
def people(code: str) -> Response:
    """Everybody behind a number, whether somebody nominated them or not."""
    found, on = factory_by_code(g.actor, code, _MAY), _on()
    requirement = _requirement(found, on)
    if not sees_people(g.actor, found, requirement):
        raise NotFound
    shows_parts = sees_parts(g.actor, found, requirement)
    asked = Asked.of(request.args, with_parts=shows_parts)
    shown = behind(g.actor, found, requirement, asked, on, request.args.get("page", 1, type=int))
    counts = count(found, requirement, asked, on)
    return render(
        PeoplePage(
            factory=found,
            requirement=requirement,
            group=asked.group,
            counts=counts.by_group,
            chosen=asked.again(),
            offered_parts=counts.parts if shows_parts else [],
            sees_parts=shows_parts,
            line=own.line(found.id, asked.line_id),
            people=shown,
            seats=own.seats_of(found.id, [row.person_id for row in shown.rows], requirement),
            on=on,
            day=counts.day,
            may_plan=reaches(g.actor, Permission.SESSIONS_PLAN, found),
            previous_url=page_address(shown.number - 1) if shown.number > 1 else "",
            next_url=page_address(shown.number + 1) if shown.has_more else "",
        )
    )


@bp.get("/coverage/<code>/lines", may=_MAY)
def lines(code: str) -> Response:
    """Line by line: whether somebody there is covered, or as many as are asked for."""
    found, on = factory_by_code(g.actor, code, _MAY), _on()
    requirement = _requirement(found, on)
    if requirement.kind is Kind.BODY:
        raise NotFound
    is_unit = requirement.kind is Kind.UNIT
    return render(LinesPage(found, requirement, of_lines(found, requirement, on), is_unit, on))


@bp.get("/coverage/<code>/letter", may=_MAY)
def letter(code: str) -> Response:
    found, only = factory_by_code(g.actor, code, _MAY), request.args.get("requirement", "")
    return render(LetterPage(found, write(g.actor, found, only), only))


@bp.get("/coverage/<code>/letter/paper", may=_MAY)
def paper(code: str) -> Response:
    found = factory_by_code(g.actor, code, _MAY)
    try:
        data = draw(write(g.actor, found, request.args.get("requirement", "")), fonts=ROOT / settings().fonts_dir)
    except DocumentFailed:
        raise Refused(_("This letter cannot be printed at the moment. Print the page instead.")) from None
    return file_response(data, f"{found.code}-due.pdf", "application/pdf", inline=True)


def _on() -> date | None:
    form = FilterForm(request.args)
    day: date | None = form.on.data if form.validate() else None
    return day


def _requirement(found: Factory, on: date | None) -> Required:
    """The requirement that the address names, else the first. Raises NotFound for one that asks nothing here."""
    asked = request.args.get("requirement")
    requirements = [each for each in queries.requirements_of(found, on) if queries.sees(g.actor, each, found.id)]
    requirement = next((each for each in requirements if asked in {None, each.code}), None)
    if requirement is None:
        raise NotFound
    return requirement
