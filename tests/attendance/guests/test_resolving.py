"""Saying who somebody unknown is."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance import queries as attendance_queries
from app.attendance.guests import operations
from app.attendance.guests.models import GuestMark
from app.attendance.guests.rules import GuestState
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations import rebuilding
from app.attendance.rules import Evidence, Mark, Said, decide, replaced_by
from app.factories.models import Employment, Person
from app.factories.operations.employing import Hire
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Seat
from app.sessions.rules import SeatState, TrainingState
from tests.attendance.conftest import Hall
from tests.attendance.guests.conftest import Door
from tests.make import accounts, factories


def _seat(door: Door, person: Person) -> Seat | None:
    return sessions.seat_of(door.hall.training.id, person.id)


def _audited(verb: str) -> list[dict[str, object]]:
    return [entry.details for entry in db.session.query(AuditEntry).filter_by(action=verb).order_by(AuditEntry.id)]


def test_each_mark_of_the_guest_is_said_again_of_the_person_who_gets_a_seat(door: Door) -> None:
    assert _seat(door, door.person) is None
    guest = door.resolve(door.person)
    seat = _seat(door, door.person)
    assert (guest.state, guest.person_id, guest.gave_seat) == (GuestState.FOUND, door.person.id, True)
    assert seat and (seat.state, seat.is_walk_in) == (SeatState.BOOKED, True)
    first, second = door.current(door.person), door.current(door.person, 2)
    assert first and second
    assert [(each.mark, each.evidence) for each in (first, second)] == [
        (Mark.PRESENT, Evidence.ROLL_CALL), (Mark.LATE, Evidence.ROLL_CALL),
    ]  # fmt: skip
    assert _audited("guests.resolve") == [{"person": door.person.id, "before": None}]
    assert db.session.query(GuestMark).count() == 2


def test_how_and_when_it_was_known_is_kept_however_late_somebody_says_who_it_is(door: Door) -> None:
    said = {mark.meeting_id: mark.at for mark in db.session.query(GuestMark)}
    door.hall.end(door.hall.meetings[0], 60)
    door.hall.end(door.hall.meetings[1], 50)
    door.resolve(door.person)
    entries = db.session.query(MarkEntry).filter_by(person_id=door.person.id).all()
    assert {entry.evidence for entry in entries} == {Evidence.ROLL_CALL}
    assert {entry.meeting_id: entry.device_at for entry in entries} == said


def test_resolving_twice_is_resolving_once(door: Door) -> None:
    door.resolve(door.person)
    before = db.session.query(MarkEntry).count()
    door.resolve(door.person, seen=0)
    assert db.session.query(MarkEntry).count() == before
    assert len(_audited("guests.resolve")) == 1


def test_two_who_say_different_things_are_shown_as_disputed_and_nobody_wins_silently(door: Door) -> None:
    known = door.hall.person
    attendance.mark(door.hall.trainer, door.hall.meetings[0].id, known.id, Mark.ABSENT)
    door.resolve(known)
    first, second = door.current(known), door.current(known, 2)
    assert first and first.is_disputed
    assert second and not second.is_disputed
    assert second.mark is Mark.LATE
    attendance.mark(door.hall.trainer, door.hall.meetings[0].id, known.id, Mark.LATE)
    settled = door.current(known)
    assert settled and (settled.mark, settled.is_disputed) == (Mark.LATE, False)


def test_a_filler_gives_way_to_the_mark_of_the_guest(door: Door) -> None:
    known = door.hall.person
    attendance.mark(door.hall.trainer, door.hall.meetings[0].id, known.id, Mark.ABSENT, Evidence.AUTOMATIC)
    door.resolve(known)
    first = door.current(known)
    assert first and (first.mark, first.is_disputed) == (Mark.PRESENT, False)


def test_somebody_else_after_all(door: Door) -> None:
    wrong, right = door.person, door.hall.person
    door.resolve(wrong)
    guest = door.resolve(right)
    assert (guest.person_id, guest.gave_seat) == (right.id, False)
    gone, here = door.current(wrong), door.current(right)
    assert gone is None, "nothing is said of that person"
    assert here and here.mark is Mark.PRESENT
    seat = _seat(door, wrong)
    assert seat and seat.state is SeatState.WITHDRAWN
    assert _audited("guests.resolve")[-1] == {"person": right.id, "before": wrong.id}


def test_what_else_was_known_of_the_wrong_person_counts_again(door: Door) -> None:
    wrong = door.hall.people[1]
    attendance.mark(door.hall.trainer, door.hall.meetings[0].id, wrong.id, Mark.EXCUSED)
    door.resolve(wrong)
    door.resolve(door.hall.people[2])
    first, second = door.current(wrong), door.current(wrong, 2)
    assert first and (first.mark, first.is_disputed) == (Mark.EXCUSED, False)
    assert second is None
    seat = _seat(door, wrong)
    assert seat and seat.state is SeatState.BOOKED


def test_back_to_the_first_after_all(door: Door) -> None:
    one, other = door.hall.people[1], door.hall.people[2]
    for person in (one, other, one):
        door.resolve(person)
    back, left = door.current(one), door.current(other)
    assert back and (back.mark, back.is_disputed) == (Mark.PRESENT, False)
    assert left is None


@pytest.mark.parametrize("evidence", [Evidence.SELF_CHECK_IN, Evidence.ROLL_CALL])
def test_what_is_known_of_the_wrong_person_weighs_what_it_weighed_before(door: Door, evidence: Evidence) -> None:
    wrong, meeting = door.hall.people[1], door.hall.meetings[0]
    seats = {wrong.id: attendance_queries.person_at(meeting, wrong.id)}
    before = attendance.Marking(wrong.id, Mark.LATE, evidence, minutes=80, marker="person:1")
    attendance.take_down(door.hall.trainer, meeting, seats, [before])
    door.resolve(wrong)
    door.resolve(door.hall.people[2])
    found = door.current(wrong)
    assert found and (found.mark, found.evidence, found.minutes, found.standing) == (Mark.LATE, evidence, 80, [before.mark_id])
    after = attendance.Marking(wrong.id, Mark.ABSENT, Evidence.CARD, seen=frozenset(found.standing))
    attendance.take_down(door.hall.trainer, meeting, seats, [after])
    found = door.current(wrong)
    assert found and (found.mark, found.is_disputed) == (Mark.ABSENT, False)
    assert rebuilding.differences(meeting.id) == []


def test_of_a_closed_roll_call_the_wrong_person_is_absent_because_nobody_was_marked(door: Door) -> None:
    wrong, meeting = door.hall.people[1], door.hall.meetings[0]
    door.hall.end(meeting, 1)
    door.resolve(wrong)
    attendance.close(door.hall.trainer, meeting.id)
    door.resolve(door.hall.people[2])
    found = door.current(wrong)
    assert found and (found.mark, found.evidence) == (Mark.ABSENT, Evidence.AUTOMATIC)
    assert door.current(wrong, 2) is None


def test_the_minutes_of_a_room_go_with_the_mark_that_was_about_somebody_else() -> None:
    mark = Said("a", 1, Mark.PRESENT, 3, "guest:5:1:account:1", 1)
    echo = Said("b", 1, Mark.PRESENT, 3, "room:2", 2, frozenset("a"), 95)
    left = Said("c", 1, Mark.ABSENT, 0, "guest:5:left", 1, frozenset("a"))
    own = Said("d", 1, Mark.LATE, 1, "person:1", 1)
    assert decide([mark, echo, left]) is None
    decided = decide([left, own, echo, mark])
    assert decided and decided.standing == [own]
    assert replaced_by([mark, left, own]) == {"a": "c"}


def test_back_to_the_first_long_after_the_half_day(door: Door) -> None:
    for meeting in door.hall.meetings:
        door.hall.end(meeting, 50)
    one, other = door.hall.people[1], door.hall.people[2]
    for person in (one, other, one):
        door.resolve(person)
    back = door.current(one)
    assert back and (back.mark, back.is_disputed) == (Mark.PRESENT, False)


def test_who_decides_must_have_seen_what_others_decided(door: Door) -> None:
    door.resolve(door.person)
    with pytest.raises(Refused, match="meanwhile"):
        door.resolve(door.hall.person, seen=0)
    with pytest.raises(Refused, match="meanwhile"):
        operations.set_aside(door.hall.trainer, door.hall.training.id, door.guest.id, 0)
    assert door.guest.person_id == door.person.id


def test_not_one_of_ours_and_back(door: Door) -> None:
    trainer, training = door.hall.trainer, door.hall.training.id
    door.resolve(door.person)
    operations.set_aside(trainer, training, door.guest.id, 1)
    assert (door.guest.state, door.guest.person_id) == (GuestState.SET_ASIDE, None)
    assert door.current(door.person) is None
    operations.set_aside(trainer, training, door.guest.id, 1)
    operations.reopen(trainer, training, door.guest.id, 2)
    assert door.guest.state is GuestState.OPEN
    assert _audited("guests.set_aside") == [{"before": door.person.id}]
    assert _audited("guests.reopen") == [{"before": None}]


def test_a_mark_that_comes_after_the_guest_was_found_is_one_of_the_person(door: Door) -> None:
    door.resolve(door.person)
    door.note(Mark.EXCUSED, 2, name="", counter=9, marker="kit:1")
    second = door.current(door.person, 2)
    assert second and second.is_disputed
    assert db.session.query(GuestMark).count() == 3
    assert db.session.query(MarkEntry).filter_by(person_id=door.person.id).count() == 3


def test_nothing_is_decided_in_a_closed_training_session(door: Door) -> None:
    door.hall.training.state = TrainingState.CLOSED
    db.session.flush()
    with pytest.raises(Refused, match="closed"):
        door.resolve(door.person)


def test_people_of_other_programmes_are_not_found(door: Door) -> None:
    far = factories.factory(programme=factories.programme("BD"))
    gone = factories.person(door.hall.factory)
    db.session.query(Employment).filter_by(person_id=gone.id).one().ended_on = door.hall.meetings[0].starts.date()
    for person in (factories.person(far), gone):
        with pytest.raises(NotFound):
            door.resolve(person)


def test_guests_of_others_are_not_found(door: Door) -> None:
    other = Hall()
    with pytest.raises(NotFound):
        operations.resolve(other.trainer, door.hall.training.id, door.guest.id, door.person.id, 0)
    with pytest.raises(NotFound):
        operations.resolve(other.trainer, other.training.id, door.guest.id, other.person.id, 0)


def test_somebody_new_is_entered_into_the_register(door: Door, app: Flask) -> None:
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=door.hall.programme))
    who = Hire("Dara Sok", "សុខ ដារ៉ា", None, "N-9")
    guest = operations.add(manager, door.hall.training.id, door.guest.id, door.hall.factory.id, who, 0)
    person = db.session.get_one(Person, guest.person_id)
    work = db.session.query(Employment).filter_by(person_id=person.id).one()
    assert (person.local_name, work.employee_number) == ("សុខ ដារ៉ា", "N-9")
    assert work.started_on <= door.hall.meetings[0].starts.date() + timedelta(days=1)
    assert door.current(person)
    operations.add(manager, door.hall.training.id, door.guest.id, door.hall.factory.id, who, 0)
    assert db.session.query(CurrentMark).filter_by(person_id=person.id).count() == 2


def test_a_trainer_enters_nobody_into_a_register(door: Door) -> None:
    who = Hire("Dara Sok", None, None, "N-9")
    with pytest.raises(NotFound):
        operations.add(door.hall.trainer, door.hall.training.id, door.guest.id, door.hall.factory.id, who, 0)
