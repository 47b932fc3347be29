"""Whether a training session completes a course for somebody, and which period that begins."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.completions import queries, rules
from app.completions.models import Completion
from app.completions.operations.periods import Met, begin, correct, is_free, reinstate, renewed_courses, withdraw_one
from app.courses.models import CourseVersion
from app.factories.models import Employment
from app.factories.queries import open_employment
from app.platform.db import db


def decide(person_id: int, training_id: int, version_id: int, factory_id: int) -> None:
    """Complete, renew or withdraw, as the results in a training session say now."""
    if not _has_met(person_id, training_id, version_id, factory_id):
        _withdraw(person_id, training_id)


def _has_met(person_id: int, training_id: int, version_id: int, factory_id: int) -> bool:
    """Whether the person has met the rule in a training session; if so, the course is complete since the last of it."""
    needs = queries.needs(version_id)
    evidence = _evidence(person_id, training_id, version_id, needs)
    if evidence is not None:
        at = queries.reached_at(training_id, person_id, needs)
        met = Met(person_id, training_id, factory_id, at, evidence)
        version = db.session.get_one(CourseVersion, version_id)
        _complete(met, version)
        for renewed in renewed_courses(person_id, version):
            _renew(met, renewed)
    return evidence is not None


def evidence_now(completion: Completion) -> dict[str, list[str]] | None:
    """What its training session has for the person now; None where that is not what the course asks for."""
    for each in queries.taken(completion.person_id):
        if each.training_id == completion.training_id:
            return _evidence(completion.person_id, each.training_id, each.version_id, queries.needs(each.version_id))
    return None


def _evidence(
    person_id: int, training_id: int, version_id: int, needs: tuple[rules.Need, ...]
) -> dict[str, list[str]] | None:
    reached = queries.results(training_id, person_id)
    is_met = rules.is_complete(needs, reached) and not queries.owing_evaluation(training_id, version_id, [person_id])
    return rules.evidence(needs, reached) if is_met else None


def _complete(met: Met, version: CourseVersion) -> None:
    """One training session leads to one completion of a course, and one validity period has one that holds.

    What was taken over from a list stands in nobody's way: who takes the course here completes it here.
    """
    earlier = of_course(met.person_id, version.course_id)
    last = _last_holding([each for each in earlier if each.training_id is not None])
    if not _knows(met, earlier) and (last is None or _opens(last, met)):
        begin(met, version, earlier)


def _renew(met: Met, version: CourseVersion) -> None:
    """A refresher renews the course that names it while that can be renewed; what has run out it does not."""
    earlier = of_course(met.person_id, version.course_id)
    last = _last_holding(earlier)
    holds = last is not None and last.valid_until is not None and met.at < last.valid_until
    if not _knows(met, earlier) and last is not None and holds and _opens(last, met):
        begin(met, version, earlier)


def _knows(met: Met, earlier: Sequence[Completion]) -> bool:
    """Whether the training session led to one of them: that counts again, unless another stands in its place now."""
    own = next((each for each in reversed(earlier) if each.training_id == met.training_id), None)
    holding = [each for each in earlier if each.withdrawn_at is None and each.training_id is not None]
    is_undone = own is not None and own.withdrawn_at is not None and own.annulled_at is None
    if own is not None and is_undone and is_free(own, holding):
        reinstate(own, met.evidence)
    for each in holding:
        if each.training_id == met.training_id and each.evidence != met.evidence:
            correct(each, met.evidence)
    return own is not None


def _last_holding(earlier: Sequence[Completion]) -> Completion | None:
    holding = [each for each in earlier if each.withdrawn_at is None]
    return max(holding, key=lambda each: (each.completed_at, each.period), default=None)


def _opens(holding: Completion, met: Met) -> bool:
    days = queries.renewal_days(holding)
    return rules.opens_new_period(holding.completed_at, holding.valid_until, days, met.at)


def _withdraw(person_id: int, training_id: int) -> None:
    """Withdraw all that a training session led to: two entries that were joined may both have completed it."""
    held = db.session.scalars(
        sa.select(Completion)
        .where(
            Completion.person_id == person_id,
            Completion.training_id == training_id,
            Completion.withdrawn_at.is_(None),
        )
        .order_by(Completion.period, Completion.id)
    ).all()
    for completion in held:
        withdraw_one(completion)
    for completion in {each.course_id: each for each in held}.values():
        take_over(completion)


def take_over(withdrawn: Completion) -> None:
    """A training session of the course that added nothing while this completion held may complete it now."""
    for each in queries.taken(withdrawn.person_id):
        factory_id = sender(withdrawn.person_id, each.at, withdrawn.factory_id)
        if each.course_id == withdrawn.course_id and factory_id:
            _has_met(withdrawn.person_id, each.training_id, each.version_id, factory_id)


def sender(person_id: int, at: datetime, otherwise: int | None = None) -> int | None:
    """The factory where the person worked at a moment; `otherwise`, or where it worked last."""
    if work := open_employment(person_id, at.date()):
        return work.factory_id
    last = sa.select(Employment.factory_id).where(Employment.person_id == person_id)
    order = Employment.started_on.desc(), Employment.id.desc()
    return otherwise or db.session.scalar(last.order_by(*order).limit(1))


def of_course(person_id: int, course_id: int) -> Sequence[Completion]:
    """All that the person ever completed of a course, by period."""
    theirs = sa.select(Completion).where(Completion.person_id == person_id, Completion.course_id == course_id)
    return db.session.scalars(theirs.order_by(Completion.period)).all()
