"""New grades take the place of old ones: the old ones are kept, and what counts follows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.completions.operations import Reached, note_units
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import Attempt, GradeChange
from app.quizzes.regrading.queries.previews import Preview
from app.quizzes.regrading.rules import Moved
from app.quizzes.rules import RULE_VERSION, AttemptState
from app.sessions.models import Seat


def write_grades(actor: Actor, about: str, moved: Sequence[Moved]) -> None:
    """Write the new grades and keep the old ones. Two statements, however many they are.

    `about` is what led to it, with its id. A first grade takes no other's place.
    """
    if not moved:
        return
    db.session.flush()  # what is expired below must be written
    db.session.execute(sa.update(Attempt), [_values(each) for each in moved])
    if changes := [_change(actor, about, each) for each in moved if each.before.score is not None]:
        db.session.execute(sa.insert(GradeChange), changes)
    db.session.expire_all()  # the attempts that are loaded have their old grades


def note_all(actor: Actor, about: str, found: Preview) -> None:
    """Tell the results of everybody what counts now: so many statements for each training session, and those for whom a
    completion begins or ends.
    """
    senders = _senders(found.counted)
    by_training: dict[int, list[Reached]] = defaultdict(list)
    for (training_id, person_id), counted in found.counted.items():
        if sender := senders.get((training_id, person_id)):
            by_training[training_id].append(Reached(person_id, counted.share, sender, counted.at))
    for training_id, reached in sorted(by_training.items()):
        note_units(reached, training_id=training_id, version_id=found.version_id, unit_id=found.unit_id)
        changed = sum(each.training_id == training_id for each in found.moved)
        audit.record(actor, "quizzes.regrade", f"training:{training_id}", about=about, grades=changed)


def _senders(places: Mapping[tuple[int, int], object]) -> dict[tuple[int, int], int]:
    """The factory that sent each of these people."""
    rows = db.session.execute(
        sa.select(Seat.training_id, Seat.person_id, Seat.factory_id).where(
            Seat.training_id.in_({training_id for training_id, _ in places}), Seat.person_id.is_not(None)
        )
    )
    return {(row.training_id, row.person_id): row.factory_id for row in rows}


def _values(moved: Moved) -> dict[str, Any]:
    return {
        "id": moved.attempt_id, "state": AttemptState.GRADED, "score": moved.after.score,
        "max_score": moved.after.max_score, "passed": moved.after.passed, "rule_version": RULE_VERSION,
    }  # fmt: skip


def _change(actor: Actor, about: str, moved: Moved) -> dict[str, Any]:
    before, after = moved.before, moved.after
    return {
        "attempt_id": moved.attempt_id, "about": about, "account_id": actor.account_id, "at": now(),
        "score_before": before.score, "max_before": before.max_score, "passed_before": before.passed,
        "score_after": after.score, "max_after": after.max_score, "passed_after": after.passed,
    }  # fmt: skip
