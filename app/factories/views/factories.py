"""The list of factories, one of them, its people."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels, lists, queries
from app.factories.frame import frame
from app.factories.headcounts import queries as headcounts
from app.factories.headcounts.showing import show
from app.factories.lists import FactoryFilter
from app.factories.pages import FactoriesPage, FactoryPage, PanelPage, PeoplePage
from app.factories.rules import JobRole
from app.factories.structure.facts import facts
from app.factories.views.blueprint import bp
from app.platform.refusal import NotFound
from app.platform.web import render
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.platform.web.panels import panels


@bp.get("/factories", may=Permission.FACTORIES_READ)
def index() -> Response:
    asked = request.args
    chosen = FactoryFilter(asked.get("q", ""), asked.get("programme", ""), asked.get("province", ""))
    shown = paginate(lists.factories(g.actor, chosen), asked.get("page", 1, type=int))
    around = neighbours(shown)
    return render(FactoriesPage(shown, chosen, lists.programmes(g.actor), lists.provinces(g.actor), *around))


@bp.get("/factories/<code>", may=Permission.FACTORIES_READ)
def factory(code: str) -> Response:
    found = queries.factory_by_code(g.actor, code)
    filled = panels("factory", g.actor, found)
    first = filled[0] if filled else None
    sees_headcount = g.actor.scope(Permission.HEADCOUNTS_READ).reaches(found.programme_id, found.id)
    declared = headcounts.latest(found.id) if sees_headcount else None
    heads = queries.heads(found.id)
    sexes = [pair for pair in labels.SEXES.items() if pair[0] in heads.sexes]
    page = FactoryPage(
        frame(found, filled, ""), heads, labels.ROLES, sexes, facts(found),
        show(found, declared) if declared else None, sees_headcount, first,
        panels("factory_facts", g.actor, found))
    return render(page)


@bp.get("/factories/<code>/<panel>", may=Permission.FACTORIES_READ)
def panel(code: str, panel: str) -> Response:
    found = queries.factory_by_code(g.actor, code)
    filled = panels("factory", g.actor, found)
    shown = next((each for each in filled if each.key == panel), None)
    if shown is None:
        raise NotFound
    return render(PanelPage(frame(found, filled, panel), shown))


@bp.get("/factories/<code>/people", may=Permission.FACTORIES_READ)
def people(code: str) -> Response:
    found = queries.factory_by_code(g.actor, code)
    words, asked = request.args.get("q", ""), request.args.get("role", "")
    role = JobRole(asked) if asked in set(JobRole) else None
    shown = paginate(queries.people(found.id, words, [role] if role else None), request.args.get("page", 1, type=int))
    return render(
        PeoplePage(
            frame(found, panels("factory", g.actor, found), "people"),
            shown, words, role, labels.ROLES, panels("person", g.actor, found), *neighbours(shown),
        )
    )
