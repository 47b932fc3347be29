"""CPU of a sign-in by PIN, as the whole request costs it, and of the hash alone. `./dev bench sign_in [--json]`."""

import argparse
import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM
from app.accounts import operations, secrets
from app.accounts.models import PersonCard
from app.accounts.operations.cards import issue_missing
from app.boot import create_app
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.platform.web import logging as logs
from tests.make import factories

TIMES = 100
LIMIT = 20.0  # milliseconds of CPU
OWN_SITE = {"Sec-Fetch-Site": "same-origin"}
PIN = "471100"


def milliseconds(work: Callable[[], object]) -> float:
    """The median CPU time of one call."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return round(statistics.median(taken), 2)


def measure(folder: Path) -> dict[str, float]:
    url, key = f"sqlite:///{folder}/bench.db", "k" * 40
    app = create_app(Settings(env="test", secret_key=key, database_url=url, data_dir=folder, mail_transport="outbox"))
    with app.app_context(), transaction():
        upgrade(db.engine)
        person = factories.person(factories.factory()).id
        operations.set_pin(SYSTEM, person, PIN)
        issue_missing([person])
        token = db.session.query(PersonCard).one().token
    stored = secrets.hash_pin(PIN, "k" * 40)
    client = app.test_client()

    def sign_in() -> None:
        assert client.post(f"/card/{token}", data={"pin": PIN}, headers=OWN_SITE).status_code == 303

    client.get(f"/card/{token}")
    sign_in()
    return {
        "hash_ms": milliseconds(lambda: secrets.pin_matches(PIN, stored, "k" * 40)),
        "nobody_ms": milliseconds(lambda: secrets.pin_matches(PIN, None, "k" * 40)),
        "request_ms": milliseconds(sign_in),
        "limit_ms": LIMIT,
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    as_json = options.parse_args().json
    logs.configure(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    print(json.dumps(found) if as_json else "\n".join(f"{name:<12} {value:>7.2f}" for name, value in found.items()))
    return 0 if found["request_ms"] <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
