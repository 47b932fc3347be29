"""How long the evidence pack of a factory takes: a thousand days of the factory with the most certificate files, every
table and every certificate file that there is, its PDF, its hashes and its signature, onto the disk. And the memory
that this takes: the peak of a process of its own. That factory alone has files and answers in what is
loaded; its log is that of its certificates.
"""

import logging
import os
import sys
import tempfile
import time
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.certificates.models import Certificate
from app.certificates.signing import keys as sets
from app.learning_record.evidence import operations, packing, queries
from app.learning_record.evidence.rules import Period
from app.platform.clock import now, telling
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.files import files
from bench._site import site_on
from tests.make import certificates, evidence

PEOPLE, FILE_BYTES = 300, 80_000
"""Of the small site that is measured when this file is run by itself."""


def evidence_pack_seconds(app: Flask) -> float:
    """Seconds for one pack, the first of its day, on whatever the database holds."""
    return measured(app)[0]


def evidence_pack_mb(app: Flask) -> float:
    """Megabytes that a process has had at most when the pack is written; the application itself takes half of that."""
    return measured(app)[1]


@lru_cache(maxsize=1)
def measured(app: Flask) -> tuple[float, float]:
    """Seconds and megabytes of one pack: a process has no way to forget its peak, so it is made in another."""
    with tempfile.TemporaryDirectory() as place:
        told = Path(place) / "seconds"
        child = os.fork()
        if not child:
            _told(app, Path(place), told)
        _pid, status, used = os.wait4(child, 0)
        if status:
            sys.exit(1)
        return float(told.read_text()), round(used.ru_maxrss / 1024, 1)


def _told(app: Flask, place: Path, told: Path) -> NoReturn:
    """In the process of its own, which ends with it."""
    try:
        with app.app_context(), force_locale("en"):
            db.engine.dispose(close=False)  # connections are those of the process that opened them
            told.write_text(str(round(_seconds(place), 2)))
    except Exception:
        logging.getLogger(__name__).exception("The pack was not made.")
    finally:
        os._exit(0 if told.exists() else 1)


def _seconds(place: Path) -> float:
    keys = sets.create(place / "keys", "bench", "Bench", "http://localhost/crl", now())
    filed = sa.func.count(Certificate.file_key).desc()
    most = sa.select(Certificate.factory_id).group_by(Certificate.factory_id).order_by(filed)
    factory = queries.factory(db.session.scalars(most.limit(1)).one())
    day = operations.yesterday(factory)
    about = queries.about(factory, Period(day - timedelta(days=1000), day, day), "en")
    began = time.perf_counter()
    kept = operations.kept(about, ROOT / settings().fonts_dir)
    with (place / "pack.zip").open("w+b") as out:
        packing.write(out, about, kept, files(), keys)
    return time.perf_counter() - began


if __name__ == "__main__":
    with site_on(sys.argv[1] if len(sys.argv) > 1 else "sqlite") as (site, _processes):
        with site.app_context():
            held = evidence.site(PEOPLE)
            with telling(evidence.HELD):
                for person in held.people[1:]:
                    made = certificates.certificate(person, held.factory, held.version, at=evidence.HELD)
                    certificates.drawn(made, os.urandom(FILE_BYTES))
            db.session.commit()
        seconds, megabytes = measured(site)
        print(f"{seconds} s, {megabytes} MB")
