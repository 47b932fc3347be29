"""What the addresses of roadmaps ask for, and the table to take away."""

from collections.abc import Iterable, Iterator, Mapping

from flask import request

from app.courses.queries import catalogue
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.pages import WORDS, Titles
from app.improvement.roadmap.queries import ActionFilter
from app.platform.i18n import _, text

_NAMES = ("programme", "group", "factory", "theme", "state")


def chosen() -> ActionFilter:
    """The filter of the address."""
    return ActionFilter(**{name: request.args.get(name, "") for name in _NAMES})


def values(asked: ActionFilter) -> dict[str, str]:
    """What was asked for, to go on with."""
    return {name: value for name in _NAMES if (value := getattr(asked, name))}


def titles() -> Titles:
    """The title of each course that is offered."""
    return {edition.course_id: edition.titles for edition in catalogue()}


def header() -> list[str]:
    """The headings of the table."""
    return [
        _("Factory code"), _("Factory"), _("Cycle from"), _("Theme"), _("Point"), _("Question code"), _("Course"),
        _("Who takes it"), _("People asked"), _("People trained"), _("Step"), _("Step done on"),
        _("Who looks after it"), _("Due on"), _("State"),
    ]  # fmt: skip


def cells(actions: Iterable[RoadmapAction], names: Titles) -> Iterator[list[str]]:
    """A row for each action."""
    for each in actions:
        yield [
            each.factory.code, each.factory.name, each.cycle_on.isoformat(), WORDS.theme(each.theme),
            WORDS.point(each.point) if each.point else "", each.finding.question if each.finding else "",
            course(each, names), ", ".join(str(WORDS.roles[role]) for role in each.job_roles), str(each.people),
            str(each.completed), step(each), each.step_done_on.isoformat() if each.step_done_on else "", owner(each),
            each.due_on.isoformat(), str(WORDS.states[each.state][0]),
        ]  # fmt: skip


def course(action: RoadmapAction, names: Mapping[int, Mapping[str, str]]) -> str:
    """The title of its course, the code of one that is not offered any more."""
    if action.course is None:
        return ""
    return text(names.get(action.course.id, {})) or action.course.code


def step(action: RoadmapAction) -> str:
    """Its step, with the factory's own words."""
    return " ".join(filter(None, [str(WORDS.steps[action.step]), action.step_note]))


def owner(action: RoadmapAction) -> str:
    """Who looks after it: a title; an account only where the page is for who sees accounts."""
    return str(WORDS.owners[action.owner_title]) if action.owner_title else action.owner.name if action.owner else ""
