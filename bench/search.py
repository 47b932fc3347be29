"""CPU of finding a person among 150,000, on SQLite and on PostgreSQL. `./dev bench search [--json] [--engine sqlite]`.

The time is that of this process and, on PostgreSQL, of the server's process for this connection (from `/proc`): the
mean of many searches for the first page with the places of everybody on it, of the slowest of several words, asked by
the system and by somebody who sees two factories. The last line is JSON.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.boot import create_app
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.search import find_people, places
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.platform.i18n.folding import searchable
from app.platform.web.paging import paginate
from tests.peers import postgres

PEOPLE, FACTORIES, TIMES = 150_000, 100, 20
MOST = {"sqlite": 40.0, "postgresql": 20.0}  # milliseconds of CPU
FAMILY = ("Seng", "Chea", "Kim", "Long", "Heng", "Ouk", "Tan", "Sok", "Keo", "Nguyễn", "Begum", "Karim", "Silva")
GIVEN = ("Dara", "Chan", "Srey", "Vanna", "Sophea", "Rina", "Pisey", "Thị Lan", "Văn Nam", "Akter", "Bekele", "Anoma")
LOCAL = ("សុខ", "ដារ៉ា", "ចាន់", "ស្រី", "វណ្ណា", "សុភា", "រីណា", "সালমা", "করিম", "በቀለ", "රශ්මි")
WORDS = ("dara", "ouk rina", "សុភា", "ស្រី", "nguyen", "zzz", "karim akter", "00123", "abc")


def fill() -> None:
    """People of made-up names in factories of one programme."""
    pick = random.Random(7)
    zone = "Asia/Phnom_Penh"
    programme = Programme(code="KH", name={"en": "KH"}, country="KH", zone=zone, rest_days=[7], languages=["km"])
    db.session.add(programme)
    db.session.flush()
    told = {"local_name": None, "language": "km", "province": "Kandal", "programme_id": programme.id}
    for number in range(1, FACTORIES + 1):
        db.session.add(Factory(id=number, code=f"F{number}", name=f"Factory {number}", **told))
    db.session.flush()
    for start in range(1, PEOPLE + 1, 10_000):
        ids = range(start, min(start + 10_000, PEOPLE + 1))
        db.session.execute(sa.insert(Person), [_person(each, pick) for each in ids])
        db.session.execute(sa.insert(Employment), [_employment(each) for each in ids])


def _person(number: int, pick: random.Random) -> dict[str, object]:
    name = f"{pick.choice(FAMILY)} {pick.choice(GIVEN)} {pick.choice(GIVEN)}"
    local = f"{pick.choice(LOCAL)} {pick.choice(LOCAL)}"
    return {"id": number, "name": name, "local_name": local, "language": "km", "search_text": searchable(name, local)}


def _employment(number: int) -> dict[str, object]:
    key = f"{number // FACTORIES:05d}"
    return {
        "person_id": number, "factory_id": number % FACTORIES + 1, "employee_number": key,
        "number_key": key.lstrip("0") or "0", "started_on": date(2024, 1, 1),
    }


def search(actor: Actor, words: str) -> None:
    """What the page does."""
    shown = paginate(find_people(actor, words), 1)
    places(actor, [person.id for person in shown.rows])


def milliseconds(cpu: Callable[[], float], actor: Actor, words: str) -> float:
    """The mean CPU time of one search, after one that fills the caches."""
    search(actor, words)
    began = cpu()
    for _ in range(TIMES):
        search(actor, words)
    return round((cpu() - began) * 1000 / TIMES, 2)


def meter() -> Callable[[], float]:
    """Seconds of CPU of this process and of the server's for this connection."""
    if db.session.get_bind().dialect.name == "sqlite":
        return time.process_time
    server = Path(f"/proc/{db.session.scalar(sa.text('SELECT pg_backend_pid()'))}/stat")
    ticks = os.sysconf("SC_CLK_TCK")

    def both() -> float:
        used = server.read_text().rpartition(")")[2].split()
        return time.process_time() + (int(used[11]) + int(used[12])) / ticks

    return both


def measure(url: str, folder: Path) -> dict[str, float]:
    """Milliseconds of each search."""
    app = create_app(Settings(env="test", mail_transport="outbox", database_url=url, data_dir=folder))
    with app.app_context():
        upgrade(db.engine)
        with transaction():
            fill()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        few = Actor(account_id=1, grants=tuple(Grant(Role.FOCAL_POINT, factory_id=number) for number in (3, 4)))
        cpu = meter()
        asked = {"": SYSTEM, " (two factories)": few}
        return {f"{words}{of}": milliseconds(cpu, actor, words) for of, actor in asked.items() for words in WORDS}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--engine", choices=sorted(MOST), action="append")
    chosen = arguments.parse_args()
    found: dict[str, float] = {}
    for engine in chosen.engine or sorted(MOST):
        server = postgres.start() if engine == "postgresql" else None
        try:
            with tempfile.TemporaryDirectory() as name:
                url = server.url if server else f"sqlite:///{name}/bench.db"
                taken = measure(url, Path(name))
        finally:
            if server:
                server.stop()
        found[f"{engine}_cpu_ms"] = max(taken.values())
        if not chosen.json:
            for words, value in taken.items():
                print(f"{engine:<12} {words:<30} {value:>8}  (at most {MOST[engine]})")
    missed = [engine for engine, most in MOST.items() if found.get(f"{engine}_cpu_ms", 0) > most]
    print(json.dumps({"bench": "search", "people": PEOPLE, **found, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
