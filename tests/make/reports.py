"""A small programme whose first quarter of 2026 can be counted by hand.

| day              | session  | course         | who attended                                   | paid by             |
| 10 Feb, 2 halves | S1       | skills         | Ann both, Bea the first, Dan late and present  | donor 1000          |
| 3 Mar, by link   | S2       | seminar        | Ann, Cho; Eve was only partly there            | factory 300, brand 100 |
| 31 Mar, 1 Apr    | S3       | skills         | Dan both, Eve the first                        | -                   |
| 20 Apr           | S4       | skills         | Bea                                            | -                   |

Each half-day takes three hours. Lotus (tier intensive): Ann, a supervisor; Bea, an operator. River (tier standard): Cho, a
manager; Dan, a supervisor, the only man; Eve, an operator who speaks for the workers on the committee.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from app.access.actor import SYSTEM
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.certificates import operations as certificates
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.courses.models import CourseVersion, Unit
from app.courses.rules import Category, QuizPhase
from app.factories.headcounts import operations as headcounts
from app.factories.models import Committee, CommitteeMember, Employment, Factory, FactoryTerm, Person
from app.factories.rules import CommitteeKind, JobRole, Sex, Side, TermKind
from app.improvement.cascade.rules import Heads, Level
from app.improvement.roadmap.models import RoadmapAction
from app.platform.clock import now, telling
from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.quizzes.surveys.models import SurveyWindow
from app.reports.facts.asked import Asked
from app.reports.models import PromotionCourse
from app.reports.rules.period import Span
from app.sessions.costs import operations as costs
from app.sessions.costs.operations import Paid
from app.sessions.models import TrainingSession
from app.sessions.rules import Modality
from app.sessions.service.rules import Payer
from tests.make import ambassadors, attendance, completions, courses, coverage, factories, results, roadmap
from tests.make.headcounts import said as heads

QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))
_numbers = count(1)
_ITEMS = [
    {"id": "useful", "text": "It was useful.", "scale": "agreement"}, {"id": "clear", "text": "It was clear.", "scale": "agreement"},
    {"id": "pace", "text": "The pace was", "options": ["slow", "right", "fast"]},
]
EVALUATION = {"id": "evaluation", "kind": "evaluation", "titles": {"en": "Evaluation"}, "in": {"en": {"intro": "", "items": _ITEMS}}}


class Counted:
    """The programme, with everything that is counted."""

    def __init__(self) -> None:
        self.programme = factories.programme()
        self.skills = courses.version("skills", themes=["osh/worker-protection", "osh", "discrimination"], forms=[EVALUATION])
        self.seminar = courses.version("seminar", category=Category.INDUSTRY_SEMINAR, themes=["working-time"])
        self.committees = courses.version("committees", category=Category.COMMITTEE, themes=["freedom-of-association"])
        self.lotus, self.river = factories.factory("LOTUS", name="Lotus"), factories.factory("RIVER", name="River")
        self._settled()
        self.ann = self._person("Ann", self.lotus, JobRole.SUPERVISOR)
        self.bea = self._person("Bea", self.lotus, JobRole.OPERATOR)
        self.cho = self._person("Cho", self.river, JobRole.MANAGER)
        self.dan = self._person("Dan", self.river, JobRole.SUPERVISOR, Sex.M)
        self.eve = self._person("Eve", self.river, JobRole.OPERATOR)
        self._committee()
        self._sessions()
        self._learned()
        self._paid()
        self._passed_on()
        db.session.flush()

    @property
    def asked(self) -> Asked:
        return Asked((self.programme.id,), QUARTER, now())

    def _settled(self) -> None:
        self._tier(self.lotus, "intensive")
        self._tier(self.river, "standard")

    def _tier(self, factory: Factory, tier: str) -> None:
        row = FactoryTerm(factory_id=factory.id, kind=TermKind.SUPPORT_TIER, value=tier, starts_on=date(2025, 1, 1), account_id=None)
        db.session.add(row)

    def _person(self, name: str, factory: Factory, role: JobRole, sex: Sex = Sex.F) -> Person:
        return factories.person(factory, role, name=name, local_name=None, sex=sex, language="en")

    def _committee(self) -> None:
        """River: Cho for the management, trained; Eve for the workers, not yet."""
        self.committee = self._sits(self.river, ((self.cho, Side.MANAGEMENT), (self.eve, Side.WORKER)))
        self.complete(self.cho, self.committees, self.river, datetime(2026, 1, 5, tzinfo=UTC))

    def _sits(self, factory: Factory, members: tuple[tuple[Person, Side], ...]) -> Committee:
        row = Committee(factory_id=factory.id, kind=CommitteeKind.BIPARTITE, starts_on=date(2025, 1, 1), ends_on=None)
        db.session.add(row)
        db.session.flush()
        for person, side in members:
            member = {"committee_id": row.id, "person_id": person.id, "side": side, "starts_on": date(2025, 1, 1), "ends_on": None}
            db.session.add(CommitteeMember(**member))
        return row

    def _sessions(self) -> None:
        self.s1 = self.session("S1", self.skills, datetime(2026, 2, 10, 2, tzinfo=UTC), 2)
        self.attend(self.s1, self.ann, self.lotus, Mark.PRESENT, Mark.PRESENT)
        self.attend(self.s1, self.bea, self.lotus, Mark.PRESENT, Mark.ABSENT)
        self.attend(self.s1, self.dan, self.river, Mark.LATE, Mark.PRESENT)
        self.s2 = self.session("S2", self.seminar, datetime(2026, 3, 3, 2, tzinfo=UTC), 1, Modality.VIRTUAL)
        self.attend(self.s2, self.ann, self.lotus, Mark.PRESENT)
        self.attend(self.s2, self.cho, self.river, Mark.PRESENT)
        self.attend(self.s2, self.eve, self.river, Mark.PARTIAL)
        self.s3 = self.session("S3", self.skills, datetime(2026, 3, 31, 2, tzinfo=UTC), 2)
        self.s3.meetings[1].starts += timedelta(days=1)
        self.s3.meetings[1].ends += timedelta(days=1)
        self.s3.meetings[1].starts_at += timedelta(days=1)
        self.s3.meetings[1].ends_at += timedelta(days=1)
        self.attend(self.s3, self.dan, self.river, Mark.PRESENT, Mark.PRESENT)
        self.attend(self.s3, self.eve, self.river, Mark.PRESENT, Mark.ABSENT)
        self.s4 = self.session("S4", self.skills, datetime(2026, 4, 20, 2, tzinfo=UTC), 1)
        self.attend(self.s4, self.bea, self.lotus, Mark.PRESENT)

    def session(
        self, code: str, version: CourseVersion, first: datetime, half_days: int, modality: Modality = Modality.IN_PERSON
    ) -> TrainingSession:
        made = attendance.training(half_days=half_days, first=first, version=version, programme=self.programme, code=code)
        db.session.refresh(made)
        for meeting in made.meetings:
            meeting.modality = modality
        return made

    def attend(self, training: TrainingSession, person: Person, factory: Factory, *marks: Mark) -> None:
        """A seat, and the marks of the half-days in their order."""
        attendance.seat(training, person, factory)
        for meeting, mark in zip(training.meetings, marks, strict=True):
            self.mark(meeting.id, person, mark)

    def mark(self, meeting_id: int, person: Person, mark: Mark) -> None:
        number = f"r{next(_numbers):031d}"
        said = {"meeting_id": meeting_id, "person_id": person.id, "mark": mark, "evidence": Evidence.ROLL_CALL, "at": now()}
        db.session.add(CurrentMark(mark_id=number, minutes=None, standing=[number], **said))
        db.session.flush()

    def complete(self, person: Person, version: CourseVersion, factory: Factory, at: datetime, **values: Any) -> Completion:
        return completions.completion(person, version, factory, at=at, **values)

    def _learned(self) -> None:
        """Ann and Dan complete S1, Cho S2; Dan's certificate is revoked. Ann is promoted in June."""
        day = datetime(2026, 2, 11, tzinfo=UTC)
        self.certificates: dict[str, Certificate] = {}
        for person, version, factory, training in (
            (self.ann, self.skills, self.lotus, self.s1), (self.dan, self.skills, self.river, self.s1),
            (self.cho, self.seminar, self.river, self.s2),
        ):
            done = self.complete(person, version, factory, day, training_id=training.id)
            self.certificates[person.name] = certificates.issue(done.id)
        self.certificates["Dan"].revoked_at = now()
        db.session.add(PromotionCourse(programme_id=self.programme.id, course_id=self.skills.course_id))
        before = db.session.query(Employment).filter_by(person_id=self.ann.id).one()
        before.ended_on = date(2026, 6, 1)
        risen = {"person_id": self.ann.id, "factory_id": self.lotus.id, "role": JobRole.INDIRECT_SUPERVISOR, "line_id": None, "designation": None}
        db.session.flush()
        db.session.add(Employment(employee_number=before.employee_number, number_key=before.number_key, started_on=date(2026, 6, 1), ended_on=None, **risen))
        pre, post = (results.quiz(self.skills, phase.value, phase) for phase in (QuizPhase.PRE, QuizPhase.POST))
        for unit, person, share in ((pre, self.ann, 4), (post, self.ann, 8), (pre, self.dan, 5), (post, self.dan, 7), (pre, self.bea, 9)):
            self.attempt(self.s1, unit.id, person, share)
        self.window = SurveyWindow(
            training_id=self.s1.id, form="evaluation", phase=None, factory_id=None, opened_at=day, closes_at=day, is_counted=True,
            figures={"n": 6, "languages": {}, "items": {
                "useful": {"n": 6, "counts": [3, 2, 1, 0, 0]}, "clear": {"n": 6, "counts": [2, 2, 1, 1, 0]}, "pace": {"n": 6, "counts": [6, 0, 0]},
            }},
        )
        db.session.add(self.window)

    def quiz(self, version: CourseVersion, phase: QuizPhase) -> Unit:
        """Its first of the phase, or a new one."""
        found = db.session.query(Unit).filter_by(version_id=version.id, phase=phase).order_by(Unit.position).first()
        return found or results.quiz(version, phase.value, phase)

    def attempt(self, training: TrainingSession, unit_id: int, person: Person, points: int, at: datetime | None = None) -> None:
        """So many points of ten."""
        db.session.add(Attempt(
            training_id=training.id, unit_id=unit_id, person_id=person.id, number=1, state=AttemptState.GRADED, seed=1, question_ids=[],
            started_at=now(), deadline_at=None, submitted_at=at or now(), score=float(points), max_score=10.0, passed=True, rule_version=1,
        ))

    def _paid(self) -> None:
        self.costs = [
            costs.add(SYSTEM, training.id, Paid(payer, name, amount * 100, "USD"))
            for training, payer, name, amount in (
                (self.s1, Payer.DONOR, "Fund for Work", 1000), (self.s2, Payer.FACTORY, "", 300), (self.s2, Payer.BRAND, "Marigold", 100),
            )
        ]

    def _passed_on(self) -> None:
        """River works on its roadmap; ambassadors held one session with a roster, one was counted without names."""
        roadmap.action(self.river)
        ambassadors.session(self.lotus, (self.ann, self.bea), held_on=date(2026, 3, 10), level=Level.B)
        ambassadors.session(self.river, heads=Heads(women=20, men=4), held_on=date(2026, 3, 11))
        ambassadors.session(self.river, heads=Heads(women=9), held_on=date(2026, 4, 1))


class Abroad(Counted):
    """Two programmes more: Mekong, which is of Cambodia as Kanthari is, and Saigon of Viet Nam.

    | day    | session | programme | course  | who attended                        | paid by   |
    | 17 Feb | S5      | Mekong    | skills  | Ann and Fay, both for Heron         | -         |
    | 24 Feb | S6      | Saigon    | seminar | Dan and Gia, both for Reed          | donor 600 |

    So Ann is in two programmes of one country, and Dan in two countries. Heron (tier standard): Fay, an operator. Reed (tier
    intensive): Gia, an operator who speaks for the workers on its committee, and Hue, a manager and a man. Plum declared four
    supervisors without names.
    """

    def __init__(self) -> None:
        super().__init__()
        self.skills.titles, self.seminar.titles = {"en": "Skills"}, {"en": "Seminar"}
        self.mekong = factories.programme("KM", name={"en": "Mekong"})
        self.saigon = factories.programme("VN", name={"en": "Saigon"}, country="VN", zone="Asia/Ho_Chi_Minh")
        self.heron = factories.factory("HERON", name="Heron", programme_id=self.mekong.id)
        self.reed, self.plum = (factories.factory(name.upper(), name=name, programme_id=self.saigon.id) for name in ("Reed", "Plum"))
        self._tier(self.heron, "standard")
        self._tier(self.reed, "intensive")
        self.fay = self._person("Fay", self.heron, JobRole.OPERATOR)
        self.gia = self._person("Gia", self.reed, JobRole.OPERATOR)
        self.hue = self._person("Hue", self.reed, JobRole.MANAGER, Sex.M)
        self._held()
        self._achieved()
        self._asked_for()
        db.session.flush()

    @property
    def asked(self) -> Asked:
        return Asked((self.programme.id, self.mekong.id, self.saigon.id), QUARTER, now())

    def _held(self) -> None:
        kanthari, day = self.programme, datetime(2026, 2, 17, 2, tzinfo=UTC)
        self.programme = self.mekong
        self.s5 = self.session("S5", self.skills, day, 1)
        self.programme = self.saigon
        self.s6 = self.session("S6", self.seminar, day + timedelta(days=7), 1)
        self.programme = kanthari
        for training, factory, people in ((self.s5, self.heron, (self.ann, self.fay)), (self.s6, self.reed, (self.dan, self.gia))):
            for person in people:
                self.attend(training, person, factory, Mark.PRESENT)
        costs.add(SYSTEM, self.s6.id, Paid(Payer.DONOR, "Fund for Work", 600 * 100, "USD"))

    def _achieved(self) -> None:
        """Fay and Gia complete their sessions, Fay with a certificate; both courses lead to promotion, and Fay rises."""
        day = datetime(2026, 2, 25, tzinfo=UTC)
        certificates.issue(self.complete(self.fay, self.skills, self.heron, day, training_id=self.s5.id, role=JobRole.OPERATOR).id)
        self.complete(self.gia, self.seminar, self.reed, day, training_id=self.s6.id, role=JobRole.OPERATOR)
        for programme, version in ((self.mekong, self.skills), (self.saigon, self.seminar)):
            db.session.add(PromotionCourse(programme_id=programme.id, course_id=version.course_id))
        factories.employ(self.fay, self.heron, JobRole.SUPERVISOR, number="RISEN").started_on = date(2026, 5, 4)
        for training, version, person, before, after in ((self.s5, self.skills, self.fay, 3, 9), (self.s6, self.seminar, self.gia, 5, 6)):
            for phase, points in ((QuizPhase.PRE, before), (QuizPhase.POST, after)):
                self.attempt(training, self.quiz(version, phase).id, person, points)

    def behave(self) -> None:
        """Five of Lotus and five of Reed took the test before, 4 of 10, and the one months after: 7 at Lotus, 5 at Reed."""
        for training, version, factory, points in ((self.s1, self.skills, self.lotus, 7), (self.s6, self.seminar, self.reed, 5)):
            before, after = (self.quiz(version, phase) for phase in (QuizPhase.PRE, QuizPhase.FOLLOW_UP))
            for number in range(5):
                person = self._person(f"{factory.name} {number}", factory, JobRole.HELPER)
                attendance.seat(training, person, factory)
                self.attempt(training, before.id, person, 4)
                self.attempt(training, after.id, person, points, datetime(2026, 3, 20, tzinfo=UTC))

    def _asked_for(self) -> None:
        """Supervisors and operators of each programme hold the course of skills. Reed's committee is trained."""
        for programme in (self.programme, self.mekong, self.saigon):
            coverage.require(programme, self.skills, (JobRole.SUPERVISOR, JobRole.OPERATOR))
        with telling(datetime(2026, 2, 1, tzinfo=UTC)):
            headcounts.declare(SYSTEM, self.plum.code, heads(counts={(JobRole.SUPERVISOR, None): 4}))
        self._sits(self.reed, ((self.hue, Side.MANAGEMENT), (self.gia, Side.WORKER)))
        for person in (self.hue, self.gia):
            self.complete(person, self.committees, self.reed, datetime(2026, 1, 5, tzinfo=UTC))
        roadmap.action(self.heron)
        for action in db.session.query(RoadmapAction):
            action.starts_on = date(2026, 1, 1)
        ambassadors.session(self.heron, (self.fay,), held_on=date(2026, 3, 12), level=Level.B)
        ambassadors.session(self.reed, heads=Heads(women=5, men=1), held_on=date(2026, 3, 13))
        coverage.open_anew()
