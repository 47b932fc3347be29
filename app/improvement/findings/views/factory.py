"""One finding with its history and training, and the table of a factory to take away; the list is a panel."""

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.queries import catalogue
from app.factories.queries import factory_by_code
from app.improvement.findings import queries
from app.improvement.findings.asking import cells, chosen, header
from app.improvement.findings.pages import FindingPage
from app.improvement.findings.views.blueprint import bp
from app.platform.clock import today
from app.platform.refusal import NotFound
from app.platform.tables import write_csv
from app.platform.web import file_response, render

_READ = Permission.FINDINGS_READ
_ADDRESS = "/factories/<code>/findings"


@bp.get(f"{_ADDRESS}/table.csv", may=_READ)
def table(code: str) -> Response:
    found_in = factory_by_code(g.actor, code, _READ)
    rows = cells(queries.of_factory(found_in.id, chosen()))
    return file_response(write_csv(header(), rows), f"{found_in.code}-findings.csv", "text/csv; charset=utf-8")


@bp.get(f"{_ADDRESS}/<int:finding_id>", may=_READ)
def finding(code: str, finding_id: int) -> Response:
    found, offered = queries.finding(g.actor, finding_id), catalogue()
    if found.factory.code != code:
        raise NotFound
    training = queries.training_for({found.point}, today(found.factory.programme.zone), offered).get(found.point, [])
    titles = {edition.course.code: edition.titles for edition in offered}
    return render(FindingPage(found.factory, found, queries.history(found), training, titles))
