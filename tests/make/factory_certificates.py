"""Rules, certificates of factories, and factories that reach them."""

from datetime import timedelta

from app.access.actor import SYSTEM
from app.certificates.of_factories import operations
from app.certificates.of_factories.models import FactoryCertificate, FactoryRule
from app.certificates.of_factories.operations.ruling import Settings
from app.certificates.of_factories.queries import weighing
from app.certificates.of_factories.rules import Condition, Count, Weighed
from app.completions.events import CourseCompleted
from app.courses.models import CourseVersion
from app.coverage.subscribers import on_completed
from app.factories.models import Factory, Person, Programme
from app.factories.rules import JobRole, Sex
from app.platform import clock
from tests.make import completions, courses, coverage, factories

NAME = {"en": "Trained supervisors", "km": "អ្នកគ្រប់គ្រងបានបណ្តុះបណ្តាល"}


def condition(version: CourseVersion, **values: object) -> Condition:
    """At least 80 % of the supervisors, and five of them."""
    return Condition(**{"course_id": version.course_id, "roles": (JobRole.SUPERVISOR,), "share": 80, **values})


def rule(programme: Programme, version: CourseVersion, *conditions: Condition, **values: object) -> FactoryRule:
    """A rule in use; the course is required already."""
    asked = conditions or (condition(version),)
    settings = Settings(**{"name": NAME, "conditions": asked, "months": 12, "grace_days": 14, **values})
    return operations.make_rule(SYSTEM, programme.code, settings)


def complete(person: Person, factory: Factory, version: CourseVersion, **values: object) -> int:
    """The person holds the course from the day before yesterday on; answers the completion."""
    done = completions.completion(person, version, factory, at=clock.now() - timedelta(days=2), **values)
    on_completed(CourseCompleted(done.id))
    return done.id


def staffed(version: CourseVersion, covered: int, open_: int = 0, **values: object) -> Factory:
    """A factory with so many supervisors who hold the course, and so many who do not."""
    factory = factories.factory(**values)
    for number in range(covered + open_):
        person = factories.person(factory, sex=Sex.F if number % 2 else Sex.M)
        if number < covered:
            complete(person, factory, version)
    return factory


def world() -> tuple[Programme, CourseVersion, FactoryRule]:
    """A programme that asks for one course, and a rule about it."""
    programme, version = factories.programme(), courses.version("sst")
    coverage.require(programme, version)
    return programme, version, rule(programme, version)


def check(programme: Programme) -> None:
    """One night's check of a programme."""
    asked = {each.id: each.asked for each in weighing.rules_to_check(programme.id)}
    operations.settle(programme.id, weighing.findings(programme, asked, weighing.factories_to_check(programme.id)))


def certificate(factory: Factory, found: FactoryRule, covered: int = 9, active: int = 10) -> FactoryCertificate:
    """A certificate of a factory, whatever its coverage is."""
    weighed = tuple(Weighed(each, Count(covered, active)) for each in found.asked)
    titles = {each.course_id: {"en": "Supervisory skills"} for each in found.asked}
    made = operations.issue(SYSTEM, factory, found, weighed, titles)
    assert made is not None
    return made
