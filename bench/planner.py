"""CPU, statements and size of the calendar of a country, on SQLite. `./dev bench planner [--json]`.

400 factories and 400 training sessions in one month, each with three half-days, three rooms of factories and twenty
seats; asked by a trainer through the whole application, signing in included. Each time is the smallest mean of several
runs: what others do at the same time on this machine is not ours. The last line is JSON.
"""

import argparse
import gzip
import json
import logging
import sys
import tempfile
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.boot import create_app
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.platform.web import logging as logs
from app.sessions import operations
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality, SeatState
from app.sessions.rules.wall_time import HalfDay
from bench.catalogue import milliseconds
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make.statements import counted

FACTORIES, TRAININGS, SEATS, TRAINERS = 400, 400, 20, 30
MOST = {"month_statements": 12, "month_cpu_ms": 60.0, "month_wire_kb": 30.0}
MONTH = date(now().year + 1, 3, 1)
MODALITIES = (Modality.IN_PERSON, Modality.HYBRID, Modality.VIRTUAL)


def fill() -> Account:
    """A country; answers one of its trainers."""
    programme = factories.programme()
    mills = [factories.factory(name=f"Mill {each}", province=f"Province {each % 20}") for each in range(FACTORIES)]
    trainers = [accounts.account(Role.TRAINER, programme=programme) for _ in range(TRAINERS)]
    versions = [courses.version(f"course-{number}") for number in range(8)]
    people = [factories.person(mills[number % FACTORIES]).id for number in range(SEATS)]
    for number in range(TRAININGS):
        plan = Plan(
            programme_id=programme.id, version_id=versions[number % 8].id, language="km",
            half_days=tuple(half_day(number, each) for each in range(3)), trainer_ids=(trainers[number % TRAINERS].id,),
            capacity_in_person=20, capacity_virtual=20, venue="Training centre",
            factory_ids=tuple(mill.id for mill in mills[number : number + 3]), remote=True,
        )  # fmt: skip
        seat(operations.schedule(SYSTEM, plan).id, mills, people)
    return trainers[0]


def half_day(number: int, each: int) -> PlannedHalfDay:
    day = MONTH + timedelta(days=(number + 9 * each) % 31)
    starts = datetime.combine(day, datetime.min.time()) + timedelta(hours=8 + 2 * each)
    modality = MODALITIES[number % 3]
    link = None if modality is Modality.IN_PERSON else "https://meet.example/room"
    return PlannedHalfDay(HalfDay(starts, starts + timedelta(hours=2), "Asia/Phnom_Penh"), modality, link)


def seat(training_id: int, mills: list[Factory], people: list[int]) -> None:
    """Everybody is booked everywhere: it is only counted."""
    training = db.session.get_one(TrainingSession, training_id)
    venue = training.sites[0]
    rows = [
        {
            "training_id": training_id, "factory_id": mills[(training_id + place) % FACTORIES].id, "person_id": person,
            "site_id": venue.id, "modality": Modality.IN_PERSON, "state": SeatState.BOOKED, "place": place,
            "requested_at": now(), "is_walk_in": False,
        }
        for place, person in enumerate(people, 1)
    ]  # fmt: skip
    db.session.execute(sa.insert(Seat), rows)


def measure(folder: Path) -> dict[str, float]:
    """Everything, in milliseconds, statements and kilobytes."""
    url = f"sqlite:///{folder}/bench.db"
    settings = Settings(env="test", secret_key="b" * 40, mail_transport="outbox", database_url=url, data_dir=folder)
    app = create_app(settings)
    found: dict[str, float] = {}
    with app.app_context():
        upgrade(db.engine)
        with transaction():
            trainer = fill()
            reader = Browse(app).as_account(trainer)
        addresses = {view: f"/sessions/calendar?view={view}&day={MONTH}" for view in ("month", "week", "agenda")}
        addresses |= {"province": f"{addresses['month']}&province=Province+7", "load": f"/sessions/load?day={MONTH}"}
        addresses["empty page"] = "/sessions/calendar?day=2001-01-01"
        for name, address in addresses.items():
            with counted() as statements:
                answer = reader.client.get(address)
            assert answer.status_code == 200, address
            found[f"{name}: statements"] = len(statements)
            found[f"{name}: kB raw"] = round(len(answer.data) / 1000, 1)
            found[f"{name}: kB on the wire"] = round(len(gzip.compress(answer.data, 5)) / 1000, 1)
            found[f"{name}: CPU ms"] = milliseconds(partial(reader.client.get, address))
    return found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        taken = measure(Path(name))
    if not chosen.json:
        for words, value in taken.items():
            print(f"{words:<40} {value:>8}")
    found = {
        "month_statements": taken["month: statements"],
        "month_cpu_ms": taken["month: CPU ms"],
        "month_wire_kb": taken["month: kB on the wire"],
    }
    missed = [name for name, most in MOST.items() if found[name] > most]
    print(json.dumps({"bench": "planner", "trainings": TRAININGS, **found, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
