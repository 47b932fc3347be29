"""Proposing runs: who is not covered, what would be planned for them, and planning it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from math import ceil
from secrets import token_hex
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries as courses
from app.courses.models import CourseVersion
from app.coverage.proposals import operations, queries
from app.coverage.proposals.forms import MOST_HALF_DAYS, GapForm, RunForm
from app.coverage.proposals.pages import GapsPage, ProposalPage
from app.coverage.proposals.proposing import Wanted, gaps, propose
from app.coverage.queries import Required, required, sees
from app.factories.models import Factory, Programme
from app.factories.queries import factory_by_code
from app.platform.clock import today
from app.platform.i18n import _, ngettext, text
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import offered
from app.sessions.queries.planning import programmes
from app.sessions.wording import MODALITIES

bp = Blueprint("proposals", __name__)

PROPOSALS = "/coverage/proposals"
_MAY = Permission.SESSIONS_PLAN
_HOURS = 4
"""How long a half-day of a proposal is."""


@dataclass(frozen=True)
class _Place:
    """The course, the programme and the factories that an address speaks of."""

    programme: Programme
    requirement: Required
    version: CourseVersion
    factories: Sequence[Factory]


@bp.get(PROPOSALS, may=_MAY)
def choose() -> Response:
    """Which course, where; then the factories with people who are not covered."""
    where, place = _place(request.args)
    if place is None:
        return render(GapsPage(None, None, None, where, RunForm(), [], {}))
    return _show(where, place, _form(place))


@bp.get(f"{PROPOSALS}/of/<code>", may=_MAY)
def of_factory(code: str) -> Response:
    """The runs for one factory, with everything else as it usually is."""
    factory = factory_by_code(g.actor, code, _MAY)
    _where, place = _place(MultiDict({"programme": factory.programme.code, "course": request.args.get("course", "")}))
    if place is None:
        raise NotFound
    said = {name: value for name, value in _usual(place).items() if name != "token"}
    said |= {"first": said["first"].isoformat(), "starts": f"{said['starts']:%H:%M}", "factory": factory.id}
    return see_other(url_for(".runs", programme=factory.programme.code, course=place.requirement.code, **said))


@bp.get(f"{PROPOSALS}/runs", may=_MAY)
def runs() -> Response:
    """The runs for the chosen factories."""
    where, place = _place(request.args)
    if place is None:
        raise NotFound
    form = _form(place, request.args)
    return _proposal(where, place, form) if form.validate() else _show(where, place, form, 422)


@bp.post(f"{PROPOSALS}/runs", may=_MAY)
def make() -> Response:
    where, place = _place(request.form)
    if place is None:
        raise NotFound
    form = _form(place, request.form)
    token = form.token.data or ""
    if not form.validate() or len(token) != 2 * 16:
        return _show(where, place, form, 422)
    try:
        made = operations.make_runs(g.actor, _wanted(place, form), token, announce=form.announce.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(where, place, form, 422)
    if made:
        flash(ngettext("%(num)s run is made.", "%(num)s runs are made.", len(made)), "done")
    else:
        flash(_("They were made before."), "done")
    return see_other(url_for("planner.calendar", view="agenda", day=form.first.data, programme=place.programme.code))


def _place(asked: MultiDict[str, str]) -> tuple[GapForm, _Place | None]:
    """What is asked about, and the form that says so; nothing where no programme of the actor requires a course."""
    where, planned = GapForm(asked), programmes(g.actor, _MAY)
    requirements = [row for row in required(each.id for each in planned) if row.course_id and sees(g.actor, row)]
    planned = [each for each in planned if any(row.programme_id == each.id for row in requirements)]
    if not planned:
        return where, None
    programme = next((each for each in planned if each.code == where.programme.data), planned[0])
    own = [row for row in requirements if row.programme_id == programme.id]
    requirement = next((row for row in own if row.code == where.course.data), own[0])
    found = queries.factories(g.actor, programme)
    _offer(where.programme, [(each.code, text(each.name)) for each in planned], programme.code)
    _offer(where.course, [(row.code, text(row.titles)) for row in own], requirement.code)
    _offer(where.province, [("", _("All")), *((each, each) for each in sorted({row.province for row in found}))], "")
    groups = sorted({(row.group.code, row.group.name) for row in found if row.group})
    _offer(where.group, [("", _("All")), *groups], "")
    shown = [row for row in found if where.province.data in {"", row.province} and _is_of(row, where.group.data)]
    version = courses.current_version(requirement.course_id)
    return where, _Place(programme, requirement, version, shown)


def _is_of(factory: Factory, group: str) -> bool:
    return not group or (factory.group is not None and factory.group.code == group)


def _offer(field: Any, choices: list[tuple[str, str]], otherwise: str) -> None:
    field.choices = offered(choices)
    field.data = field.data if field.data in {value for value, _label in choices} else otherwise


def _usual(place: _Place) -> dict[str, Any]:
    """What a proposal is like when nobody says otherwise."""
    programme, version = place.programme, place.version
    first = today(programme.zone) + timedelta(days=14)
    half_days = min(MOST_HALF_DAYS, max(1, ceil(version.hours / _HOURS)))
    return {
        "first": first, "starts": time(8), "half_days": half_days, "apart": 1, "largest": version.group_max,
        "language": programme.languages[0], "token": token_hex(16),
    }  # fmt: skip


def _form(place: _Place, formdata: MultiDict[str, str] | None = None) -> RunForm:
    form = RunForm(formdata, data=_usual(place))
    spoken = dict.fromkeys([*place.programme.languages, "en"])
    form.language.choices = offered((code, LANGUAGES[code].own_name) for code in spoken if code in LANGUAGES)
    form.factory.choices = offered((factory.id, factory.name) for factory in place.factories)
    return form


def _wanted(place: _Place, form: RunForm) -> Wanted:
    """What a valid form says."""
    said: dict[str, Any] = form.data
    return Wanted(
        programme=place.programme,
        requirement=place.requirement,
        version=place.version,
        factories=[factory for factory in place.factories if factory.id in said["factory"]],
        **{name: said[name] for name in ("first", "half_days", "apart", "starts", "largest", "language")},
    )


def _values(where: GapForm) -> dict[str, Any]:
    return {field.name: field.data for field in where if field.data}


def _show(where: GapForm, place: _Place, form: RunForm, status: int = 200) -> Response:
    rows = gaps(place.programme, place.requirement, place.factories)
    page = GapsPage(place.programme, place.requirement, place.version, where, form, rows, _values(where))
    return render(page, status)


def _proposal(where: GapForm, place: _Place, form: RunForm) -> Response:
    wanted = _wanted(place, form)
    asked = [(name, value) for name, value in request.args.items(multi=True) if name not in {"announce", "token"}]
    return render(
        ProposalPage(
            programme=place.programme,
            version=place.version,
            form=form,
            proposed=propose(wanted),
            factories={factory.id: factory for factory in wanted.factories},
            fields=asked,
            back=url_for(".choose", **_values(where)),
            modalities=MODALITIES,
        )
    )
