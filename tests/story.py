"""A small story on the real verbs: one programme, one factory with twelve people, its staff, one course with a test.

Everything it answers are plain values, so that it serves tests inside one transaction, browsers and processes alike. The
caller commits. Times are counted from now; what lies in the past was done at its own time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account
from app.attendance import operations as attendance
from app.coverage import operations as coverage
from app.factories import queries as factories_now
from app.factories.headcounts import operations as headcounts
from app.factories.headcounts.rules import Said
from app.factories.models import Factory
from app.factories.operations import apply_roster, preview_roster
from app.factories.rules import CommitteeKind, JobRole, LineKind, Sex, Side, TermKind
from app.factories.structure import operations as structure
from app.factories.structure.settings import GroupSettings, HolidaySettings
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.tables import write_csv
from app.quizzes import operations as quizzes
from app.quizzes import queries as sittings
from app.quizzes.rules import option_ids
from app.sessions import operations as sessions
from app.sessions import queries as trainings
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality, SiteKind
from app.sessions.rules.wall_time import HalfDay
from tests.make import courses, factories
from tests.make.quizzes import bank

PASSWORD = "one stitch after another"
PIN = "471147"
ZONE = "Asia/Phnom_Penh"
PEOPLE = (
    ("Sok Sreymom", "សុខ ស្រីមុំ", "F", "Line Supervisor"), ("Chan Dara", "ចាន់ តារា", "M", "Line Supervisor"),
    ("Heng Bopha", "ហេង បុប្ផា", "F", "Line Supervisor"), ("Keo Rithy", "កែវ រិទ្ធី", "M", "Line Supervisor"),
    ("Meas Sophea", "មាស សុភា", "F", "Line Supervisor"), ("Ros Kolab", "រស់ កុលាប", "F", "Line Chief"),
    ("Pen Veasna", "ប៉ែន វាសនា", "M", "Production Manager"), ("Ly Maly", "លី ម៉ាលី", "F", "HR Officer"),
    ("Tep Sokha", "ទេព សុខា", "F", "Sewing Operator"), ("Yim Theary", "យឹម ធារី", "F", "Sewing Operator"),
    ("Sam Kosal", "សំ កុសល", "M", "Sewing Operator"), ("Nou Phalla", "នូ ផល្លា", "F", "Helper"),
)
LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


@dataclass(frozen=True)
class Story:
    """`leaders` are the five supervisors and the line chief, by employee number; all have the PIN."""

    programme_id: int
    factory_id: int
    factory_code: str
    version_id: int
    course_code: str
    test_id: int
    manager: Actor
    trainer: Actor
    focal_point: Actor
    advisor: Actor
    leaders: tuple[int, ...]

    @property
    def staff(self) -> tuple[Actor, ...]:
        return self.manager, self.trainer, self.focal_point, self.advisor

    def email(self, actor: Actor) -> str:
        """The address with which this actor signs in; the password is PASSWORD."""
        return db.session.get_one(Account, actor.account_id).email


def begin(code: str = "KH-STORY") -> Story:
    """The programme before any training: people are on the roster, the course is published and required."""
    programme = factories.programme("KH")
    factory = factories.factory(code, programme_id=programme.id, name="Story Garment", local_name="រោងចក្ររឿង")
    version = courses.version("sst")
    test = courses.unit(version, "post-test")
    bank(test.id)
    manager, trainer, advisor = (
        _account(role, Grant(role, programme_id=programme.id)) for role in (Role.PROGRAMME_MANAGER, Role.TRAINER, Role.ADVISOR)
    )
    focal_point = _account(Role.FOCAL_POINT, Grant(Role.FOCAL_POINT, factory_id=factory.id))
    coverage.require(manager, programme.id, version.course_id, LEADERS)
    import_roster(manager, factory)
    leaders = _leaders(factory.id)
    for person_id in leaders:
        accounts.set_pin(focal_point, person_id, PIN)
    return Story(
        programme.id, factory.id, code, version.id, "sst", test.id, manager, trainer, focal_point, advisor, leaders
    )


def _account(role: Role, grant: Grant) -> Actor:
    name = f"{role.value.replace('_', ' ').title()} of the story"
    row = accounts.create_account(
        SYSTEM, email=f"{role.value.replace('_', '-')}@story.example", name=name, language="en", password=PASSWORD, grants=[grant]
    )
    return Actor(name=name, account_id=row.id, grants=(grant,), language="en")


def import_roster(actor: Actor, factory: Factory) -> None:
    """Everybody of PEOPLE, by the verbs that import any roster."""
    header = ("Employee No", "Name", "Khmer name", "Sex", "Line", "Designation", "Joining date")
    rows = [
        (f"S{number:04d}", name, local, sex, f"Line {number % 4 + 1}", designation, datetime(2020, 3, number).date())
        for number, (name, local, sex, designation) in enumerate(PEOPLE, 1)
    ]
    found = preview_roster(actor, factory, "staff.csv", write_csv(header, rows))
    apply_roster(actor, found.id)


def _leaders(factory_id: int) -> tuple[int, ...]:
    rows = sorted(factories_now.employed(factory_id), key=lambda row: row.employee_number)
    return tuple(row.person_id for row in rows if row.role in LEADERS)


def furnish(story: Story) -> None:
    """What staff and the factory keep: a group, a holiday, tier and mode, a section, a committee of both sides, headcounts."""
    manager, code, today = story.manager, story.factory_code, now().astimezone(ZoneInfo(ZONE)).date()
    structure.create_group(manager, GroupSettings("STORY", "Story Holding", None, frozenset({story.factory_id})))
    structure.add_holiday(manager, "KH", HolidaySettings(today, {"en": "Water Festival"}, is_provisional=True))
    structure.begin_term(manager, code, TermKind.SUPPORT_TIER, "intensive", today - timedelta(days=400))
    structure.begin_term(manager, code, TermKind.ENGAGEMENT_MODE, "hybrid", today)
    structure.add_line(manager, code, "Cutting", LineKind.SECTION)
    committee = structure.create_committee(manager, code, CommitteeKind.BIPARTITE, today, None)
    for person, side in zip(story.leaders, (Side.MANAGEMENT, Side.WORKER, Side.WORKER), strict=False):
        structure.add_member(manager, code, committee.id, person, side, today)
    counts = {(JobRole.OPERATOR, Sex.F): 7, (JobRole.OPERATOR, Sex.OTHER): 1, (JobRole.SUPERVISOR, Sex.M): 3}
    first = Said(today - timedelta(days=250), "declared", counts, lines=4, shifts=1, under_18=0)
    headcounts.declare(story.focal_point, code, first)
    headcounts.declare(story.focal_point, code, replace(first, lines=5))
    found = headcounts.preview(story.focal_point, db.session.get_one(Factory, story.factory_id), "heads.csv", HEADS.encode())
    headcounts.apply(story.focal_point, found.id)


HEADS = """\
Date,Role,Women,Men,Total
2025-12-31,Operator,6,1,7
2025-12-31,Wizard,1,0,1
2025-12-31,Supervisor,3,2,6
"""


def half_day(days: int, hour: int = 8) -> HalfDay:
    """Four hours on the day so many days from today."""
    today = now().astimezone(ZoneInfo(ZONE)).date()
    starts = datetime.combine(today + timedelta(days=days), time(hour))
    return HalfDay(starts, starts + timedelta(hours=4), ZONE)


def schedule(story: Story, first: int = 7) -> int:
    """Plan two half-days from `first` days after today on, in a training room and the factory's meeting room."""
    days = (first, first + 1)
    plan = Plan(
        programme_id=story.programme_id, version_id=story.version_id, language="km",
        half_days=tuple(PlannedHalfDay(half_day(day), Modality.HYBRID, "https://meet.example/story") for day in days),
        trainer_ids=(story.trainer.account_id,), capacity_in_person=6, capacity_virtual=6,
        venue="Training centre", factory_ids=(story.factory_id,),
    )
    with telling(_before(first)):
        return sessions.schedule(story.trainer, plan).id


def _before(first: int) -> datetime:
    """Ten days before a past half-day; for one to come, now."""
    starts = half_day(first).starts.replace(tzinfo=ZoneInfo(ZONE))
    return min(now(), starts - timedelta(days=10))


def nominate(story: Story, training_id: int, people: Collection[int] = ()) -> None:
    """The focal point asks for seats in the training room, for all leaders unless others are named."""
    training = trainings.training_for(story.focal_point, training_id)
    site = next(site for site in training.sites if site.kind is SiteKind.VENUE)
    factory = db.session.get_one(Factory, story.factory_id)
    with telling(_start_of(training_id) - timedelta(days=5)):
        sessions.nominate(story.focal_point, training_id, factory, people or story.leaders, site.id)


def _start_of(training_id: int) -> datetime:
    return min(now() + timedelta(days=5), trainings.held_meetings(training_id)[0].starts_at)


def confirm(story: Story, training_id: int) -> None:
    """The trainer books everybody and confirms; invitations are queued."""
    with telling(_start_of(training_id) - timedelta(days=4)):
        sessions.book_all(story.trainer, training_id)
        sessions.confirm(story.trainer, training_id)


def roll_call(story: Story, training_id: int) -> None:
    """Everybody is there at every half-day."""
    for meeting in trainings.held_meetings(training_id):
        with telling(meeting.starts_at + timedelta(minutes=15)):
            attendance.mark_all_present(story.trainer, meeting.id)


def open_test(story: Story, training_id: int, minutes: int = 60) -> None:
    """The trainer opens the post-test now."""
    quizzes.open_window(story.trainer, training_id, story.test_id, minutes)


def learner(story: Story, training_id: int, person_id: int) -> Actor:
    """A person who has joined with code and PIN."""
    return Actor(person_id=person_id, language="km", training_id=training_id, grants=(Grant(Role.PERSON),))


def take_test(person: Actor, *, right: bool = True) -> None:
    """Answer every question well, or every one badly, and hand in."""
    sitting = sittings.sitting(person, quizzes.start(person).id)
    for step in sittings.steps(sitting):
        question = sittings.asked(sitting, step.number)
        name = option_ids(3, sitting.seed, question.code)[0 if right else 1]
        quizzes.answer(person, sitting.attempt_id, question.question_id, [name], question.revision)
    quizzes.submit(person, sitting.attempt_id)


def held(story: Story, first: int = -20, passed: int = 3) -> int:
    """A past training session from plan to certificates: all six were there, the first `passed` passed the test."""
    training_id = schedule(story, first)
    nominate(story, training_id)
    confirm(story, training_id)
    roll_call(story, training_id)
    end = trainings.held_meetings(training_id)[-1].ends_at
    with telling(end - timedelta(hours=1)):
        open_test(story, training_id)
    for number, person_id in enumerate(story.leaders):
        with telling(end - timedelta(minutes=30)):
            take_test(learner(story, training_id, person_id), right=number < passed)
    return training_id
