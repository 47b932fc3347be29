"""A factory checks its people in, and the trainer looks for some of them."""

from datetime import timedelta
from secrets import token_hex

import pytest

from app.access.actor import Actor
from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance.models import MarkEntry
from app.attendance.rooms import jobs, operations, queries
from app.attendance.rooms.models import RoomConnection
from app.attendance.rooms.rules import Interval, Source
from app.attendance.rules import Evidence, Mark
from app.factories.models import Person
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.refusal import NotFound, Refused
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.rules import Provider, RoomState, of_site
from app.sessions.rules import SiteKind, TrainingState
from tests.attendance.rooms.conftest import Sewing
from tests.make import accounts, factories
from tests.make import attendance as make


def _told(sewing: Sewing, person: Person) -> tuple[Mark, Evidence, bool] | None:
    found = sewing.current(person)
    return (found.mark, found.evidence, found.is_disputed) if found else None


def test_the_factory_says_who_is_there(sewing: Sewing) -> None:
    person, mark_id = sewing.people[0], token_hex(16)
    receipt = sewing.declare(person, Mark.LATE, mark_id)
    assert sewing.declare(person, Mark.LATE, mark_id) == receipt
    assert sewing.declare(person, Mark.LATE) == receipt
    [entry] = db.session.query(MarkEntry)
    assert (entry.evidence, entry.marker, entry.account_id) == (Evidence.ROOM_JOIN, f"account:{sewing.account.id}", sewing.account.id)
    assert _told(sewing, person) == (Mark.LATE, Evidence.ROOM_JOIN, False)


def test_all_here_then_exceptions(sewing: Sewing) -> None:
    sewing.declare(sewing.people[0], Mark.ABSENT)
    assert operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id) == 3
    assert operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id) == 0
    sewing.declare(sewing.people[1], Mark.ABSENT)
    marks = [_told(sewing, person) for person in sewing.people]
    assert [each and each[0] for each in marks] == [Mark.ABSENT, Mark.ABSENT, Mark.PRESENT, Mark.PRESENT]
    assert not any(each and each[2] for each in marks)
    assert _told(sewing, sewing.hall.person) is None, "who sits elsewhere is not declared"


def test_what_the_trainer_said_stays(sewing: Sewing) -> None:
    person = sewing.people[0]
    attendance.mark(sewing.hall.trainer, sewing.meeting.id, person.id, Mark.ABSENT)
    with pytest.raises(Refused, match="trainer has marked"):
        sewing.declare(person)
    assert operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id) == 3
    assert _told(sewing, person) == (Mark.ABSENT, Evidence.ROLL_CALL, False)


def test_a_factory_does_not_silently_overrule_what_the_person_said(sewing: Sewing) -> None:
    person = sewing.people[0]
    own = accounts.actor(sewing.account).__class__(person_id=person.id)
    seat = queries.inside(sewing.meeting)[sewing.site.id][0].seat
    said = attendance.Marking(seat.person_id, Mark.PRESENT, Evidence.SELF_CHECK_IN)
    attendance.take_down(own, sewing.meeting, {seat.person_id: seat}, [said])
    sewing.declare(db.session.get_one(Person, seat.person_id), Mark.ABSENT)
    found = sewing.current(db.session.get_one(Person, seat.person_id))
    assert found and found.is_disputed


def test_minutes_of_the_line_do_not_make_the_own_word_of_a_person_one_of_the_factory(sewing: Sewing) -> None:
    sewing.begins(-200)
    person = sewing.people[0]
    seat = next(each.seat for each in queries.inside(sewing.meeting)[sewing.site.id] if each.seat.person_id == person.id)
    said = attendance.Marking(person.id, Mark.PRESENT, Evidence.SELF_CHECK_IN)
    attendance.take_down(Actor(person_id=person.id), sewing.meeting, {person.id: seat}, [said])
    assert _report(sewing, (0, 150)) == 1
    sewing.declare(person, Mark.ABSENT)
    found = sewing.current(person)
    assert found and found.is_disputed


@pytest.mark.parametrize("minutes", [31, -(180 + 721)])
def test_only_around_the_half_day(sewing: Sewing, minutes: int) -> None:
    sewing.begins(minutes)
    with pytest.raises(Refused, match="30 minutes"):
        sewing.declare(sewing.people[0])


def test_not_where_the_roll_call_or_the_training_session_is_closed(sewing: Sewing) -> None:
    attendance.close(sewing.hall.trainer, sewing.meeting.id)
    with pytest.raises(Refused, match="closed"):
        sewing.declare(sewing.people[0])
    sewing.hall.training.state = TrainingState.CANCELLED
    db.session.flush()
    with pytest.raises(Refused, match="cancelled"):
        operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)


def test_only_the_own_people_in_the_own_room(sewing: Sewing) -> None:
    other = factories.factory()
    room = make.site(sewing.hall.training, "Theirs", SiteKind.FACTORY_ROOM, factory_id=other.id)
    [theirs] = make.people(sewing.hall.training, 1, other, at=room)
    [guest] = make.people(sewing.hall.training, 1, other, at=sewing.site)
    for site_id, person in ((sewing.site.id, theirs), (sewing.site.id, guest), (room.id, theirs), (sewing.site.id, sewing.hall.person)):
        with pytest.raises(NotFound):
            operations.declare(sewing.focal, sewing.meeting.id, site_id, person.id, Mark.PRESENT, token_hex(16))
    with pytest.raises(NotFound):
        operations.declare_all(sewing.focal, sewing.meeting.id, room.id)
    stranger = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=other))
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=sewing.hall.programme))
    for actor in (stranger, manager, sewing.hall.trainer):
        for verb in (operations.declare_all, operations.connect, operations.disconnect):
            with pytest.raises(NotFound):
                verb(actor, sewing.meeting.id, sewing.site.id)


def test_the_line_comes_and_goes_and_its_minutes_count_for_all(sewing: Sewing) -> None:
    operations.connect(sewing.focal, sewing.meeting.id, sewing.site.id)
    operations.connect(sewing.focal, sewing.meeting.id, sewing.site.id)
    [row] = db.session.query(RoomConnection)
    row.joined_at = sewing.meeting.starts_at + timedelta(minutes=10)
    operations.disconnect(sewing.focal, sewing.meeting.id, sewing.site.id)
    operations.disconnect(sewing.focal, sewing.meeting.id, sewing.site.id)
    known = queries.connection_of(sewing.meeting, sewing.site.id)
    assert known and (known.source, known.minutes, known.is_open) == (Source.DECLARED, 50, False)
    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    found = sewing.current(sewing.people[0])
    assert found and found.minutes is None, "while it lasts nobody has minutes"
    assert [entry.action for entry in db.session.query(AuditEntry).filter(AuditEntry.action.like("rooms.%"))] == [
        "rooms.connect", "rooms.disconnect",
    ]  # fmt: skip


def _report(sewing: Sewing, *spans: tuple[float, float | None]) -> int:
    begin = sewing.meeting.starts_at
    intervals = [Interval(begin + timedelta(minutes=a), None if b is None else begin + timedelta(minutes=b)) for a, b in spans]
    return operations.connected(sewing.hall.trainer, sewing.meeting, sewing.site.id, intervals)


def test_the_report_puts_its_minutes_on_everybody_who_was_there(sewing: Sewing) -> None:
    sewing.begins(-200)
    present, absent, seen, late = sewing.people
    sewing.declare(present)
    sewing.declare(absent, Mark.ABSENT)
    attendance.mark(sewing.hall.trainer, sewing.meeting.id, seen.id, Mark.PRESENT)
    sewing.declare(late, Mark.LATE)
    assert _report(sewing, (0, 100), (90, 150), (160, 400)) == 3
    assert _report(sewing, (0, 100), (90, 150), (160, 400)) == 0
    minutes = [(found.mark, found.evidence, found.minutes) for each in sewing.people if (found := sewing.current(each))]
    assert minutes == [
        (Mark.PRESENT, Evidence.ROOM_JOIN, 170), (Mark.ABSENT, Evidence.ROOM_JOIN, None),
        (Mark.PRESENT, Evidence.ROLL_CALL, 170), (Mark.LATE, Evidence.ROOM_JOIN, 170),
    ]  # fmt: skip
    assert _report(sewing, (0, 60)) == 3
    assert db.session.query(RoomConnection).count() == 1
    sewing.declare(present, Mark.LATE)
    found = sewing.current(present)
    assert found and (found.mark, found.minutes) == (Mark.LATE, 60)


def test_only_factory_rooms_are_connected(sewing: Sewing) -> None:
    for site_id in (sewing.hall.training.sites[0].id, 999_999):
        with pytest.raises(NotFound):
            operations.connected(sewing.hall.trainer, sewing.meeting, site_id, [])


def test_our_own_door_knows_better_than_the_factory_and_the_clock_puts_it_on(sewing: Sewing) -> None:
    sewing.declare(sewing.people[0])
    sewing.begins(-240)
    room = MeetingRoom(
        meeting_id=sewing.meeting.id, provider=Provider.BIGBLUEBUTTON, key=token_hex(8), seed="s", maker="m", details={},
        state=RoomState.READY, problem=None, tries=0, changed_at=now(),
    )  # fmt: skip
    db.session.add(room)
    db.session.flush()
    begin = sewing.meeting.starts_at
    mark = of_site(sewing.site.id, "x").mark
    db.session.add(RoomVisit(room_id=room.id, mark=mark, name="", seat_id=None, came_at=begin, seen_at=begin + timedelta(minutes=90)))
    db.session.flush()
    done = jobs.find_due()
    assert done.write
    done.write()
    done.write()
    [job] = db.session.query(Job).filter_by(kind="rooms.put_minutes")
    put = jobs.put_minutes(**job.payload)
    assert put.write
    put.write()
    found = sewing.current(sewing.people[0])
    assert found and found.minutes == 90


def test_a_spot_check_replaces_what_the_factory_said(sewing: Sewing) -> None:
    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    sewing.declare(sewing.people[1], Mark.LATE)
    sewing.check(sewing.people[0])
    sewing.check(sewing.people[1])
    sewing.check(sewing.people[2], is_there=False)
    assert [_told(sewing, person) for person in sewing.people] == [
        (Mark.PRESENT, Evidence.SPOT_CHECK, False), (Mark.LATE, Evidence.SPOT_CHECK, False),
        (Mark.ABSENT, Evidence.SPOT_CHECK, False), (Mark.PRESENT, Evidence.ROOM_JOIN, False),
    ]  # fmt: skip
    entry = db.session.query(MarkEntry).filter_by(evidence=Evidence.SPOT_CHECK, person_id=sewing.people[0].id).one()
    assert len(entry.seen) == 1
    [room] = queries.summaries(sewing.meeting)
    assert (len(room.declared), len(room.self_declared), room.seen, room.missed) == (4, 1, 2, 1)
    with pytest.raises(Refused):
        sewing.declare(sewing.people[2])


def test_only_people_of_the_room_are_looked_for(sewing: Sewing) -> None:
    with pytest.raises(NotFound):
        sewing.check(sewing.hall.person)
    with pytest.raises(NotFound):
        operations.spot_check(sewing.focal, sewing.meeting.id, sewing.site.id, sewing.people[0].id, token_hex(16), is_there=True)


def test_whom_the_trainer_looks_for_stays_the_same_while_more_is_declared(sewing: Sewing) -> None:
    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    def sampled() -> list[int]:
        [room] = queries.summaries(sewing.meeting)
        return [each.seat.person_id for each in queries.sampled(sewing.hall.trainer, sewing.meeting, room, 3)]

    before = sampled()
    sewing.check(db.session.get_one(Person, before[0]), is_there=False)
    assert sampled() == before


def test_the_clock_puts_no_minutes_on_a_training_session_that_was_closed_meanwhile(sewing: Sewing) -> None:
    sewing.declare(sewing.people[0])
    sewing.begins(-240)
    db.session.add(
        RoomConnection(
            meeting_id=sewing.meeting.id, site_id=sewing.site.id, source=Source.REPORT, noted_at=now(),
            joined_at=sewing.meeting.starts_at, left_at=sewing.meeting.starts_at + timedelta(minutes=90),
        )
    )  # fmt: skip
    sewing.hall.training.state = TrainingState.CLOSED
    db.session.flush()
    put = jobs.put_minutes(sewing.meeting.id, sewing.site.id)
    assert put.write
    put.write()
    found = sewing.current(sewing.people[0])
    assert found and found.minutes is None


def test_who_marked_without_network_does_not_dispute_with_the_minutes_of_the_room(sewing: Sewing) -> None:
    sewing.begins(-240)
    person = sewing.people[0]
    seen = attendance.mark(sewing.hall.trainer, sewing.meeting.id, person.id, Mark.PRESENT).mark_id
    assert _report(sewing, (0, 95)) == 1
    found = sewing.current(person)
    assert found and (found.mark, found.minutes) == (Mark.PRESENT, 95)
    seats = {each.seat.person_id: each.seat for each in queries.inside(sewing.meeting)[sewing.site.id]}
    late = attendance.Marking(
        person.id, Mark.PARTIAL, seen=frozenset({seen}), marker="kit:a", counter=1, device_at=now() - timedelta(hours=3)
    )
    attendance.take_down(sewing.hall.trainer, sewing.meeting, seats, [late])
    found = sewing.current(person)
    assert found and (found.mark, found.is_disputed, found.standing) == (Mark.PARTIAL, False, [late.mark_id])
