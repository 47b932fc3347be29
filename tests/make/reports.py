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
from app.courses.models import CourseVersion
from app.courses.rules import Category, QuizPhase
from app.factories.models import Committee, CommitteeMember, Employment, Factory, FactoryTerm, Person
from app.factories.rules import CommitteeKind, JobRole, Sex, Side, TermKind
from app.improvement.cascade.rules import Heads, Level
from app.platform.clock import now
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
from tests.make import ambassadors, attendance, completions, courses, factories, results, roadmap

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
        for factory, tier in ((self.lotus, "intensive"), (self.river, "standard")):
            row = FactoryTerm(factory_id=factory.id, kind=TermKind.SUPPORT_TIER, value=tier, starts_on=date(2025, 1, 1), account_id=None)
            db.session.add(row)

    def _person(self, name: str, factory: Factory, role: JobRole, sex: Sex = Sex.F) -> Person:
        return factories.person(factory, role, name=name, local_name=None, sex=sex, language="en")

    def _committee(self) -> None:
        """River: Cho for the management, trained; Eve for the workers, not yet."""
        row = Committee(factory_id=self.river.id, kind=CommitteeKind.BIPARTITE, starts_on=date(2025, 1, 1), ends_on=None)
        db.session.add(row)
        db.session.flush()
        self.committee = row
        for person, side in ((self.cho, Side.MANAGEMENT), (self.eve, Side.WORKER)):
            member = {"committee_id": row.id, "person_id": person.id, "side": side, "starts_on": date(2025, 1, 1), "ends_on": None}
            db.session.add(CommitteeMember(**member))
        self.complete(self.cho, self.committees, self.river, datetime(2026, 1, 5, tzinfo=UTC))

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

    def attempt(self, training: TrainingSession, unit_id: int, person: Person, points: int) -> None:
        """So many points of ten."""
        db.session.add(Attempt(
            training_id=training.id, unit_id=unit_id, person_id=person.id, number=1, state=AttemptState.GRADED, seed=1, question_ids=[],
            started_at=now(), deadline_at=None, submitted_at=now(), score=float(points), max_score=10.0, passed=True, rule_version=1,
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
