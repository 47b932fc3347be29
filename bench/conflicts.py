"""CPU of looking for what speaks against a training session of 60 people. `./dev bench conflicts [--json]`.

A country of 400 training sessions in the same month, 2,400 supervisors in 40 factories, rooms, interpreters, host
accounts, rules, leave and holidays; the one that is judged has two half-days, ten factories and 60 people, half of
whom sit elsewhere at the time. On SQLite; the smallest mean of several runs. The last line is JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from datetime import timedelta
from itertools import product
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.roles import Role
from app.boot import create_app
from app.factories.models import Person, Programme
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.sessions.conflicts.proposals import of_training
from app.sessions.conflicts.queries import conflicts_of
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import SeatState
from tests.make import accounts, courses, factories, registers, sessions, structure
from tests.make.statements import counted

SESSIONS, FACTORIES, LINES, CREW, PEOPLE = 400, 40, 15, 4, 60
TIMES, RUNS = 10, 9
MOST = {"conflicts_cpu_ms": 30.0, "conflicts_statements": 20}


def fill() -> int:
    """The country; answers the training session to be judged."""
    programme = factories.programme()
    version, trainer = courses.version(), accounts.account(Role.TRAINER, programme=programme)
    room, who, host = registers.room("", programme), registers.interpreter("", programme), registers.host("", programme)
    registers.qualified(trainer, version)
    registers.speaks(trainer, "en")
    lunch = {"name": {"en": "Lunch"}, "starts": "11:30", "ends": "12:30", "days": [1, 2, 3, 4, 5, 6]}
    registers.rules(programme, breaks=[lunch])
    people = _people(programme)
    begins = sessions.monday(30)
    for number in range(0, 28, 7):
        structure.holiday(programme, begins + timedelta(days=number))
    first = (begins - now().date()).days
    made = [
        sessions.training(
            programme=programme, version=version, days=(first + number % 28, first + number % 28 + 1),
            trainers=[trainer] if number % 28 == 0 else [],
        )
        for number in range(SESSIONS + 1)
    ]  # fmt: skip
    for number, training in enumerate(made):
        if number % 28 == 0:
            sessions.site(training).room_id = room.id
            registers.interpreting(training, who)
            for meeting in training.meetings:
                meeting.host_id = host.id
        _seat(training, people[number % 7 :: 7][:PEOPLE] if number else people[:PEOPLE])
    registers.away(trainer, begins)
    return made[0].id


def _people(programme: Programme) -> list[tuple[int, int]]:
    """Supervisors with their factories, as (person, factory)."""
    mills = [factories.factory(programme_id=programme.id) for _ in range(FACTORIES)]
    places = product(mills, range(LINES), range(CREW))
    return [(factories.person(mill, line=f"Line {line}").id, mill.id) for mill, line, _ in places]


def _seat(training: TrainingSession, people: list[tuple[int, int]]) -> None:
    site = sessions.site(training)
    known = {
        "training_id": training.id, "site_id": site.id, "modality": site.kind.modality, "state": SeatState.BOOKED,
        "requested_at": training.created_at, "settled_at": training.created_at,
    }  # fmt: skip
    seats = [
        {**known, "person_id": person, "factory_id": factory, "place": place}
        for place, (person, factory) in enumerate(people, 1)
    ]
    db.session.execute(sa.insert(Seat), seats)


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds, statements, and how much there was to look at."""
    url = f"sqlite:///{folder}/bench.db"
    app = create_app(Settings(env="test", mail_transport="outbox", database_url=url, data_dir=folder))
    with app.app_context():
        upgrade(db.engine)
        with transaction():
            number = fill()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        training = db.session.get_one(TrainingSession, number)
        actor = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=training.programme))
        proposal = of_training(training)
        with counted() as statements:
            found = conflicts_of(actor, proposal)
        best = float("inf")
        for _ in range(RUNS):
            began = time.process_time()
            for _ in range(TIMES):
                conflicts_of(actor, proposal)
            best = min(best, time.process_time() - began)
        rows = {each.__tablename__: _count(each) for each in (TrainingSession, Meeting, Seat, Person)}
        return {
            "conflicts_cpu_ms": round(best * 1000 / TIMES, 2), "conflicts_statements": len(statements),
            "found": len(found), **rows,
        }  # fmt: skip


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        taken = measure(Path(name))
    if not chosen.json:
        for words, value in taken.items():
            print(f"{words:<30} {value:>8}")
    missed = [name for name, most in MOST.items() if taken[name] > most]
    print(json.dumps({"bench": "conflicts", **taken, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
