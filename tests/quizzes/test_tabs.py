"""Two and three windows of one attempt: one that shows old things never changes an answer (TRAPS X26; goal QZ-3).

A window sends the revision that it saw, however old, again and again, with forged ones between; the stored answers are
always those of a few lines that say what should be.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass, field
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.rules import AttemptState
from tests.browse import OWN_SITE, Browse
from tests.counts import IS_LONG
from tests.make import quizzes

pytestmark = pytest.mark.slow

SCHEDULES = 1000 if IS_LONG else 60
QUESTIONS = 3
WORTH = (1.0, 0.0, 0.5)
REVISION = re.compile(r'name="revision" value="(\d+)"')
CHOSEN = re.compile(r'value="(\w+)" checked')
FORGED = ("", "x", "-1", "99", "0", "1", "1; DROP TABLE answer", "9" * 30, None)


@dataclass
class Tab:
    """A window with what it shows: of each question the revision that it was told last."""

    seen: dict[int, int] = field(default_factory=dict)
    last: tuple[int, int, str | None] | None = None


@dataclass
class Play:
    """One schedule, and what should be stored: number of the question -> option and revision."""

    client: FlaskClient
    attempt_id: int
    asked: list[tuple[int, tuple[str, ...]]]
    chance: random.Random
    tabs: list[Tab]
    stored: dict[int, tuple[int, int]] = field(default_factory=dict)
    late: set[tuple[int, int]] = field(default_factory=set)
    is_over: bool = False
    told: Counter[str] = field(default_factory=Counter)

    def go(self) -> None:
        for _ in range(self.chance.randint(6, 14)):
            tab = self.chance.choice(self.tabs)
            act = self.chance.choices(("post", "repeat", "reload", "forge", "submit"), (8, 3, 3, 2, 1))[0]
            getattr(self, act)(tab)
            assert stored(self.asked) == self.stored, act

    def post(self, tab: Tab) -> None:
        number = self.chance.randrange(QUESTIONS)
        self.send(tab, number, self.chance.randrange(3), str(tab.seen.get(number, 0)))

    def repeat(self, tab: Tab) -> None:
        """The same bytes once more."""
        if tab.last:
            self.send(tab, *tab.last)

    def forge(self, tab: Tab) -> None:
        self.send(tab, self.chance.randrange(QUESTIONS), self.chance.randrange(3), self.chance.choice(FORGED))

    def send(self, tab: Tab, number: int, option: int, revision: str | None) -> None:
        question_id, names = self.asked[number]
        tab.last = number, option, revision
        data = {"choice": names[option]} | ({} if revision is None else {"revision": revision})
        reply = self.ask(self.client.post, f"/attempts/{self.attempt_id}/answers/{question_id}", data=data)
        expected = self.expected(number, option, revision)
        self.told[f"{reply.status_code}"] += 1
        assert reply.status_code == expected, (number, option, revision, self.stored)
        if expected == 409:  # the window says why, and shows what is saved
            tab.seen[number] = self.stored.get(number, (0, 0))[1]
            self.shows(reply.text, number)

    def expected(self, number: int, option: int, revision: str | None) -> int:
        """The status; what is saved is noted."""
        saved, at = self.stored.get(number, (None, 0))
        if self.is_over:
            self.late |= {(number, option)} if option != saved else set()
            return 303
        known = int(revision) if revision and revision.isdecimal() and len(revision) < 10 else None
        if known is None or (known != at and option != saved):
            return 409
        if option != saved:
            self.stored[number] = option, at + 1
        return 200

    def reload(self, tab: Tab) -> None:
        number = self.chance.randrange(QUESTIONS)
        reply = self.ask(self.client.get, f"/attempts/{self.attempt_id}/questions/{number + 1}")
        assert reply.status_code == (303 if self.is_over else 200)
        if not self.is_over:
            self.shows(reply.text, number)
            tab.seen[number] = self.stored.get(number, (0, 0))[1]

    def shows(self, page: str, number: int) -> None:
        option, revision = self.stored.get(number, (None, 0))
        assert REVISION.findall(page) == [str(revision)]
        assert CHOSEN.findall(page) == ([] if option is None else [self.asked[number][1][option]])

    def submit(self, _tab: Tab) -> None:
        reply = self.ask(self.client.post, f"/attempts/{self.attempt_id}/submission")
        assert reply.status_code == 303
        self.is_over = True

    def ask(self, how, address, **options):  # type: ignore[no-untyped-def]
        db.session.commit()
        return Context().run(partial(how, address, headers=OWN_SITE, **options))


def stored(asked: list[tuple[int, tuple[str, ...]]]) -> dict[int, tuple[int, int]]:
    places = {question_id: number for number, (question_id, _) in enumerate(asked)}
    rows = db.session.execute(sa.select(Answer.question_id, Answer.choice, Answer.revision))
    return {places[row.question_id]: (int(row.choice[0]), row.revision) for row in rows}


@pytest.fixture
def attempt(app: Flask) -> Iterator[tuple[FlaskClient, Attempt, list[tuple[int, tuple[str, ...]]]]]:
    room = quizzes.room(count=QUESTIONS)
    attempt = operations.start(room.actor)
    phone = Browse(app).as_person(room.person.id, room.training.id)
    asked = [(each.id, quizzes.names(attempt, each)) for each in room.questions]
    yield phone.client, attempt, asked


def test_whatever_two_and_three_windows_do_the_answers_are_those_of_the_rule(attempt) -> None:  # type: ignore[no-untyped-def]
    """A thousand schedules in the long run."""
    client, row, asked = attempt
    attempt_id, told = row.id, Counter[str]()
    for seed in range(SCHEDULES):
        for table in (Answer, LateAnswer):
            db.session.execute(sa.delete(table))
        fresh = {"state": AttemptState.IN_PROGRESS, "score": None, "submitted_at": None, "passed": None}
        db.session.execute(sa.update(Attempt).where(Attempt.id == attempt_id).values(fresh))
        chance = random.Random(seed)
        play = Play(client, attempt_id, asked, chance, [Tab() for _ in range(chance.choice((2, 2, 3)))])
        play.go()
        ended = db.session.get_one(Attempt, attempt_id, populate_existing=True)
        if play.is_over:
            assert ended.score == sum(WORTH[option] for option, _ in play.stored.values())
        assert kept(asked) == play.late, "late answers are kept apart, each once"
        told += play.told
    assert {"200", "303", "409"} <= told.keys(), told


def kept(asked: list[tuple[int, tuple[str, ...]]]) -> set[tuple[int, int]]:
    places = {question_id: number for number, (question_id, _) in enumerate(asked)}
    rows = db.session.execute(sa.select(LateAnswer.question_id, LateAnswer.choice)).all()
    found = {(places[row.question_id], int(row.choice[0])) for row in rows}
    assert len(found) == len(rows)
    return found
