"""How the questions of a quiz work, of 20,000 attempts at 20 questions.
`./dev bench quiz_analysis [--json] [--engine=postgresql]`.

Seconds of the whole analysis as its page asks for it, reading and arithmetic: CPU of this process and of the database,
and by the clock. The last line is JSON.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import Scope
from app.courses.models import Unit
from app.factories.models import Person
from app.platform.db import db, transaction
from app.quizzes.models import Answer, Attempt
from app.quizzes.results.analysis import analysis
from app.quizzes.results.queries import Picked
from app.quizzes.rules import AttemptState
from bench._site import ENGINES, cpu_seconds, site_on
from tests.make import courses, factories, quizzes, sessions

ATTEMPTS, QUESTIONS, A_SESSION, TIMES, MOST = 20_000, 20, 100, 3, 1.0
BEGAN = datetime(2026, 5, 4, 2, tzinfo=UTC)


def fill(attempts: int = ATTEMPTS) -> tuple[int, int]:
    """So many people of both sexes, three languages and all abilities who have handed in a quiz; version and quiz."""
    pick = random.Random(7)
    version = courses.version()
    unit_id = courses.unit(version, "post-test").id
    asked = [question.id for question in quizzes.bank(unit_id, count=QUESTIONS)]
    factories.factory()
    for first in range(0, attempts, A_SESSION):
        training = sessions.training(version=version)
        count = min(A_SESSION, attempts - first)
        _insert(Person, [_person(first + number, pick) for number in range(count)])
        people = db.session.scalars(sa.select(Person.id).order_by(Person.id.desc()).limit(count)).all()
        made = [_attempt(training.id, unit_id, person_id, asked, pick) for person_id in people]
        _insert(Attempt, [attempt for attempt, _ in made])
        ids = db.session.scalars(sa.select(Attempt.id).where(Attempt.training_id == training.id).order_by(Attempt.id))
        chosen = dict(zip(ids, (choices for _, choices in made), strict=True))
        # People answer side by side, so the answers of one lie apart.
        _insert(Answer, [_answer(id_, asked, place, chosen[id_], pick) for place in range(QUESTIONS) for id_ in chosen])
    return version.id, unit_id


def seconds(version_id: int, unit_id: int, also: Sequence[int]) -> dict[str, float]:
    """The best of a few times; the CPU of the processes `also` is counted with that of this one."""
    found = []
    for _ in range(TIMES):
        db.session.expire_all()
        unit = db.session.get_one(Unit, unit_id)
        picked = Picked(version_id, "", "", {}, Scope(everything=True))
        clock, cpu = time.monotonic(), _cpu(also)
        told = analysis(picked, unit, ["en"])
        found.append((_cpu(also) - cpu, time.monotonic() - clock))
        assert (told.people > 0, len(told.items)) == (True, QUESTIONS)
    return {
        "analysis_cpu_seconds": round(min(cpu for cpu, _ in found), 3),
        "analysis_seconds": round(min(clock for _, clock in found), 3),
    }


def _cpu(also: Sequence[int]) -> float:
    return time.process_time() + (cpu_seconds(*also) if also else 0)


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    db.session.execute(sa.insert(model), rows)


def _person(number: int, pick: random.Random) -> dict[str, Any]:
    return {
        "name": f"Person {number}", "sex": pick.choice("FFFM"), "language": "km", "search_text": f"person {number}",
    }  # fmt: skip


def _attempt(
    training_id: int, unit_id: int, person_id: int, asked: list[int], pick: random.Random
) -> tuple[dict[str, Any], list[int]]:
    knows = pick.random()
    choices = [0 if pick.random() < knows else pick.choice((0, 1, 1, 2)) for _ in asked]
    began = BEGAN + timedelta(minutes=training_id)
    return {
        "training_id": training_id, "unit_id": unit_id, "person_id": person_id, "number": 1,
        "state": AttemptState.GRADED, "seed": 1, "question_ids": asked, "started_at": began,
        "submitted_at": began + timedelta(minutes=20), "score": sum((1.0, 0.0, 0.5)[each] for each in choices),
        "max_score": float(QUESTIONS),
    }, choices  # fmt: skip


def _answer(attempt_id: int, asked: list[int], place: int, choices: list[int], pick: random.Random) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id, "question_id": asked[place], "choice": [str(choices[place])], "revision": 1,
        "saved_at": BEGAN + timedelta(minutes=attempt_id, seconds=30 * place + pick.randrange(20)),
        "language": ("km", "en", "ar")[attempt_id % 3],
    }  # fmt: skip


def measure(app: Flask, also: Sequence[int] = (), attempts: int = ATTEMPTS) -> dict[str, float]:
    """Fill the database of the application and measure. `analysis_cpu_seconds` is what the goal is about."""
    with app.app_context():
        with transaction():
            filled = fill(attempts)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        return seconds(*filled, also)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the last line")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    chosen = parser.parse_args()
    with site_on(chosen.engine) as (app, also):
        found = measure(app, also)
    if not chosen.json:
        print(f"{ATTEMPTS} attempts at {QUESTIONS} questions: {found['analysis_cpu_seconds']} s (at most {MOST})")
    print(json.dumps({"bench": "quiz_analysis", "attempts": ATTEMPTS, "questions": QUESTIONS, **found}))
    return int(found["analysis_cpu_seconds"] > MOST)


if __name__ == "__main__":
    sys.exit(main())
