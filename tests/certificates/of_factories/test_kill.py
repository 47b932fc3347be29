"""A worker that dies while it counts or draws loses nothing and doubles nothing (TRAPS X3)."""

import time
from pathlib import Path

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates.of_factories.models import FactoryCertificate
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs import enqueue
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from tests.faults.processes import LEASE_SECONDS, Hatchery, Product
from tests.make import accounts
from tests.make import factory_certificates as make

POINTS = ["claimed", "issued", "drawn", "sealed", "stored", "noted"]


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("point", POINTS)
def test_killed_at(own_app: Flask, hatchery: Hatchery, fonts: Path, point: str) -> None:
    with own_app.app_context(), transaction():
        programme, version, _rule = make.world()
        factory = make.staffed(version, 9)
        accounts.account(Role.FOCAL_POINT, factory=factory)
        enqueue("factory_certificates.check", programme_id=programme.id)
    product = Product(own_app, hatchery)
    assert product.work(stop_at=f"factory_certificates.{point}").killed
    time.sleep(LEASE_SECONDS + 0.1)
    assert product.work().code == 0
    with own_app.app_context():
        [row] = db.session.query(FactoryCertificate)
        assert files().get(row.file_key or "").startswith(b"%PDF")
        stored = [path.name for path in files().folder.rglob("*") if path.is_file()]
        assert stored == [row.file_key]
        assert db.session.query(MailMessage).filter_by(kind="certificates.of_factory").count() == 1
        assert db.session.query(Job).filter_by(kind="factory_certificates.draw").one().done_at is not None
