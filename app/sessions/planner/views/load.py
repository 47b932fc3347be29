"""How much each trainer has to do, as a page and as a table to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.rules import rest_days_of
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.tables import write_csv
from app.platform.web import file_response, render
from app.platform.web.forms import number
from app.sessions.planner import rules
from app.sessions.planner.pages import LoadPage, NothingPage
from app.sessions.planner.queries.load import TrainerLoad, loads
from app.sessions.planner.rules import Span, View
from app.sessions.planner.views.blueprint import bp
from app.sessions.queries.planning import programmes
from app.sessions.rules import Modality


@dataclass(frozen=True)
class _Asked:
    """Whose load of which days."""

    programme: Programme
    programmes: Sequence[Programme]
    view: View
    day: date
    within: Span
    trainer: int | None


@bp.get("/sessions/load", may=Permission.SESSIONS_PLAN)
def load() -> Response:
    asked = _asked()
    if asked is None:
        return render(NothingPage())
    rows = loads(asked.programme, asked.within, asked.trainer)
    return render(
        LoadPage(
            programme=asked.programme,
            programmes=asked.programmes,
            view=asked.view,
            day=asked.day,
            within=asked.within,
            rows=rows,
            most=max((row.load.hours for row in rows), default=0.0),
            values=_values(asked),
            before=rules.step(asked.view, asked.day, -1),
            after=rules.step(asked.view, asked.day, 1),
            today=today(asked.programme.zone),
        )
    )


@bp.get("/sessions/load/table.csv", may=Permission.SESSIONS_PLAN)
def load_csv() -> Response:
    asked = _asked()
    rows = loads(asked.programme, asked.within, asked.trainer) if asked else []
    name = f"{_('Trainers')} {asked.within.first} {asked.within.last}" if asked else _("Trainers")
    return file_response(write_csv(_header(), [_cells(row) for row in rows]), f"{name}.csv", "text/csv; charset=utf-8")


def _asked() -> _Asked | None:
    found = programmes(g.actor, Permission.SESSIONS_PLAN)
    if not found:
        return None
    programme = next((each for each in found if each.code == request.args.get("programme")), found[0])
    view = View.WEEK if request.args.get("view") == View.WEEK else View.MONTH
    day = rules.asked_day(request.args.get("day", ""), today(programme.zone))
    begins = rules.first_weekday(rest_days_of(programme, programme))
    within = rules.span(view, day, begins) if view is View.WEEK else rules.month_of(day)
    return _Asked(programme, found, view, day, within, number(request.args.get("trainer")))


def _values(asked: _Asked) -> dict[str, Any]:
    values = {"trainer": asked.trainer, "programme": asked.programme.code if len(asked.programmes) > 1 else ""}
    return {name: value for name, value in values.items() if value}


def _header() -> list[str]:
    return [
        _("Trainer"), _("Half-days"), _("Hours"), _("Hours in person"), _("Hours by link"),
        _("Hours in person and by link"), _("Hours not confirmed yet"), _("Training sessions"), _("Days of leave"),
    ]  # fmt: skip


def _cells(row: TrainerLoad) -> list[str | int | float]:
    it = row.load
    modalities = (Modality.IN_PERSON, Modality.VIRTUAL, Modality.HYBRID)
    hours = [round(each, 2) for each in (it.hours, *(it.of(modality) for modality in modalities), it.not_firm)]
    return [row.account.name, it.half_days, *hours, it.trainings, row.leave]
