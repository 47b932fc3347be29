"""Server or worker dies between the last mark or the quiz and the certificate: one completion, one number, one file (TRAPS X2, X3)."""

import hashlib
import random
from dataclasses import dataclass
from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.attendance.models import CurrentMark, MarkEntry
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.completions.operations import note_unit
from app.coverage.ledger.models import Movement
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, today
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.models import Job
from app.quizzes import operations as quizzes
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from tests.browse import Browse
from tests.faults.processes import Product
from tests.make import accounts, attendance, courses, coverage, factories
from tests.make import quizzes as rooms

pytestmark = pytest.mark.slow

BY_MARK = ("attendance.marked",)
BY_QUIZ = ("quizzes.submitted", "quizzes.graded", "quizzes.noted")
BY_EITHER = ("completions.completed", "coverage.posted", "certificates.claimed", "certificates.issued", "web.before_commit", "web.after_commit")
IN_REQUEST = (*BY_MARK, *BY_QUIZ, *BY_EITHER)
IN_WORKER = (
    "jobs.claimed", "certificates.drawn", "files.written", "certificates.stored", "jobs.worked", "certificates.noted",
    "jobs.finished",
)


@dataclass(frozen=True)
class Laid:
    """A person who lacks one thing, and the request that brings it."""

    cookie: str
    address: str
    fields: dict[str, str]


def _lacks_the_last_mark(app: Flask) -> Laid:
    with app.app_context():
        with transaction():
            factory = factories.factory()
            trainer = accounts.account(Role.TRAINER, programme=factories.programme())
            training = attendance.training(trainers=[trainer])
            [person] = attendance.people(training, 1, factory)
            coverage.require(factories.programme(), training.version)
            _note(training, person, factory, "post-test", Fraction(9, 10))
            address = f"/sessions/{training.id}/meetings/{{}}/marks/{person.id}"
            browse = Browse(app).as_account(trainer)
        assert browse.post(address.format(1), {"mark": "present"}).status == 303
        return Laid(_cookie(browse), address.format(2), {"mark": "present"})


def _lacks_the_quiz(app: Flask) -> Laid:
    with app.app_context():
        with transaction():
            room = rooms.room()
            coverage.require(factories.programme(), room.training.version)
            _note(room.training, room.person, room.factory, "meetings", Fraction(1))
            attempt = quizzes.start(room.actor)
            for question in room.questions:
                quizzes.answer(room.actor, attempt.id, question.id, [rooms.names(attempt, question)[0]], 0)
            address = f"/attempts/{attempt.id}/submission"
            browse = Browse(app).as_person(room.person.id, room.training.id)
        return Laid(_cookie(browse), address, {})


def _note(training: object, person: object, factory: object, code: str, share: Fraction) -> None:
    note_unit(
        person_id=person.id, training_id=training.id, version_id=training.version_id,
        unit_id=courses.unit(training.version, code).id, share=share, factory_id=factory.id, at=now(),
    )


def _covered() -> int:
    """How many people are covered today."""
    booked = sa.select(sa.func.sum(Movement.valid)).where(Movement.booked_on <= today("Asia/Phnom_Penh"))
    return db.session.scalar(booked) or 0


def _cookie(browse: Browse) -> str:
    return browse.client.get_cookie("seamwise").value


def _lay(app: Flask, point: str, chance: random.Random) -> Laid:
    ways = {_lacks_the_last_mark: point not in BY_QUIZ, _lacks_the_quiz: point not in BY_MARK}
    return chance.choice([way for way, fits in ways.items() if fits])(app)


@pytest.mark.sampled(number=3)
@pytest.mark.parametrize("point", [*IN_REQUEST, *IN_WORKER])
def test_killed_at(product: Product, point: str, seed: int) -> None:
    chance = random.Random(f"{point} {seed}")
    laid = _lay(product.app, point, chance)
    if point in IN_REQUEST:
        end = product.post(laid.cookie, laid.address, laid.fields, stop_at=point)
        assert (end.killed, end.statuses) == (True, []), end.told
        _half_of_nothing(product.app, done=point == "web.after_commit")
    assert product.post(laid.cookie, laid.address, laid.fields).statuses == [303], "sent again, as a person would"
    if point in IN_WORKER:
        assert product.work(stop_at=point).killed
    product.work_on()
    _one_of_each(product.app)
    with product.app.app_context():
        number = db.session.query(Certificate).one().number
    assert product.post(laid.cookie, laid.address, laid.fields).statuses == [303]
    _one_of_each(product.app)
    with product.app.app_context():
        assert db.session.query(Certificate).one().number == number


def _half_of_nothing(app: Flask, *, done: bool) -> None:
    """A killed request did everything or nothing."""
    with app.app_context():
        for model in (Completion, Certificate):
            assert db.session.query(model).count() == done, model
        assert _covered() == done
        assert db.session.query(Job).filter_by(kind="certificates.draw").count() == done
        assert db.session.query(RecordEntry).filter_by(kind=EntryKind.COMPLETION).count() == done
        assert db.session.query(AuditEntry).filter_by(action="certificates.issue").count() == done


def _one_of_each(app: Flask) -> None:
    with app.app_context():
        completion, certificate = db.session.query(Completion).one(), db.session.query(Certificate).one()
        assert (completion.withdrawn_at, certificate.revoked_at) == (None, None)
        assert certificate.completion_id == completion.id
        assert db.session.query(RecordEntry).filter_by(kind=EntryKind.COMPLETION).count() == 1
        for action in ("completions.complete", "certificates.issue", "certificates.draw"):
            assert db.session.query(AuditEntry).filter_by(action=action).count() == 1, action
        assert {attempt.state for attempt in db.session.query(Attempt)} <= {AttemptState.GRADED}
        assert db.session.query(MarkEntry).count() == db.session.query(CurrentMark).count()
        job = db.session.query(Job).filter_by(kind="certificates.draw").one()
        assert (job.done_at is not None, job.failed_at) == (True, None)
        pdf = files().get(certificate.file_key or "")
        assert pdf.startswith(b"%PDF") and hashlib.sha256(pdf).hexdigest() == certificate.file_key
        keyed = [path.name for path in files().folder.rglob("*") if path.is_file() and len(path.name) == 64]
        assert keyed == [certificate.file_key]


@pytest.mark.sampled
@pytest.mark.parametrize("point", ["completions.withdrawn", "certificates.revoked", "web.before_commit", "web.after_commit"])
def test_a_correction_killed_at(product: Product, point: str, seed: int) -> None:
    """Taken back entirely or not at all, and once; given back it has one new number."""
    laid = _lacks_the_last_mark(product.app)
    assert product.post(laid.cookie, laid.address, laid.fields).statuses == [303]
    end = product.post(laid.cookie, laid.address, {"mark": "absent"}, stop_at=point)
    assert (end.killed, end.statuses) == (True, []), end.told
    assert _in_force(product.app) == (0 if point == "web.after_commit" else 1)
    for mark, in_force in (("absent", 0), ("present", 1), ("present", 1)):
        assert product.post(laid.cookie, laid.address, {"mark": mark}).statuses == [303]
        assert _in_force(product.app) == in_force
    product.work_on()
    with product.app.app_context():
        old, new = db.session.query(Certificate).order_by(Certificate.id).all()
        assert (old.revoked_at is None, new.revoked_at, old.number == new.number) == (False, None, False)
        assert files().get(new.file_key or "").startswith(b"%PDF")
        assert db.session.query(AuditEntry).filter_by(action="certificates.revoke").count() == 1


def _in_force(app: Flask) -> int:
    with app.app_context():
        certificates = db.session.query(Certificate).filter_by(revoked_at=None).count()
        assert db.session.query(Completion).filter_by(withdrawn_at=None).count() == certificates
        assert _covered() == certificates
        return certificates
