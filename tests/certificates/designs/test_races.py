"""Many at once: one draft, one design, and on each certificate one whole signatory."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates import operations as certificates
from app.certificates.designs import operations
from app.certificates.designs.content import Content
from app.certificates.designs.models import CertificateSignatory, Design, DesignVersion
from app.certificates.designs.operations import SignatoryFacts, Stale
from app.certificates.models import Certificate
from app.factories.structure.taken import Taken
from app.platform.db import db, transaction
from tests.make import completions, courses, designs, factories

pytestmark = [pytest.mark.slow, pytest.mark.every_run]
THREADS = 8


def _at_once(app: Flask, work: Callable[[int], object]) -> list[object]:
    """What each answered, or how it was refused."""

    def one(number: int) -> object:
        with app.app_context():
            try:
                with transaction():
                    work(number)
            except (Stale, Taken) as refusal:
                return type(refusal)
            return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_of_many_editors_one_saves(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        design_id = designs.design().id
    inks = ("#14532d", "#5b2333")
    came = _at_once(own_app, lambda n: operations.save(SYSTEM, design_id, "1.1", Content(ink=inks[n % 2])))
    with own_app.app_context():
        numbers = list(db.session.scalars(sa.select(DesignVersion.number).order_by(DesignVersion.number)))
    assert sorted(map(str, came)) == sorted(["done", *[str(Stale)] * (THREADS - 1)])
    assert numbers == [1, 2]


def test_of_many_who_begin_a_design_one_does(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        code = factories.programme().code
    came = _at_once(own_app, lambda n: operations.create(SYSTEM, code, None, f"Design {n}"))
    with own_app.app_context():
        assert db.session.query(Design).count() == 1
    assert came.count("done") == 1
    assert came.count(Taken) == THREADS - 1


def test_no_certificate_bears_half_of_a_change(own_app: Flask) -> None:
    """Names, roles and the drawn signature change together while certificates are issued."""
    with own_app.app_context(), transaction():
        factory, version = factories.factory(), courses.version()
        row = designs.signatory(factory.programme, "Helena 0", names={"en": "Signer 0"}, roles={"en": "Role 0"})
        designs.design(factory.programme, signatories=(row.id,))
        signer = row.id
        due = [completions.completion(factories.person(factory), version, factory).id for _ in range(THREADS)]

    def work(number: int) -> None:
        if number % 2:
            held = db.session.scalars(sa.select(CertificateSignatory.revision).where(CertificateSignatory.id == signer))
            facts = SignatoryFacts({"en": f"Signer {number}"}, {"en": f"Role {number}"}, date(2020, 1, 1))
            operations.change_signatory(SYSTEM, signer, held.one(), facts)
        for completion_id in due[number : number + 1]:
            certificates.issue(completion_id)

    came = _at_once(own_app, work)
    with own_app.app_context():
        faces = list(db.session.scalars(sa.select(Certificate.face)))
    assert len(faces) == came.count("done") >= THREADS // 2
    for face in faces:
        [signatory] = face["signatories"]
        assert signatory["name"].removeprefix("Signer ") == signatory["role"].removeprefix("Role ")
