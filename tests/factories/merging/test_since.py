"""What happens while two entries are joined, and what becomes of it when they are parted again."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.accounts import operations as accounts
from app.accounts.models import PersonPin, SignIn
from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.queries import history
from app.attendance.queries.register import register
from app.attendance.rules import Mark
from app.certificates.models import Certificate
from app.completions.models import Completion, UnitResult
from app.completions.operations import note_unit
from app.coverage import operations as coverage
from app.factories.merging import operations
from app.factories.models import Employment, Factory, Person, RosterImport
from app.factories.operations import apply_roster, preview_roster, previewing, undo_roster
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as seats
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState
from tests.make import completions, courses, factories, people, quizzes, sessions

pytestmark = pytest.mark.slow
HEADS = "Employee No,Name,Sex,Designation,Joining date\n"
RINAS = "1,Rina Begum,F,Operator,2020-01-05\n2,Rina Begum,F,Operator,2021-01-05\n"
Send = Callable[[str, date], RosterImport]


@pytest.fixture
def mill(app: Flask) -> Factory:
    programme = factories.programme("BD", country="BD", zone="Asia/Dhaka", languages=["bn"])
    return factories.factory(programme_id=programme.id)


@pytest.fixture
def send(mill: Factory, monkeypatch: pytest.MonkeyPatch) -> Send:
    """A staff list as of a day, applied."""

    def apply(rows: str, day: date) -> RosterImport:
        monkeypatch.setattr(previewing, "today", lambda _zone: day)
        return apply_roster(SYSTEM, preview_roster(SYSTEM, mill, "list.csv", (HEADS + rows).encode()).id)

    return apply


def open_jobs() -> list[tuple[int, str]]:
    jobs = sa.select(Employment.person_id, Employment.employee_number).where(Employment.ended_on.is_(None))
    return [tuple(row) for row in db.session.execute(jobs.order_by(Employment.number_key))]


class Pair:
    """Two entries of one factory in one training session of two half-days."""

    def __init__(self, *, both: bool = True, test: bool = False, **version: object) -> None:
        self.factory = factories.factory()
        without = {} if test else {"test_unit": None, "test_share": None}
        self.version = courses.version(**without, **version)
        self.training: TrainingSession = sessions.training(version=self.version, state=TrainingState.CONFIRMED, days=(-2, -1), in_person=2)
        self.winner, self.loser = factories.person(self.factory), factories.person(self.factory)
        if both:
            sessions.seat(self.training, self.factory, self.winner)
        sessions.seat(self.training, self.factory, self.loser)

    def mark(self, person: Person, half_day: int, mark: Mark = Mark.PRESENT) -> None:
        attendance.mark(SYSTEM, self.training.meetings[half_day - 1].id, person.id, mark)

    def merge(self) -> int:
        return operations.merge(SYSTEM, self.winner.id, self.loser.id).id

    def seat(self, person: Person) -> Seat:
        return db.session.query(Seat).filter_by(training_id=self.training.id, person_id=person.id).one()


def holding() -> list[tuple[int, int]]:
    """Person and training session of every completion that holds; its certificate says the same."""
    db.session.flush()
    db.session.expire_all()
    held = db.session.query(Completion).filter(Completion.withdrawn_at.is_(None)).order_by(Completion.id).all()
    for each in held:
        [certificate] = db.session.query(Certificate).filter_by(completion_id=each.id, revoked_at=None)
        assert certificate.person_id == each.person_id
    return [(each.person_id, each.training_id) for each in held]


def reach(person: Person, training: TrainingSession, factory: Factory, unit: str, share: Fraction, at: object = completions.AT) -> None:
    note_unit(
        person_id=person.id, training_id=training.id, version_id=training.version_id,
        unit_id=courses.unit(training.version, unit).id, share=share, factory_id=factory.id, at=at,
    )


def test_a_job_that_began_since_goes_to_whom_its_number_belongs(mill: Factory, send: Send) -> None:
    send(RINAS, date(2026, 5, 1))
    one, other = db.session.scalars(sa.select(Person.id).order_by(Person.id))
    made = operations.merge(SYSTEM, one, other)
    send("2,Rina Begum,F,Supervisor,2021-01-05\n", date(2026, 6, 1))
    operations.part(SYSTEM, made.id)
    assert open_jobs() == [(one, "1"), (other, "2")]


def test_two_people_who_were_wrongly_joined_are_two_again_after_a_roster_that_names_both(mill: Factory, send: Send) -> None:
    send(RINAS, date(2026, 5, 1))
    one, other = db.session.scalars(sa.select(Person.id).order_by(Person.id))
    made = operations.merge(SYSTEM, one, other)
    roster = send(RINAS, date(2026, 6, 1))
    assert open_jobs() == [(one, "2")], "who works here under another number does not begin a second time"
    operations.part(SYSTEM, made.id)
    assert open_jobs() == [(one, "1"), (other, "2")]
    undo_roster(SYSTEM, roster.id)
    assert open_jobs() == [(one, "1"), (other, "2")], "nothing came of the list, so nothing is taken back"


def test_a_job_under_a_new_number_cannot_be_told(app: Flask) -> None:
    pair = Pair()
    made = pair.merge()
    factories.employ(pair.winner, pair.factory, None, number="NEW")
    with pytest.raises(Refused):
        operations.part(SYSTEM, made)


def test_half_days_of_two_entries_add_up(app: Flask) -> None:
    pair = Pair()
    pair.mark(pair.winner, 1)
    pair.mark(pair.winner, 2, Mark.ABSENT)
    pair.mark(pair.loser, 2)
    before = people.everything("sign_in")
    made = pair.merge()
    assert holding() == [(pair.winner.id, pair.training.id)]
    [line] = register(SYSTEM, pair.training).lines
    assert (line.seat.person_id, line.share) == (pair.winner.id, 1)
    operations.part(SYSTEM, made)
    assert holding() == []
    assert {table: rows for table, rows in people.everything("sign_in").items() if table in {"unit_result", "current_mark", "seat"}} == {
        table: before[table] for table in ("unit_result", "current_mark", "seat")
    }


def test_a_correction_counts_whichever_entry_had_the_mark(app: Flask) -> None:
    pair = Pair()
    for person in (pair.winner, pair.loser):
        for half_day in (1, 2):
            pair.mark(person, half_day)
    made = pair.merge()
    assert holding() == [(pair.winner.id, pair.training.id)] * 2
    pair.mark(pair.winner, 1, Mark.ABSENT)
    assert holding() == []
    operations.part(SYSTEM, made)
    assert holding() == [(pair.loser.id, pair.training.id)]


def test_the_alias_has_no_booked_seat_and_no_marks(app: Flask) -> None:
    pair = Pair()
    place = pair.seat(pair.loser).place
    made = pair.merge()
    assert (pair.seat(pair.loser).state, pair.seat(pair.loser).place) == (SeatState.WITHDRAWN, None)
    with pytest.raises(NotFound):
        pair.mark(pair.loser, 1)
    assert attendance.mark_all_present(SYSTEM, pair.training.meetings[0].id) == 1
    operations.part(SYSTEM, made)
    assert (pair.seat(pair.loser).state, pair.seat(pair.loser).place) == (SeatState.BOOKED, place)
    assert [mark.person_id for mark in db.session.query(CurrentMark)] == [pair.winner.id]


def test_the_mark_that_came_over_can_be_given_again(app: Flask) -> None:
    pair = Pair()
    pair.mark(pair.loser, 1)
    pair.merge()
    pair.mark(pair.winner, 1)
    meeting = pair.training.meetings[0].id
    assert [act.mark for act in history(meeting, pair.winner.id)] == [Mark.PRESENT, Mark.PRESENT]
    assert history(meeting, pair.loser.id)[-1].mark is Mark.PRESENT


def test_the_better_of_two_seats_is_kept(app: Flask) -> None:
    pair = Pair()
    pair.seat(pair.winner).state, pair.seat(pair.winner).place = SeatState.WITHDRAWN, None
    db.session.flush()
    before = people.everything("sign_in")
    made = pair.merge()
    assert pair.seat(pair.winner).state is SeatState.BOOKED
    operations.part(SYSTEM, made)
    assert people.everything("sign_in") == before


def test_a_place_that_was_given_away_since(app: Flask) -> None:
    pair = Pair()
    made = pair.merge()
    waiting = sessions.seat(pair.training, pair.factory, state=SeatState.REQUESTED)
    seats.book(SYSTEM, pair.training.id, waiting.id)
    operations.part(SYSTEM, made)
    assert (pair.seat(pair.loser).state, pair.seat(pair.loser).place) == (SeatState.WAIT_LISTED, None)


def test_marks_and_completion_made_since_go_back_with_the_seat(app: Flask) -> None:
    pair = Pair(both=False)
    made = pair.merge()
    for half_day in (1, 2):
        pair.mark(pair.winner, half_day)
    assert holding() == [(pair.winner.id, pair.training.id)]
    operations.part(SYSTEM, made)
    assert holding() == [(pair.loser.id, pair.training.id)]
    for model in (CurrentMark, UnitResult, Seat, Completion, Certificate):
        assert {row.person_id for row in db.session.query(model)} == {pair.loser.id}, model


def test_the_same_result_again_withdraws_nothing(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    training = people.training(version)
    winner, loser = factories.person(factory), people.trained(factory, version, training)
    reach(winner, training, factory, "post-test", Fraction(1, 2))
    operations.merge(SYSTEM, winner.id, loser.id)
    reach(winner, training, factory, "post-test", Fraction(1, 2))
    assert holding() == [(winner.id, training.id)]


@pytest.mark.parametrize("earlier", [0, 1000])
def test_both_are_reconsidered_and_certificates_follow(app: Flask, earlier: int) -> None:
    """A correction away and back while they were one."""
    factory, version = factories.factory(), courses.version()
    first, second = people.training(version), people.training(version)
    winner = people.trained(factory, version, first, at=completions.AT - timedelta(days=earlier))
    loser = people.trained(factory, version, second)
    made = operations.merge(SYSTEM, winner.id, loser.id)
    for share in (0, 1):
        reach(winner, second, factory, "meetings", Fraction(share))
    operations.part(SYSTEM, made.id)
    assert holding() == [(winner.id, first.id), (loser.id, second.id)]
    assert {row.person_id for row in db.session.query(Certificate).join(Completion, Completion.id == Certificate.completion_id).where(Completion.training_id == second.id)} == {loser.id}


def test_coverage_made_anew_meanwhile(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    winner, loser, other = (people.trained(factory, version, people.training(version)) for _ in range(3))
    made = operations.merge(SYSTEM, winner.id, loser.id)
    coverage.rebuild()
    operations.part(SYSTEM, made.id)
    assert sorted(person for person, _ in holding()) == sorted([winner.id, loser.id, other.id])


def test_completed_together_on_the_day_of_the_last_result(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    training, later = people.training(version), completions.AT + timedelta(days=10)
    winner, loser = factories.person(factory), factories.person(factory)
    reach(loser, training, factory, "meetings", Fraction(1))
    reach(winner, training, factory, "post-test", Fraction(1), later)
    operations.merge(SYSTEM, winner.id, loser.id)
    assert db.session.query(Completion).one().completed_at == later


def test_periods_are_counted_anew_when_parted(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    winner = factories.person(factory)
    loser = people.trained(factory, version, people.training(version), at=completions.AT - timedelta(days=3000))

    def complete(days: int) -> None:
        training = people.training(version)
        for unit in ("meetings", "post-test"):
            reach(winner, training, factory, unit, Fraction(1), completions.AT - timedelta(days=days))

    first = operations.merge(SYSTEM, winner.id, loser.id)
    complete(2000)
    operations.part(SYSTEM, first.id)
    second = operations.merge(SYSTEM, winner.id, factories.person(factory).id)
    complete(0)
    operations.part(SYSTEM, second.id)
    found = db.session.query(Completion).order_by(Completion.completed_at)
    assert [(row.person_id, row.period) for row in found] == [(loser.id, 1), (winner.id, 1), (winner.id, 2)]


def test_both_are_signed_out_and_a_new_pin_stays(app: Flask) -> None:
    factory = factories.factory()
    winner, loser = factories.person(factory), factories.person(factory)
    accounts.set_pin(SYSTEM, loser.id, quizzes.PIN)
    made = operations.merge(SYSTEM, winner.id, loser.id)
    accounts.begin("telephone", hours=1, person_id=winner.id)
    operations.part(SYSTEM, made.id)
    assert [pin.person_id for pin in db.session.query(PersonPin)] == [loser.id]
    assert all(sign_in.ended_at for sign_in in db.session.query(SignIn))
    made = operations.merge(SYSTEM, winner.id, loser.id)
    accounts.set_pin(SYSTEM, winner.id, "864209")
    operations.part(SYSTEM, made.id)
    assert [pin.person_id for pin in db.session.query(PersonPin)] == [winner.id]
