"""The demand list of the planners, as a page and as a table to take away."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries as courses
from app.platform.clock import now
from app.platform.i18n import _, text
from app.platform.i18n.languages import LANGUAGES, direction
from app.platform.i18n.texts import country_name, current_language
from app.platform.tables import write_csv, write_xlsx
from app.platform.web import file_response, render
from app.platform.web.addresses import page_address
from app.platform.web.paging import paginate
from app.sessions.demand.pages import DemandPage
from app.sessions.demand.queries import DemandFilter, demand, sums, wishes
from app.sessions.demand.rules import InterestState
from app.sessions.demand.views.blueprint import bp
from app.sessions.demand.wording import STATES
from app.sessions.queries.planning import programmes
from app.sessions.rules import Modality
from app.sessions.wording import MODALITIES

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = list[str | int | None]


@bp.get("/demand", may=Permission.SESSIONS_PLAN)
def index() -> Response:
    chosen = _chosen()
    found = sums(g.actor, chosen)
    listed = paginate(demand(g.actor, chosen), request.args.get("page", 1, type=int))
    named = {each.course: each.titles for each in found} or courses.titles([chosen.course])
    return render(
        DemandPage(
            sums=found,
            slice=listed,
            chosen=chosen,
            values=_values(chosen),
            courses=named,
            programmes=programmes(g.actor, Permission.SESSIONS_PLAN),
            language_names={code: language.own_name for code, language in LANGUAGES.items()},
            previous_url=page_address(listed.number - 1) if listed.number > 1 else "",
            next_url=page_address(listed.number + 1) if listed.has_more else "",
            states=STATES,
            modalities=MODALITIES,
        )
    )


@bp.get("/demand/table.csv", may=Permission.SESSIONS_PLAN)
def csv() -> Response:
    return file_response(write_csv(_header(), _cells()), f"{_name()}.csv", _CSV)


@bp.get("/demand/table.xlsx", may=Permission.SESSIONS_PLAN)
def xlsx() -> Response:
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_xlsx(_header(), _cells(), right_to_left=is_rtl), f"{_name()}.xlsx", _XLSX)


def _chosen() -> DemandFilter:
    asked = request.args
    return DemandFilter(
        course=asked.get("course", ""),
        programme=asked.get("programme", ""),
        state=next((each for each in InterestState if each == asked.get("state")), None),
        modality=next((each for each in Modality if each == asked.get("modality")), None),
    )


def _values(chosen: DemandFilter) -> dict[str, str]:
    """The filter as the parts of an address."""
    values = {name: str(getattr(chosen, name) or "") for name in DemandFilter.__dataclass_fields__}
    return {name: value for name, value in values.items() if value}


def _name() -> str:
    return f"{_('Demand')} {now():%Y-%m-%d}"


def _header() -> list[str]:
    return [
        _("Programme"), _("Country"), _("Code of the course"), _("Course"), _("Code of the factory"), _("Factory"),
        _("People"), _("Wished month"), _("Modality"), _("Language"), _("State"), _("Training session"), _("Note"),
        _("Declared on"),
    ]  # fmt: skip


def _cells() -> Iterator[Row]:
    for row in wishes(g.actor, _chosen()):
        yield [
            row.programme_code, country_name(row.country), row.code, text(row.titles), row.factory_code, row.factory,
            row.people, f"{row.month:%Y-%m}" if row.month else "",
            str(MODALITIES[row.modality]) if row.modality else "", row.language, str(STATES[row.state][0]),
            row.training_code or "", row.note, f"{row.declared_at.astimezone(ZoneInfo(row.zone)):%Y-%m-%d}",
        ]  # fmt: skip
