"""Whom a statement is about, and so who may read it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.api.xapi import names
from app.api.xapi.people import finding
from app.api.xapi.people.rules import Job, Meant, Name, is_ambiguous, jobs_at, name_of
from app.api.xapi.rules import values
from app.api.xapi.rules.problems import Malformed
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_OURS = re.compile(r"[0-9a-f]{32}")
"""Every name that was given out; nothing else is asked of the database."""


@dataclass(frozen=True)
class Place:
    """The person that a statement is about, and factory and programme whose staff may read it."""

    person_id: int | None = None
    factory_id: int | None = None
    programme_id: int | None = None


def places_of(actor: Actor, batch: Sequence[dict[str, Any]]) -> list[Place]:
    """One for each statement: the factory is where the person worked at the time that it tells, as far as the actor
    sees it, else where she works now or did last.

    Raises Malformed for an account of ours that the actor does not reach - whether there is such a person, the refusal
    does not say - and for a name of others that means several people there. Five statements, however many there are.
    """
    scope = actor.scope(Permission.FACTORIES_READ)
    usual, known = _usual(scope), _Known(scope, [each["actor"] for each in batch])
    at = now()
    return [
        _place(known.jobs(each["actor"], _moment(each, at), "statement.actor"), _moment(each, at)) or usual
        for each in batch
    ]


def person_of(actor: Actor, agent: dict[str, Any]) -> int | None:
    """The person that an agent is; None for nobody of ours. Raises Malformed as `places_of`."""
    known, at = _Known(actor.scope(Permission.FACTORIES_READ), [agent]), now()
    place = _place(known.jobs(agent, at, "agent"), at)
    return place.person_id if place else None


class _Known:
    """Who of these agents is known within a scope."""

    def __init__(self, scope: Scope, agents: Collection[Mapping[str, Any]]) -> None:
        own = {name for agent in agents if (name := _own(agent)) is not None and _OURS.fullmatch(name)}
        others = {said for agent in agents if _own(agent) is None and (said := name_of(agent))}
        self._own: dict[str, list[Job]] = finding.by_own_name(scope, own)
        self._others: dict[Name, Meant] = finding.by_other_name(scope, others)

    def jobs(self, agent: Mapping[str, Any], at: datetime, where: str) -> Sequence[Job]:
        """Where the one works who is meant at a moment; nothing for who is nobody of ours."""
        if (own := _own(agent)) is not None:
            if not (jobs := self._own.get(own)):
                raise Malformed(f"{where}.account.name is nobody whom this token reaches: {own}")
            return jobs
        name = name_of(agent)
        found = self._others[name].at(at) if name else []
        if is_ambiguous(found):
            raise Malformed(f"{where} means several people whom this token reaches, so none of them")
        return found


def _place(jobs: Sequence[Job], at: datetime) -> Place | None:
    if not jobs:
        return None
    job = jobs_at(jobs, at)[-1]
    return Place(job.person_id, job.factory_id, job.programme_id)


def _moment(statement: Mapping[str, Any], at: datetime) -> datetime:
    """When it was, as it says and calendars agree; now, where it says nothing."""
    said = values.moment(statement["timestamp"], "timestamp") if "timestamp" in statement else at
    return max(_EARLIEST, min(said, at))


def _own(agent: Mapping[str, Any]) -> str | None:
    """The name that this system gave, where the agent has one."""
    account = agent.get("account", {})
    return account["name"] if account.get("homePage") == names.home() else None


def _usual(scope: Scope) -> Place:
    """Where a statement belongs that is about nobody of ours: the only place that its writer reaches, if any."""
    if scope.everything:
        return Place()
    if len(scope.factories) == 1 and not scope.programmes:
        [factory_id] = scope.factories
        return Place(None, factory_id, db.session.get_one(Factory, factory_id).programme_id)
    if len(scope.programmes) == 1 and not scope.factories:
        return Place(None, None, next(iter(scope.programmes)))
    return Place()
