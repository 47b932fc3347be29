"""Three more factories of one programme, whose supervisors learnt together: what came of it can be told.

They were asked before, at the end and six months later, and so were their workers; one of them sends weekly figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import sqlalchemy as sa

from app.courses.rules import FormKind, QuizPhase
from app.demo import days, people, producing, rosters
from app.demo.answering import sit
from app.demo.arranging import arrange
from app.demo.cast import Cast, learner
from app.demo.holding import go_on
from app.demo.places import CAMBODIA, Place
from app.demo.plots import SKILLS, Plot, Turn
from app.effect import operations as effect
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.platform.clock import today
from app.platform.db import db
from app.quizzes.followups import operations as followups
from app.quizzes.followups.models import QuizPlan
from app.quizzes.surveys import operations as surveys
from app.quizzes.surveys import queries as forms
from app.quizzes.surveys.rules import SurveyPhase, form_text
from app.sessions import operations as sessions
from app.sessions.models import TrainingSession
from app.sessions.queries import booked

AT_PLACES = (CAMBODIA,)
FOUNDED = people.FIRST_ROSTER - timedelta(days=2)
TRAINED, ASKED_AGAIN = timedelta(days=280), timedelta(days=84)
"""How long ago they were trained, and asked once more."""
COMPARED = timedelta(days=1)
_LEARNERS = {"KH-REED": 8, "KH-PALM": 5, "KH-JASMINE": 5}
_WITH_WEEKS = "KH-REED"
_BEFORE, _AFTER = 0.35, 0.72
"""How likely the better answer is, before and six months later."""
_WORKERS = 7
_BETTER = {
    "behind-plan": 1, "mistake": 0, "new-work": 2, "day-off": 1, "staying-longer": 2, "arriving-late": 0, "danger": 1,
    "quarrel": 2,
}
_PLOT = Plot(SKILLS, -TRAINED.days, 4, slice(0, sum(_LEARNERS.values())), Turn.HELD)


def _place(code: str, name: str, local: str, prefix: str, supervisors: int) -> Place:
    """`code` stands for the programme too where people are drawn: so nobody works in two factories."""
    return replace(
        CAMBODIA, code=code, factory_code=code, factory=name, local_factory=local, prefix=prefix,
        people=supervisors + 14, supervisors=supervisors, export_zone=None)


PLACES = (
    _place("KH-REED", "Reed Bank Garment", "រោងចក្រកាត់ដេរ ច្រាំងត្រែង", "RB", producing.LINES),
    _place("KH-PALM", "Sugar Palm Sewing", "រោងចក្រដេរ ដើមត្នោត", "SP", 6),
    _place("KH-JASMINE", "Jasmine Court Apparel", "រោងចក្រសម្លៀកបំពាក់ ម្លិះ", "JC", 6),
)


@dataclass
class _Story:
    """What is known of it as it goes on."""

    cast: Cast
    seed: int
    factories: dict[str, int]
    training_id: int = 0

    @property
    def training(self) -> TrainingSession:
        return db.session.get_one(TrainingSession, self.training_id)

    def at(self, code: str) -> Cast:
        """The cast in one of the factories: the manager speaks for it."""
        return replace(self.cast, factory_id=self.factories[code], focal_point=self.cast.manager)


def acts(cast: Cast, seed: int) -> Iterator[tuple[int, Any]]:
    """What happened, and how many days from today."""
    chance = Random(f"{seed} neighbours {cast.place.code}")  # noqa: S311 - a story, not a secret
    told = _Story(replace(cast, random=chance), seed, {})
    yield -FOUNDED.days, partial(_found, told)
    yield -TRAINED.days - 21, partial(_train, told)
    yield -ASKED_AGAIN.days, partial(_ask_again, told)
    yield -COMPARED.days, partial(_send_weeks, told)


def _found(told: _Story) -> None:
    """The factories join the programme and send their staff lists."""
    day = today(told.cast.place.zone)
    with days.at(told.cast.place, datetime.combine(day - FOUNDED, time(14))):
        for place in PLACES:
            factory = Factory(
                programme_id=told.cast.programme_id, code=place.code, name=place.factory,
                local_name=place.local_factory, language=place.language, province=place.province,
                export_zone=place.export_zone)
            db.session.add(factory)
            db.session.flush()  # people need the id
            told.factories[place.code] = factory.id
            rosters.first(told.cast.manager, factory, people.staff(place, told.seed, day), day)


def _train(told: _Story) -> None:
    """They learn together; asked before, at the end, and - the workers - before."""
    training = arrange(told.cast, _PLOT, partial(_nominate, told))
    told.training_id = training.id
    first = min(each.starts for each in training.meetings)
    with days.at(told.cast.place, first - timedelta(days=6)):
        followups.plan(training.id)
        _open(training, QuizPhase.PRE)
    _take(told, first - timedelta(days=5), _BEFORE)
    _ask_workers(told, SurveyPhase.PRE, first - timedelta(days=4), _BEFORE)
    go_on(told.cast, _PLOT, training)


def _nominate(told: _Story, _cast: Cast, _plot: Plot, training: TrainingSession) -> None:
    for code, number in _LEARNERS.items():
        here = told.at(code)
        leaders = sorted(rosters.people(here.factory, (JobRole.SUPERVISOR,)).items())
        chosen = [person_id for _number, person_id in leaders[:number]]
        sessions.nominate(told.cast.manager, training.id, here.factory, chosen, training.sites[0].id)


def _ask_again(told: _Story) -> None:
    """Six months later the same people and their workers are asked once more."""
    zone = told.cast.place.zone
    opened = datetime.combine(today(zone) - ASKED_AGAIN, time(9))
    with days.at(told.cast.place, opened):
        _open(told.training, QuizPhase.FOLLOW_UP)
    _take(told, opened + timedelta(days=1), _AFTER)
    _ask_workers(told, SurveyPhase.POST, opened + timedelta(days=2), _AFTER)


def _open(training: TrainingSession, phase: QuizPhase) -> None:
    """As the clock opens it."""
    plan = sa.select(QuizPlan.id).where(QuizPlan.training_id == training.id, QuizPlan.phase == phase)
    followups.open_planned(db.session.scalars(plan).one())


def _take(told: _Story, at: datetime, skill: float) -> None:
    for number, seat in enumerate(booked(told.training_id)):
        with days.at(told.cast.place, at + timedelta(minutes=number)):
            sit(learner(seat.person_id, told.training_id), told.cast.random, skill)


def _ask_workers(told: _Story, phase: SurveyPhase, at: datetime, skill: float) -> None:
    """Sheets of paper, entered by the trainer."""
    training, trainer, random = told.training, told.cast.trainer, told.cast.random
    form = next(each for each in forms.forms_of(training.version) if each.kind is FormKind.WORKER_SURVEY)
    items, tickets = form_text(form.texts, [training.language]).items, count(random.getrandbits(60) + 1)
    with days.at(told.cast.place, at):
        for code in _LEARNERS:
            factory_id = told.factories[code]
            window = surveys.open_survey(trainer, training.id, form.id, factory_id, phase, hours=48)
            for _worker in range(_WORKERS):
                said = {each.id: str(_answer(random, each.id, each.choices, skill)) for each in items if each.choices}
                surveys.enter_sheet(trainer, training.id, window.id, next(tickets), training.language, said)
            surveys.close_survey(trainer, training.id, window.id)


def _answer(random: Random, item: str, choices: int, skill: float) -> int:
    return _BETTER.get(item, 0) if random.random() < skill else random.randrange(choices)


def _send_weeks(told: _Story) -> None:
    """One of them sends what its lines made; the programme compares the lines of all its factories."""
    here = told.at(_WITH_WEEKS)
    producing.tell(here, told.seed)
    with days.at(told.cast.place, datetime.combine(today(told.cast.place.zone) - COMPARED, time(11))):
        effect.compare_all(told.cast.manager, told.cast.place.code)
