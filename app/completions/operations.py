"""A unit is done, a course is complete - or, after a correction, no longer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.completions import queries, rules
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion, UnitResult
from app.courses.models import CourseVersion, Unit
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.queries import open_employment
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point

_PLACES = Decimal("0.000001")


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

    `at` is when it was reached; `factory_id` the factory that sent the person. Repeating it changes nothing.
    """
    _lock_person(person_id)
    values = {"share": _stored(share), "at": at}
    db.session.execute(
        insert(UnitResult)
        .values(person_id=person_id, training_id=training_id, unit_id=unit_id, **values)
        .on_conflict_do_update(index_elements=["training_id", "person_id", "unit_id"], set_=values)
    )
    needs = queries.needs(version_id)
    reached = queries.results(training_id, person_id)
    if rules.is_complete(needs, reached):
        _complete(person_id, training_id, version_id, factory_id, at, rules.evidence(needs, reached))
    else:
        _withdraw(person_id, training_id)


def reconsider(person_id: int, unit_results: Collection[int]) -> None:
    """Complete what these results, now that they came to the person, complete together with what was there.

    Training sessions that led to a completion already are left alone, withdrawn ones too.
    """
    for training_id, version_id, at in _trainings_of(unit_results):
        needs, reached = queries.needs(version_id), queries.results(training_id, person_id)
        work = open_employment(person_id, at.date()) or open_employment(person_id)
        if rules.is_complete(needs, reached) and work and not queries.has_completion(person_id, training_id):
            _complete(person_id, training_id, version_id, work.factory_id, at, rules.evidence(needs, reached))


def take_back(person_id: int, unit_results: Collection[int]) -> None:
    """Withdraw what is no longer complete, now that these results are somebody else's."""
    for training_id, version_id, _at in _trainings_of(unit_results):
        if not rules.is_complete(queries.needs(version_id), queries.results(training_id, person_id)):
            _withdraw(person_id, training_id)


def _trainings_of(unit_results: Collection[int]) -> Sequence[Any]:
    """Training session, course version, and the moment of the latest of these results."""
    return db.session.execute(
        sa.select(UnitResult.training_id, Unit.version_id, sa.func.max(UnitResult.at))
        .join(Unit, Unit.id == UnitResult.unit_id)
        .where(UnitResult.id.in_(unit_results))
        .group_by(UnitResult.training_id, Unit.version_id)
        .order_by(sa.func.max(UnitResult.at), UnitResult.training_id)
    ).all()


def _lock_person(person_id: int) -> None:
    """Two results of one person that arrive at once are decided one after the other."""
    db.session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update())


def _stored(share: Fraction | Decimal) -> Decimal:
    """Six places, rounded down: 2 of 3 must never reach two thirds by rounding."""
    exact = Decimal(share.numerator) / Decimal(share.denominator) if isinstance(share, Fraction) else share
    return exact.quantize(_PLACES, ROUND_DOWN)


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
    completion = db.session.scalar(
        sa.select(Completion).where(
            Completion.person_id == person_id,
            Completion.training_id == training_id,
            Completion.withdrawn_at.is_(None),
        )
    )
    if completion is None:
        return
    completion.withdrawn_at = now()
    point("completions.withdrawn")
    audit.record(SYSTEM, "completions.withdraw", f"completion:{completion.id}", training=training_id)
    publish(CompletionWithdrawn(completion.id))
    reconsider(person_id, _results_elsewhere(completion))


def _results_elsewhere(completion: Completion) -> Sequence[int]:
    """Ids of the person's results in other training sessions of the course: one that added nothing while this
    completion held may complete the course now.
    """
    return db.session.scalars(
        sa.select(UnitResult.id)
        .join(Unit, Unit.id == UnitResult.unit_id)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .where(
            UnitResult.person_id == completion.person_id,
            UnitResult.training_id != completion.training_id,
            CourseVersion.course_id == completion.course_id,
        )
    ).all()


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
