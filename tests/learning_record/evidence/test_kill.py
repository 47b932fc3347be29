"""A worker that dies while it makes a pack leaves nothing half-made, and the next one makes the same bytes."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.factories.models import Factory
from app.learning_record.evidence import operations
from app.learning_record.evidence.models import EvidencePack, EvidenceState
from app.learning_record.evidence.rules import Period
from app.platform.db import db, transaction
from app.platform.files import handouts
from tests.conftest import Databases
from tests.counts import sampled
from tests.faults.processes import LEASE_SECONDS, Hatchery, Product
from tests.make import accounts, evidence
from tests.make.evidence import PERIOD

POINTS = (
    "evidence.packing", "evidence.kept", "evidence.written", "files.written", "evidence.stored", "jobs.worked", "evidence.noted",
    "jobs.finished",
)  # fmt: skip
BEFORE_KEPT = {"evidence.packing"}


def _order(app: Flask, code: str, period: Period) -> int:
    with app.app_context(), transaction():
        return operations.order(accounts.actor(accounts.account(Role.ADVISOR)), code, period).id


def _row(app: Flask, pack_id: int) -> EvidencePack:
    with app.app_context():
        found = db.session.get_one(EvidencePack, pack_id)
        db.session.expunge(found)
        return found


@pytest.mark.slow
def test_killed_at_every_point_it_is_made_all_the_same(own_app: Flask, databases: Databases, hatchery: Hatchery) -> None:
    product = Product(own_app, hatchery)
    with own_app.app_context(), transaction():
        evidence.sign()
        code = evidence.site().factory.code
    for number, point in enumerate(sampled(POINTS, f"evidence {databases.engine}", 2)):
        period = replace(PERIOD, at=PERIOD.at + timedelta(days=number))
        pack_id = _order(own_app, code, period)
        assert product.work(stop_at=point).killed, point
        row = _row(own_app, pack_id)
        if point != "jobs.finished":
            assert not row.is_settled, point
            assert row.file_key is None, point
            assert 0 <= row.done < max(row.steps, 1), point  # what the page says until somebody begins anew
        with own_app.app_context():
            kept = db.session.query(EvidenceState).filter_by(as_of=period.at).count()
            assert kept == (point not in BEFORE_KEPT), point
        time.sleep(LEASE_SECONDS + 0.1)
        assert product.work().code == 0
        row = _row(own_app, pack_id)
        assert row.failed is None, point
        assert row.done == row.steps, point
        with own_app.app_context():
            opened, size = handouts().opened(row.file_key or "")
            with opened:
                data = opened.read()
            assert size == row.size == len(data)
            assert data == evidence.made(db.session.get_one(Factory, row.factory_id), period), point
