"""Courses that somebody can learn alone, how far somebody is, and photos as telephones send them."""

import io
from itertools import count
from secrets import token_hex

from PIL import ExifTags, Image

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.courses.models import Blob, Course, CourseVersion, LessonText, Unit, VersionFile
from app.courses.operations import keep
from app.courses.rules import UnitKind
from app.factories.models import Factory, Person
from app.lessons.models import LessonProgress, PracticeLog, Study
from app.platform.clock import now
from app.platform.db import db
from tests.make import courses

UNITS = (
    ("pre-test", UnitKind.QUIZ), ("01-job", UnitKind.LESSON), ("02-plan", UnitKind.LESSON), ("03-talk", UnitKind.LESSON),
    ("meetings", UnitKind.MEETING), ("post-test", UnitKind.QUIZ), ("90-practice", UnitKind.PRACTICE),
)
"""Of a course, in order."""
HTML = (
    "<h2>Aims of {code}</h2><ul><li>I can {code}.</li></ul><h2>Key points of {code}</h2><p><strong>First.</strong> Then.</p>"
)
_numbers = count(1)


def version(code: str = "", units: tuple[tuple[str, UnitKind], ...] = UNITS, locales: tuple[str, ...] = ("en", "ar")) -> CourseVersion:
    """A published course with those units, its lessons and task written in those languages."""
    made = courses.version(code or f"alone-{next(_numbers)}", titles={"en": "Learn alone", "ar": "تعلم"})
    db.session.query(Unit).filter_by(version_id=made.id).delete()
    _write(made, units, locales)
    return made


def newer(before: CourseVersion, units: tuple[tuple[str, UnitKind], ...] = UNITS) -> CourseVersion:
    """The next version of the same course, which is current now."""
    values = {
        column.name: getattr(before, column.name) for column in CourseVersion.__table__.columns if column.name != "id"
    }
    number = str(int(before.number) + 1)
    made = CourseVersion(**{**values, "number": number, "fingerprint": f"{before.fingerprint}-{number}", "published_at": now()})
    db.session.add(made)
    db.session.flush()
    db.session.get_one(Course, before.course_id).current_version_id = made.id
    _write(made, units, ("en",))
    return made


def _write(version: CourseVersion, units: tuple[tuple[str, UnitKind], ...], locales: tuple[str, ...]) -> None:
    for position, (code, kind) in enumerate(units):
        unit = Unit(
            version_id=version.id, position=position, code=code, kind=kind, minutes=20, objectives={},
            titles={"en": f"Unit {code}", "ar": f"الوحدة {code}"},
        )
        db.session.add(unit)
        db.session.flush()
        if kind in {UnitKind.LESSON, UnitKind.PRACTICE}:
            for locale in locales:
                html = HTML.format(code=f"{code} in {locale}")
                db.session.add(LessonText(unit_id=unit.id, locale=locale, html=html))
    db.session.flush()
    db.session.expire(version, ["units"])


def media(version: CourseVersion, name: str, data: bytes) -> None:
    """A picture or sound of the version."""
    db.session.add(VersionFile(version_id=version.id, path=f"media/{name}", blob_key=keep(data)))
    assert db.session.query(Blob).count()


def actor(person: Person) -> Actor:
    """The actor that a person is after signing in with her card."""
    return Actor(name=person.name, person_id=person.id, language=person.language, grants=(Grant(Role.PERSON),))


def begun(person: Person, version: CourseVersion, *read: str) -> Study:
    """A course that the person began, with the units that she has read."""
    study = Study(person_id=person.id, course_id=version.course_id, version_id=version.id, started_at=now(), last_at=now())
    db.session.add(study)
    for code in read:
        unit = courses.unit(version, code)
        told = {"person_id": person.id, "version_id": version.id, "unit_id": unit.id}
        db.session.add(LessonProgress(**told, first_read_at=now(), last_read_at=now()))
    db.session.flush()
    return study


def log(person: Person, version: CourseVersion, factory: Factory | None, unit: str = "90-practice", **values: object) -> PracticeLog:
    """A logged practice task."""
    defaults = {"text": "I tried it.", "photo_key": None, "photo_kind": None, "created_at": now(), "withdrawn_at": None}
    row = PracticeLog(
        log_id=token_hex(16), person_id=person.id, version_id=version.id, unit_id=courses.unit(version, unit).id,
        factory_id=factory.id if factory else None, **{**defaults, **values},
    )
    db.session.add(row)
    db.session.flush()
    return row


def photo(form: str = "JPEG", mark: str = "zqcamera", size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo that tells where it was taken and with what: `mark` stands in it."""
    told, out = Image.Exif(), io.BytesIO()
    told[ExifTags.Base.Make] = mark
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (11.0, 33.0, 12.0)
    Image.new("RGB", size, (40, 60, 90)).save(out, form, exif=told)
    return out.getvalue()
