"""What was found in all factories in sight, as a page and as a table to take away."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.improvement.findings import queries
from app.improvement.findings.asking import cells, chosen, header, values
from app.improvement.findings.pages import FindingsPage
from app.improvement.findings.views.blueprint import bp
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.tables import write_csv
from app.platform.web import file_response, render
from app.platform.web.addresses import page_address
from app.platform.web.paging import paginate
from app.sessions.queries.planning import programmes

_READ = Permission.FINDINGS_READ


@bp.get("/findings", may=_READ)
def index() -> Response:
    asked = chosen()
    found = paginate(queries.listed(g.actor, asked), request.args.get("page", 1, type=int))
    page = FindingsPage(
        slice=found,
        chosen=asked,
        values=values(asked),
        programmes=programmes(g.actor, _READ),
        may_import=g.actor.may(Permission.FINDINGS_IMPORT),
        previous_url=page_address(found.number - 1) if found.number > 1 else "",
        next_url=page_address(found.number + 1) if found.has_more else "",
    )
    return render(page)


@bp.get("/findings/table.csv", may=_READ)
def csv() -> Response:
    rows = db.session.scalars(queries.listed(g.actor, chosen()))
    name = f"{_('Findings')} {now():%Y-%m-%d}.csv"
    return file_response(write_csv(header(), cells(rows)), name, "text/csv; charset=utf-8")
