"""Everything that the rules must know, read and judged."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import CourseVersion
from app.platform.db import db
from app.sessions.conflicts.queries import busy, days, people, registers, spots
from app.sessions.conflicts.rules import Conflict, Known, Proposal, judge
from app.sessions.models import TrainingSession
from app.sessions.queries import visible


def conflicts_of(actor: Actor, proposal: Proposal) -> list[Conflict]:
    """What speaks against a plan, what stops it first. The caller has checked that the actor may plan there.

    At most 20 statements, whatever the size. Another training session is named where the actor may see it.
    """
    if not proposal.judged:
        return []
    return _named(actor, judge(proposal, known(proposal)))


def known(proposal: Proposal) -> Known:
    """What is known of everything that a plan takes."""
    window = busy.Window.of(proposal)
    planned = days.rules(proposal.programme_id)
    takers = people.takers(proposal)
    factories = {taker.factory_id for taker in takers} | _factories(proposal)
    crews = people.crews(takers, factories, window.starts_at)
    colleagues = {each for crew in crews.values() for each in crew.people}
    colleagues |= {taker.person_id for taker in takers if taker.person_id is not None}
    teaching, interpreting = busy.teaching(window), busy.interpreting(window)
    return Known(
        zone=planned.zone,
        rest_days=planned.rest_days,
        release_one_in=planned.release_one_in,
        travel_near=planned.travel_near,
        travel_far=planned.travel_far,
        pauses=planned.pauses,
        days_off=days.days_off(proposal.programme_id, window),
        teachers=registers.teachers(proposal.trainer_ids, window),
        qualified=registers.qualified(proposal.programme_id, proposal.version_id),
        interpreters=registers.interpreters(window.interpreters),
        rooms=registers.rooms(window.rooms),
        hosts=registers.hosts(window.hosts),
        mills=registers.mills(factories, planned.rest_days),
        takers=takers,
        crews=crews,
        teaching=teaching,
        interpreting=interpreting,
        in_rooms=busy.in_rooms(window),
        hosting=busy.hosting(window),
        seated=busy.seated(window, colleagues),
        linked=busy.linked(window),
        at_venues=busy.at_venues(window),
        spots=spots.spots([*teaching.values(), *interpreting.values()]),
    )


def _factories(proposal: Proposal) -> set[int]:
    sites = {site for half_day in proposal.half_days for site in half_day.sites}
    return {site.factory_id for site in sites if site.factory_id is not None}


def _named(actor: Actor, conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Say which training session it is, to whoever may see it."""
    listed = list(conflicts)
    numbers = {conflict.other.training_id for conflict in listed if conflict.other}
    if not numbers:
        return listed
    rows = db.session.execute(
        sa.select(TrainingSession.id, TrainingSession.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .where(TrainingSession.id.in_(numbers), visible(actor))
    )
    seen = {number: (code, titles) for number, code, titles in rows}
    return [_with_title(conflict, seen) for conflict in listed]


def _with_title(conflict: Conflict, seen: Mapping[int, tuple[str, Mapping[str, str]]]) -> Conflict:
    other = conflict.other
    if other is None or other.training_id not in seen:
        return conflict
    code, titles = seen[other.training_id]
    return replace(conflict, other=replace(other, code=code, title=titles))
