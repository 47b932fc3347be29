"""The parts of a start page: one for each kind of role that the actor has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.roles import Role
from app.coverage.queries.of_group import of_group
from app.factories.labels import ROLES
from app.home import queries
from app.home.rules import Action
from app.platform.i18n import _
from app.sessions.service.pages import LABELS
from app.sessions.wording import WORDS

_MOST_FACTORIES, _WORST = 20, 5


@dataclass(frozen=True)
class Section:
    """A part of the page; its template reads `part`."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any]


def sections(actor: Actor) -> list[Section]:
    """In the order of the day: what has a time, then what waits, then what to look after."""
    found: list[Section] = []
    is_staff = actor.has_role(Role.ADMINISTRATOR) or actor.has_role(Role.PROGRAMME_MANAGER)
    if actor.has_role(Role.TRAINER):
        found.append(_teaching(actor))
    if actor.has_role(Role.CHECK_IN_HELPER) or actor.has_role(Role.FACTORY_AMBASSADOR):
        found.append(_helping(actor))
    if is_staff or actor.has_role(Role.TRAINER):
        found.append(_waiting(actor))
    if is_staff:
        found.append(_office(actor))
    if actor.has_role(Role.FOCAL_POINT):
        found.append(_desk(actor))
    if actor.has_role(Role.GROUP_VIEWER):
        found.append(_group(actor))
    if actor.has_role(Role.PARTNER):
        found.append(_partner())
    if is_staff or actor.has_role(Role.ADVISOR):
        found.append(_coverage(actor, _WORST if is_staff else _MOST_FACTORIES, leads_on=not is_staff))
    return found


def _teaching(actor: Actor) -> Section:
    context = {"teaching": queries.teaching(actor), "actions": Action, "words": WORDS}
    return Section("teaching", _("Your training sessions"), "home/_teaching.html", context)


def _helping(actor: Actor) -> Section:
    context = {"helping": queries.helping(actor), "words": WORDS}
    return Section("helping", _("Training sessions that you help in"), "home/_helping.html", context)


def _group(actor: Actor) -> Section:
    context = {"rows": of_group(actor), "roles": ROLES}
    return Section("group", _("Factories of your group"), "home/_group.html", context)


def _partner() -> Section:
    return Section("partner", _("The programme in numbers"), "home/_partner.html", {})


def _waiting(actor: Actor) -> Section:
    return Section("waiting", _("What waits in quizzes"), "home/_waiting.html", {"waiting": queries.waiting(actor)})


def _office(actor: Actor) -> Section:
    context = {"office": queries.office(actor), "words": WORDS}
    return Section("office", _("Your programme"), "home/_office.html", context)


def _desk(actor: Actor) -> Section:
    context = {"desk": queries.desk(actor), "words": WORDS, "service": LABELS}
    return Section("desk", _("Your factory"), "home/_desk.html", context)


def _coverage(actor: Actor, most: int, *, leads_on: bool) -> Section:
    """`leads_on`: with the way to the quizzes that factories are still to answer, where no other part has it."""
    context = {"rows": queries.coverage(actor, most), "leads_on": leads_on}
    return Section("coverage", _("Factories that need most"), "home/_coverage.html", context)
