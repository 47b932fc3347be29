"""Corrections that leave the rule met: paper that is still to be made says them, paper that is made does not change."""

from datetime import timedelta
from fractions import Fraction
from io import BytesIO

import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from app.access.actor import SYSTEM
from app.certificates import face, jobs, operations
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.completions.models import Completion
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.models import Job
from tests.certificates.test_operations import Story
from tests.make import certificates, factories


def _logged(certificate: Certificate) -> list[str]:
    found = sa.select(AuditEntry.action).where(AuditEntry.subject == f"certificate:{certificate.id}")
    return [action.partition(".")[2] for action in db.session.scalars(found.order_by(AuditEntry.id))]


def _corrected(story: Story) -> None:
    """From three of three half-days and 70 % to two of three and 90 %: the rule is still met."""
    story.version.attendance_share = 0.6
    story.reach("meetings", Fraction(2, 3))
    story.reach("post-test", Fraction(9, 10))


def _said(certificate: Certificate) -> tuple[str, str, str, int, float | None]:
    db.session.expire_all()
    printed, facts = face.thaw(certificate.face), face.thaw_facts(certificate.face)
    return printed.attended, printed.planned, printed.score, facts.attended, facts.score


def test_what_waits_says_late_corrections_and_nothing_else_of_it_changes(app: Flask) -> None:
    factories.programme().certificate_wait_days = 3
    story = Story("en")
    story.complete()
    certificate = db.session.query(Certificate).one()
    before = certificate.face
    story.person.name = "Somebody Else"
    with clock.telling(clock.now() + timedelta(days=2)):
        for _ in range(2):
            _corrected(story)
    assert _said(certificate) == ("2", "3", "90%", 2, 0.9)
    results = {"attended", "half_days", "score", "facts"}  # nobody knows of which half-days: there are no marks
    assert {key for key in before if certificate.face[key] != before[key]} == results, "number, code, day and name stay"
    assert db.session.query(Completion).one().evidence["post-test"][0] == "0.900000"
    assert _logged(certificate) == ["issue", "correct", "correct"]
    assert db.session.query(Completion).count() == db.session.query(Certificate).count() == 1


def test_a_drawn_face_stays_and_issued_anew_it_says_the_correction(app: Flask) -> None:
    story = Story("en")
    story.complete()
    old = certificates.drawn(db.session.query(Certificate).one())
    before, frozen = _said(old), old.face
    _corrected(story)
    assert _said(old) == before
    assert old.face == frozen
    new = operations.reissue(SYSTEM, old.id, Reason.CONTENTS)
    assert _said(new)[3:] == (2, 0.9)
    assert _said(old) == before


def test_corrected_while_it_is_drawn_it_is_drawn_again(app: Flask, fonts: object) -> None:
    story = Story("en")
    story.complete()
    certificate = db.session.query(Certificate).one()
    too_early = jobs.draw(certificate.id)
    _corrected(story)
    too_early.write()
    db.session.expire_all()
    assert certificate.file_key is None
    assert db.session.query(Job).filter_by(kind="certificates.draw").count() == 2
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    text = PdfReader(BytesIO(files().get(certificate.file_key or ""))).pages[0].extract_text()
    assert "90%" in text
    assert "70%" not in text
