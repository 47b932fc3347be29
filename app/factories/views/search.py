"""Finding a person in all factories that the actor sees."""

from typing import Any

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels, queries
from app.factories.pages import SearchPage
from app.factories.search import PeopleFilter, find_people, places, suggested_factories
from app.factories.views.blueprint import bp
from app.platform.web import render
from app.platform.web.addresses import neighbours
from app.platform.web.paging import Slice, paginate


@bp.get("/people", may=Permission.FACTORIES_READ)
def search() -> Response:
    asked = request.args
    chosen = PeopleFilter(asked.get("q", "").strip(), asked.get("factory", "").strip())
    factory = queries.factory_by_code(g.actor, chosen.factory) if chosen.factory else None
    only = factory.id if factory else None
    shown: Slice[Any] = Slice([], 1, has_more=False)
    if chosen.is_enough:
        shown = paginate(find_people(g.actor, chosen.words, only), asked.get("page", 1, type=int))
    where = places(g.actor, [person.id for person in shown.rows], only)
    return render(SearchPage(shown, chosen, where, suggested_factories(g.actor), labels.ROLES, *neighbours(shown)))
