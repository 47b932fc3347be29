"""What another key of a question would change. Nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from app.completions.following import Following, would_follow
from app.courses.models import Unit
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import PaperScore, Question
from app.quizzes.queries.keys import standing_keys
from app.quizzes.queries.paper import paper_shares
from app.quizzes.queries.wanted import share_wanted
from app.quizzes.regrading.queries.attempts import Taken, grades, moved, taken
from app.quizzes.regrading.rules import Moved, digest
from app.quizzes.rules import Grade, QuizPolicy, counted_share, policy_from


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of all that a person reached in a quiz of a training session, and since when."""

    share: Fraction
    at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What would follow. `unkept` attempts keep their grade, since their answers are not kept any more."""

    unit_id: int
    version_id: int
    asked: int
    unkept: int
    moved: Sequence[Moved]
    counted: Mapping[tuple[int, int], Counted]
    following: Sequence[Following]
    digest: str

    @property
    def falling(self) -> int:
        return sum(each.falls for each in self.moved)

    @property
    def rising(self) -> int:
        return sum(each.rises for each in self.moved)


def preview(question: Question, key: dict[str, Any] | None, *, hold: bool = False) -> Preview:
    """What would follow if this was the key of the question, or None: if it was withdrawn. With `hold` no grade of the
    quiz changes and no attempt begins until the transaction ends. A fixed number of statements, but for training
    sessions with scores on paper.
    """
    unit = db.session.get_one(Unit, question.unit_id)
    if hold:
        _let_nobody_begin(unit.id)
    attempts = taken(unit.id, hold=hold)
    asked = [each for each in attempts if question.id in each.question_ids]
    new = grades(unit.id, asked, _keys(unit.id, question, key))
    found = moved(asked, new, share_wanted(unit.id))
    counted = _counted(unit.id, policy_from(unit.rules), attempts, {each.attempt_id for each in found}, new)
    shares = {place: each.share for place, each in counted.items()}
    following = would_follow(unit.version_id, unit.id, shares)
    return Preview(
        unit_id=unit.id,
        version_id=unit.version_id,
        asked=len(asked),
        unkept=len(asked) - len(new),
        moved=found,
        counted=counted,
        following=following,
        digest=digest(question.id, key, [_facts(each) for each in found], [_facts(each) for each in following]),
    )


def _let_nobody_begin(unit_id: int) -> None:
    """A new attempt names its quiz, so that it waits for whoever holds that. The attempts are held before it: who
    begins for many people at once holds those of some and then adds others.
    """
    taken(unit_id, hold=True)
    db.session.execute(sa.select(Unit.id).where(Unit.id == unit_id).with_for_update())


def _keys(unit_id: int, question: Question, key: dict[str, Any] | None) -> Any:
    ids = db.session.scalars(sa.select(Question.id).where(Question.unit_id == unit_id)).all()
    standing = standing_keys(ids)
    right = {number: known for number, known in standing.right.items() if number != question.id}
    if key is not None:
        right[question.id] = key
    return replace(standing, right=right, read_by=standing.read_by | {question.id: question.key})


def _counted(
    unit_id: int,
    policy: QuizPolicy,
    attempts: Sequence[Taken],
    changing: set[int],
    new: Mapping[int, Grade | None],
) -> dict[tuple[int, int], Counted]:
    """Of everybody for whom an attempt changes."""
    if policy.practice or not changing:
        return {}
    places = {(each.training_id, each.person_id) for each in attempts if each.id in changing}
    reached: dict[tuple[int, int], list[Fraction]] = defaultdict(list)
    ends: dict[tuple[int, int], datetime] = {}
    for each in attempts:
        place = (each.training_id, each.person_id)
        regraded = new.get(each.id) if each.id in changing else None
        if place in places and (regraded is not None or each.score is not None):
            known = Fraction(each.score or 0) / Fraction(each.max_score or 1)
            reached[place].append(regraded.share if regraded is not None else known)
            ends[place] = max(each.submitted_at or now(), ends.get(place, each.submitted_at or now()))
    for training_id in _with_paper(unit_id) & {training_id for training_id, _ in places}:
        for person_id, share in paper_shares(training_id, unit_id).items():
            if (training_id, person_id) in places:
                reached[training_id, person_id].append(share)
    counting = {place: counted_share(shares, policy.counts) for place, shares in sorted(reached.items())}
    return {place: Counted(share, ends[place]) for place, share in counting.items() if share is not None}


def _with_paper(unit_id: int) -> set[int]:
    """Training sessions in which the quiz was taken on paper and counted by hand as well."""
    return set(db.session.scalars(sa.select(PaperScore.training_id).where(PaperScore.unit_id == unit_id).distinct()))


def _facts(thing: Moved | Following) -> str:
    return repr(thing)


