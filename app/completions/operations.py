"""A unit is done, a course is complete - or, after a correction, no longer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import SYSTEM
from app.completions import queries, rules
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion, UnitResult
from app.courses.models import CourseVersion
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.queries import open_employment
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point


def note_unit(
    *,
    person_id: int,
    training_id: int,
    version_id: int,
    unit_id: int,
    share: Fraction | Decimal,
    factory_id: int,
    at: datetime,
) -> None:
    """Store the share (0..1) that a person reached in a unit, and decide anew whether the course is complete.

    `at` is when it was reached; `factory_id` the factory that sent the person. Repeating it changes nothing. What an
    entry reached that turned out to be somebody else counts for that person.
    """
    reached = Reached(person_id, share, factory_id, at)
    note_units([reached], training_id=training_id, version_id=version_id, unit_id=unit_id)


@dataclass(frozen=True)
class Reached:
    """The share (0..1) that a person reached in a unit and when, and the factory that sent the person."""

    person_id: int
    share: Fraction | Decimal
    factory_id: int
    at: datetime


def note_units(reached: Collection[Reached], *, training_id: int, version_id: int, unit_id: int) -> None:
    """The same for many people at once, each of whom is there once: so many statements however many they are, but for
    those for whom something is complete by it, or no longer.
    """
    if not reached:
        return
    holders = _hold({each.person_id for each in reached})
    rows = [
        {
            "person_id": each.person_id, "training_id": training_id, "unit_id": unit_id,
            "share": rules.stored_share(each.share), "at": each.at,
        }
        for each in sorted(reached, key=lambda each: each.person_id)
    ]  # fmt: skip
    new = insert(UnitResult).values(rows)
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=["training_id", "person_id", "unit_id"],
            set_={"share": new.excluded.share, "at": new.excluded.at},
            where=UnitResult.share != new.excluded.share,
        )
    )
    _decide_all({holders[each.person_id]: each.factory_id for each in reached}, training_id, version_id)


def decide_anew(factories: Mapping[int, int], training_id: int, version_id: int) -> None:
    """Something else that the course asks for was done by these people, each sent by a factory: decide about them."""
    holders = _hold(factories)
    _decide_all({holders[each]: factory_id for each, factory_id in factories.items()}, training_id, version_id)


def _decide_all(factories: Mapping[int, int], training_id: int, version_id: int) -> None:
    for holder_id in _to_decide(factories, training_id, version_id):
        _decide(holder_id, training_id, version_id, factories[holder_id])


def reconsider(person_id: int) -> None:
    """Decide anew about every training session in which a person has results: some came or went with another entry."""
    for each in queries.taken(person_id):
        if factory_id := _sender(person_id, each.at):
            _decide(person_id, each.training_id, each.version_id, factory_id)


def hold_person(person_id: int) -> int:
    """Two results of one person that arrive at once are decided one after the other. Answers who the person is."""
    return _hold([person_id])[person_id]


def _hold(person_ids: Collection[int]) -> dict[int, int]:
    """Whom each of these entries is, all of them held."""
    entry = aliased(Person)
    leads = sa.select(entry.merged_into_id).where(entry.id.in_(person_ids))
    theirs = sa.or_(Person.id.in_(person_ids), Person.id.in_(leads))
    rows = db.session.execute(
        sa.select(Person.id, Person.merged_into_id).where(theirs).order_by(Person.id).with_for_update(key_share=True)
    )
    leads_to = {row_id: merged_into_id for row_id, merged_into_id in rows}  # noqa: C416 - as rows are no pairs
    return {person_id: leads_to[person_id] or person_id for person_id in person_ids}


def _to_decide(person_ids: Collection[int], training_id: int, version_id: int) -> list[int]:
    """Those of these people for whom the training session is complete, or was until now."""
    needs, reached = queries.needs(version_id), queries.results_of(training_id, person_ids)
    completed = sa.select(Completion.person_id).where(
        Completion.person_id.in_(person_ids), Completion.training_id == training_id, Completion.withdrawn_at.is_(None)
    )
    done = set(db.session.scalars(completed))
    meeting = {each for each in person_ids if rules.is_complete(needs, reached[each])}
    return sorted(done | (meeting - queries.owing_evaluation(training_id, version_id, meeting) if meeting else set()))


def _decide(person_id: int, training_id: int, version_id: int, factory_id: int) -> None:
    if not _has_met(person_id, training_id, version_id, factory_id):
        _withdraw(person_id, training_id)


def _has_met(person_id: int, training_id: int, version_id: int, factory_id: int) -> bool:
    """Whether the person has met the rule in a training session; if so, the course is complete since the last of it."""
    needs, reached = queries.needs(version_id), queries.results(training_id, person_id)
    is_met = rules.is_complete(needs, reached) and not queries.owing_evaluation(training_id, version_id, [person_id])
    if is_met:
        at = queries.reached_at(training_id, person_id, needs)
        _complete(person_id, training_id, version_id, factory_id, at, rules.evidence(needs, reached))
    return is_met


def _complete(
    person_id: int, training_id: int, version_id: int, factory_id: int, at: datetime, evidence: dict[str, list[str]]
) -> None:
    """One training session leads to one completion of a person, and one validity period has one that holds."""
    version = db.session.get_one(CourseVersion, version_id)
    of_person = sa.and_(Completion.person_id == person_id, Completion.course_id == version.course_id)
    own, earlier = _latest(sa.and_(of_person, Completion.training_id == training_id)), _latest(of_person)
    holding = _latest(sa.and_(of_person, Completion.withdrawn_at.is_(None)))
    if holding is not None and not rules.opens_new_period(holding.valid_until, at):
        return
    if own is not None:
        _reinstate(own, evidence)
        return
    completion = Completion(
        person_id=person_id,
        course_id=version.course_id,
        version_id=version_id,
        period=earlier.period + 1 if earlier else 1,
        training_id=training_id,
        completed_at=at,
        valid_until=rules.valid_until(at, version.validity_months),
        factory_id=factory_id,
        evidence=evidence,
        **_pinned(person_id, factory_id, at),
    )
    _begin(completion)


def _begin(completion: Completion) -> None:
    db.session.add(completion)
    db.session.flush()  # the event carries the id
    point("completions.completed")
    audit.record(SYSTEM, "completions.complete", f"completion:{completion.id}", training=completion.training_id)
    publish(CourseCompleted(completion.id))


def _reinstate(completion: Completion, evidence: dict[str, list[str]]) -> None:
    """A completion of the same training session: take it back into force, or leave it as it is."""
    if completion.withdrawn_at is None:
        return
    completion.withdrawn_at, completion.evidence = None, evidence
    audit.record(SYSTEM, "completions.reinstate", f"completion:{completion.id}", training=completion.training_id)
    publish(CourseCompleted(completion.id))


def _withdraw(person_id: int, training_id: int) -> None:
    """Withdraw all that a training session led to: two entries that were joined may both have completed it."""
    held = db.session.scalars(
        sa.select(Completion)
        .where(
            Completion.person_id == person_id,
            Completion.training_id == training_id,
            Completion.withdrawn_at.is_(None),
        )
        .order_by(Completion.period)
    ).all()
    for completion in held:
        completion.withdrawn_at = now()
        point("completions.withdrawn")
        audit.record(SYSTEM, "completions.withdraw", f"completion:{completion.id}", training=training_id)
        publish(CompletionWithdrawn(completion.id))
    if held:
        _take_over(held[-1])


def _take_over(withdrawn: Completion) -> None:
    """A training session of the course that added nothing while this completion held may complete it now."""
    for each in queries.taken(withdrawn.person_id):
        factory_id = _sender(withdrawn.person_id, each.at, withdrawn.factory_id)
        if each.course_id == withdrawn.course_id and factory_id:
            _has_met(withdrawn.person_id, each.training_id, each.version_id, factory_id)


def _sender(person_id: int, at: datetime, otherwise: int | None = None) -> int | None:
    """The factory where the person worked at a moment; `otherwise`, or where it worked last."""
    if work := open_employment(person_id, at.date()):
        return work.factory_id
    last = sa.select(Employment.factory_id).where(Employment.person_id == person_id)
    order = Employment.started_on.desc(), Employment.id.desc()
    return otherwise or db.session.scalar(last.order_by(*order).limit(1))


def _latest(which: sa.ColumnElement[bool]) -> Completion | None:
    return db.session.scalar(sa.select(Completion).where(which).order_by(Completion.period.desc()).limit(1))


def _pinned(person_id: int, factory_id: int, at: datetime) -> dict[str, object]:
    """Line, role and sex as they were on the day, by the calendar of the factory's programme."""
    day = at.astimezone(ZoneInfo(_zone(factory_id))).date()
    employment: Employment | None = open_employment(person_id, day, factory_id)
    return {
        "line": employment.line.name if employment and employment.line else None,
        "role": employment.role if employment else None,
        "sex": db.session.get_one(Person, person_id).sex,
    }


def _zone(factory_id: int) -> str:
    zone = sa.select(Programme.zone).join(Factory, Factory.programme_id == Programme.id).where(Factory.id == factory_id)
    return db.session.scalars(zone).one()
