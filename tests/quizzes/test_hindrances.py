"""One rule says who can begin another attempt, in whatever way: on a phone, read aloud, on paper."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from app.quizzes import operations, queries
from app.quizzes.booklets.queries import hindrances
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState, Hindrance, QuizPolicy, Release, Terms, hindrance
from tests.make import quizzes

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
S = AttemptState


@dataclass
class Had:
    state: AttemptState
    deadline_at: datetime | None = NOON


def terms(attempts: int | None = 2, release: Release = Release.AFTER_CLOSING) -> Terms:
    return Terms(QuizPolicy(release=release), NOON, None, None, attempts)


@pytest.mark.parametrize(
    ("had", "of", "opens", "why"),
    [
        ([], terms(), 0, None),
        ([Had(S.NOT_STARTED)], terms(1), 60, None),
        ([Had(S.IN_PROGRESS)], terms(1), 60, Hindrance.ANSWERING),
        ([Had(S.GRADED), Had(S.OVERDUE)], terms(9), 60, Hindrance.ANSWERING),
        ([Had(S.GRADED), Had(S.ABANDONED)], terms(2), 0, Hindrance.USED),
        ([Had(S.GRADED), Had(S.ABANDONED)], terms(None), 0, None),
        ([Had(S.GRADED)], terms(2), 3, Hindrance.SAW_ANSWERS),
        ([Had(S.GRADED), Had(S.GRADED)], terms(2), 3, Hindrance.SAW_ANSWERS),
        ([Had(S.GRADED)], terms(2), 2, None),
        ([Had(S.GRADED)], terms(2, Release.NEVER), 3, None),
        ([Had(S.GRADED)], terms(2), None, None),
        ([Had(S.GRADED, None)], terms(2), 3, None),
    ],
)  # fmt: skip
def test_why_no_other_attempt_begins(had: list[Had], of: Terms, opens: int | None, why: Hindrance | None) -> None:
    opens_at = None if opens is None else NOON + timedelta(minutes=opens)
    assert hindrance(had, of, opens_at=opens_at) is why


@pytest.mark.parametrize(("handed_in", "minutes_ago"), list(product(range(4), (0, 60))))
def test_the_button_the_start_and_the_reading_agree(app: Flask, handed_in: int, minutes_ago: int) -> None:
    room = quizzes.room()
    for _ in range(handed_in):
        operations.submit(room.actor, operations.start(room.actor).id)
    if minutes_ago:
        room.end(minutes_ago)
        operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    opening = queries.opening(room.person.id, room.training.id)
    assert opening is not None
    offered = queries.offer(opening, room.person.id).hindrance
    read = hindrances(room.training.id, room.unit_id, [room.person.id], opens_at=now())[room.person.id]
    assert offered is read
    if offered is None:
        assert operations.start(room.actor).number == handed_in + 1
    else:
        with pytest.raises(Refused, match="shown to you" if offered is Hindrance.SAW_ANSWERS else "used all"):
            operations.start(room.actor)
        assert db.session.query(Attempt).filter_by(person_id=room.person.id).count() == handed_in
