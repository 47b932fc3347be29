"""What a quiz costs. `./dev bench quiz [--json] [--engine=postgresql]`.

Two processes of the real server; phones of this process ask as browsers do. A whole attempt is: the list of names, the
own name, the PIN, the page before it begins, ten answers, the review, handing in, the result. Times of the server are
the CPU seconds of all its processes (and of the database's), from `/proc`. Statements are counted in this process,
which runs the same application. The last line is JSON.
"""

import argparse
import asyncio
import json
import logging
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.accounts.notices import note_read
from app.platform.db import db, transaction
from app.platform.web import logging as logs
from app.quizzes import operations
from app.quizzes.gift import parse
from app.quizzes.models import Question
from app.quizzes.operations.drawing import prepare
from app.sessions.models import Seat
from app.sessions.rules import SeatState
from bench import quiz_analysis
from bench._phones import Failed, Phone, Reply
from bench._site import ENGINES, ROOT, Site, serving, site_on
from tests.browse import OWN_SITE, Browse
from tests.make import factories, quizzes
from tests.make.statements import counted

QUESTIONS, IN_A_ROOM = 10, 25
PEOPLE, EVERY, TURNS = 200, 3.0, 8
PAUSES = (1, 2, 4)  # seconds after which an answer is sent again, as by quiz.js
ALONE, WHOLE, AT_ONCE, PREPARED = 30, 60, 10, 500
LANGUAGES = ("en", "km", "vi", "bn", "ar")
MOST = {
    "cpu_seconds_per_attempt": 0.09, "statements_per_answer": 6, "cpu_ms_per_answer": 4.0, "bytes_first_page": 45_000,
    "requests_first_page": 4, "bytes_next_page": 6_000, "p95_ms": 300.0, "errors": 0, "answers_lost": 0,
    "prepare_500_seconds": 2.0, "analysis_cpu_seconds": 1.0,
}  # fmt: skip
TOLD = (
    "cpu_seconds_per_attempt", "statements_per_answer", "cpu_ms_per_answer", "bytes_first_page", "requests_first_page",
    "bytes_next_page", "p95_ms", "attempts_per_second", "errors", "answers_lost", "prepare_500_seconds",
    "analysis_cpu_seconds",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where one person takes the quiz."""

    code: str
    person_id: int


def fill(rooms: int) -> list[Place]:
    """Rooms with people who can take the real post-test of Supervisory Skills at this moment, ten questions of it."""
    places = []
    for _ in range(rooms):
        room = quizzes.room(is_open=False, language="km")
        db.session.query(Question).filter_by(unit_id=room.unit_id).delete()
        texts = {code: (ROOT / f"content/sst/{code}/post-test.gift").read_bytes() for code in LANGUAGES}
        operations.publish_bank(room.unit_id, {code: parse(text).questions[:QUESTIONS] for code, text in texts.items()})
        people = [room.person, *(room.another(language="km") for _ in range(IN_A_ROOM - 1))]
        for person in people:
            note_read(quizzes.actor(person, room.training), "km")
        operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 60)
        places += [Place(room.training.code, person.id) for person in people]
    return places


async def attempt(phone: Phone, place: Place) -> list[Reply]:
    """One whole attempt; the replies to its answers."""
    await phone.get(f"/join/{place.code}")
    await phone.get(f"/join/{place.code}?person={place.person_id}")
    await phone.post(f"/join/{place.code}", {"person": str(place.person_id), "pin": quizzes.PIN})
    page = await phone.post("/attempts")
    replies = []
    while asked := page.answer(len(replies)):
        page = await phone.post(*asked)
        replies.append(page)
    [submission] = re.findall(r'action="(/attempts/\d+/submission)"', page.text)
    await phone.post(submission)
    phone.close()
    return replies


async def attempts(site: Site, places: Sequence[Place], at_once: int) -> float:
    """Seconds in which everybody makes a whole attempt, so many of them at a time."""
    waiting = list(places)

    async def go() -> None:
        while waiting:
            assert len(await attempt(Phone(site.port), waiting.pop())) == QUESTIONS

    began = time.monotonic()
    await asyncio.gather(*(go() for _ in range(at_once)))
    return time.monotonic() - began


async def weigh(site: Site, place: Place) -> dict[str, float]:
    """Bytes and requests of the first page with an empty cache, and of the next."""
    phone = Phone(site.port)
    first = await _at_first_question(phone, place)
    parts = [await phone.get(part) for part in first.parts]
    following = await phone.post(*(first.answer(0) or ("", {})))
    phone.close()
    return {
        "bytes_first_page": first.size + sum(part.size for part in parts),
        "requests_first_page": 1 + len(parts),
        "bytes_next_page": following.size,
    }


async def _at_first_question(phone: Phone, place: Place) -> Reply:
    await phone.get(f"/join/{place.code}?person={place.person_id}")
    await phone.post(f"/join/{place.code}", {"person": str(place.person_id), "pin": quizzes.PIN})
    return await phone.post("/attempts")


async def crowd(site: Site, places: Sequence[Place]) -> dict[str, float]:
    """Everybody answers every three seconds, whether or not the site keeps up. Waiting counts from when it was due."""
    phones = [Phone(site.port) for _ in places]
    pages = [await _at_first_question(*each) for each in zip(phones, places, strict=True)]
    took: list[float] = []
    failed: Counter[str] = Counter()
    cpu, began = site.cpu(), time.monotonic()

    async def sit(phone: Phone, page: Reply, late: float) -> None:
        for turn in range(TURNS):
            due = began + late + turn * EVERY
            await asyncio.sleep(due - time.monotonic())
            sent, page = page, await _kept_at(phone, page, turn, failed)
            if page is sent:
                break
            took.append((time.monotonic() - due) * 1000)

    pick = random.Random(1)
    await asyncio.gather(*(sit(*each, pick.uniform(0, EVERY)) for each in zip(phones, pages, strict=True)))
    for phone in phones:
        phone.close()
    for kind, count in failed.most_common():
        print(f"{count} x {kind}", file=sys.stderr)
    took.sort()
    return {
        "cpu_ms_per_answer": (site.cpu() - cpu) / len(took) * 1000,
        "p50_ms": took[len(took) // 2],
        "p95_ms": took[int(len(took) * 0.95)],
        "answers": len(took),
        "errors": failed.total(),
        "answers_lost": len(phones) * TURNS - len(took),
    }


async def _kept_at(phone: Phone, page: Reply, turn: int, failed: Counter[str]) -> Reply:
    """The page after an answer, which is sent until it is saved, as the page's own script does; the same page when it
    never was.
    """
    for pause in (*PAUSES, 0):
        try:
            return await phone.post(*(page.answer(turn) or ("", {})))
        except Failed as error:
            failed[error.kind] += 1
            await asyncio.sleep(pause)
    return page


def statements(app: Flask) -> float:
    """The mean number of SQL statements of an answer with the next page, of all answers of an attempt."""
    with app.app_context():
        with transaction():
            room = quizzes.room(count=QUESTIONS)
            actor = quizzes.actor(room.person, room.training)
            attempt = operations.start(actor)
            asked = [(each.id, quizzes.names(attempt, each)[0]) for each in room.questions]
            attempt_id = attempt.id
        client = Browse(app).as_person(actor.person_id or 0, actor.training_id).client
        with counted() as seen:
            for question_id, name in asked:
                address, data = f"/attempts/{attempt_id}/answers/{question_id}", {"choice": name, "revision": "0"}
                assert Context().run(partial(client.post, address, data=data, headers=OWN_SITE)).status_code == 200
        return len(seen) / QUESTIONS


def prepared(app: Flask) -> float:
    """Seconds in which the attempts of five hundred people are made before a quiz opens."""
    with app.app_context(), transaction():
        room = quizzes.room(is_open=False)
        first = db.session.query(Seat).filter_by(training_id=room.training.id).one()
        said = ("training_id", "factory_id", "site_id", "modality", "requested_at")
        same = {name: getattr(first, name) for name in said}
        people = [factories.person(room.factory).id for _ in range(PREPARED)]
        db.session.add_all(Seat(person_id=each, state=SeatState.BOOKED, place=each, **same) for each in people)
        db.session.flush()
        began = time.monotonic()
        assert prepare(room.training.id, room.unit_id) == PREPARED + 1
        return time.monotonic() - began


def measure(app: Flask, also: Sequence[int]) -> dict[str, float]:
    """All figures. `also` are the processes of the database."""
    with app.app_context(), transaction():
        places = fill(math.ceil((PEOPLE + WHOLE + ALONE + 3) / IN_A_ROOM))
    found = {"statements_per_answer": statements(app), "prepare_500_seconds": prepared(app)}
    with app.app_context():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        db.engine.dispose()
    with serving(app, workers=2, also=also) as site:
        asyncio.run(attempts(site, [places.pop()], 1))  # warm
        asyncio.run(attempts(site, [places.pop()], 1))
        cpu = site.cpu()
        asyncio.run(attempts(site, [places.pop() for _ in range(ALONE)], 1))
        found["cpu_seconds_per_attempt"] = (site.cpu() - cpu) / ALONE
        found |= asyncio.run(weigh(site, places.pop()))
        found |= asyncio.run(crowd(site, [places.pop() for _ in range(PEOPLE)]))
        took = asyncio.run(attempts(site, [places.pop() for _ in range(WHOLE)], AT_ONCE))
        found["attempts_per_second"] = WHOLE / took
    found |= quiz_analysis.measure(app, also)
    return {name: round(value, 4 if value < 1 else 1) for name, value in found.items()}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="only the last line")
    arguments.add_argument("--engine", choices=ENGINES, default="sqlite")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    with site_on(chosen.engine) as (app, also):
        found = measure(app, also)
    if not chosen.json:
        for what, value in found.items():
            print(f"{what:<26} {value:>10}" + (f"  (at most {MOST[what]})" if what in MOST else ""))
    print(json.dumps({what: found[what] for what in TOLD}))
    return 1 if any(found[what] > most for what, most in MOST.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
