"""Two factories and everything that may happen to them, by the verbs that everybody uses, day after day."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from app.access.actor import SYSTEM
from app.completions.operations import note_unit
from app.coverage.models import Requirement
from app.coverage.requirements.documents import document
from app.coverage.requirements.events import RequirementChanged, WaiverChanged
from app.coverage.requirements.models import RequirementVersion, RequirementWaiver
from app.coverage.requirements.rules import Kind, Rule, Scope, WaiverReason
from app.factories import people as persons
from app.factories.headcounts import operations as headcounts
from app.factories.headcounts.rules import Said
from app.factories.merging import operations as merging
from app.factories.models import (
    Committee,
    CommitteeMember,
    Employment,
    Factory,
    Line,
    Person,
    PersonMerge,
    RosterImport,
)
from app.factories.operations import apply_roster, employing, preview_roster, previewing, undo_roster
from app.factories.operations.employing import Hire, Terms
from app.factories.rules import (
    CommitteeKind,
    EndReason,
    FactoryStatus,
    ImportState,
    JobRole,
    LineKind,
    Sex,
    Side,
    TermKind,
)
from app.factories.structure import operations as structure
from app.factories.structure.rules import SupportTier
from app.factories.structure.settings import FactorySettings
from app.platform import clock
from app.platform.bus import publish
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.make import completions, courses, factories

FIRST = date(2025, 1, 1)
ROLES = (JobRole.OPERATOR, JobRole.SUPERVISOR, JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)
HEADINGS = "Employee No,Name,Sex,Line,Designation,Joining date\n"


class History:
    """What happens is chosen by chance; `day` is today."""

    def __init__(self, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.chance, self.day, self.number = random.Random(seed), FIRST, 0
        patch.setattr(previewing, "today", lambda _zone: self.day)
        with self.now():
            self.programme = factories.programme()
            self.factories = [factories.factory(name=f"Mill {number}") for number in range(2)]
            self.versions = [courses.version(validity_months=months) for months in (3, None)]
            self.requirements = [self._requirement(f"r{number}") for number in range(3)]
            for each in self.requirements:
                self._say(each)

    def now(self):
        """It is noon of the day."""
        return clock.telling(datetime.combine(self.day, time(5), UTC))

    def go_on(self) -> None:
        """Some days later, something happens - or it is refused."""
        self.day += timedelta(days=self.chance.choice([0, 1, 5, 20, 40]))
        with self.now(), suppress(NotFound, Refused):
            self.chance.choice(self._acts())()
            db.session.flush()

    def _acts(self) -> list[Callable[[], object]]:
        often = [self.hire, self.hire, self.complete, self.complete, self.complete, self.change_work, self.end_work]
        seldom = [
            self.withdraw, self.withdraw, self.merge, self.part, self.correct_sex, self.roster, self.take_back, self.waive,
            self.say_again, self.committee, self.member, self.member, self.leave_committee, self.tier, self.declare, self.close, self.line,
        ]
        return [*often, *seldom]

    # -- work ---------------------------------------------------------------------------------------------------------

    def hire(self) -> None:
        self.number += 1
        who = Hire(f"Sok Dara {self.number}", None, self.chance.choice([Sex.F, Sex.M, None]), f"H{self.number}")
        factory = self.factory()
        employing.hire(SYSTEM, factory.code, who, self.terms(factory), self.past())

    def change_work(self) -> None:
        job = self.job()
        factory = db.session.get_one(Factory, job.factory_id)
        employing.change_work(SYSTEM, factory.code, job.person_id, self.terms(factory), self.past())

    def end_work(self) -> None:
        job = self.job()
        employing.end_work(SYSTEM, db.session.get_one(Factory, job.factory_id).code, job.person_id, EndReason.LEFT, self.past())

    def roster(self) -> None:
        factory = self.factory()
        listed = db.session.query(Employment).filter_by(factory_id=factory.id, ended_on=None).all()
        rows = [
            f"{job.employee_number},{job.person.name},{self.chance.choice(['F', 'M', ''])},Line {self.chance.randint(1, 2)},{self.chance.choice(['Operator', 'Supervisor'])},"
            for job in self.chance.sample(listed, k=len(listed) - len(listed) // 4)
        ]
        for _ in range(self.chance.randint(0, 2)):
            self.number += 1
            rows.append(f"R{self.number},Chan Srey {self.number},F,Line 1,Supervisor,{self.past():%Y-%m-%d}")
        if rows:
            found = preview_roster(SYSTEM, factory, "list.csv", (HEADINGS + "\n".join(rows) + "\n").encode())
            apply_roster(SYSTEM, found.id)

    def take_back(self) -> None:
        found = db.session.query(RosterImport).filter_by(state=ImportState.APPLIED).order_by(RosterImport.id.desc()).first()
        if found:
            undo_roster(SYSTEM, found.id)

    def merge(self) -> None:
        people = db.session.query(Person.id).filter(Person.merged_into_id.is_(None)).order_by(Person.id).all()
        if len(people) > 1:
            (winner,), (loser,) = self.chance.sample(people, 2)
            merging.merge(SYSTEM, winner, loser)

    def part(self) -> None:
        standing = db.session.query(PersonMerge.id).filter(PersonMerge.undone_at.is_(None)).order_by(PersonMerge.id).all()
        if standing:
            merging.part(SYSTEM, self.chance.choice(standing)[0])

    def correct_sex(self) -> None:
        persons.correct(SYSTEM, self.job().person_id, {"sex": self.chance.choice([Sex.F, Sex.M, None])})

    # -- what they learn ----------------------------------------------------------------------------------------------

    def complete(self) -> None:
        job, version = self.job(), self.chance.choice(self.versions)
        at = datetime.combine(self.past(), time(self.chance.choice([2, 9, 18])), UTC)
        training = completions.training(version, self.programme, at)
        for unit in ("meetings", "post-test"):
            self._reach(job.person_id, training, unit, Fraction(1), job.factory_id, at)

    def withdraw(self) -> None:
        done = self.chance.choice(db.session.query(completions.Completion).order_by(completions.Completion.id).all() or [None])
        if done and done.factory_id:
            training = db.session.get_one(completions.TrainingSession, done.training_id)
            share = Fraction(1) if done.withdrawn_at else Fraction(0)
            self._reach(done.person_id, training, "post-test", share, done.factory_id, clock.now())

    def _reach(self, person_id: int, training: object, unit: str, share: Fraction, factory_id: int, at: datetime) -> None:
        version = db.session.get_one(courses.CourseVersion, training.version_id)
        note_unit(
            person_id=person_id, training_id=training.id, version_id=version.id, unit_id=courses.unit(version, unit).id, share=share,
            factory_id=factory_id, at=at,
        )

    # -- what is asked ------------------------------------------------------------------------------------------------

    def say_again(self) -> None:
        self._say(self.chance.choice(self.requirements))

    def waive(self) -> None:
        requirement, job = self.chance.choice(self.requirements), self.job()
        start = self.past()
        db.session.add(RequirementWaiver(
            requirement_id=requirement.id, factory_id=job.factory_id, person_id=self.chance.choice([job.person_id, None]), reason=WaiverReason.OTHER_WORK,
            starts_on=start, ends_on=start + timedelta(days=self.chance.randint(1, 60)), account_id=None, created_at=clock.now(),
        ))
        db.session.flush()
        publish(WaiverChanged(requirement.id, job.factory_id))

    def _requirement(self, code: str) -> Requirement:
        row = Requirement(programme_id=self.programme.id, code=code, title={})
        db.session.add(row)
        db.session.flush()
        return row

    def _say(self, requirement: Requirement) -> None:
        last = db.session.query(RequirementVersion).filter_by(requirement_id=requirement.id).count()
        kind = self.chance.choice([Kind.ROLE, Kind.QUOTA, Kind.UNIT, Kind.BODY, Kind.LAW])
        taught = tuple(version.course_id for version in self.versions)
        rule = Rule(
            kind, courses=self.chance.choice([taught, taught[:1]]), roles=self.chance.choice([(JobRole.SUPERVISOR,), (JobRole.SUPERVISOR, JobRole.OPERATOR)]),
            committees=self.chance.choice([(), (CommitteeKind.SAFETY,)]), hours=self.chance.choice([0, 20]) if kind is Kind.LAW else 0,
            months=self.chance.choice([None, 2]), per_unit=self.chance.choice([1, 2]),
        )
        scope = Scope(products=self.chance.choice([(), (), ("shirts",)]), tiers=self.chance.choice([(), (), (SupportTier.INTENSIVE,)]), smallest=self.chance.choice([None, None, 10]))
        starts = self.day + timedelta(days=self.chance.choice([-20, 0, 10]))
        db.session.add(RequirementVersion(
            requirement_id=requirement.id, number=last + 1, starts_on=starts, ends_on=self.chance.choice([None, None, starts + timedelta(days=90)]),
            rule=document(rule), scope=document(scope), source="", review_on=None, account_id=None, created_at=clock.now(),
        ))
        db.session.flush()
        publish(RequirementChanged(requirement.id))

    # -- the factory --------------------------------------------------------------------------------------------------

    def committee(self) -> None:
        ends = self.chance.choice([None, self.day + timedelta(days=60)])
        structure.create_committee(SYSTEM, self.factory().code, self.chance.choice(list(CommitteeKind)), self.past(), ends)

    def member(self) -> None:
        if committees := db.session.query(Committee).order_by(Committee.id).all():
            committee = self.chance.choice(committees)
            code = db.session.get_one(Factory, committee.factory_id).code
            jobs = db.session.query(Employment).filter_by(factory_id=committee.factory_id, ended_on=None).order_by(Employment.id).all()
            if jobs:
                person_id = self.chance.choice(jobs).person_id
                structure.add_member(SYSTEM, code, committee.id, person_id, self.chance.choice(list(Side)), self.day)

    def leave_committee(self) -> None:
        if members := db.session.query(CommitteeMember).filter_by(ends_on=None).order_by(CommitteeMember.id).all():
            member = self.chance.choice(members)
            committee = db.session.get_one(Committee, member.committee_id)
            code = db.session.get_one(Factory, committee.factory_id).code
            structure.end_membership(SYSTEM, code, committee.id, member.id, self.day)

    def tier(self) -> None:
        structure.begin_term(SYSTEM, self.factory().code, TermKind.SUPPORT_TIER, self.chance.choice(list(SupportTier)), self.past())

    def declare(self) -> None:
        counts = {(JobRole.SUPERVISOR, Sex.F): self.chance.randint(1, 6), (JobRole.OPERATOR, Sex.M): self.chance.randint(1, 9)}
        headcounts.declare(SYSTEM, self.factory().code, Said(self.past(), "declared", counts, 2, shifts=1))

    def close(self) -> None:
        factory = self.factory()
        names = ("code", "name", "local_name", "language", "province", "group_id", "export_zone", "os_id", "slcp_id", "products")
        status = self.chance.choice([FactoryStatus.CLOSED, FactoryStatus.ACTIVE, FactoryStatus.ACTIVE, FactoryStatus.PAUSED])
        structure.change_factory(SYSTEM, factory.code, FactorySettings(**{name: getattr(factory, name) for name in names}, rest_days=None, status=status))

    def line(self) -> None:
        factory = self.factory()
        lines = db.session.query(Line).filter_by(factory_id=factory.id, closed_on=None).order_by(Line.id).all()
        if lines and self.chance.random() < 0.3:
            structure.close_line(SYSTEM, factory.code, self.chance.choice(lines).id, self.day)
        else:
            self.number += 1
            structure.add_line(SYSTEM, factory.code, f"Own line {self.number}", LineKind.LINE)

    # -- chance -------------------------------------------------------------------------------------------------------

    def factory(self) -> Factory:
        return self.chance.choice(self.factories)

    def past(self) -> date:
        """Today, or some day before."""
        return self.day - timedelta(days=self.chance.choice([0, 0, 3, 30]))

    def job(self) -> Employment:
        jobs = db.session.query(Employment).filter(Employment.ended_on.is_(None)).order_by(Employment.id).all()
        if not jobs:
            raise NotFound
        return self.chance.choice(jobs)

    def terms(self, factory: Factory) -> Terms:
        lines = db.session.query(Line).filter_by(factory_id=factory.id, closed_on=None).order_by(Line.id).all()
        return Terms(self.chance.choice(ROLES), None, self.chance.choice([None, *(line.id for line in lines)]))
