"""From a completion to a certificate, and back."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.certificates import face, operations, rules
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.completions.operations import note_unit
from app.learning_record.models import EntryKind, RecordEntry
from app.platform import clock
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.refusal import Refused
from tests.make import accounts, attendance, completions, courses, factories

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _rows() -> list[Certificate]:
    return list(db.session.scalars(sa.select(Certificate).order_by(Certificate.id)))


class Story:
    """A supervisor with a seat in a training session of three half-days."""

    def __init__(self, language: str = "km") -> None:
        self.factory = factories.factory(language=language, name="Lotus Lane", local_name="រោងចក្រ ផ្កាឈូក")
        self.person = factories.person(self.factory, name="Sok Dara", local_name="សុខ ដារ៉ា", line="Line 7")
        self.version = courses.version()
        trainer = accounts.account(Role.TRAINER, name="Chea Vanna")
        first = datetime(2026, 11, 19, 1, tzinfo=UTC)
        self.training = attendance.training(half_days=3, first=first, version=self.version, trainers=[trainer])
        attendance.seat(self.training, self.person, self.factory)

    def reach(self, unit: str, share: Fraction) -> None:
        note_unit(
            person_id=self.person.id, training_id=self.training.id, version_id=self.version.id,
            unit_id=courses.unit(self.version, unit).id, share=share, factory_id=self.factory.id, at=AT,
        )

    def complete(self) -> None:
        self.reach("meetings", Fraction(1))
        self.reach("post-test", Fraction(7, 10))


def test_a_completion_makes_one_certificate_one_job_an_entry_each(app: Flask) -> None:
    story = Story()
    story.complete()
    story.complete()
    [certificate] = _rows()
    assert operations.issue(certificate.completion_id).id == certificate.id
    assert db.session.query(Job).filter_by(kind="certificates.draw").count() == 1
    assert db.session.query(Completion).count() == 1
    assert [entry.kind for entry in db.session.query(RecordEntry)] == [EntryKind.CERTIFICATE_ISSUED, EntryKind.COMPLETION]


def test_the_database_itself_refuses_a_second_one_in_force(app: Flask) -> None:
    Story().complete()
    [first] = _rows()
    values = {column.name: getattr(first, column.name) for column in Certificate.__table__.columns}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(Certificate).values(values | {"id": None, "code": "x", "number": "x"}))


def test_everything_printed_is_frozen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 20, tzinfo=UTC))
    story = Story()
    story.complete()
    [certificate] = _rows()
    before = json.dumps(certificate.face)
    story.person.name = story.person.local_name = story.factory.name = "Somebody Else"
    db.session.commit()
    db.session.expire_all()
    [certificate] = _rows()
    assert json.dumps(certificate.face) == before
    printed = face.thaw(certificate.face)
    assert (printed.latin_name, printed.local_name) == ("Sok Dara", "សុខ ដារ៉ា")
    assert printed.factory == "រោងចក្រ ផ្កាឈូក"
    assert (printed.course, printed.course_english) == ("ជំនាញអ្នកគ្រប់គ្រង", "Supervisory Skills")
    assert (printed.attended, printed.planned, printed.score) == ("៣", "៣", "៧០%")
    assert (printed.hours, len(printed.half_days)) == ("១៨", 1)
    assert printed.issued_on == date(2026, 11, 21), "the day in Phnom Penh, where it is early morning"
    assert printed.valid_until == "១៩ វិច្ឆិកា ២០២៨", "the last whole day"
    assert printed.place == "Training centre"
    assert [one.name for one in printed.signatories] == ["Chea Vanna"]
    assert printed.verify_url == f"http://localhost/verify/{rules.printed(certificate.code)}"
    assert printed.number == certificate.number == f"KH-2026-{certificate.id:06d}"
    facts = face.thaw_facts(certificate.face)
    assert (facts.attended, facts.planned, facts.score, facts.last_day) == (3, 3, 0.7, date(2028, 11, 19))


@pytest.mark.any_engine
@pytest.mark.parametrize("language", ["km", "bn", "ar", "am", "ur", "vi", "uz-Cyrl", "en", "xx"])
def test_every_language_has_dates_and_numbers(app: Flask, language: str) -> None:
    Story(language).complete()
    [certificate] = _rows()
    assert certificate.language == language
    assert all(face.thaw(certificate.face).half_days)


def test_a_correction_revokes_and_taking_it_back_issues_anew(app: Flask) -> None:
    story = Story()
    story.complete()
    story.reach("meetings", Fraction(1, 3))
    story.reach("meetings", Fraction(1, 3))
    [old] = _rows()
    assert old.revoked_at is not None
    assert old.revoked_reason == rules.Reason.CORRECTED
    assert db.session.query(Completion).one().withdrawn_at is not None
    story.reach("meetings", Fraction(1))
    first, second = _rows()
    assert first.revoked_at == old.revoked_at
    assert second.revoked_at is None
    assert first.code != second.code
    assert first.number != second.number
    assert db.session.query(Completion).one().withdrawn_at is None
    kinds = [entry.kind for entry in db.session.query(RecordEntry).order_by(RecordEntry.id)]
    assert kinds == [
        EntryKind.CERTIFICATE_ISSUED, EntryKind.COMPLETION, EntryKind.CERTIFICATE_REVOKED,
        EntryKind.COMPLETION_WITHDRAWN, EntryKind.CERTIFICATE_ISSUED, EntryKind.COMPLETION,
    ]


def test_a_withdrawn_completion_gets_none_and_revoking_nothing_does_nothing(app: Flask) -> None:
    factory = factories.factory()
    completion = completions.completion(factories.person(factory), courses.version(), factory, withdrawn_at=AT)
    with pytest.raises(Refused):
        operations.issue(completion.id)
    operations.revoke(completion.id, "no reason")
    assert _rows() == []


def test_a_failing_reaction_takes_the_completion_with_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story()
    story.reach("meetings", Fraction(1))
    db.session.commit()
    monkeypatch.setattr(face, "compose", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        story.reach("post-test", Fraction(1))
    db.session.rollback()
    assert db.session.query(Completion).count() == 0
    assert _rows() == []
