"""A worker that dies while it packs or prints loses nothing and doubles nothing (TRAPS X3)."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.rules import BundleKind
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from tests.faults.processes import LEASE_SECONDS, Hatchery, Product
from tests.make import accounts, bundles, factories

NAMES = ["Sok Dara", "Chan Thida"]


def _ordered(app: Flask, kind: BundleKind) -> None:
    with app.app_context(), transaction():
        factory = factories.factory()
        bundles.certified(factory, *NAMES)
        bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory), kind=kind)


def _made(app: Flask) -> bytes:
    """The one file of the one order; nothing else is finished, and nothing is open."""
    with app.app_context():
        [bundle] = db.session.query(CertificateBundle)
        assert (bundle.done, bundle.left_out, len(bundle.parts), bundle.is_settled) == (2, 0, 1, True)
        [job] = db.session.query(Job).filter_by(kind="certificates.bundle")
        assert job.done_at is not None
        return bundles.content(bundle)


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize(
    "point",
    ["bundles.packing", "bundles.written", "files.written", "bundles.stored", "jobs.worked", "bundles.noted", "jobs.finished"],
)
def test_packing_killed_at(own_app: Flask, hatchery: Hatchery, point: str) -> None:
    _ordered(own_app, BundleKind.ZIP)
    product = Product(own_app, hatchery)
    assert product.work(stop_at=point).killed
    time.sleep(LEASE_SECONDS + 0.1)
    assert product.work().code == 0
    with zipfile.ZipFile(io.BytesIO(_made(own_app))) as archive:
        assert archive.testzip() is None
        assert [name.partition(" - ")[2] for name in archive.namelist()] == [*(f"{name}.pdf" for name in NAMES), ""]


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("point", ["bundles.drawn", "bundles.stored", "bundles.part", "bundles.noted", "jobs.finished"])
def test_printing_killed_at(own_app: Flask, hatchery: Hatchery, fonts: Path, point: str) -> None:
    _ordered(own_app, BundleKind.PRINT)
    product = Product(own_app, hatchery)
    assert product.work(stop_at=point).killed
    time.sleep(LEASE_SECONDS + 0.1)
    assert product.work().code == 0
    assert _made(own_app).startswith(b"%PDF")
