"""CPU of a calendar that people subscribe to, with 200 entries. `./dev bench feeds [--json]`.

The time is that of this process, through the whole site as the calendar program asks: the whole file after a change of
everything (no entry was ever written before), the whole file again, and the answer that nothing has changed. The last
line is JSON.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from contextvars import Context
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.boot import create_app
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.platform.web import logging as logs
from app.sessions import operations
from app.sessions.calendar import wording
from app.sessions.feeds import operations as feeds
from app.sessions.feeds.rules import FeedKind, token
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import HalfDay
from tests.make import accounts, courses, factories

ENTRIES, TIMES = 200, 20
MOST = {"first_cpu_ms": 20.0, "again_cpu_ms": 20.0, "unchanged_cpu_ms": 2.0}


def fill() -> str:
    """A trainer with 200 half-days; answers the address of the calendar."""
    programme, version = factories.programme(), courses.version()
    trainer = accounts.account(Role.TRAINER, programme=programme, email="trainer@office.example", language="km")
    monday = now().replace(tzinfo=None, hour=8, minute=0, second=0, microsecond=0) + timedelta(days=3)
    for week in range(ENTRIES // 10):
        half_days = tuple(
            PlannedHalfDay(_half_day(monday + timedelta(days=7 * week + part // 2), part % 2), Modality.HYBRID, "https://meet.example/a")
            for part in range(10)
        )
        training = operations.schedule(
            SYSTEM,
            Plan(
                programme_id=programme.id, version_id=version.id, language="km", half_days=half_days,
                trainer_ids=(trainer.id,), capacity_in_person=20, capacity_virtual=20, venue="Hall", remote=True,
            ),
        )
        operations.confirm(SYSTEM, training.id)
    feed = feeds.subscribe(accounts.actor(trainer), FeedKind.TEACHING)
    return token(feed.id, feed.version, KEY)


KEY = "bench-only-0123456789-abcdefghijklmnop"


def _half_day(day: datetime, part: int) -> HalfDay:
    starts = day.replace(hour=8 if part == 0 else 13)
    return HalfDay(starts, starts + timedelta(hours=4), "Asia/Phnom_Penh")


def measured(ask: Callable[[], TestResponse], times: int = TIMES) -> float:
    """The mean CPU time in milliseconds."""
    began = time.process_time()
    for _ in range(times):
        ask()
    return round((time.process_time() - began) * 1000 / times, 2)


def forget() -> None:
    """Whatever was kept of entries that were written before."""
    for kept in (getattr(wording, name) for name in dir(wording)):
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


def measure(app: Flask, address: str) -> dict[str, float]:
    """Milliseconds by question."""
    client = app.test_client()

    def ask(**headers: str) -> TestResponse:
        return Context().run(lambda: client.get(address, headers=headers))

    whole = ask()
    assert whole.status_code == 200 and whole.text.count("BEGIN:VEVENT") == ENTRIES
    mark = {"If-None-Match": whole.headers["ETag"]}
    assert ask(**mark).status_code == 304
    fresh = []
    for _ in range(5):
        forget()
        fresh.append(measured(ask, 1))
    return {
        "first_cpu_ms": sorted(fresh)[2],
        "again_cpu_ms": measured(ask),
        "unchanged_cpu_ms": measured(lambda: ask(**mark), 200),
    }


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{name}/bench.db"
        settings = Settings(env="test", mail_transport="outbox", database_url=url, data_dir=Path(name), secret_key=KEY)
        app = create_app(settings)
        with app.app_context():
            upgrade(db.engine)
            with transaction():
                secret = fill()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("ANALYZE"))
        found = measure(app, f"/calendar/{secret}.ics")
    missed = [what for what, most in MOST.items() if found[what] > most]
    if not chosen.json:
        for what, value in found.items():
            print(f"{what:<20} {value:>8}  (at most {MOST[what]})")
    print(json.dumps({"bench": "feeds", "entries": ENTRIES, **found, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
