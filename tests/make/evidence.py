"""A factory with something of everything that an evidence pack holds."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.attendance.operations import mark
from app.attendance.operations.log import Marking, take_down
from app.attendance.reports.models import MeetingReport, ReportFile
from app.attendance.rules import Evidence, Mark, new_mark_id
from app.attendance.sheets.models import SheetPhoto
from app.attendance.sheets.operations import keep_photo
from app.certificates.models import Certificate
from app.certificates.signing import operations as keys
from app.certificates.signing.in_use import keys_in_use
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person
from app.learning_record.evidence import operations, packing, queries
from app.learning_record.evidence.rules import Period
from app.learning_record.evidence.source import About
from app.learning_record.operations.completions import note_completion
from app.platform import clock
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.files import files
from app.platform.refusal import NotFound
from app.sessions.models import Meeting, TrainingSession
from app.sessions.queries import seats_of
from tests.make import accounts, attendance, certificates, courses, factories, lessons

HELD = datetime(2024, 3, 10, 3, tzinfo=UTC)
PERIOD = Period(date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 31))


@dataclass
class Site:
    """A factory, its people, and a training session at which another factory's people sat too."""

    factory: Factory
    people: list[Person]
    foreign: Person
    training: TrainingSession
    trainer: Actor
    version: CourseVersion
    certificate: Certificate

    @property
    def meetings(self) -> list[Meeting]:
        return self.training.meetings


def site(people: int = 2) -> Site:
    """It all happened in March 2024."""
    with clock.telling(HELD):
        factory, other = factories.factory(), factories.factory()
        trainer = accounts.account(Role.TRAINER, name="Trainer Rithy")
        version = courses.version()
        training = attendance.training(first=HELD - timedelta(hours=2), version=version, trainers=[trainer])
        own = attendance.people(training, people, factory)
        [foreign] = attendance.people(training, 1, other)
        actor = accounts.actor(trainer)
        for person in (*own, foreign):
            mark(actor, training.meetings[0].id, person.id, Mark.PRESENT)
        certificate = certificates.drawn(certificates.certificate(own[0], factory, version, at=HELD))
        note_completion(certificate.completion_id)
    return Site(factory, own, foreign, training, actor, version, certificate)


def sheet_photo(site: Site, half_day: int = 0, site_id: int | None = None) -> SheetPhoto:
    """Somebody sends a photo of the signed sheet of a half-day."""
    return keep_photo(site.trainer, site.meetings[half_day].id, new_mark_id(), lessons.photo(), site_id=site_id)


def report(site: Site, person: Person) -> MeetingReport:
    """The report of the meeting tool about the second half-day says that somebody was there, who has a seat."""
    meeting, seats = site.meetings[1], seats_of(site.training.id, [person.id])
    if not seats:
        raise NotFound
    row = MeetingReport(
        meeting_id=meeting.id, provider="zoom", format="zoom", zone="UTC", parts={"spans": []}, seconds=0, account_id=None, at=now())
    row.files = [ReportFile(sha256="5a" * 32, name="participants.csv", account_id=None, at=now())]
    db.session.add(row)
    db.session.flush()
    take_down(site.trainer, meeting, seats, [
        Marking(person.id, Mark.PRESENT, Evidence.PROVIDER_REPORT, new_mark_id(), marker=f"report:{row.id}", counter=1)])
    return row


def about(factory: Factory, period: Period = PERIOD) -> About:
    return queries.about(queries.factory(factory.id), period, "en")


def sign() -> None:
    """The site has keys."""
    keys.create(SYSTEM)


def fonts() -> Path:
    """What papers are drawn with."""
    return ROOT / settings().fonts_dir


def made(factory: Factory, period: Period = PERIOD) -> bytes:
    """A pack in English."""
    return written(about(factory, period))


def written(found: About) -> bytes:
    """A pack in the language in force."""
    out, signs = io.BytesIO(), keys_in_use()
    assert signs is not None
    said = operations.kept(found, fonts())
    packing.write(out, found, said, files(), signs)
    return out.getvalue()


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def stored(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def judged(app: Flask, *arguments: object) -> tuple[int, str]:
    """Exit code and output of `flask evidence ...`."""
    done = app.test_cli_runner().invoke(args=["evidence", *map(str, arguments)])
    return done.exit_code, done.output


