"""The plan across factories: of a group, a programme, or all in sight; for a head office in numbers."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.improvement.roadmap import queries
from app.improvement.roadmap.pages import ActionsPage, GroupNumbersPage
from app.improvement.roadmap.queries.numbers import groups_in_sight, in_numbers
from app.improvement.roadmap.views.asking import cells, chosen, header, titles, values
from app.improvement.roadmap.views.blueprint import bp
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.tables import write_csv
from app.platform.web import file_response, render
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.sessions.queries.planning import programmes

_READ = Permission.ROADMAP_READ


@bp.get("/roadmap", may=_READ)
def index() -> Response:
    asked = chosen()
    found = paginate(queries.listed(g.actor, asked), request.args.get("page", 1, type=int))
    previous_url, next_url = neighbours(found)
    zones = {each.factory.programme.zone for each in found.rows}
    page = ActionsPage(
        slice=found,
        titles=titles(),
        chosen=asked,
        values=values(asked),
        programmes=programmes(g.actor, _READ),
        groups=groups_in_sight(g.actor),
        days={zone: today(zone) for zone in zones},
        previous_url=previous_url,
        next_url=next_url,
    )
    return render(page)


@bp.get("/roadmap/table.csv", may=_READ)
def csv() -> Response:
    rows = cells(db.session.scalars(queries.listed(g.actor, chosen())), titles())
    name = f"{_('Roadmap')} {now():%Y-%m-%d}.csv"
    return file_response(write_csv(header(), rows), name, "text/csv; charset=utf-8")


@bp.get("/group/roadmap", may=Permission.GROUP_FIGURES_READ)
def group() -> Response:
    return render(GroupNumbersPage(in_numbers(g.actor)))
