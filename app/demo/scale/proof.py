"""The rows that prove a training session: tests before, after and months after, ratings, costs, certificates, the log.

Tests are those of the last two years, and the log tells of certificates of these years. The first factory that is
loaded has the answers of its tests, too, and files for its certificates; those of others have yet to be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.certificates.models import Certificate
from app.certificates.rules import code_of, number, verify_address
from app.courses.models import CourseVersion
from app.courses.queries import units
from app.courses.rules import FormKind, QuizPhase
from app.demo.scale.runs import Result, Run
from app.demo.scale.sizes import Country
from app.demo.scale.store import Store
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.files import files
from app.platform.i18n import text
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.rules import RULE_VERSION, AttemptMode, AttemptState
from app.quizzes.surveys.models import SurveyWindow
from app.sessions.costs.models import TrainingCost
from app.sessions.service.rules import Payer

_ASKED, _TESTED = 10, timedelta(days=730)
_MONTHS_AFTER, _OPEN = timedelta(days=183), timedelta(days=14)
_FEWEST = 5
_FILE_BYTES = 20_000
_IN_FULL = 1
"""The factories that are loaded first, this many, have answers and files."""


@dataclass(frozen=True)
class Test:
    """What an attempt at a quiz unit asks: questions of which one option is right."""

    unit_id: int
    question_ids: tuple[int, ...]
    right: tuple[str, ...]
    """For each question, the answer that is right, as JSON."""
    wrong: tuple[str, ...]
    passes: float | None
    """The share that the course version asks for; None of a test of which it asks nothing."""


@dataclass(frozen=True)
class Course:
    """What is asked and printed of a course version."""

    version: CourseVersion
    tests: dict[QuizPhase, Test]
    form: str
    items: tuple[str, ...]
    """Of the evaluation, those on the scale of agreement."""


def course_of(version_id: int) -> Course:
    """What a published version asks."""
    version = db.session.get_one(CourseVersion, version_id)
    tests: dict[QuizPhase, Test] = {}
    for unit in units(version_id):
        if unit.phase is not None and unit.phase not in tests:
            tests[unit.phase] = _test(unit.id, version.test_share if unit.code == version.test_unit else None)
    form = next(each for each in version.forms if each["kind"] == FormKind.EVALUATION)
    items = tuple(each["id"] for each in form["in"]["en"]["items"] if each.get("scale") is not None)
    return Course(version, tests, form["id"], items)


def _test(unit_id: int, passes: float | None) -> Test:
    asked = db.session.scalars(
        sa.select(Question)
        .where(Question.unit_id == unit_id, Question.kind == "single")
        .order_by(Question.position)
        .limit(_ASKED)
    ).all()
    right, wrong = (tuple(_answer(each, worth) for each in asked) for worth in ("100", "0"))
    return Test(unit_id, tuple(each.id for each in asked), right, wrong, passes)


def _answer(question: Question, worth: str) -> str:
    options = next(iter(question.key.values()))["options"]
    return next(f'["{place}"]' for place, option in enumerate(options) if option["fraction"] == worth)


class Proof:
    """Writes what proves the training sessions of one programme."""

    def __init__(self, store: Store, country: Country, courses: Mapping[int, Course]) -> None:
        self._store, self._country, self._zone = store, country, ZoneInfo(country.zone)
        self._random = Random(f"{country.code}:{store.count(Attempt)}")  # noqa: S311 - the same facts for the same seed
        self._courses = courses
        self._now, self._since = now(), now() - _TESTED
        self._address = settings().base_url

    def of_training(self, run: Run, training: int, ended: datetime) -> None:
        """What it cost, who paid, and how it was rated."""
        random, course = self._random, self._courses[run.edition.version_id]
        for payer in random.sample(list(Payer), random.choice((1, 1, 2))):
            amount = random.randrange(20_000, 200_000)
            self._store.add(TrainingCost, training, payer.value, "", amount, "USD", ended)
        people, closes = len(run.results), ended + _OPEN
        if people >= _FEWEST and closes < self._now:
            figures = {
                "n": people, "languages": {self._country.language: people},
                "items": {each: {"n": people, "counts": self._counts(people)} for each in course.items},
            }  # fmt: skip
            said = self._store.encoded(figures)
            self._store.add(SurveyWindow, training, course.form, ended, closes, True, said)

    def _counts(self, people: int) -> list[int]:
        best = self._random.randrange(people // 2, people + 1)
        return [best // 2, best - best // 2, people - best, 0, 0]

    def of_person(
        self, run: Run, training: int, result: Result, factory: str, ended: datetime, completion: int | None
    ) -> None:
        """The tests of somebody who took part, and the certificate of a completion."""
        tests, random = self._courses[run.edition.version_id].tests, self._random
        if ended >= self._since and result.test is not None:
            points = int(result.test * _ASKED)
            begun, late = ended - timedelta(days=14), ended + _MONTHS_AFTER
            goes = {
                QuizPhase.PRE: (begun, max(0, points - random.randrange(5))), QuizPhase.POST: (ended, points),
                QuizPhase.FOLLOW_UP: (late, max(0, points - random.randrange(3))),
            }  # fmt: skip
            for phase, (at, score) in goes.items():
                if phase in tests and at < self._now:
                    self._attempt(training, result, tests[phase], at, score)
        if completion is not None:
            self._certificate(run, result, factory, ended, completion)

    def _attempt(self, training: int, result: Result, test: Test, at: datetime, score: int) -> None:
        seed, begun = self._random.getrandbits(31), at - timedelta(minutes=20)
        attempt = self._store.add(
            Attempt, training, test.unit_id, result.life.id, 1, AttemptState.GRADED.value, seed, AttemptMode.OWN.value,
            0, str([*test.question_ids]), begun, at, score, _ASKED,
            None if test.passes is None else score >= _ASKED * test.passes, RULE_VERSION,
        )  # fmt: skip
        if result.factory > _IN_FULL:
            return
        for place, question in enumerate(test.question_ids):
            chosen = test.right if (place + seed) % _ASKED < score else test.wrong
            self._store.add(Answer, attempt, question, chosen[place], 1, at, self._country.language)

    def _certificate(self, run: Run, result: Result, factory: str, ended: datetime, completion: int) -> None:
        store, life, row = self._store, result.life, self._store.count(Certificate) + 1
        code, day = code_of(self._random.getrandbits(128)), ended.astimezone(self._zone).date()
        called = number(self._country.code, day.year, row)
        face = self._face(run, result, factory, day.isoformat(), called, code)
        key = None
        if result.factory <= _IN_FULL:
            key = files().put(b"%PDF-1.7 " + self._random.randbytes(_FILE_BYTES))
        store.add(
            Certificate, completion, life.id, result.factory, run.edition.course_id, code, called,
            self._country.language, store.encoded(face), ended, result.valid_until, key, ended if key else None, ended,
        )  # fmt: skip
        if ended >= self._since:
            about = f"certificate:{row}"
            store.add(AuditEntry, ended, "certificates.issue", about, "", f'{{"completion":{completion}}}')

    def _face(
        self, run: Run, result: Result, factory: str, day: str, called: str, code: str
    ) -> dict[str, Any]:
        """As the rules of printing freeze it, with plain days and digits."""
        version, life, language = self._courses[run.edition.version_id].version, result.life, self._country.language
        days = list(dict.fromkeys(
            each.date().isoformat() for each, there in zip(run.meetings, result.there, strict=True) if there))
        ends = result.valid_until
        until = ends and (ends.astimezone(self._zone) - timedelta(days=1)).date().isoformat()
        attended, planned = sum(result.there), len(result.there)
        score = None if result.test is None else float(result.test)
        printed = {
            "locale": language, "programme": f"Selvedge Programme {self._country.name}", "latin_name": life.name,
            "course": text(version.titles, language), "hours": f"{version.hours:g}", "half_days": days,
            "factory": factory, "attended": str(attended), "planned": str(planned), "issued": day, "issued_on": day,
            "number": called, "verify_url": verify_address(self._address, code), "local_name": life.local_name or "",
            "score": "" if score is None else f"{score:.0%}", "valid_until": until or "", "signatories": [],
            "version": version.number, "look": None,
        }  # fmt: skip
        facts = {
            "attended": attended, "planned": planned, "score": score, "hours": version.hours, "half_days": days,
            "version": version.number, "last_day": until, "zone": self._country.zone, "says_attended": True,
        }  # fmt: skip
        return {**printed, "facts": facts}
