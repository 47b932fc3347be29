"""Ambassadors, sessions that they held, samples of these, drills."""

from datetime import date
from secrets import token_hex

from app.courses.models import CourseVersion, PathwayVersion
from app.factories.models import Employment, Factory, Person
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import AmbassadorKind
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.rules import Heads, Level, heads_of
from app.improvement.cascade.samples.models import Sample, SampleItem
from app.improvement.drills.models import Drill
from app.improvement.drills.rules import DrillKind, Shift
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import single
from app.platform.files.photos import clean
from tests.make import courses, lessons

START, HELD = date(2026, 1, 12), date(2026, 11, 9)
CODES = tuple(f"module-{number}" for number in range(1, 5))


def way(code: str = "to-train", **values: object) -> tuple[PathwayVersion, list[CourseVersion]]:
    """A pathway of four courses in a year, each with a practice task, and the courses."""
    made = [lessons.version(f"{code}-{each}") for each in CODES]
    return courses.pathway(code, [{"course": f"{code}-{each}"} for each in CODES], **values), made


def ambassador(factory: Factory, person: Person, pathway: PathwayVersion, **values: object) -> Ambassador:
    """An ambassador since January 2026, without an end."""
    defaults = {"kind": AmbassadorKind.AMBASSADOR, "starts_on": START, "ends_on": None, "account_id": None}
    row = Ambassador(
        factory_id=factory.id, person_id=person.id, pathway_version_id=pathway.id, appointed_at=now(), **{**defaults, **values}
    )
    return _added(row)


def session(
    factory: Factory, people: tuple[Person, ...] = (), led_by: Ambassador | None = None, heads: Heads | None = None, photo: str = "",
    **values: object,
) -> CascadeSession:
    """A session of November 2026: with these people at level B, else with these heads at level C."""
    counted = heads or heads_of(person.sex for person in people)
    defaults = {
        "held_on": HELD, "theme": "osh", "topic": "", "minutes": 45, "level": Level.B if people else Level.C,
        "account_id": None, "is_withdrawn": False,
    }
    row = CascadeSession(
        sent_id=token_hex(16), factory_id=factory.id, ambassador_id=led_by.id if led_by else None, has_roster=bool(people),
        women=counted.women, men=counted.men, others=counted.others, entered_at=now(), **{**defaults, **values},
    )
    if photo:
        kept = clean(lessons.photo(mark=photo))
        row.evidence_key, row.evidence_kind = single.keep(kept.data), kept.kind
    _added(row)
    for person in people:
        job = db.session.query(Employment).filter_by(person_id=person.id, factory_id=factory.id).first()
        _added(CascadePerson(cascade_id=row.id, person_id=person.id, role=job.role if job else None, sex=person.sex, line=None))
    return row


def sample(factory: Factory, *drawn: tuple[CascadeSession, Person | None]) -> Sample:
    """A sample of these sessions, and people about sessions."""
    row = Sample(
        sent_id=token_hex(16), factory_id=factory.id, seed=token_hex(8), since=None, sessions=3, people=5, account_id=None,
        drawn_at=now(),
    )
    row.items = [SampleItem(cascade_id=cascade.id, person_id=person.id if person else None) for cascade, person in drawn]
    return _added(row)


def drill(factory: Factory, photo: str = "", **values: object) -> Drill:
    """A fire drill of November 2026."""
    defaults = {
        "kind": DrillKind.FIRE, "held_on": HELD, "shift": Shift.DAY, "people": 400, "minutes": 4, "learnt": ["exit_blocked"],
        "account_id": None,
    }
    row = Drill(sent_id=token_hex(16), factory_id=factory.id, entered_at=now(), **{**defaults, **values})
    if photo:
        kept = clean(lessons.photo(mark=photo))
        row.evidence_key, row.evidence_kind = single.keep(kept.data), kept.kind
    return _added(row)


def _added(row: object) -> object:
    db.session.add(row)
    db.session.flush()
    return row
