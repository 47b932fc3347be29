"""What holds now of marks, attempts, completions and certificates. So many statements however many are looked up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.api.xapi.facts.rules import Said
from app.api.xapi.queries.placing import Place
from app.attendance.models import CurrentMark
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.courses.models import Course, CourseVersion, Unit
from app.factories.models import Factory, Person
from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.sessions.models import Meeting, Seat, TrainingSession

MARK, ATTEMPT, COMPLETION, CERTIFICATE = "mark", "attempt", "completion", "certificate"
_VERB_OF = {
    AttemptState.SUBMITTED: "attempted", AttemptState.ABANDONED: "abandoned", AttemptState.GRADED: "completed",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """What is to be said of a thing, and of whom."""

    subject: str
    person_id: int
    place: Place
    said: Said


def facts_of(subjects: Collection[str]) -> dict[str, Fact]:
    """Subject -> what holds; what does not hold any more is left out."""
    numbers: dict[str, list[tuple[int, ...]]] = {MARK: [], ATTEMPT: [], COMPLETION: [], CERTIFICATE: []}
    for subject in subjects:
        kind, *ids = subject.split(":")
        numbers[kind].append(tuple(map(int, ids)))
    found = [
        *_marks(numbers[MARK]), *_attempts(_first(numbers[ATTEMPT])), *_completions(_first(numbers[COMPLETION])),
        *_certificates(_first(numbers[CERTIFICATE])),
    ]  # fmt: skip
    return {fact.subject: fact for fact in found if fact.subject in subjects}


def _first(numbers: Iterable[tuple[int, ...]]) -> list[int]:
    return [each[0] for each in numbers]


def _marks(pairs: Collection[tuple[int, ...]]) -> Iterable[Fact]:
    if not pairs:
        return
    rows = db.session.execute(
        sa.select(CurrentMark, Meeting.training_id, Meeting.starts_at, *_PLACE)
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .outerjoin(Seat, sa.and_(Seat.training_id == Meeting.training_id, Seat.person_id == CurrentMark.person_id))
        .outerjoin(Factory, Factory.id == Seat.factory_id)
        .where(CurrentMark.meeting_id.in_({meeting_id for meeting_id, _ in pairs}))
        .where(CurrentMark.person_id.in_({person_id for _, person_id in pairs}))
        .order_by(Seat.id)
    )
    for mark, training_id, starts_at, *place in rows:
        details = {"mark": mark.mark.value, "evidence": mark.evidence.value}
        said = Said(
            "attended" if mark.mark.value not in {"absent", "excused"} else "skipped", "meeting",
            f"/sessions/{training_id}/meetings/{mark.meeting_id}", starts_at,
            result={"completion": mark.mark.counts}, grouping=f"/sessions/{training_id}", details=details,
        )  # fmt: skip
        yield Fact(f"{MARK}:{mark.meeting_id}:{mark.person_id}", mark.person_id, _place(mark.person_id, place), said)


def _attempts(ids: Collection[int]) -> Iterable[Fact]:
    """Whether it was passed, and never what was asked, answered or scored: factories read this."""
    if not ids:
        return
    rows = db.session.execute(
        sa.select(Attempt, Unit.code, Unit.titles, CourseVersion.number, Course.code, *_PLACE)
        .join(Unit, Unit.id == Attempt.unit_id).join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .outerjoin(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
        .outerjoin(Factory, Factory.id == Seat.factory_id)
        .where(Attempt.id.in_(ids), Attempt.state.in_(_VERB_OF)).order_by(Seat.id)
    )  # fmt: skip
    for attempt, unit, titles, version, course, *place in rows:
        verb, result = _VERB_OF[attempt.state], {"completion": attempt.state is not AttemptState.ABANDONED}
        if attempt.state is AttemptState.GRADED and attempt.passed is not None:
            verb, result["success"] = "passed" if attempt.passed else "failed", attempt.passed
        at = attempt.submitted_at or attempt.deadline_at or attempt.started_at
        if at is None:
            continue
        said = Said(
            verb, "assessment", f"/courses/{course}/versions/{version}/units/{unit}", at, name=titles, result=result,
            grouping=f"/sessions/{attempt.training_id}",
        )  # fmt: skip
        yield Fact(f"{ATTEMPT}:{attempt.id}", attempt.person_id, _place(attempt.person_id, place), said)


def _completions(ids: Collection[int]) -> Iterable[Fact]:
    if not ids:
        return
    rows = db.session.execute(
        sa.select(Completion, Course.code, CourseVersion.number, CourseVersion.titles, Factory.id, Factory.programme_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Course, Course.id == Completion.course_id)
        .outerjoin(Factory, Factory.id == Completion.factory_id)
        .where(Completion.id.in_(ids), Completion.withdrawn_at.is_(None))
    )
    for completion, course, version, titles, factory_id, programme_id in rows:
        details = {"version": version}
        if completion.valid_until:
            details["valid-until"] = completion.valid_until.isoformat()
        said = Said(
            "completed", "course", f"/courses/{course}", completion.completed_at, name=titles,
            result={"completion": True, "success": True}, details=details,
            grouping=f"/sessions/{completion.training_id}" if completion.training_id else "",
        )  # fmt: skip
        place = Place(completion.person_id, factory_id, programme_id)
        yield Fact(f"{COMPLETION}:{completion.id}", completion.person_id, place, said)


def _certificates(ids: Collection[int]) -> Iterable[Fact]:
    """By its number here: the address by which anybody can verify it would say the name."""
    if not ids:
        return
    rows = db.session.execute(
        sa.select(Certificate, Course.code, Factory.id, Factory.programme_id)
        .join(Course, Course.id == Certificate.course_id)
        .outerjoin(Factory, Factory.id == Certificate.factory_id)
        .where(Certificate.id.in_(ids), Certificate.revoked_at.is_(None), Certificate.replaced_at.is_(None))
    )
    for certificate, course, factory_id, programme_id in rows:
        said = Said(
            "earned", "certificate", f"/certificates/{certificate.id}", certificate.issued_at,
            grouping=f"/courses/{course}",
        )  # fmt: skip
        place = Place(certificate.person_id, factory_id, programme_id)
        yield Fact(f"{CERTIFICATE}:{certificate.id}", certificate.person_id, place, said)


_PLACE: tuple[Any, ...] = (Factory.id, Factory.programme_id, TrainingSession.programme_id)


def _place(person_id: int, found: Collection[int | None]) -> Place:
    factory_id, of_factory, of_training = found
    return Place(person_id, factory_id, of_factory or of_training)


def same_person(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Person -> every entry that is the same one."""
    holder = sa.func.coalesce(Person.merged_into_id, Person.id)
    asked = sa.select(holder).where(Person.id.in_(person_ids))
    rows = db.session.execute(sa.select(Person.id, holder.label("holder_id")).where(holder.in_(asked))).all()
    theirs: dict[int, set[int]] = {}
    for row in rows:
        theirs.setdefault(row.holder_id, set()).add(row.id)
    return {row.id: theirs[row.holder_id] for row in rows}
