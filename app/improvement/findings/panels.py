"""Findings on other rooms' pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import request, url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.queries import catalogue
from app.factories.models import Factory
from app.improvement.findings import queries
from app.improvement.findings.asking import chosen, values
from app.improvement.findings.pages import Titles
from app.improvement.findings.queries import FindingFilter
from app.improvement.findings.showing import WORDS, PointShown, ThemeShown, by_point, by_theme
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web.panels import Panel

SIZE = 100


@dataclass(frozen=True)
class Shown:
    """What was found in a factory: how much of each theme, then point by point with the training that it calls for."""

    themes: Sequence[ThemeShown]
    points: Sequence[PointShown]
    titles: Titles
    chosen: FindingFilter
    values: dict[str, str]
    number: int
    previous_url: str
    next_url: str


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """The findings of a factory, on its page."""
    if not actor.scope(Permission.FINDINGS_READ).reaches(factory.programme_id, factory.id):
        return None
    show = partial(_show, factory)  # asked only where it is shown
    context = {"factory": factory, "show": show, "words": WORDS}
    return Panel("findings", _("Findings"), "improvement/findings/_panel.html", context)


def in_short(actor: Actor, factory: Factory) -> Panel | None:
    """The findings that are not closed, point by point in a table, for whoever looks at the coverage of a factory."""
    if not actor.scope(Permission.FINDINGS_READ).reaches(factory.programme_id, factory.id):
        return None
    offered, found = catalogue(), queries.of_factory(factory.id, FindingFilter())
    training = queries.training_for({each.point for each in found}, today(factory.programme.zone), offered)
    titles = {edition.course.code: edition.titles for edition in offered}
    context = {"factory": factory, "points": by_point(found, training), "titles": titles, "words": WORDS}
    return Panel("findings", _("Open findings"), "improvement/findings/_in_short.html", context)


def _show(factory: Factory) -> Shown:
    asked, offered = chosen(), catalogue()
    found = queries.of_factory(factory.id, asked)
    number = max(1, request.args.get("page", 1, type=int))
    listed = found[SIZE * (number - 1) : SIZE * number]
    training = queries.training_for({each.point for each in listed}, today(factory.programme.zone), offered)
    return Shown(
        themes=by_theme(queries.counts(factory.id)),
        points=by_point(listed, training),
        titles={edition.course.code: edition.titles for edition in offered},
        chosen=asked,
        values=values(asked),
        number=number,
        previous_url=_address(factory, asked, number - 1) if number > 1 else "",
        next_url=_address(factory, asked, number + 1) if len(found) > SIZE * number else "",
    )


def _address(factory: Factory, asked: FindingFilter, number: int) -> str:
    address = {**values(asked), "code": factory.code, "panel": "findings", "page": str(number)}
    return url_for("factories.panel", _external=False, **address)
