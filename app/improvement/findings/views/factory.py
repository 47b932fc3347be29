"""What was found in one factory, and which training it calls for."""

from collections.abc import Iterable

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.courses.queries import catalogue
from app.factories.queries import factory_by_code
from app.improvement.findings import queries
from app.improvement.findings.pages import FactoryFindingsPage, FindingPage, Titles
from app.improvement.findings.showing import by_point, by_theme
from app.improvement.findings.views.asking import cells, chosen, header, values
from app.improvement.findings.views.blueprint import bp
from app.platform.clock import today
from app.platform.refusal import NotFound
from app.platform.tables import write_csv
from app.platform.web import file_response, render
from app.platform.web.addresses import page_address

_READ = Permission.FINDINGS_READ
_ADDRESS = "/factories/<code>/findings"
SIZE = 100


@bp.get(_ADDRESS, may=_READ)
def of_factory(code: str) -> Response:
    found_in, asked = factory_by_code(g.actor, code, _READ), chosen()
    found = queries.of_factory(found_in.id, asked)
    number = max(1, request.args.get("page", 1, type=int))
    shown = found[SIZE * (number - 1) : SIZE * number]
    offered = catalogue()
    training = queries.training_for({each.point for each in shown}, today(found_in.programme.zone), offered)
    page = FactoryFindingsPage(
        factory=found_in,
        themes=by_theme(queries.counts(found_in.id)),
        points=by_point(shown, training),
        titles=_titles(offered),
        chosen=asked,
        values=values(asked),
        number=number,
        previous_url=page_address(number - 1) if number > 1 else "",
        next_url=page_address(number + 1) if len(found) > SIZE * number else "",
    )
    return render(page)


@bp.get(f"{_ADDRESS}/table.csv", may=_READ)
def table(code: str) -> Response:
    found_in = factory_by_code(g.actor, code, _READ)
    rows = cells(queries.of_factory(found_in.id, chosen()))
    return file_response(write_csv(header(), rows), f"{found_in.code}-findings.csv", "text/csv; charset=utf-8")


@bp.get(f"{_ADDRESS}/<int:finding_id>", may=_READ)
def finding(code: str, finding_id: int) -> Response:
    found = queries.finding(g.actor, finding_id)
    if found.factory.code != code:
        raise NotFound
    offered = catalogue()
    training = queries.training_for({found.point}, today(found.factory.programme.zone), offered).get(found.point, [])
    return render(FindingPage(found.factory, found, queries.history(found), training, _titles(offered)))


def _titles(offered: Iterable[CourseVersion]) -> Titles:
    return {edition.course.code: edition.titles for edition in offered}
