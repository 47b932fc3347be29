"""Seats: reserved, named, offered, swapped, given by the policy of the waiting list - and never one too many."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app import wiring
from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.merging import operations as merging
from app.factories.models import Factory, Person
from app.notifications.reading import read
from app.platform.clock import now, telling
from app.platform.db import db, transaction
from app.platform.jobs.worker import Worker
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import jobs, operations
from app.sessions.models import Invitation, Seat, SeatAtMeeting, SeatMove, TrainingSession
from app.sessions.operations import Places, seats
from app.sessions.person_data import PERSON_DATA
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState, WaitingPolicy
from app.sessions.rules.waiting import Step
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.quizzes import actor as as_person

BOOKED, WAITS, RESERVED = SeatState.BOOKED, SeatState.WAIT_LISTED, SeatState.RESERVED


class Hall:
    """A training session of two hybrid half-days, its trainer, and two factories with a focal point each."""

    def __init__(self, in_person: int = 10, virtual: int = 10, state: TrainingState = TrainingState.TENTATIVE, **settings: object) -> None:
        self.factory, self.other = factories.factory(), factories.factory()
        self.point, self.rival = (accounts.account(Role.FOCAL_POINT, factory=each) for each in (self.factory, self.other))
        self.speaker, self.rival_speaker = accounts.actor(self.point), accounts.actor(self.rival)
        teacher = accounts.account(Role.TRAINER, programme=factories.programme())
        self.teacher, self.trainer = teacher, accounts.actor(teacher)
        self.training: TrainingSession = make.training(
            in_person=in_person, virtual=virtual, trainers=[teacher], days=(30, 31), rooms=[self.factory], state=state
        )
        for name, value in settings.items():
            setattr(self.training, name, value)
        self.venue, self.alone = make.site(self.training).id, make.site(self.training, SiteKind.REMOTE).id

    def people(self, number: int, factory: Factory | None = None) -> list[Person]:
        return [factories.person(factory or self.factory) for _ in range(number)]

    def nominate(self, people: list[Person], site: int | None = None) -> list[Seat]:
        ids = [person.id for person in people]
        return operations.nominate(self.speaker, self.training.id, self.factory, ids, site or self.venue)

    def reserve(self, count: int) -> list[Seat]:
        return operations.reserve(self.speaker, self.training.id, self.factory, self.venue, count)

    def rival_waits(self, number: int = 1) -> list[Seat]:
        return [make.seat(self.training, self.other, state=WAITS) for _ in range(number)]

    def places(self, **changes: object) -> list[Seat]:
        now_ = {
            "capacity_in_person": self.training.capacity_in_person, "capacity_virtual": self.training.capacity_virtual,
            "waiting_policy": self.training.waiting_policy, "needs_approval": self.training.needs_approval,
        }
        return operations.change_places(self.trainer, self.training.id, Places(**{**now_, **changes}))

    def states(self) -> Counter[SeatState]:
        return Counter(db.session.scalars(sa.select(Seat.state).where(Seat.training_id == self.training.id)))

    @property
    def first(self) -> datetime:
        return self.training.meetings[0].starts_at


@pytest.fixture
def hall(app: Flask) -> Hall:
    return Hall()


def _mails(kind: str = "sessions.seats") -> list[MailMessage]:
    return list(db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == kind).order_by(MailMessage.id)))


def _texts(kind: str = "sessions.seats") -> list[str]:
    return [" ".join(read(mail.raw).text.split()) for mail in _mails(kind)]


def _moves(seat: Seat) -> list[tuple[SeatState | None, SeatState]]:
    rows = db.session.execute(sa.select(SeatMove.before, SeatMove.after).where(SeatMove.seat_id == seat.id).order_by(SeatMove.id))
    return [(before, after) for before, after in rows]


# --- reserving and naming ---


def test_a_factory_reserves_eight_and_names_five_and_three_are_given_to_who_waits(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.names_due_days = 8, 5
    reserved = hall.reserve(8)
    assert {seat.state for seat in reserved} == {RESERVED} and sorted(seat.place for seat in reserved) == list(range(1, 9))
    waiting = hall.rival_waits(4)
    named = hall.nominate(hall.people(5))
    assert {seat.state for seat in named} == {BOOKED} and {seat.id for seat in named} <= {seat.id for seat in reserved}
    assert hall.states() == {BOOKED: 5, RESERVED: 3, WAITS: 4}
    seats.clear(hall.training.id)
    assert hall.states()[RESERVED] == 3, "there is time yet"
    with telling(hall.first - timedelta(days=8)):
        seats.clear(hall.training.id)
    assert hall.states()[RESERVED] == 3, "the factory is warned"
    with telling(hall.first - timedelta(days=5)):  # no more than five working days, whatever day this is
        seats.clear(hall.training.id)
        seats.clear(hall.training.id)
    db.session.expire_all()
    assert hall.states() == {BOOKED: 8, SeatState.RELEASED: 3, WAITS: 1}
    assert [seat.state for seat in waiting] == [BOOKED, BOOKED, BOOKED, WAITS]
    told = {mail.recipient: text for mail, text in zip(_mails(), _texts(), strict=True)}
    assert "Given free, because nobody was named in time: - 3 seats without a name" in told[hall.point.email]
    assert "Booked from the waiting list" in told[hall.rival.email] and waiting[0].person.name in told[hall.rival.email]


def test_unnamed_seats_are_warned_of_once(hall: Hall) -> None:
    hall.training.names_due_days = 5
    hall.reserve(2)
    with telling(hall.first - timedelta(days=25)):
        seats.clear(hall.training.id)
    assert not _mails("sessions.names_due")
    for days in (9, 9, 8):
        with telling(hall.first - timedelta(days=days)):
            seats.clear(hall.training.id)
    (text,) = _texts("sessions.names_due")
    assert "2 seats for which nobody is named yet" in text and "Name your people before" in text
    assert [mail.recipient for mail in _mails("sessions.names_due")] == [hall.point.email]


def test_what_does_not_fit_waits_and_gets_the_next_places_without_a_name(hall: Hall) -> None:
    hall.training.capacity_in_person = 3
    booked = make.seat(hall.training, hall.other)
    found = hall.reserve(3)
    assert [seat.state for seat in found] == [RESERVED, RESERVED, WAITS]
    (text,) = _texts()
    assert "Reserved for people whom you name later: - 2 seats without a name" in text
    assert "On the waiting list, because there is no free place now: - 1 seat without a name" in text
    operations.withdraw(hall.trainer, hall.training.id, booked.id)
    assert [seat.state for seat in found] == [RESERVED] * 3


def test_a_name_on_a_waiting_seat_keeps_the_turn(hall: Hall) -> None:
    hall.training.capacity_in_person = 1
    booked = make.seat(hall.training, hall.other)
    [waiting] = hall.reserve(1)
    hall.rival_waits()
    [person] = hall.people(1)
    assert hall.nominate([person]) == [waiting] and (waiting.state, waiting.person_id) == (WAITS, person.id)
    operations.withdraw(hall.trainer, hall.training.id, booked.id)
    assert waiting.state is BOOKED


def test_somebody_who_was_withdrawn_takes_a_reserved_seat_in_the_old_row(hall: Hall) -> None:
    [person] = hall.people(1)
    old = make.seat(hall.training, hall.factory, person, state=SeatState.WITHDRAWN)
    [reserved] = hall.reserve(1)
    place = reserved.place
    assert hall.nominate([person]) == [old]
    assert (old.state, old.place, reserved.state, reserved.place) == (BOOKED, place, SeatState.WITHDRAWN, None)
    assert hall.nominate([person]) == []


def test_too_many_seats_are_refused_in_a_sentence(hall: Hall) -> None:
    with pytest.raises(Refused, match="There are 10 places of this kind in all"):
        hall.reserve(500)
    with pytest.raises(Refused, match="Say how many"):
        hall.reserve(0)
    hall.reserve(6)
    with pytest.raises(Refused, match="There are 10 places"):
        hall.reserve(5)
    hall.training.most_per_factory = 7
    with pytest.raises(Refused, match="can have 7 seats here, and yours has 6"):
        hall.reserve(2)
    people = hall.people(8)
    with pytest.raises(Refused, match="can have 7 seats"):
        hall.nominate(people)
    assert hall.states() == {RESERVED: 6}
    assert len(hall.nominate(people[:7])) == 7
    assert hall.states() == {BOOKED: 6, SeatState.REQUESTED: 1}


def test_seats_of_others_are_not_found(hall: Hall) -> None:
    with pytest.raises(NotFound):
        operations.reserve(hall.rival_speaker, hall.training.id, hall.factory, hall.venue, 1)
    room = make.site(hall.training, SiteKind.FACTORY_ROOM, hall.factory).id
    with pytest.raises(NotFound):
        operations.reserve(hall.rival_speaker, hall.training.id, hall.other, room, 1)
    [seat] = hall.reserve(1)
    for verb in (operations.withdraw, operations.accept):
        with pytest.raises(NotFound):
            verb(hall.rival_speaker, hall.training.id, seat.id)
    with pytest.raises(Refused, match="no name yet"):
        operations.book(hall.trainer, hall.training.id, seat.id)


def test_after_the_cut_off_only_who_plans_asks(hall: Hall) -> None:
    hall.training.cut_off_days = 3
    hall.reserve(1)
    people = hall.people(3)
    with telling(hall.first - timedelta(days=2)):
        for late in (lambda: hall.reserve(1), lambda: hall.nominate(people)):
            with pytest.raises(Refused, match="too late to ask"):
                late()
        assert hall.nominate(people[:1])[0].state is BOOKED, "a name for a seat that was reserved in time"
        assert operations.nominate(hall.trainer, hall.training.id, hall.factory, [people[1].id], hall.venue)


def test_after_names_are_due_nothing_is_reserved(hall: Hall) -> None:
    hall.training.names_due_days = 3
    with telling(hall.first - timedelta(days=2)), pytest.raises(Refused, match="Nominate people by name"):
        hall.reserve(1)


# --- approving ---


def test_without_approval_a_request_is_booked_while_there_is_a_place(hall: Hall) -> None:
    """FIELD 2.8: 2 seats, 3 sign-ups, two of them from one double click."""
    hall.training.capacity_in_person, hall.training.needs_approval = 2, False
    one, two, three = hall.people(3)
    for person in (one, one, two, three):
        hall.nominate([person])
    assert hall.states() == {BOOKED: 2, WAITS: 1}
    assert [_moves(seat)[-1][1] for seat in db.session.scalars(sa.select(Seat).order_by(Seat.id))] == [BOOKED, BOOKED, WAITS]


def test_declining_tells_why(hall: Hall) -> None:
    [seat] = hall.nominate(hall.people(1))
    with pytest.raises(Refused, match="Say why"):
        operations.decline(hall.trainer, hall.training.id, seat.id, "  ")
    with pytest.raises(NotFound):
        operations.decline(hall.speaker, hall.training.id, seat.id, "No")
    for _ in range(2):
        operations.decline(hall.trainer, hall.training.id, seat.id, " Only supervisors this time ")
    (text,) = _texts()
    assert f"Declined: - {seat.person.local_name} ({seat.person.name}), because: Only supervisors this time" in text
    again = hall.nominate([seat.person])
    assert again == [seat] and seat.state is SeatState.REQUESTED and seat.reason is None
    operations.book(hall.trainer, hall.training.id, seat.id)
    with pytest.raises(Refused, match="Only a request"):
        operations.decline(hall.trainer, hall.training.id, seat.id, "No")


# --- waiting ---


def test_an_offer_holds_the_place_until_it_is_taken_or_over(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.waiting_policy = 1, WaitingPolicy.OFFER
    booked = make.seat(hall.training, hall.other)
    first, second, third = (make.seat(hall.training, hall.factory, state=WAITS) for _ in range(3))
    operations.withdraw(hall.trainer, hall.training.id, booked.id)
    assert (first.state, first.place, second.state) == (SeatState.OFFERED, 1, WAITS)
    assert first.offer_until and abs(first.offer_until - now() - timedelta(hours=48)) < timedelta(minutes=1)
    text = next(text for mail, text in zip(_mails(), _texts(), strict=True) if mail.recipient == hall.point.email)
    assert "A place is offered" in text and "until" in text
    assert hall.places() == [], "the place is held"
    with telling(now() + timedelta(hours=49)):
        with pytest.raises(Refused, match="not offered any more"):
            operations.accept(hall.speaker, hall.training.id, first.id)
        jobs.find_ended_offers().write()
        seats.clear(hall.training.id)
        seats.clear(hall.training.id)
        assert (first.state, second.state, third.state) == (SeatState.WITHDRAWN, SeatState.OFFERED, WAITS)
        for _ in range(2):
            assert operations.accept(hall.speaker, hall.training.id, second.id).state is BOOKED
    assert (second.place, second.offer_until) == (1, None)
    assert _moves(second) == [(WAITS, SeatState.OFFERED), (SeatState.OFFERED, BOOKED)]


def test_letting_an_offer_go_offers_it_to_the_next(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.waiting_policy = 1, WaitingPolicy.OFFER
    booked = make.seat(hall.training, hall.other)
    first, second = (make.seat(hall.training, hall.factory, state=WAITS) for _ in range(2))
    operations.withdraw(hall.trainer, hall.training.id, booked.id)
    operations.withdraw(hall.speaker, hall.training.id, first.id)
    assert (first.state, second.state, second.place) == (SeatState.WITHDRAWN, SeatState.OFFERED, 1)


def test_an_offer_ends_when_the_session_begins(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.waiting_policy = 1, WaitingPolicy.OFFER
    booked = make.seat(hall.training, hall.other)
    waiting = make.seat(hall.training, hall.factory, state=WAITS)
    with telling(hall.first - timedelta(hours=5)):
        operations.withdraw(hall.trainer, hall.training.id, booked.id)
    assert waiting.offer_until == hall.first


def test_the_fewest_places_come_first_when_shares_are_fair(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.waiting_policy = 3, WaitingPolicy.FAIR_SHARE
    rich = [make.seat(hall.training, hall.other) for _ in range(3)]
    impatient = make.seat(hall.training, hall.other, state=WAITS)
    poor = make.seat(hall.training, hall.factory, state=WAITS)
    operations.withdraw(hall.trainer, hall.training.id, rich[0].id)
    assert (impatient.state, poor.state) == (WAITS, BOOKED)


def test_a_list_is_put_in_order_by_hand(hall: Hall) -> None:
    hall.training.capacity_in_person = 1
    booked = make.seat(hall.training, hall.other)
    waiting = [make.seat(hall.training, hall.factory, state=WAITS) for _ in range(3)]
    with pytest.raises(Refused, match="not put in order by hand"):
        operations.put(hall.trainer, hall.training.id, waiting[2].id, Step.FIRST)
    hall.places(waiting_policy=WaitingPolicy.MANUAL)
    with pytest.raises(NotFound):
        operations.put(hall.speaker, hall.training.id, waiting[2].id, Step.FIRST)
    operations.put(hall.trainer, hall.training.id, waiting[2].id, Step.FIRST)
    operations.put(hall.trainer, hall.training.id, waiting[0].id, Step.DOWN)
    assert [seat.rank for seat in waiting] == [3, 2, 1]
    late = make.seat(hall.training, hall.other, state=WAITS)
    operations.withdraw(hall.trainer, hall.training.id, booked.id)
    assert [seat.state for seat in (*waiting, late)] == [WAITS, WAITS, BOOKED, WAITS]
    with pytest.raises(Refused, match="not on the waiting list"):
        operations.put(hall.trainer, hall.training.id, waiting[2].id, Step.UP)


# --- capacity ---


def test_one_place_more_is_one_promotion_and_one_mail(hall: Hall) -> None:
    hall.training.capacity_in_person = 2
    for _ in range(2):
        make.seat(hall.training, hall.other)
    first, second = (make.seat(hall.training, hall.factory, state=WAITS) for _ in range(2))
    assert hall.places(capacity_in_person=3) == [first]
    assert hall.places(capacity_in_person=3) == []
    assert (first.state, first.place, second.state) == (BOOKED, 3, WAITS)
    assert [mail.recipient for mail in _mails()] == [hall.point.email]


def test_fewer_places_than_booked_people_drop_nobody(hall: Hall) -> None:
    people = [make.seat(hall.training, hall.other) for _ in range(4)]
    waiting = make.seat(hall.training, hall.factory, state=WAITS)
    assert hall.places(capacity_in_person=2) == []
    assert hall.states() == {BOOKED: 4, WAITS: 1}
    for seat, state in zip(people, (WAITS, WAITS, BOOKED), strict=False):
        operations.withdraw(hall.trainer, hall.training.id, seat.id)
        assert waiting.state is state, "a place counts only below the number that there is"


def test_places_need_a_site_and_one_at_least(hall: Hall) -> None:
    with pytest.raises(Refused, match="at least one place"):
        hall.places(capacity_in_person=0, capacity_virtual=0)
    for site in hall.training.sites:
        if site.kind is not SiteKind.VENUE:
            db.session.delete(site)
    db.session.flush()
    db.session.expire(hall.training)
    with pytest.raises(Refused, match="by link"):
        hall.places()
    with pytest.raises(NotFound):
        operations.change_places(hall.speaker, hall.training.id, Places(capacity_in_person=5, capacity_virtual=0))


def test_nobody_is_promoted_in_what_is_over(app: Flask) -> None:
    past = make.training(in_person=1, days=(-3, -2), state=TrainingState.CONFIRMED)
    factory = factories.factory()
    waiting = make.seat(past, factory, state=WAITS)
    operations.change_places(SYSTEM, past.id, Places(capacity_in_person=9, capacity_virtual=9))
    assert waiting.state is WAITS


# --- the person ---


def test_a_person_takes_the_own_seat_back_and_everybody_is_told(hall: Hall) -> None:
    hall.training.capacity_in_person = 1
    seat = make.seat(hall.training, hall.factory)
    waiting = make.seat(hall.training, hall.other, state=WAITS)
    me = as_person(seat.person, hall.training)
    for _ in range(2):
        assert operations.withdraw_own(me, hall.training.id).state is SeatState.WITHDRAWN
    assert waiting.state is BOOKED
    assert {mail.recipient for mail in _mails()} == {hall.point.email, hall.rival.email}
    (note,) = _mails("sessions.given_back")
    assert note.recipient == hall.teacher.email and seat.person.name in read(note.raw).text
    stranger = factories.person(hall.factory)
    for nobody in (as_person(stranger, hall.training), hall.speaker):
        with pytest.raises(NotFound):
            operations.withdraw_own(nobody, hall.training.id)


def test_a_person_leaves_the_list_and_takes_an_offer(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.waiting_policy = 1, WaitingPolicy.OFFER
    booked = make.seat(hall.training, hall.other)
    first, second = (make.seat(hall.training, hall.factory, state=WAITS) for _ in range(2))
    operations.withdraw_own(as_person(first.person, hall.training), hall.training.id)
    assert second.state is WAITS
    with pytest.raises(Refused):
        operations.accept_own(as_person(second.person, hall.training), hall.training.id)
    operations.withdraw_own(as_person(booked.person, hall.training), hall.training.id)
    assert second.state is SeatState.OFFERED
    assert operations.accept_own(as_person(second.person, hall.training), hall.training.id).state is BOOKED


def test_nobody_leaves_what_is_over(app: Flask) -> None:
    past = make.training(days=(-3, -2), state=TrainingState.CONFIRMED)
    seat = make.seat(past, factories.factory())
    with pytest.raises(Refused, match="is over"):
        operations.withdraw_own(as_person(seat.person, past), past.id)


# --- swaps and walk-ins ---


def test_somebody_else_comes_at_the_very_place(hall: Hall) -> None:
    seat = make.seat(hall.training, hall.factory)
    make.seat(hall.training, hall.other)
    [instead] = hall.people(1)
    operations.join_at(hall.trainer, hall.training.id, seat.id, 1, hall.alone)
    for _ in range(2):
        new = operations.swap(hall.speaker, hall.training.id, seat.id, instead.id)
    assert (new.person_id, new.state, new.place, new.site_id) == (instead.id, BOOKED, 1, hall.venue)
    assert (seat.state, seat.place) == (SeatState.WITHDRAWN, None)
    assert db.session.scalars(sa.select(SeatAtMeeting.seat_id)).all() == [new.id], "how one joins goes over as well"
    (text,) = _texts()
    assert text.index("Comes instead:") < text.index(instead.name) < text.index("Does not come:") < text.index(seat.person.name)


def test_who_can_come_instead(hall: Hall) -> None:
    seat, colleague = make.seat(hall.training, hall.factory), make.seat(hall.training, hall.factory)
    for stranger in (factories.person(hall.other), factories.person()):
        with pytest.raises(NotFound):
            operations.swap(hall.speaker, hall.training.id, seat.id, stranger.id)
    with pytest.raises(Refused, match="has a place"):
        operations.swap(hall.speaker, hall.training.id, seat.id, colleague.person_id)
    with pytest.raises(NotFound):
        operations.swap(hall.rival_speaker, hall.training.id, seat.id, colleague.person_id)
    waiting = make.seat(hall.training, hall.factory, state=WAITS)
    with pytest.raises(Refused, match="Only somebody with a booked seat"):
        operations.swap(hall.speaker, hall.training.id, waiting.id, hall.people(1)[0].id)
    assert operations.swap(hall.speaker, hall.training.id, seat.id, waiting.person_id) == waiting
    assert waiting.state is BOOKED


def test_once_it_has_begun_only_the_trainer_swaps(hall: Hall) -> None:
    seat, [instead] = make.seat(hall.training, hall.factory), hall.people(1)
    with telling(hall.first + timedelta(minutes=1)):
        with pytest.raises(Refused, match="has begun"):
            operations.swap(hall.speaker, hall.training.id, seat.id, instead.id)
        assert operations.swap(hall.trainer, hall.training.id, seat.id, instead.id).state is BOOKED


def test_somebody_at_the_door_gets_a_place_beyond_all(app: Flask) -> None:
    hall = Hall(in_person=1, state=TrainingState.CONFIRMED)
    make.seat(hall.training, hall.other)
    one, two, waits = [*hall.people(2), make.seat(hall.training, hall.factory, state=WAITS)]
    with pytest.raises(Refused, match="on the day"):
        operations.walk_in(hall.trainer, hall.training.id, hall.factory, one.id, hall.venue)
    helper = accounts.actor(accounts.account(Role.CHECK_IN_HELPER, training=hall.training))
    with telling(hall.first):
        for _ in range(2):
            first = operations.walk_in(helper, hall.training.id, hall.factory, one.id, hall.venue)
        second = operations.walk_in(hall.trainer, hall.training.id, hall.factory, two.id, hall.alone)
        third = operations.walk_in(hall.trainer, hall.training.id, hall.factory, waits.person_id, hall.venue)
        with pytest.raises(NotFound):
            operations.walk_in(hall.speaker, hall.training.id, hall.factory, one.id, hall.venue)
        with pytest.raises(NotFound):
            operations.walk_in(hall.trainer, hall.training.id, hall.factory, factories.person(hall.other).id, hall.venue)
    assert [(seat.state, seat.place, seat.is_walk_in) for seat in (first, second, third)] == [
        (BOOKED, 2, True), (BOOKED, 1, True), (BOOKED, 3, True),
    ]
    assert third == waits


# --- how one joins ---


def test_joining_otherwise_at_one_half_day_is_bounded_by_its_places(hall: Hall) -> None:
    hall.training.capacity_in_person = 2
    one, two = (make.seat(hall.training, hall.factory) for _ in range(2))
    remote = make.seat(hall.training, hall.factory, kind=SiteKind.REMOTE)
    with pytest.raises(Refused, match="no free place of this kind at this half-day"):
        operations.join_at(hall.speaker, hall.training.id, remote.id, 1, hall.venue)
    for _ in range(2):
        operations.join_at(hall.speaker, hall.training.id, one.id, 1, hall.alone)
    operations.join_at(hall.speaker, hall.training.id, remote.id, 1, hall.venue)
    rows = {(row.seat_id, row.modality, row.place) for row in db.session.scalars(sa.select(SeatAtMeeting))}
    assert rows == {(one.id, Modality.VIRTUAL, 2), (remote.id, Modality.IN_PERSON, 1)}
    with pytest.raises(Refused, match="no free place of this kind at this half-day"):
        operations.join_at(hall.speaker, hall.training.id, one.id, 1, hall.venue)
    with pytest.raises(Refused, match="no free place of this kind at this half-day"):
        operations.join_at(hall.trainer, hall.training.id, make.seat(hall.training, hall.other, kind=SiteKind.REMOTE).id, 1, hall.venue)
    operations.withdraw(hall.trainer, hall.training.id, two.id)
    operations.join_at(hall.speaker, hall.training.id, one.id, 1, hall.venue)
    rows = {(row.seat_id, row.modality, row.place) for row in db.session.scalars(sa.select(SeatAtMeeting))}
    assert rows == {(remote.id, Modality.IN_PERSON, 2)}, "who took the empty place moved up"
    waiting = make.seat(hall.training, hall.other, state=SeatState.REQUESTED)
    assert operations.book(hall.trainer, hall.training.id, waiting.id).state is WAITS, "the hall is full at one half-day"
    operations.join_at(hall.speaker, hall.training.id, remote.id, 1, hall.alone)
    assert waiting.state is BOOKED


def test_joining_otherwise_altogether_needs_a_place_and_leaves_one(hall: Hall) -> None:
    hall.training.capacity_in_person, hall.training.capacity_virtual = 1, 1
    seat, waiting = make.seat(hall.training, hall.factory), make.seat(hall.training, hall.other, state=WAITS)
    there = make.seat(hall.training, hall.other, kind=SiteKind.REMOTE)
    with pytest.raises(Refused, match="no free place of this kind"):
        operations.join(hall.speaker, hall.training.id, seat.id, hall.alone)
    operations.withdraw(hall.trainer, hall.training.id, there.id)
    for _ in range(2):
        operations.join(hall.speaker, hall.training.id, seat.id, make.site(hall.training, SiteKind.FACTORY_ROOM, hall.factory).id)
    assert (seat.modality, seat.place, waiting.state) == (Modality.VIRTUAL, 1, BOOKED)
    for foreign in (hall.rival_speaker,):
        with pytest.raises(NotFound):
            operations.join(foreign, hall.training.id, seat.id, hall.alone)


def test_a_half_day_of_one_kind_leaves_nothing_to_choose(app: Flask) -> None:
    training = make.training(modality=Modality.IN_PERSON, days=(30,))
    factory = factories.factory()
    seat, waiting = make.seat(training, factory), make.seat(training, factory, state=WAITS)
    alone = make.site(training, SiteKind.REMOTE).id
    with pytest.raises(Refused, match="nothing to choose"):
        operations.join_at(SYSTEM, training.id, seat.id, 1, alone)
    with pytest.raises(Refused, match="Only somebody with a place"):
        operations.join_at(SYSTEM, training.id, waiting.id, 1, alone)
    with pytest.raises(NotFound):
        operations.join_at(SYSTEM, training.id, seat.id, 7, alone)


# --- alerts and history ---


def test_too_few_people_are_an_alert_once(hall: Hall) -> None:
    hall.training.least_people, hall.training.cut_off_days = 2, 4
    make.seat(hall.training, hall.factory)
    seats.clear(hall.training.id)
    for _ in range(2):
        with telling(hall.first - timedelta(days=6)):
            seats.clear(hall.training.id)
    (mail,) = _mails("sessions.few_people")
    assert mail.recipient == hall.teacher.email
    assert "only 1 people are booked" in _texts("sessions.few_people")[0]


def test_enough_people_are_no_alert(hall: Hall) -> None:
    hall.training.least_people = 1
    make.seat(hall.training, hall.factory)
    with telling(hall.first - timedelta(days=2)):
        seats.clear(hall.training.id)
    assert not _mails("sessions.few_people")


def test_the_clock_finds_what_may_be_due(hall: Hall) -> None:
    other = Hall()
    other.training.least_people = 5
    hall.training.names_due_days = 3
    assert jobs.clearing.with_deadlines() == [other.training.id]
    hall.reserve(1)
    assert jobs.clearing.with_deadlines() == sorted([hall.training.id, other.training.id])


def test_every_move_is_written_down(hall: Hall) -> None:
    hall.training.capacity_in_person = 1
    [seat], [named] = hall.reserve(1), hall.people(1)
    hall.nominate([named])
    operations.withdraw(hall.trainer, hall.training.id, seat.id)
    rows = db.session.execute(sa.select(SeatMove.before, SeatMove.after, SeatMove.account_id, SeatMove.person_id).order_by(SeatMove.id))
    assert [tuple(row) for row in rows] == [
        (None, WAITS, hall.point.id, None), (WAITS, RESERVED, hall.point.id, None),
        (RESERVED, BOOKED, hall.point.id, named.id), (BOOKED, SeatState.WITHDRAWN, hall.teacher.id, named.id),
    ]


def test_a_cancelled_session_tells_booked_waiting_and_reserved(hall: Hall) -> None:
    hall.reserve(2)
    waiting = hall.rival_waits()
    operations.cancel(hall.trainer, hall.training.id, "Flood")
    told = {mail.recipient: text for mail, text in zip(_mails("sessions.called_off"), _texts("sessions.called_off"), strict=True)}
    assert "2 seats without a name" in told[hall.point.email]
    assert waiting[0].person.name in told[hall.rival.email] and "without a name" not in told[hall.rival.email]


# --- calendars, entries of one person, the worker ---


def test_a_calendar_says_where_to_go_at_that_half_day(app: Flask) -> None:
    hall = Hall(state=TrainingState.CONFIRMED)
    seat = make.seat(hall.training, hall.factory, factories.person(hall.factory, email="dara@mill.example"))
    operations.join_at(hall.speaker, hall.training.id, seat.id, 2, hall.alone)

    def told() -> dict[int, tuple[list[str], str | None]]:
        rows = db.session.scalars(sa.select(Invitation).where(Invitation.address == "dara@mill.example"))
        return {row.meeting.number: (row.told["places"], row.told["join_url"]) for row in rows}

    here, there = (["Training centre, Street 271"], None), ([], make.LINK)
    assert told() == {1: here, 2: there}
    operations.join(hall.speaker, hall.training.id, seat.id, hall.alone)
    assert told() == {1: there, 2: there}


def test_the_seat_of_an_entry_that_was_somebody_else_goes_to_who_waits(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            hall = Hall(in_person=2)
            one, other = make.seat(hall.training, hall.factory), make.seat(hall.training, hall.factory)
            waiting = make.seat(hall.training, hall.other, state=WAITS).id
            operations.join_at(SYSTEM, hall.training.id, other.id, 1, hall.alone)
            merging.merge(SYSTEM, one.person_id, other.person_id)
        assert Worker(own_app, wiring.JOBS, (), timedelta(seconds=60)).run_until_idle()
        assert db.session.get_one(Seat, waiting).state is BOOKED
        assert db.session.scalars(sa.select(SeatAtMeeting)).all() == []


def test_the_worker_does_what_is_due(own_app: Flask) -> None:
    """Timers find the training session, a job of its own ends the offer and gives the place to the next."""
    with own_app.app_context():
        with transaction():
            hall = Hall(in_person=1, waiting_policy=WaitingPolicy.OFFER, names_due_days=5)
            offered = make.seat(hall.training, hall.factory, state=SeatState.OFFERED)
            offered.offer_until = now() - timedelta(seconds=1)
            ids = [offered.id, make.seat(hall.training, hall.other, state=WAITS).id]
        timers = tuple(timer for timer in wiring.TIMERS if timer.kind.startswith("sessions.find_"))
        worker = Worker(own_app, wiring.JOBS, timers, timedelta(seconds=60))
        for _ in range(2):
            worker.fire_timers()
            worker.run_until_idle()
        assert [db.session.get_one(Seat, each).state for each in ids] == [SeatState.WITHDRAWN, SeatState.OFFERED]


def test_why_somebody_was_declined_goes_with_the_person(hall: Hall) -> None:
    [seat] = hall.nominate(hall.people(1))
    operations.decline(hall.trainer, hall.training.id, seat.id, "He is ill")
    PERSON_DATA.erase([seat.person_id])
    db.session.expire_all()
    assert (seat.state, seat.reason) == (SeatState.DECLINED, None)
    assert [row["after"] for row in PERSON_DATA.export(seat.person_id)["seat_move"]] == ["requested", "declined"]
