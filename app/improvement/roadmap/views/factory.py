"""The roadmap of one factory, cycle by cycle."""

from collections.abc import Iterable
from datetime import date

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.improvement.findings import shipped
from app.improvement.roadmap import operations, queries
from app.improvement.roadmap.forms import PlanForm
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.pages import WORDS, PlanPage, RoadmapPage
from app.improvement.roadmap.views.asking import cells, chosen, header, titles, values
from app.improvement.roadmap.views.blueprint import bp
from app.improvement.roadmap.views.planning import planned
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.tables import write_csv
from app.platform.web import file_response, render, see_other
from app.sessions.service.queries import cycles_of
from app.sessions.service.rules import Span

_READ, _WRITE = Permission.ROADMAP_READ, Permission.ROADMAP_WRITE
ADDRESS = "/factories/<code>/roadmap"


@bp.get(ADDRESS, may=_READ)
def of_factory(code: str) -> Response:
    factory, asked = factory_by_code(g.actor, code, _READ), chosen()
    day, cycle = today(factory.programme.zone), _cycle(factory)
    every = queries.of_factory(factory.id)
    wanted = {each.id for each in queries.of_factory(factory.id, cycle.starts_on, asked)}
    may_write = g.actor.scope(_WRITE).reaches(factory.programme_id, factory.id)
    page = RoadmapPage(
        factory=factory,
        cycle=cycle,
        cycles=sorted({each.cycle_on for each in every} | {cycles_of([factory.id], day)[factory.id].starts_on}),
        day=day,
        themes=_by_theme([each for each in queries.overdue_first(every, day) if each.id in wanted], day),
        findings=queries.open_findings(factory.id) if may_write else [],
        titles=titles(),
        chosen=asked,
        values=values(asked),
        may_write=may_write,
    )
    return render(page)


@bp.get(f"{ADDRESS}/table.csv", may=_READ)
def table(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    found = queries.of_factory(factory.id, _cycle(factory).starts_on, chosen())
    rows = cells(found, titles())
    return file_response(write_csv(header(), rows), f"{factory.code}-roadmap.csv", "text/csv; charset=utf-8")


@bp.post(f"{ADDRESS}/findings/<int:finding_id>", may=_WRITE)
def add_for_finding(code: str, finding_id: int) -> Response:
    added = operations.add_for_finding(g.actor, code, finding_id)
    flash(_("The action stands in the roadmap, with what is recommended. Change what does not fit."), "done")
    return see_other(url_for("roadmap.action", code=code, action_id=added.id))


@bp.get(f"{ADDRESS}/new", may=_WRITE)
def new(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _WRITE)
    return render(PlanPage(factory, None, planned(factory), url_for("roadmap.add", code=code)))


@bp.post(ADDRESS, may=_WRITE)
def add(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _WRITE)
    form = planned(factory, request.form)
    if not form.validate():
        return _again(factory, form)
    try:
        added = operations.add(g.actor, code, form.plan(), sent_id=form.key)
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _again(factory, form)
    flash(_("The action stands in the roadmap."), "done")
    return see_other(url_for("roadmap.action", code=code, action_id=added.id))


def _again(factory: Factory, form: PlanForm) -> Response:
    return render(PlanPage(factory, None, form, url_for("roadmap.add", code=factory.code)), 422)


def _cycle(factory: Factory) -> Span:
    """The cycle of the day that the address names, else the present one."""
    try:
        day = date.fromisoformat(request.args.get("cycle", ""))
    except ValueError:
        day = today(factory.programme.zone)
    return cycles_of([factory.id], day)[factory.id]


def _by_theme(actions: Iterable[RoadmapAction], day: date) -> list[tuple[str, list[RoadmapAction]]]:
    """Theme by theme in the order of the catalogue, those in which something is overdue first."""
    found: dict[str, list[RoadmapAction]] = {each.code: [] for each in shipped.catalogue().themes}
    for action in actions:
        found.setdefault(action.theme, []).append(action)
    shown = [(theme, of) for theme, of in found.items() if of]
    return sorted(shown, key=lambda each: not WORDS.overdue(each[1][0], day))
