"""Sixteen people press the same button at once, on a database where commits are real."""

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.factories.models import Factory
from app.platform.db import db, transaction
from app.platform.mail.models import MailMessage
from app.sessions import operations
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.replies.operations import receive
from app.sessions.rules import Participation, SeatState, TrainingState
from tests.make import accounts, factories, replies
from tests.make import sessions as make

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

RACERS = 16


def _race(app: Flask, verbs: list[Callable[[], object]]) -> list[BaseException]:
    """Run every verb in a thread and a transaction of its own, all let go at the same moment."""
    gate, failures = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait(30)
            try:
                with transaction():
                    verb()
            except BaseException as failure:  # noqa: BLE001 - the test looks at every one
                failures.append(failure)

    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failures


@pytest.fixture
def laid(own_app: Flask) -> tuple[int, list[int], Actor]:
    """A confirmed training session with one place in person and sixteen who want it."""
    with own_app.app_context(), transaction():
        factory = factories.factory()
        accounts.account(Role.FOCAL_POINT, factory=factory)
        training = make.training(in_person=1, state=TrainingState.CONFIRMED)
        seats = [make.seat(training, factory, state=SeatState.REQUESTED).id for _ in range(RACERS)]
        trainer = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))
        return training.id, seats, trainer


def _states() -> Counter[SeatState]:
    return Counter(seat.state for seat in db.session.query(Seat))


def test_the_last_place_is_given_once(own_app: Flask, laid: tuple[int, list[int], Actor]) -> None:
    training_id, seats, trainer = laid
    failures = _race(own_app, [lambda seat=seat: operations.book(trainer, training_id, seat) for seat in seats])
    assert failures == []
    with own_app.app_context():
        assert _states() == {SeatState.BOOKED: 1, SeatState.WAIT_LISTED: RACERS - 1}
        assert db.session.query(Seat).filter(Seat.place.is_not(None)).one().place == 1


def test_one_seat_booked_by_sixteen_invites_once(own_app: Flask, laid: tuple[int, list[int], Actor]) -> None:
    training_id, seats, trainer = laid
    assert _race(own_app, [lambda: operations.book(trainer, training_id, seats[0])] * RACERS) == []
    with own_app.app_context():
        assert db.session.query(Invitation).count() == 2, "one focal point, two half-days"
        assert {i.sequence for i in db.session.query(Invitation)} == {0}
        assert db.session.query(MailMessage).count() == 3


def test_withdrawals_and_bookings_at_once_never_oversell(own_app: Flask, laid: tuple[int, list[int], Actor]) -> None:
    training_id, seats, trainer = laid
    with own_app.app_context(), transaction():
        operations.book_all(SYSTEM, training_id)
    verbs = [lambda seat=seat: operations.withdraw(trainer, training_id, seat) for seat in seats[:8]]
    verbs += [lambda seat=seat: operations.book(trainer, training_id, seat) for seat in seats[8:]]
    assert _race(own_app, verbs) == []
    with own_app.app_context():
        assert _states() == {SeatState.WITHDRAWN: 8, SeatState.BOOKED: 1, SeatState.WAIT_LISTED: 7}


def test_sixteen_nominations_of_one_person_are_one(own_app: Flask, laid: tuple[int, list[int], Actor]) -> None:
    training_id, _seats, trainer = laid
    with own_app.app_context(), transaction():
        factory = factories.factory()
        person, factory_id = factories.person(factory).id, factory.id
        site = make.site(db.session.get_one(TrainingSession, training_id)).id

    def nominate() -> None:
        operations.nominate(trainer, training_id, db.session.get_one(Factory, factory_id), [person], site)

    assert _race(own_app, [nominate] * RACERS) == []
    with own_app.app_context():
        assert db.session.query(Seat).filter_by(person_id=person).count() == 1


def test_an_answer_to_the_old_time_does_not_survive_a_move(own_app: Flask) -> None:
    """Somebody says yes at the very moment in which the half-day is moved: the yes was to another time."""
    with own_app.app_context(), transaction():
        training = replies.invited()[0]
        training_id, invitation_id, raw = training.id, replies.entry(training).id, replies.answer(replies.entry(training))
        when = make.half_day(days=9, hour=14)
    answered = threading.Event()

    def say_yes() -> None:
        receive(raw)
        answered.set()
        time.sleep(0.7)  # meanwhile the move has read the entry, or waits for it

    def move() -> None:
        operations.move_meeting(SYSTEM, training_id, 1, when.when)

    def run(verb: Callable[[], object]) -> None:
        assert verb is say_yes or answered.wait(20)
        with own_app.app_context(), transaction():
            verb()

    threads = [threading.Thread(target=run, args=(verb,)) for verb in (say_yes, move)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with own_app.app_context():
        found = db.session.get_one(Invitation, invitation_id)
        assert (found.sequence, found.participation, found.replied_at) == (1, Participation.NEEDS_ACTION, None)
