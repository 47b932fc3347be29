"""Reading what people have achieved."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions.models import Completion, EvaluationWaiver, SurveyTurn, UnitResult
from app.completions.rules import Need
from app.courses.models import Course, CourseVersion, Unit
from app.courses.rules import FormKind, Step, UnitKind
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.refusal import NotFound

USUAL_RENEWAL_DAYS = 90


def completion(completion_id: int) -> Completion:
    """A completion by its id. Raises NotFound."""
    row = db.session.get(Completion, completion_id)
    if row is None:
        raise NotFound
    return row


def completions_of_training(training_id: int) -> Sequence[Completion]:
    """Completions that a training session led to and that hold."""
    return db.session.scalars(
        sa.select(Completion).where(Completion.training_id == training_id, Completion.withdrawn_at.is_(None))
    ).all()


def renewal_days(completion: Completion) -> int:
    """How many days before its end it can be renewed, as the programme of its factory has it."""
    of_factory = sa.select(Programme.renewal_days).join(Factory, Factory.programme_id == Programme.id)
    days = db.session.scalar(of_factory.where(Factory.id == completion.factory_id))
    return days if days is not None else USUAL_RENEWAL_DAYS


def zone_of(factory_id: int) -> str:
    """The zone of a factory's programme."""
    zone = sa.select(Programme.zone).join(Factory, Factory.programme_id == Programme.id).where(Factory.id == factory_id)
    return db.session.scalars(zone).one()


def entries(person_id: int) -> sa.Select[int]:
    """The person, and every entry that turned out to be this person: its results are the person's."""
    return sa.select(Person.id).where(sa.or_(Person.id == person_id, Person.merged_into_id == person_id))


def entries_of(person_ids: Collection[int]) -> dict[int, int]:
    """Each of these people, and every entry that turned out to be one of them, with the person that it is."""
    rows = db.session.execute(sa.select(Person.id, Person.merged_into_id).where(Person.merged_into_id.in_(person_ids)))
    return {person_id: person_id for person_id in person_ids} | {entry_id: is_id for entry_id, is_id in rows if is_id}


def results(training_id: int, person_id: int) -> dict[int, Decimal]:
    """The best share that a person reached in each unit during a training session."""
    rows = db.session.execute(
        sa.select(UnitResult.unit_id, sa.func.max(UnitResult.share))
        .where(UnitResult.training_id == training_id, UnitResult.person_id.in_(entries(person_id)))
        .group_by(UnitResult.unit_id)
    )
    return {unit_id: share for unit_id, share in rows}  # noqa: C416 - rows are not pairs to a type checker


def results_of(training_id: int, person_ids: Collection[int]) -> dict[int, dict[int, Decimal]]:
    """The same for many people, by person. Two statements."""
    whose = entries_of(person_ids)
    rows = db.session.execute(
        sa.select(UnitResult.person_id, UnitResult.unit_id, UnitResult.share).where(
            UnitResult.training_id == training_id, UnitResult.person_id.in_(whose)
        )
    )
    found: dict[int, dict[int, Decimal]] = {person_id: {} for person_id in person_ids}
    for entry_id, unit_id, share in rows:
        known = found[whose[entry_id]]
        known[unit_id] = max(share, known.get(unit_id, share))
    return found


def best_shares(person_id: int, course_ids: Collection[int]) -> dict[tuple[int, str], Decimal]:
    """The best share that a person ever reached, by course and code of the unit, in whatever version."""
    rows = db.session.execute(
        sa.select(CourseVersion.course_id, Unit.code, sa.func.max(UnitResult.share))
        .join(Unit, Unit.id == UnitResult.unit_id)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .where(CourseVersion.course_id.in_(course_ids), UnitResult.person_id.in_(entries(person_id)))
        .group_by(CourseVersion.course_id, Unit.code)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def reached_at(training_id: int, person_id: int, needs: Collection[Need]) -> datetime:
    """When the last of what a course version asks for was reached. There is a result."""
    latest = sa.select(sa.func.max(UnitResult.at)).where(
        UnitResult.training_id == training_id,
        UnitResult.person_id.in_(entries(person_id)),
        UnitResult.unit_id.in_([need.unit_id for need in needs]),
    )
    return db.session.scalars(latest).one()


@dataclass(frozen=True)
class Taken:
    """A training session in which a person has results; `at` is the moment of the latest of them."""

    training_id: int
    version_id: int
    course_id: int
    at: datetime


def taken(person_id: int) -> list[Taken]:
    """Training sessions in which a person has results, in the order of time."""
    latest = sa.func.max(UnitResult.at)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(UnitResult.training_id, Unit.version_id, CourseVersion.course_id, latest)
        .join(Unit, Unit.id == UnitResult.unit_id)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .where(UnitResult.person_id.in_(entries(person_id)))
        .group_by(UnitResult.training_id, Unit.version_id, CourseVersion.course_id)
        .order_by(latest, UnitResult.training_id)
    )
    return [Taken(*tuple(row)) for row in rows]


def aliases_with_result(training_id: int, unit_id: int) -> dict[int, list[int]]:
    """Person -> entries that turned out to be this person and hold a result of their own in the unit."""
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Person.merged_into_id, Person.id)
        .join(UnitResult, UnitResult.person_id == Person.id)
        .where(
            UnitResult.training_id == training_id, UnitResult.unit_id == unit_id, Person.merged_into_id.is_not(None)
        )
        .order_by(Person.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.merged_into_id].append(row.id)
    return found


def needs(version_id: int) -> tuple[Need, ...]:
    """What a course version asks for."""
    version = db.session.get_one(CourseVersion, version_id)
    units = db.session.execute(sa.select(Unit.id, Unit.code, Unit.kind).where(Unit.version_id == version_id))
    shares = {version.test_unit: version.test_share} if version.test_unit else {}
    return tuple(
        Need(unit_id, code, _exact(version.attendance_share if kind == UnitKind.MEETING else shares[code]))
        for unit_id, code, kind in units
        if kind == UnitKind.MEETING or code in shares
    )


def owing_evaluation(training_id: int, version_id: int, person_ids: Collection[int]) -> set[int]:
    """Those of these people who have not handed in the evaluation that the course version asks for."""
    version = db.session.get_one(CourseVersion, version_id)
    forms = [each["id"] for each in version.forms if each["kind"] == FormKind.EVALUATION]
    waived = sa.select(EvaluationWaiver.id).where(EvaluationWaiver.training_id == training_id)
    if not version.evaluation_required or not forms or db.session.scalar(waived) is not None:
        return set()
    whose = entries_of(person_ids)
    answered = db.session.scalars(
        sa.select(SurveyTurn.person_id).where(
            SurveyTurn.training_id == training_id, SurveyTurn.form.in_(forms), SurveyTurn.has_answered,
            SurveyTurn.person_id.in_(whose),
        )
    )
    return set(person_ids) - {whose[entry_id] for entry_id in answered}


def _exact(share: float | None) -> Decimal:
    """A configured share such as 0.8 as people wrote it, not as binary floats hold it."""
    return Decimal(str(share or 0))


def first_completed(person_id: int, codes: Collection[str]) -> dict[str, datetime]:
    """Course -> when the person first completed it, of these courses."""
    rows = db.session.execute(
        sa.select(Course.code, sa.func.min(Completion.completed_at).label("at"))
        .join(Course, Course.id == Completion.course_id)
        .where(Completion.person_id.in_(entries(person_id)), Completion.withdrawn_at.is_(None), Course.code.in_(codes))
        .group_by(Course.code)
    )
    return {row.code: row.at for row in rows}


@dataclass(frozen=True)
class AtFactory:
    """A factory, and how many people did each step."""

    code: str
    name: str
    people: Sequence[int]


def did_steps(actor: Actor, steps: Sequence[Step], most: int) -> list[AtFactory]:
    """Factories whose coverage the actor sees and in which somebody has completed a course of these steps, by name.

    Each with the number of people, by step, who did it and work there now. One statement.
    """
    factories = visible_factories(actor, Permission.COVERAGE_READ).with_only_columns(Factory.id)
    people = (
        sa.select(Employment.factory_id, *(_did(step).label(f"step_{place}") for place, step in enumerate(steps)))
        .join(Completion, Completion.person_id == Employment.person_id)
        .join(Course, Course.id == Completion.course_id)
        .where(
            Employment.factory_id.in_(factories), Employment.ended_on.is_(None), Completion.withdrawn_at.is_(None),
            Course.code.in_({code for step in steps for code in step.courses}),
        )
        .group_by(Employment.factory_id, Employment.person_id)
        .subquery()
    )
    counts = [sa.func.sum(people.c[f"step_{place}"]) for place in range(len(steps))]
    rows = db.session.execute(
        sa.select(Factory.code, Factory.name, *counts)
        .join(people, people.c.factory_id == Factory.id)
        .group_by(Factory.id, Factory.code, Factory.name)
        .order_by(Factory.name, Factory.id)
        .limit(most)
    )
    return [AtFactory(code, name, counted) for code, name, *counted in rows]


def _did(step: Step) -> sa.ColumnElement[int]:
    """1 for a person who completed enough of the courses of a step, else 0."""
    completed = sa.func.count(sa.case((Course.code.in_(step.courses), Course.code)).distinct())
    return sa.case((completed >= step.needed, 1), else_=0)
