"""The catalogue: what the address asks for, and how many there would be of each kind."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import facets, labels
from app.courses.pages import CataloguePage
from app.courses.rules import Category, Length
from app.courses.search import CatalogueFilter, cards, find
from app.courses.views.blueprint import bp
from app.platform.web import render
from app.platform.web.addresses import page_address
from app.platform.web.paging import MOST_PAGES
from app.platform.web.panels import panels

SIZE = 24
Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("/courses", may=Permission.CATALOGUE_READ)
def catalogue() -> Response:
    chosen = _chosen()
    found = find(chosen)
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    shown = found.version_ids[(number - 1) * SIZE : number * SIZE]
    return render(
        CataloguePage(
            cards=cards(shown) if shown else [],
            total=len(found.version_ids),
            chosen=chosen,
            shelves=facets.shelves(found.counts, chosen),
            filters=facets.filters(found.counts, chosen),
            may_see_archive=_is_author(),
            categories=labels.CATEGORIES,
            icons=labels.ICONS,
            modalities=labels.MODALITIES,
            themes=labels.THEMES,
            panels=panels("catalogue", g.actor, None),
            ends=panels("catalogue_end", g.actor, None),
            number=number,
            previous_url=page_address(number - 1) if number > 1 else "",
            next_url=page_address(number + 1) if len(found.version_ids) > number * SIZE else "",
        )
    )


def _chosen() -> CatalogueFilter:
    """What the address asks for; what is none of the possible values counts as nothing."""
    asked = request.args
    return CatalogueFilter(
        category=_one_of(Category, "category"),
        theme=_known([*labels.THEMES, *labels.POINTS], "theme"),
        audience=_known(labels.ROLES, "audience"),
        language=asked.get("language", ""),
        modality=_known(labels.MODALITIES, "modality"),
        length=_one_of(Length, "length"),
        words=asked.get("q", "").strip(),
        archived=asked.get("archived") == "yes" and _is_author(),
    )


def _one_of(choices: type[Choice], name: str) -> Choice | None:
    asked = request.args.get(name, "")
    return next((choice for choice in choices if choice.value == asked), None)


def _known(values: Iterable[str], name: str) -> str:
    asked = request.args.get(name, "")
    return asked if asked in values else ""


def _is_author() -> bool:
    return any(g.actor.may(each) for each in (Permission.COURSES_AUTHOR, Permission.COURSES_PUBLISH))
