"""How the factories of a programme are served, as a page and as a table to take away."""

from collections.abc import Iterator

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.tables import write_csv
from app.platform.web import file_response, render
from app.platform.web.addresses import page_address
from app.sessions.queries.planning import programmes
from app.sessions.service import queries
from app.sessions.service.pages import LABELS, ServicePage
from app.sessions.service.queries import ServiceFilter
from app.sessions.service.rules import Kind
from app.sessions.service.views.blueprint import bp

SIZE = 50


@bp.get("/service", may=Permission.SERVICE_READ)
def index() -> Response:
    chosen = _chosen()
    found = queries.listed(g.actor, chosen)
    number = max(1, request.args.get("page", 1, type=int))
    page = ServicePage(
        rows=found[SIZE * (number - 1) : SIZE * number],
        chosen=chosen,
        values=_values(chosen),
        programmes=programmes(g.actor, Permission.SERVICE_READ),
        provinces=queries.provinces(g.actor, chosen.programme),
        may_manage=g.actor.may(Permission.SERVICE_MANAGE),
        previous_url=page_address(number - 1) if number > 1 else "",
        next_url=page_address(number + 1) if len(found) > SIZE * number else "",
        number=number,
    )
    return render(page)


@bp.get("/service/table.csv", may=Permission.SERVICE_READ)
def csv() -> Response:
    name = f"{_('Service')} {now():%Y-%m-%d}.csv"
    return file_response(write_csv(_header(), _cells()), name, "text/csv; charset=utf-8")


def _chosen() -> ServiceFilter:
    asked = request.args
    return ServiceFilter(
        programme=asked.get("programme", ""),
        province=asked.get("province", ""),
        tier=asked.get("tier", ""),
        only_concerns=asked.get("concerns", "") == "yes",
    )


def _values(chosen: ServiceFilter) -> dict[str, str]:
    values = {"programme": chosen.programme, "province": chosen.province, "tier": chosen.tier}
    values["concerns"] = "yes" if chosen.only_concerns else ""
    return {name: value for name, value in values.items() if value}


def _header() -> list[str]:
    return [
        _("Code of the factory"), _("Factory"), _("Province"), _("Support tier"), _("Engagement mode"),
        _("Cycle from"), _("Cycle until"), _("Hours in person, asked"), _("Hours in person, held"),
        _("Hours in person, planned"), _("Hours by link, held"), _("Hours by link, planned"),
        _("Training days left"), _("Seats left"), _("Concerns"),
    ]  # fmt: skip


def _cells() -> Iterator[list[str | int | float | None]]:
    for row in queries.listed(g.actor, _chosen()):
        served = row.hours
        yield [
            row.factory.code, row.factory.name, row.factory.province,
            str(LABELS.tiers[row.tier]) if row.tier else "", str(LABELS.modes[row.mode]) if row.mode else "",
            row.cycle.starts_on.isoformat(), row.cycle.ends_on.isoformat(), row.asked,
            *(minutes / 60 for minutes in (
                served.in_person_held, served.in_person_planned, served.by_link_held, served.by_link_planned,
            )),
            LABELS.units(Kind.HALF_DAYS, row.left.get(Kind.HALF_DAYS, 0)), row.left.get(Kind.SEATS, 0),
            "; ".join(str(LABELS.concerns[concern][0]) for concern in row.concerns),
        ]  # fmt: skip
