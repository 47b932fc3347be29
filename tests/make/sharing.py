"""Factories whose last whole quarter can be shared: who attended, who is certified, who is covered, and a committee."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from app.access.roles import Role
from app.accounts.models import Account
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.certificates import operations as certificates
from app.completions.events import CourseCompleted
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.coverage.subscribers import on_completed
from app.factories.models import Committee, CommitteeMember, Factory, Person, Programme
from app.factories.rules import CommitteeKind, JobRole, Sex, Side
from app.platform.clock import now, telling, today
from app.platform.db import db
from app.reports.rules.period import Span
from app.reports.sharing import operations, rules
from app.reports.sharing.operations import Given, Wanted
from app.reports.sharing.rules import Aggregate
from app.sessions.models import TrainingSession
from tests.make import accounts, attendance, completions, courses, coverage, factories

_numbers = count(1)
NAME = "Secret Person"
"""What everybody is called: no page outside may say it."""


def quarter(zone: str = "Asia/Phnom_Penh") -> Span:
    """The last one that is over."""
    return rules.periods(today(zone))[0]


@dataclass
class Taught:
    """A factory with its people, of whom the first attended a session of the quarter."""

    factory: Factory
    people: list[Person]
    training: TrainingSession


def course(programme: Programme) -> CourseVersion:
    """A course that all supervisors need."""
    version = courses.version(f"sst-{programme.code.lower()}", titles={"en": "Supervisory skills"})
    coverage.require(programme, version, (JobRole.SUPERVISOR,))
    return version


def taught(
    programme: Programme, version: CourseVersion, name: str, people: int, attended: int, certified: int, women: int = 0
) -> Taught:
    """So many supervisors, all of whom began long ago; the certified ones are covered. Within the quarter."""
    factory = factories.factory(name=name, programme_id=programme.id)
    everybody = [
        factories.person(
            factory, JobRole.SUPERVISOR, name=f"{NAME} {number}", sex=Sex.F if number < women else Sex.M,
        )
        for number in range(people)
    ]  # fmt: skip
    held = attendance.training(half_days=1, first=now() - timedelta(hours=8), version=version, programme=programme)
    db.session.refresh(held)
    for place, person in enumerate(everybody[:attended]):
        attend(held, person, factory)
        if place < certified:
            done = completions.completion(person, version, factory, at=now() - timedelta(hours=4), training_id=held.id)
            certificates.issue(done.id)
            on_completed(CourseCompleted(done.id))
    db.session.flush()
    return Taught(factory, everybody, held)


def attend(training: TrainingSession, person: Person, factory: Factory) -> None:
    attendance.seat(training, person, factory)
    number = f"s{next(_numbers):031d}"
    said = {"meeting_id": training.meetings[0].id, "person_id": person.id, "mark": Mark.PRESENT, "evidence": Evidence.ROLL_CALL}
    db.session.add(CurrentMark(mark_id=number, minutes=None, standing=[number], at=now(), **said))
    db.session.flush()


def committee(factory: Factory, people: list[Person], version: CourseVersion | None = None) -> None:
    """Half of them for each side; trained when a course is given."""
    row = Committee(factory_id=factory.id, kind=CommitteeKind.BIPARTITE, starts_on=date(2020, 1, 1), ends_on=None)
    db.session.add(row)
    db.session.flush()
    for number, person in enumerate(people):
        side = Side.WORKER if number % 2 else Side.MANAGEMENT
        db.session.add(CommitteeMember(committee_id=row.id, person_id=person.id, side=side, starts_on=date(2020, 1, 1), ends_on=None))
        if version is not None:
            completions.completion(person, version, factory, at=now() - timedelta(hours=4))
    db.session.flush()


def within_quarter() -> datetime:
    """A moment in its middle."""
    return datetime.combine(quarter().first + timedelta(days=40), time(12), UTC)


def one_factory(name: str = "Lotus Garments", people: int = 30, attended: int = 23, certified: int = 17) -> Taught:
    """A factory of 30 supervisors, of whom 23 attended one half-day of three hours, and 17 hold the certificate."""
    with telling(within_quarter()):
        programme = factories.programme()
        found = taught(programme, course(programme), name, people, attended, certified)
        committee(found.factory, found.people[:6], courses.version("committee", category=Category.COMMITTEE))
    return found


def given(factory: Factory, *aggregates: Aggregate, buyer: str = "Marigold & Sons", days: int = 30, by: Account | None = None) -> Given:
    """A consent of the factory's own focal point."""
    actor = accounts.actor(by or accounts.account(Role.FOCAL_POINT, factory=factory))
    span = quarter(factory.programme.zone)
    wanted = Wanted(buyer, span, aggregates or tuple(Aggregate), today(factory.programme.zone) + timedelta(days=days))
    seen = operations.mark(operations.preview(actor, factory.code, wanted))
    return operations.consent(actor, factory.code, wanted, seen, f"{next(_numbers):032x}")
