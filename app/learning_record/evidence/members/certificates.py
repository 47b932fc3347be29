"""Certificates of people and of the factory that were issued in the time: a list, and the files as they were issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.certificates.models import Certificate
from app.certificates.of_factories.models import FactoryCertificate
from app.completions.models import Completion
from app.courses.models import Course, CourseVersion
from app.factories.models import Person
from app.learning_record.evidence.source import About, InPack, Named, Said, Source, Table
from app.platform.db import db
from app.platform.i18n import _, text
from app.sessions.models import TrainingSession

FOLDER = "certificates"


@dataclass(frozen=True)
class Issued:
    """A certificate as it stood on the day. Where no file is handed out `file_key` is empty and `why` says why."""

    number: str
    training: str
    course: str
    """Codes; empty for the factory's own, and the first for what was taken over from a list."""
    what: str
    employee_number: Said
    name: Said
    issued_on: str
    valid_until: str
    state: str
    file_key: str
    why: str
    person_id: int | None = None
    """Whose it is; nobody's of a certificate of the factory."""

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.number}.pdf"


def issued(source: Source) -> list[Issued]:
    """Those of people who were there, then those of the factory. Two statements."""
    about = source.about
    printed, whose = Certificate.face, sa.func.coalesce(Person.merged_into_id, Person.id)
    columns: list[Any] = [
        Certificate.number, Certificate.issued_at, Certificate.valid_until, Certificate.revoked_at,
        Certificate.replaced_at, Certificate.file_key, Certificate.rendered_at,
        printed["latin_name"].as_string().label("name"), Course.code.label("course"), CourseVersion.titles,
        TrainingSession.code.label("training"), whose.label("person_id"),
    ]  # fmt: skip
    own = (
        sa.select(*columns)
        .join(Person, Person.id == Certificate.person_id)
        .join(Completion, Completion.id == Certificate.completion_id)
        .outerjoin(TrainingSession, TrainingSession.id == Completion.training_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(
            Certificate.factory_id == about.factory_id, Certificate.issued_at >= about.begins,
            Certificate.issued_at < about.ends,
        )
        .order_by(Certificate.number)
    )
    found = [_issued(source, row) for row in db.session.execute(own) if row.person_id in source.people]
    of_factory = sa.select(FactoryCertificate).where(
        FactoryCertificate.factory_id == about.factory_id, FactoryCertificate.issued_at >= about.begins,
        FactoryCertificate.issued_at < about.ends,
    ).order_by(FactoryCertificate.number)  # fmt: skip
    return found + [_of_factory(about, row) for row in db.session.scalars(of_factory)]


def _issued(source: Source, row: Any) -> Issued:
    about, person = source.about, source.people[row.person_id]
    ended = _ended(about, row.revoked_at, row.replaced_at)
    key, why = _file(about, row)
    return Issued(
        row.number, row.training or "", row.course, text(row.titles), person.number,
        Named(person.person_id, row.name or ""), about.day(row.issued_at),
        about.day(row.valid_until) if row.valid_until else "", ended, key, why, person.person_id)


def _of_factory(about: About, row: FactoryCertificate) -> Issued:
    ended = _ended(about, row.revoked_at, row.replaced_at, row.downgraded_at)
    key, why = _file(about, row)
    return Issued(
        row.number, "", "", str(_("Certificate of the factory")), "", about.name, about.day(row.issued_at),
        about.day(row.valid_until), ended, key, why)


def _file(about: About, row: Any) -> tuple[str, str]:
    """The key of its file, or why there is none."""
    if about.then(row.revoked_at):
        return "", str(_("No file: a revoked certificate is not handed out."))
    if not about.then(row.rendered_at):
        return "", str(_("No file: it had not been made by %(day)s.", day=about.period.at.isoformat()))
    return (row.file_key, "") if row.file_key else ("", _gone())


def _gone() -> str:
    return str(_("No file: it is no longer kept."))


def _ended(
    about: About, revoked: datetime | None, replaced: datetime | None, downgraded: datetime | None = None
) -> str:
    """What had become of it by the day; empty for what was as issued."""
    if at := about.then(revoked):
        return str(_("Revoked on %(day)s", day=about.day(at)))
    if at := about.then(replaced):
        return str(_("Replaced on %(day)s", day=about.day(at)))
    if at := about.then(downgraded):
        return str(_("Ended by its rule on %(day)s", day=about.day(at)))
    return ""


def table(found: Sequence[Issued]) -> Table:
    """The list; the last column names the file in this pack, or says why there is none."""
    header = [
        _("Number"), _("Training session"), _("Course"), _("For"), _("Employee number"), _("Name as printed"),
        _("Issued on"), _("Valid until"), _("Ended since"), _("File"),
    ]  # fmt: skip
    erased = str(_("No file: the data of its owner were erased."))
    rows = [
        [
            each.number, each.training, each.course, each.what, each.employee_number, each.name, each.issued_on,
            each.valid_until, each.state,
            InPack(each.path, _gone(), erased, each.person_id) if each.file_key else each.why,
        ]
        for each in found
    ]  # fmt: skip
    return Table("certificates/index", _("Certificates"), header, rows)
