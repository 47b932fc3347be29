"""Who walks the main path: one factory with three supervisors, its staff, and the real course."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.content.publish import publish
from app.courses import queries as courses
from app.coverage import operations as coverage
from app.factories.rules import JobRole
from app.platform.clock import now
from tests.browser.site import ROOT
from tests.make import factories
from tests.story import PASSWORD

ZONES = ("Asia/Phnom_Penh", "America/Lima")
"""Twelve hours apart and without summer time: in one of them it is always between 5 and 17 o'clock."""
PEOPLE = {
    "km": ("សុខ ស្រីមុំ", "ចាន់ តារា", "ហេង បុប្ផា"),
    "ar": ("سعاد الخطيب", "محمود الزعبي", "هبة العبادي"),
}
LATIN = ("Suad Khatib", "Mahmoud Zoubi", "Heba Abbadi")


@dataclass(frozen=True)
class Cast:
    """Plain values only; `people` are three supervisors."""

    code: str
    zone: str
    test_id: int
    trainer: str
    focal_point: str
    advisor: str
    people: tuple[int, ...]

    @property
    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return now().astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def gather(language: str, people_speak: str) -> Cast:
    """Staff whose pages are in `language`, and people of whom nobody has a PIN yet. Publishes the course once."""
    publish(SYSTEM, ROOT / "content" / "sst")
    zone = next(zone for zone in ZONES if 5 <= now().astimezone(ZoneInfo(zone)).hour < 17)
    place = f"J{language}".upper()
    programme = factories.programme(place, zone=zone, languages=[people_speak, "en"], rest_days=[])
    factory = factories.factory(f"{place}-ONE", programme_id=programme.id, name="Golden Needle Garment", language=people_speak)
    people = [
        factories.person(factory, name=latin, local_name=local, language=people_speak)
        for latin, local in zip(LATIN, PEOPLE[people_speak], strict=True)
    ]
    course = courses.course_by_code("sst")
    coverage.require(SYSTEM, programme.id, course.id, [JobRole.SUPERVISOR])
    emails = [
        _account(place, role, language, grant) for role, grant in (
            (Role.TRAINER, Grant(Role.TRAINER, programme_id=programme.id)),
            (Role.FOCAL_POINT, Grant(Role.FOCAL_POINT, factory_id=factory.id)),
            (Role.ADVISOR, Grant(Role.ADVISOR, programme_id=programme.id)),
        )
    ]
    test = courses.unit(courses.current_version(course.id).id, "post-test")
    return Cast(factory.code, zone, test.id, *emails, people=tuple(person.id for person in people))


def _account(place: str, role: Role, language: str, grant: Grant) -> str:
    email = f"{role.value.replace('_', '-')}@{place.lower()}.example"
    accounts.create_account(SYSTEM, email=email, name=f"Noor {role.value}", language=language, password=PASSWORD, grants=[grant])
    return email
