"""Which half-days a certificate names: those that the person attended, and no others, wherever it is read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.certificates import face, making
from app.certificates.credentials import document
from app.certificates.models import Certificate
from app.certificates.rules import Form
from app.completions.models import Completion
from app.courses.rules import AttendanceBy
from app.platform.clock import now
from app.platform.db import db
from app.sessions.rules import MeetingState
from tests.browse import Browse
from tests.certificates.credentials.test_document import BY, ISSUED
from tests.certificates.test_operations import Story
from tests.make.attendance import half_day

MARKS = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.PARTIAL, Mark.PRESENT)
FIRST = datetime(2026, 11, 2, 1, tzinfo=UTC)
DAYS = tuple(date(2026, 11, day) for day in range(2, 7))
ATTENDED = (DAYS[0], DAYS[1], DAYS[4])


def _story(marks: Sequence[Mark | None] = MARKS, minutes: int | None = None, **version: Any) -> Certificate:
    """The certificate of somebody with these marks on five mornings, who attended what the rule makes of them."""
    story = Story("en")
    story.version.attendance_share = 0.1
    for name, value in version.items():
        setattr(story.version, name, value)
    for meeting in story.training.meetings:
        meeting.state = MeetingState.CANCELLED
    db.session.flush()
    meetings = [half_day(story.training, number + 10, FIRST + timedelta(days=number)) for number in range(5)]
    db.session.add_all(meetings)
    db.session.flush()
    for meeting, mark in zip(meetings, marks, strict=True):
        if mark is not None:
            known = {"mark": mark, "evidence": Evidence.ROLL_CALL, "minutes": minutes, "at": now()}
            db.session.add(CurrentMark(meeting_id=meeting.id, person_id=story.person.id, **known))
    db.session.flush()
    story.reach("meetings", Fraction(sum(mark is not None and mark.counts for mark in marks), 5))
    story.reach("post-test", Fraction(7, 10))
    return db.session.query(Certificate).one()


def _of_before(certificate: Certificate) -> Certificate:
    """As it was frozen when all half-days of the course were listed."""
    stored, days = dict(certificate.face), [day.isoformat() for day in DAYS]
    known = {key: value for key, value in stored["facts"].items() if key != "says_attended"}
    certificate.face = {**stored, "half_days": [f"Nov {day.day}, 2026" for day in DAYS], "facts": {**known, "half_days": days}}
    db.session.flush()
    return certificate


def _paper(certificate: Certificate) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(making.make(certificate, None).pdf)).pages).split())


def _evidence(certificate: Certificate) -> str:
    made = document.credential(face.thaw(certificate.face), face.thaw_facts(certificate.face), ISSUED, BY)
    return str(made["evidence"][0]["narrative"])


def test_only_attended_half_days_are_frozen(app: Flask) -> None:
    certificate = _story()
    printed, facts = face.thaw(certificate.face), face.thaw_facts(certificate.face)
    assert (facts.attended, facts.planned) == (3, 5)
    assert facts.half_days == facts.attended_days == ATTENDED
    assert printed.half_days == ("Nov 2, 2026", "Nov 3, 2026", "Nov 6, 2026")


def test_counted_by_minutes_a_half_day_in_part_is_one(app: Flask) -> None:
    certificate = _story((Mark.PARTIAL, Mark.ABSENT, Mark.EXCUSED, None, Mark.PRESENT), 100, attendance_by=AttendanceBy.MINUTES)
    assert face.thaw_facts(certificate.face).half_days == (DAYS[0], DAYS[4])


def test_who_attended_all_has_all(app: Flask) -> None:
    assert face.thaw_facts(_story((Mark.PRESENT,) * 5).face).half_days == DAYS


def test_without_marks_no_day_is_named(app: Flask) -> None:
    certificate = _story()
    db.session.query(CurrentMark).delete()
    facts = face.facts(face.source(db.session.get_one(Completion, certificate.completion_id)))
    assert (facts.attended, facts.half_days) == (3, ())


@pytest.mark.parametrize("form", Form)
def test_on_paper_in_every_form(app: Flask, fonts: object, form: Form) -> None:
    certificate = _story()
    certificate.face = {**certificate.face, "look": {**(certificate.face["look"] or {}), "form": form.value}}
    text = _paper(certificate)
    for day, is_there in zip(DAYS, (True, True, False, False, True), strict=True):
        assert (f"Nov {day.day}, 2026" in text) is is_there, day
    assert "Attended 3 of 5 half-days" in text
    certificate = _of_before(certificate)
    text = _paper(certificate)
    assert "Attended 3 of 5 half-days" in text
    assert not any(f"Nov {day.day}, 2026" in text for day in DAYS)


def test_in_the_credential(app: Flask) -> None:
    certificate = _story()
    assert "Attended 3 of 5 half-days (2026-11-02, 2026-11-03, 2026-11-06)." in _evidence(certificate)
    assert "Attended 3 of 5 half-days." in _evidence(_of_before(certificate))


def test_on_the_page_also_of_before(app: Flask, browse: Browse) -> None:
    certificate = _story()
    text = browse.get(f"/verify/{certificate.code}").text
    assert "had attended these half-days" in text
    assert "November 6, 2026" in text
    assert "November 4, 2026" not in text
    before = _of_before(certificate)
    frozen = before.face
    text = browse.get(f"/verify/{certificate.code}").text
    assert "Half-days of the course" in text
    assert "November 4, 2026" in text
    assert "attended these half-days" not in text
    assert "had met the rule shown" in text
    assert before.face == frozen


def test_a_correction_names_the_days_that_count_then(app: Flask) -> None:
    certificate = _of_before(_story())
    db.session.query(CurrentMark).filter_by(mark=Mark.ABSENT).update({"mark": Mark.PRESENT})
    facts = face.facts(face.source(db.session.get_one(Completion, certificate.completion_id)))
    stored = face.corrected(certificate.face, facts, "en")
    assert face.thaw_facts(stored).attended_days == DAYS[:3] + DAYS[4:]
