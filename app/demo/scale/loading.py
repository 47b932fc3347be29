"""Loading a programme of a given size into an empty database, factory by factory."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.completions import queries as completions
from app.completions.rules import Validity
from app.courses import queries as courses
from app.courses.models import CourseVersion
from app.courses.rules import Category, UnitKind
from app.coverage import operations as coverage
from app.demo.scale.factories import build
from app.demo.scale.proof import Course, course_of
from app.demo.scale.runs import Edition, runs
from app.demo.scale.sizes import CLUSTER, YEARS, Country, Size
from app.demo.scale.store import Store
from app.demo.scale.teaching import Teaching
from app.demo.staff import PASSWORD, STAFF_HOST
from app.factories.models import Group, Programme
from app.factories.rules import JobRole
from app.factories.structure import operations as structure
from app.factories.structure.settings import ProgrammeSettings
from app.platform.clock import today

_TAUGHT = ("sst", "osh-supervisors", "fire-refresher", "workplace-cooperation", "seminar-violence-and-harassment",
           "seminar-working-time", "seminar-wages-and-benefits", "seminar-osh-management")
_LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)
_REQUIRED = {
    "sst": _LEADERS, "osh-supervisors": (*_LEADERS, JobRole.MECHANIC), "fire-refresher": _LEADERS,
    "seminar-violence-and-harassment": (JobRole.MANAGER, JobRole.INDIRECT_SUPERVISOR),
    "seminar-working-time": (JobRole.MANAGER, JobRole.OFFICE),
}  # fmt: skip
_GROUP_EVERY, _IN_A_GROUP = 40, 6
"""Of forty factories in a row six are owned by one manufacturer."""
_TOLD_EVERY = 20 * CLUSTER
Progress = Callable[[str], None]


def load(size: Size, seed: int, tell: Progress) -> Store:
    """Fill the database in the caller's transaction; the courses are published. The same seed makes the same facts,
    counted from today."""
    store = Store()
    editions = [_edition(code) for code in _TAUGHT]
    taught = {each.version_id: course_of(each.version_id) for each in editions}
    _sign_in(Role.ADMINISTRATOR, "noor", None)
    done = 0
    for country, number in size.factories:
        programme = _programme(country)
        trainers = [_sign_in(role, f"{role}-{country.code.lower()}", programme.id) for role in _STAFF]
        for first in range(1, number + 1, CLUSTER):
            random = Random(f"{seed}:{country.code}:{first}")  # noqa: S311 - the same facts for the same seed
            numbers = range(first, min(first + CLUSTER, number + 1))
            _cluster(store, random, country, programme, numbers, editions, trainers[-1:], taught)
            store.flush_if_full()
            done += len(numbers)
            if done % _TOLD_EVERY == 0 or numbers[-1] == number:
                tell(f"{country.name}: {done} of {size.total} factories")
    store.finish()
    return store


_STAFF = (Role.PROGRAMME_MANAGER, Role.ADVISOR, Role.TRAINER)


def _cluster(
    store: Store, random: Random, country: Country, programme: Programme, numbers: range, editions: Sequence[Edition],
    trainers: list[int], taught: dict[int, Course],
) -> None:
    day = today(country.zone)
    built = [
        build(store, random, country, programme.id, number, _group(store, country, number), day) for number in numbers
    ]
    names = {each.id: each.name for each in built}
    teaching = Teaching(store, random, country, programme.id, trainers, taught)
    who = [(each.id, each.people) for each in built]
    for run in runs(random, country, who, editions, day - timedelta(days=365 * YEARS)):
        teaching.write(run, names)


def _group(store: Store, country: Country, number: int) -> int | None:
    place = (number - 1) % _GROUP_EVERY
    if place >= _IN_A_GROUP:
        return None
    if place == 0:
        name = f"Wefthouse {country.code} {(number - 1) // _GROUP_EVERY + 1}"
        return store.add(Group, f"G-{country.code}-{number:03d}", name, country.code)
    return store.count(Group)


def _programme(country: Country) -> Programme:
    settings = ProgrammeSettings(
        code=country.code, name={"en": f"Selvedge Programme {country.name}"}, country=country.code, zone=country.zone,
        rest_days=country.rest_days, languages=tuple(dict.fromkeys((country.language, "en"))), headcount_months=6,
    )  # fmt: skip
    programme = structure.create_programme(SYSTEM, settings)
    for code, roles in _REQUIRED.items():
        coverage.require(SYSTEM, programme.id, courses.course_by_code(code).id, roles)
    return programme


def _sign_in(role: Role, name: str, programme_id: int | None) -> int:
    account = accounts.create_account(
        SYSTEM, email=f"{name.replace('_', '-')}@{STAFF_HOST}", name=name.replace("_", " ").title(), language="en",
        password=PASSWORD, grants=[Grant(role, programme_id=programme_id)],
    )  # fmt: skip
    return account.id


def _edition(code: str) -> Edition:
    version = courses.current_version(courses.course_by_code(code).id)
    units = {unit.code: unit for unit in courses.units(version.id)}
    meetings = next(unit.id for unit in units.values() if unit.kind is UnitKind.MEETING)
    return Edition(
        course_id=version.course_id, version_id=version.id, code=code, half_days=_half_days(version),
        meeting_unit=meetings, test_unit=units[version.test_unit].id if version.test_unit else None,
        needs=completions.needs(version.id),
        validity=Validity(version.validity_months, version.valid_from, version.valid_to_day),
        is_for_leaders=version.category in {Category.SUPERVISORY_SKILLS, Category.OSH},
    )  # fmt: skip


def _half_days(version: CourseVersion) -> int:
    return max(1, round(version.hours / 4.5))
