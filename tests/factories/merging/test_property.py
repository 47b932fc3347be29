"""Whatever happens in whatever order, what must be true of people, results, certificates and coverage stays true."""

import random
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.certificates.models import Certificate
from app.completions import queries as results
from app.completions import rules
from app.completions.models import Completion, UnitResult
from app.completions.operations import note_unit
from app.coverage import operations as coverage
from app.factories import queries
from app.factories.merging import operations
from app.factories.models import Employment, Person, PersonMerge
from app.factories.operations import apply_roster, preview_roster, previewing
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from app.sessions.models import Meeting, Seat
from app.sessions.rules import SeatState, TrainingState
from tests.make import courses, factories, people, sessions

pytestmark = pytest.mark.slow

STEPS = 25


class World:
    """One factory, one course, three training sessions, five entries with seats here and there."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance, self.day = random.Random(seed), date(2026, 1, 1)
        monkeypatch.setattr(previewing, "today", lambda _zone: self.day)
        self.factory, self.version = factories.factory(), courses.version()
        self.trainings = [sessions.training(version=self.version, state=TrainingState.CONFIRMED, days=(-2, -1)) for _ in range(3)]
        self.listed: set[str] = set()
        for number in range(5):
            person = factories.person(self.factory, name=f"Sok Dara {number}", local_name=None)
            for training in self.chance.sample(self.trainings, 2):
                sessions.seat(training, self.factory, person)
        self.listed = set(db.session.scalars(sa.select(Employment.employee_number)))

    def step(self) -> str:
        kinds = {"mark": 8, "quiz": 5, "merge": 4, "part": 3, "roster": 2, "rebuild": 1}
        kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
        getattr(self, kind)()
        db.session.flush()
        db.session.expire_all()
        return kind

    def booked(self) -> Seat | None:
        seats = db.session.scalars(sa.select(Seat).where(Seat.state == SeatState.BOOKED).order_by(Seat.id)).all()
        return self.chance.choice(seats) if seats else None

    def mark(self) -> None:
        if seat := self.booked():
            meetings = db.session.scalars(sa.select(Meeting.id).where(Meeting.training_id == seat.training_id).order_by(Meeting.id)).all()
            mark = self.chance.choice([Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.ABSENT])
            attendance.mark(SYSTEM, self.chance.choice(meetings), seat.person_id, mark)

    def quiz(self) -> None:
        if seat := self.booked():
            note_unit(
                person_id=seat.person_id, training_id=seat.training_id, version_id=self.version.id, factory_id=self.factory.id,
                unit_id=courses.unit(self.version, "post-test").id, share=Fraction(self.chance.choice([3, 7, 9]), 10), at=now(),
            )

    def merge(self) -> None:
        ids = db.session.scalars(sa.select(Person.id).where(Person.merged_into_id.is_(None)).order_by(Person.id)).all()
        if len(ids) < 2:
            return
        before, events = people.everything(), self.completed()
        made = operations.merge(SYSTEM, *self.chance.sample(ids, 2))
        assert not self.overlaps(made.winner_id)
        check(self)
        if self.chance.random() < 0.5:
            as_before = self.completed() == events
            operations.part(SYSTEM, made.id)
            if as_before:
                assert people.everything() == before

    def completed(self) -> list[tuple[object, ...]]:
        rows = db.session.execute(sa.select(Completion.id, Completion.withdrawn_at).order_by(Completion.id))
        return [tuple(row) for row in rows]

    def overlaps(self, person_id: int) -> bool:
        jobs = db.session.scalars(sa.select(Employment).where(Employment.person_id == person_id)).all()
        held = sorted((job.started_on, job.ended_on or date.max) for job in jobs if job.ended_on is None or job.ended_on > job.started_on)
        return any(after[0] < before[1] for before, after in pairwise(held))

    def part(self) -> None:
        standing = db.session.scalars(sa.select(PersonMerge.id).where(PersonMerge.undone_at.is_(None)).order_by(PersonMerge.id)).all()
        if standing:
            with suppress(Refused):
                operations.part(SYSTEM, self.chance.choice(standing))

    def roster(self) -> None:
        """Everybody at work, in the same role or another; somebody not named left; somebody whose number ended may be named."""
        self.day += timedelta(days=30)
        latest: dict[str, Employment] = {}
        for job in db.session.scalars(sa.select(Employment).order_by(Employment.ended_on.is_(None), Employment.started_on, Employment.id)):
            latest[job.employee_number] = job
        rows = []
        for number, job in latest.items():
            if self.chance.random() < (0.9 if job.ended_on is None else 0.3):
                rows.append(f"{number},{job.person.name},F,{self.chance.choice(['Operator', 'Supervisor'])}")
                self.listed.add(number)
        if not rows:
            return
        data = "Employee No,Name,Sex,Designation\n" + "\n".join(rows) + "\n"
        made = preview_roster(SYSTEM, self.factory, "list.csv", data.encode())
        leavers = {each.employment_id for each in queries.proposal(made).leavers}
        apply_roster(SYSTEM, made.id, leavers)

    def rebuild(self) -> None:
        coverage.rebuild()


def check(world: World) -> None:
    """What must be true at any time."""
    db.session.flush()
    db.session.expire_all()
    _one_job_each(world)
    _seats_and_shares(world)
    _completions(world)
    _what_hangs_on_completions()


def _one_job_each(world: World) -> None:
    """Two open jobs at the factory only under two numbers that a staff list named as two."""
    jobs = db.session.execute(sa.select(Employment.person_id, Employment.employee_number).where(Employment.ended_on.is_(None))).all()
    several = {person_id for person_id, number in Counter(row.person_id for row in jobs).items() if number > 1}
    assert all(number in world.listed for person_id, number in jobs if person_id in several)
    aliases = set(db.session.scalars(sa.select(Person.id).where(Person.merged_into_id.is_not(None))))
    assert not aliases.intersection(row.person_id for row in jobs)


def _seats_and_shares(world: World) -> None:
    aliases = set(db.session.scalars(sa.select(Person.id).where(Person.merged_into_id.is_not(None))))
    unit_id = courses.unit(world.version, "meetings").id
    for seat in db.session.scalars(sa.select(Seat)):
        assert seat.person_id not in aliases or seat.state is SeatState.WITHDRAWN
        marks = db.session.scalars(
            sa.select(CurrentMark.mark).join(Meeting, Meeting.id == CurrentMark.meeting_id)
            .where(Meeting.training_id == seat.training_id, CurrentMark.person_id == seat.person_id)
        ).all()
        if seat.person_id not in aliases:
            reached = results.results(seat.training_id, seat.person_id).get(unit_id, 0)
            assert reached == Fraction(sum(mark.counts for mark in marks), 2), (seat.person_id, seat.training_id)


def _completions(world: World) -> None:
    needs = results.needs(world.version.id)
    held = db.session.scalars(sa.select(Completion).where(Completion.withdrawn_at.is_(None))).all()
    for each in held:
        assert rules.is_complete(needs, results.results(each.training_id, each.person_id)), each.id
    for person_id, training_id in db.session.execute(sa.select(UnitResult.person_id, UnitResult.training_id).distinct()).all():
        person = db.session.get_one(Person, person_id)
        if person.merged_into_id is None and rules.is_complete(needs, results.results(training_id, person_id)):
            assert person_id in {each.person_id for each in held}
    periods = db.session.execute(sa.select(Completion.person_id, Completion.period).order_by(Completion.person_id, Completion.period)).all()
    counted: Counter[int] = Counter()
    for person_id, period in periods:
        counted[person_id] += 1
        assert period == counted[person_id]


def _what_hangs_on_completions() -> None:
    for each in db.session.scalars(sa.select(Completion)):
        certificates = db.session.scalars(sa.select(Certificate).where(Certificate.completion_id == each.id)).all()
        assert {row.person_id for row in certificates} == {each.person_id}
        assert sum(row.revoked_at is None for row in certificates) == (each.withdrawn_at is None)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(8))
def test_in_any_order(app: Flask, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    world = World(seed, monkeypatch)
    for _ in range(STEPS):
        world.step()
        check(world)
