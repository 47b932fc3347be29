"""The calendar of a programme: a month, a week, or a list of days."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.web import render
from app.platform.web.forms import number
from app.sessions.planner import rules
from app.sessions.planner.pages import CalendarPage, NothingPage
from app.sessions.planner.queries import frame as frames
from app.sessions.planner.queries import half_days as read
from app.sessions.planner.queries.frame import Frame, PlanFilter
from app.sessions.planner.queries.half_days import HalfDay
from app.sessions.planner.rules import MOST, Day, Span, View
from app.sessions.planner.views.blueprint import bp
from app.sessions.wording import WORDS


@bp.get("/sessions/calendar", may=Permission.SESSIONS_READ)
def calendar() -> Response:
    chosen = _chosen()
    found = frames.frame(g.actor, chosen)
    if found is None:
        return render(NothingPage())
    day = rules.asked_day(chosen.day, found.today)
    within = rules.span(chosen.view, day, found.begins)
    days = _days(found, within, chosen, day.month if chosen.view is View.MONTH else None)
    shown = [entry for each in days for entry in each.entries]
    trainings = {entry.training_id for entry in shown}
    choices = frames.choices(found)
    return render(
        CalendarPage(
            frame=found,
            chosen=chosen,
            values=_values(chosen, found),
            choices=choices,
            day=day,
            within=within,
            days=days,
            about=read.about(trainings),
            places=read.places(g.actor, shown),
            trainers=read.trainer_names(trainings) if chosen.view is not View.MONTH else {},
            undated=read.undated(g.actor, found, chosen),
            before=rules.step(chosen.view, day, -1),
            after=rules.step(chosen.view, day, 1),
            own_account=_own(account.id for account in choices.trainers),
            standings={key: (str(words), kind) for key, (words, kind) in WORDS.standing.items()},
        )
    )


def _days(found: Frame, within: Span, chosen: PlanFilter, month: int | None) -> Sequence[Day[HalfDay]]:
    entries = read.half_days(g.actor, found, within, chosen)
    is_list = chosen.view is View.AGENDA
    days = rules.lay_out(
        within,
        entries,
        most=len(entries) if is_list else MOST[chosen.view],
        rest_days=found.rest_days,
        holidays=frames.holidays(found.programme.id, within),
        month=month,
    )
    return rules.only_first(days, MOST[View.AGENDA]) if is_list else days


def _chosen() -> PlanFilter:
    asked = request.args
    return PlanFilter(
        view=next((view for view in View if view == asked.get("view")), View.MONTH),
        day=asked.get("day", ""),
        programme=asked.get("programme", ""),
        trainer=number(asked.get("trainer")),
        room=number(asked.get("room")),
        province=asked.get("province", ""),
        factory=asked.get("factory", "").strip(),
    )


def _values(chosen: PlanFilter, found: Frame) -> dict[str, Any]:
    """What every address of the page says again; the programme only where there are several."""
    values = {name: getattr(chosen, name) for name in ("trainer", "room", "province", "factory")}
    values["programme"] = found.programme.code if len(found.programmes) > 1 else ""
    return {name: value for name, value in values.items() if value}


def _own(accounts: Iterable[int]) -> int | None:
    own: int | None = g.actor.account_id
    return own if own in set(accounts) else None
