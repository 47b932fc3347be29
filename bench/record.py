"""What coverage costs. `./dev bench record [--engine sqlite|postgresql] [--size country|global] [--json]`.

A programme of that size is loaded first, which takes minutes; `--database` measures one that is loaded already. Times
are CPU milliseconds of this process and of the database's: the figures of one factory, of a country of 400, of every
country; the country's as printed three years ago; what somebody who completes a course costs coverage, all told; and
what the portfolio reads of 400 factories, by sex and with what each declared.
The last line is JSON.
"""

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg
import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.boot import create_app, spare_the_collector
from app.completions.models import Completion
from app.coverage import queries
from app.coverage.ledger.settling import settle_people
from app.coverage.queries import wide
from app.factories.models import Factory, Programme
from app.platform.clock import now, today
from app.platform.config import Settings
from app.platform.db import db
from app.platform.web import logging as logs
from bench._site import ENGINES, cpu_seconds, site_on
from tests.make.statements import counted

LONG_AGO = timedelta(days=3 * 365)
FACTORIES, MARKS, TIMES = 40, 40, 10
MOST = {
    "cpu_ms_factory": 30.0, "cpu_ms_country": 100.0, "cpu_ms_world": 300.0, "cpu_ms_past_date": 300.0,
    "cpu_ms_mark": 5.0,
}  # fmt: skip
_POSTMASTER = "SELECT pg_backend_pid()"


class Meter:
    """CPU seconds of this process and of the processes of the database."""

    def __init__(self, roots: list[int]) -> None:
        self._roots = roots

    def ms(self, act: Callable[[], object], times: int) -> float:
        """Milliseconds that `act` takes once, of so many times; a first one that warms is not counted."""
        act()
        own, others = time.process_time(), cpu_seconds(*self._roots) if self._roots else 0.0
        for _time in range(times):
            act()
        spent = time.process_time() - own + (cpu_seconds(*self._roots) - others if self._roots else 0.0)
        return round(spent / times * 1000, 1)


def statements(act: Callable[[], object]) -> int:
    """How many statements it takes."""
    with counted() as seen:
        act()
    return len(seen)


def measure(roots: list[int]) -> dict[str, float]:
    """All figures, of the database that is there."""
    meter, programmes = Meter(roots), db.session.scalars(sa.select(Programme).order_by(Programme.id)).all()
    zones = {each.id: each.zone for each in programmes}
    largest = max(programmes, key=lambda each: (each.code == "VN", -each.id))
    in_country = sa.select(Factory).where(Factory.programme_id == largest.id).order_by(Factory.id)
    own = db.session.scalars(in_country.limit(400)).all()
    factories = iter(own[: FACTORIES + 2] * 2)
    past = today(largest.zone) - LONG_AGO

    def factory() -> object:
        return queries.measures(next(factories))

    def country(on: date | None = None) -> object:
        return queries.required([largest.id], on), wide.of_country([largest.id], on)

    def world() -> object:
        return wide.world(queries.required(zones), zones)

    def portfolio() -> object:
        return queries.measures_of(own, queries.required([largest.id]))

    completed = iter(_completed(largest.id))

    def mark() -> object:
        return settle_people([next(completed)], "completion")

    return {
        "cpu_ms_factory": meter.ms(factory, FACTORIES),
        "cpu_ms_country": meter.ms(country, TIMES),
        "cpu_ms_world": meter.ms(world, TIMES),
        "cpu_ms_past_date": meter.ms(lambda: country(past), TIMES),
        "cpu_ms_mark": meter.ms(mark, MARKS),
        "cpu_ms_portfolio": meter.ms(portfolio, TIMES),
        "statements_factory": statements(factory),
        "statements_country": statements(country),
        "statements_world": statements(world),
        "statements_mark": statements(mark),
    }


def _completed(programme_id: int) -> list[int]:
    """People whose last completion has just been taken back, so that coverage has something to say of each."""
    rows = db.session.execute(
        sa.select(Completion.id, Completion.person_id)
        .join(Factory, Factory.id == Completion.factory_id)
        .where(Factory.programme_id == programme_id, Completion.withdrawn_at.is_(None))
        .order_by(Completion.completed_at.desc())
        .limit(MARKS * 20)
    ).all()
    last = {row.person_id: row.id for row in reversed(rows)}
    taken = list(last.items())[: MARKS + 2]
    gone = sa.update(Completion).where(Completion.id.in_([number for _person, number in taken]))
    db.session.execute(gone.values(withdrawn_at=now()))
    return [person for person, _number in taken]


@contextmanager
def loaded(engine: str, size: str) -> Iterator[tuple[Flask, list[int]]]:
    """An application whose database holds a programme of the size."""
    with site_on(engine) as (app, also):
        done = app.test_cli_runner().invoke(args=["demo", "load", "--size", size])
        if done.exit_code:
            sys.exit(done.output)
        yield app, also


@contextmanager
def there(url: str) -> Iterator[tuple[Flask, list[int]]]:
    """An application on a database that is loaded already."""
    folder = Path("/tmp/seamwise-bench")
    settings = Settings(
        env="test", secret_key="k" * 40, database_url=url, data_dir=folder, mail_transport="outbox",
        base_url="http://localhost", mail_sender="training@seamwise.example",
    )  # fmt: skip
    app = create_app(settings)
    spare_the_collector()
    yield app, _server(url)


def _server(url: str) -> list[int]:
    if not url.startswith("postgresql"):
        return []
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        [(backend,)] = connection.execute(_POSTMASTER).fetchall()
        return [int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="only the last line")
    arguments.add_argument("--engine", choices=ENGINES, default="sqlite")
    arguments.add_argument("--size", choices=("country", "global"), default="country")
    arguments.add_argument("--database", help="address of a database that holds it already")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    site = there(chosen.database) if chosen.database else loaded(chosen.engine, chosen.size)
    with site as (app, roots), app.app_context():
        found = measure(roots)
        db.session.rollback()
    if not chosen.json:
        for what, value in found.items():
            print(f"{what:<20} {value:>10}" + (f"  (at most {MOST[what]})" if what in MOST else ""))
    print(json.dumps({**found, "engine": chosen.engine, "size": chosen.size}))
    return 1 if any(found[what] > most for what, most in MOST.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
