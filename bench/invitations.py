"""Queueing 2,000 invitations, and sending them by one worker to a local mail server, on SQLite.

`./dev bench invitations [--json]`. Queueing is the confirmation of a training session of four half-days with 500 people
in several languages, as one transaction; sending is the real worker, which talks SMTP with a server in this process.
Each time is the smallest of several runs: what others do at the same time on this machine is not ours. The last line is
JSON.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM
from app.boot import create_app
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from app.platform.jobs.cli import worker_of
from app.platform.web import logging as logs
from app.sessions import operations
from app.sessions.rules import SiteKind
from tests.make import factories, sessions
from tests.peers.smtp import SmtpPeer

PEOPLE, DAYS, RUNS, SENT = 500, (5, 6, 7, 8), 3, 1000
LANGUAGES = ("km", "en", "vi", "ar")
MOST, LEAST = {"queue_2000_seconds": 2.0}, {"sent_per_second": 50.0}


def lay() -> int:
    """A tentative training session with 500 booked people."""
    factory = factories.factory()
    training = sessions.training(in_person=PEOPLE, virtual=PEOPLE, days=DAYS)
    for number in range(PEOPLE):
        person = factories.person(
            factory, email=f"p{training.id}-{number}@mill.example", language=LANGUAGES[number % len(LANGUAGES)]
        )
        sessions.seat(training, factory, person, kind=SiteKind.REMOTE if number % 3 else SiteKind.VENUE)
    return training.id


def queue(app: Flask) -> float:
    """Seconds from the click until everything is written down."""
    with app.app_context():
        with transaction():
            training_id = lay()
        begun = time.perf_counter()
        with transaction():
            operations.confirm(SYSTEM, training_id)
        return time.perf_counter() - begun


def send(app: Flask, peer: SmtpPeer) -> float:
    """Mails a second that one worker hands over."""
    worker = worker_of(app)
    begun, before = time.perf_counter(), len(peer.messages)
    while len(peer.messages) - before < SENT:
        worker.do_next()
    return SENT / (time.perf_counter() - begun)


def measure(folder: Path) -> dict[str, float]:
    """The figures."""
    with SmtpPeer() as peer:
        app = create_app(Settings(
            env="test", secret_key="b" * 40, database_url=f"sqlite:///{folder}/bench.db", data_dir=folder,
            mail_transport="smtp", smtp_host=peer.host, smtp_port=peer.port, smtp_security="plain",
            mail_sender="training@seamwise.example", base_url="https://seamwise.example",
        ))  # fmt: skip
        with app.app_context():
            upgrade(db.engine)
        seconds = min(queue(app) for _ in range(RUNS))
        rate = max(send(app, peer) for _ in range(RUNS))
        with app.app_context():
            db.engine.dispose()
    return {"queue_2000_seconds": round(seconds, 2), "sent_per_second": round(rate, 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the line of JSON")
    as_json = parser.parse_args().json
    logs.configure(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    if not as_json:
        for name, value in found.items():
            print(f"{name:24} {value:10}   wanted {'<= ' if name in MOST else '>= '}{ {**MOST, **LEAST}[name]}")
    print(json.dumps(found))
    slow = any(found[name] > most for name, most in MOST.items())
    return int(slow or any(found[name] < least for name, least in LEAST.items()))


if __name__ == "__main__":
    sys.exit(main())
