"""The server dies while answers are saved and handed in: what was acknowledged is there (TRAPS X1, X2)."""

import random
import threading
from dataclasses import dataclass
from fractions import Fraction

import pytest

from app.completions.models import Completion
from app.completions.operations import note_unit
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.quizzes import operations as quizzes
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import AttemptState
from tests.browse import Browse
from tests.faults.processes import Product
from tests.make import courses
from tests.make import quizzes as rooms

pytestmark = pytest.mark.slow

QUESTIONS = 6
ON_SUBMIT = ("quizzes.submitted", "quizzes.graded", "completions.completed", "certificates.issued", "quizzes.noted")
ON_ANSWER = ("quizzes.answered", "web.before_commit", "web.after_commit")


@dataclass(frozen=True)
class Sitting:
    """A person at a quiz; all options are known by the place they have in the bank."""

    cookie: str
    attempt: int
    questions: list[int]
    names: list[list[str]]

    def answer(self, number: int, option: int, revision: int = 0) -> tuple[str, dict[str, str]]:
        address = f"/attempts/{self.attempt}/answers/{self.questions[number]}"
        return address, {"choice": self.names[number][option], "revision": str(revision)}

    @property
    def submission(self) -> str:
        return f"/attempts/{self.attempt}/submission"


@pytest.fixture
def sitting(product: Product) -> Sitting:
    with product.app.app_context(), transaction():
        room = rooms.room(count=QUESTIONS)
        note_unit(
            person_id=room.person.id, training_id=room.training.id, version_id=room.training.version_id,
            unit_id=courses.unit(room.training.version, "meetings").id, share=Fraction(1), factory_id=room.factory.id, at=now(),
        )
        attempt = quizzes.start(room.actor)
        ids, names = [q.id for q in room.questions], [list(rooms.names(attempt, q)) for q in room.questions]
        attempt_id = attempt.id
        browse = Browse(product.app).as_person(room.person.id, room.training.id)
    return Sitting(browse.client.get_cookie("seamwise").value, attempt_id, ids, names)


def _saved(product: Product, sitting: Sitting) -> dict[int, tuple[int, int]]:
    """Number of the question -> option and revision."""
    with product.app.app_context():
        rows = db.session.query(Answer).all()
        return {sitting.questions.index(row.question_id): (int(row.choice[0]), row.revision) for row in rows}


@pytest.mark.parametrize("point", ON_ANSWER)
def test_killed_while_an_answer_is_saved(product: Product, sitting: Sitting, point: str, seed: int) -> None:
    chance = random.Random(f"{point} {seed}")
    options = [chance.randrange(3) for _ in range(QUESTIONS)]
    acknowledged = chance.randrange(1, QUESTIONS)
    posts = [(*sitting.answer(number, options[number]), "") for number in range(acknowledged)]
    fatal = sitting.answer(acknowledged, options[acknowledged])
    end = product.posts(sitting.cookie, [*posts, (*fatal, point)])
    assert (end.killed, end.statuses) == (True, [200] * acknowledged), end.told
    saved = _saved(product, sitting)
    assert {number: saved[number] for number in range(acknowledged)} == {n: (options[n], 1) for n in range(acknowledged)}
    assert (acknowledged in saved) is (point == "web.after_commit")
    again = [(*sitting.answer(number, options[number]), "") for number in range(QUESTIONS)]
    assert product.posts(sitting.cookie, again).statuses == [200] * QUESTIONS
    assert _saved(product, sitting) == {number: (option, 1) for number, option in enumerate(options)}


@pytest.mark.parametrize("point", ON_ANSWER)
def test_killed_while_an_answer_is_changed(product: Product, sitting: Sitting, point: str, seed: int) -> None:
    """It is the old one or the new one, and the revision says which."""
    posts = [(*sitting.answer(0, 1), ""), (*sitting.answer(0, 0, revision=1), point)]
    end = product.posts(sitting.cookie, posts)
    assert (end.killed, end.statuses) == (True, [200])
    assert _saved(product, sitting) == {0: (0, 2) if point == "web.after_commit" else (1, 1)}
    assert product.post(sitting.cookie, *sitting.answer(0, 0, revision=1)).statuses == [200], "sent again, as it was"
    assert _saved(product, sitting) == {0: (0, 2)}


def test_a_server_killed_at_any_moment_has_every_acknowledged_answer(
    product: Product, sitting: Sitting, seed: int
) -> None:
    """`flask serve` dies by SIGKILL while somebody changes answers as fast as it can take them; then it goes on."""
    chance = random.Random(seed)
    told: dict[int, tuple[int, int]] = {}
    tried: dict[int, tuple[int, int]] = {}
    with product.serving() as server:
        moment = threading.Timer(chance.uniform(0.05, 1.5), server.kill)
        while True:
            number, option = chance.randrange(QUESTIONS), chance.randrange(3)
            was, revision = told.get(number, (-1, 0))
            tried[number] = (option, revision + (option != was))
            status = server.post(*sitting.answer(number, option, revision), cookie=sitting.cookie)
            if status is None:
                break
            assert status == 200
            if not told:
                moment.start()
            told[number] = tried[number]
        moment.join()
    saved = _saved(product, sitting)
    for answer, expected in told.items():
        assert saved[answer] in ({expected} if answer != number else {expected, tried[number]})
    assert saved.keys() <= told.keys() | {number}
    with product.serving() as server:
        for answer in range(QUESTIONS):
            status = server.post(*sitting.answer(answer, 0, saved.get(answer, (0, 0))[1]), cookie=sitting.cookie)
            assert status == 200
        assert [server.post(sitting.submission, cookie=sitting.cookie) for _ in range(2)] == [303, 303]
    _one_grade(product, QUESTIONS)


def test_a_server_killed_while_a_quiz_is_handed_in(product: Product, sitting: Sitting, seed: int) -> None:
    """The line dies without an answer; the next server grades what was saved, once."""
    with product.serving(stop_at=random.Random(seed).choice(ON_SUBMIT)) as server:
        for number in range(QUESTIONS):
            assert server.post(*sitting.answer(number, 0), cookie=sitting.cookie) == 200
        assert server.post(sitting.submission, cookie=sitting.cookie) is None
    with product.serving() as server:
        too_long = (b"x" * 65_536 for _chunk in range(401))  # in chunks: nobody says how long it will be
        assert server.request("POST", sitting.answer(0, 1)[0], too_long, sitting.cookie) == 413
        assert [server.post(sitting.submission, cookie=sitting.cookie) for _ in range(3)] == [303] * 3
    _one_grade(product, QUESTIONS)


def _one_grade(product: Product, score: int) -> None:
    with product.app.app_context():
        attempt = db.session.query(Attempt).one()
        assert (attempt.state, attempt.score, attempt.max_score) == (AttemptState.GRADED, score, QUESTIONS)
        assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1
        assert db.session.query(Completion).count() == 1
