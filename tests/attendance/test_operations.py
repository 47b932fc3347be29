"""Marks, what they lead to, and that a repeat is harmless."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import permutations
from secrets import token_hex

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance import operations, queries
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.queries.register import register
from app.attendance.rules import Evidence, Mark, Standing
from app.completions import operations as completions
from app.completions.models import Completion, UnitResult
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.rules import MeetingState, SeatState, TrainingState
from tests.attendance.conftest import Hall
from tests.make import accounts, attendance, courses, factories
from tests.make import sessions as plans


def _share(hall: Hall) -> Fraction | None:
    result = db.session.query(UnitResult).filter_by(
        person_id=hall.person.id, training_id=hall.training.id, unit_id=courses.unit(hall.version, "meetings").id
    ).populate_existing().one_or_none()
    return Fraction(result.share) if result else None


def _mark(hall: Hall, mark: Mark, half_day: int = 1, **values: object) -> operations.Receipt:
    return operations.mark(hall.trainer, hall.meetings[half_day - 1].id, hall.person.id, mark, **values)


def _entries() -> list[tuple[Mark, Evidence]]:
    return [(e.mark, e.evidence) for e in db.session.query(MarkEntry).order_by(MarkEntry.id)]


def _current(hall: Hall, half_day: int = 1) -> Mark | None:
    return queries.mark_of(hall.meetings[half_day - 1].id, hall.person.id)


def test_a_mark_is_logged_and_counts_and_hands_on_its_share(hall: Hall) -> None:
    receipt = _mark(hall, Mark.LATE)
    [entry] = db.session.query(MarkEntry)
    assert receipt == operations.Receipt(
        entry.id, entry.mark_id, entry.digest, hall.meetings[0].id, hall.person.id, Mark.LATE, Evidence.ROLL_CALL,
        entry.at, None,
    )
    assert entry.account_id == hall.account.id
    assert _current(hall) is Mark.LATE
    assert _share(hall) == Fraction(1, 2)


def test_another_mark_replaces_and_the_first_stays_in_the_log(hall: Hall) -> None:
    _mark(hall, Mark.PRESENT)
    _mark(hall, Mark.ABSENT)
    assert [mark for mark, _ in _entries()] == [Mark.PRESENT, Mark.ABSENT]
    assert [act.mark for act in queries.history(hall.meetings[0].id, hall.person.id)] == [Mark.ABSENT, Mark.PRESENT]
    assert db.session.query(CurrentMark).count() == 1
    assert (_current(hall), _share(hall)) == (Mark.ABSENT, 0)


def test_the_present_mark_is_not_written_twice(hall: Hall) -> None:
    first = _mark(hall, Mark.PRESENT)
    assert _mark(hall, Mark.PRESENT) == _mark(hall, Mark.PRESENT, mark_id=token_hex(16)) == first
    assert len(_entries()) == 1


def test_the_same_id_answers_the_same_receipt_whatever_happened_since(hall: Hall) -> None:
    mark_id = token_hex(16)
    first = _mark(hall, Mark.PRESENT, mark_id=mark_id)
    _mark(hall, Mark.ABSENT)
    hall.training.state = TrainingState.CLOSED
    assert _mark(hall, Mark.PRESENT, mark_id=mark_id) == first
    assert (_current(hall), len(_entries())) == (Mark.ABSENT, 2)


def test_the_same_id_for_another_mark_is_refused(hall: Hall) -> None:
    mark_id = token_hex(16)
    _mark(hall, Mark.PRESENT, mark_id=mark_id)
    with pytest.raises(Refused):
        _mark(hall, Mark.ABSENT, mark_id=mark_id)
    with pytest.raises(Refused):
        _mark(hall, Mark.PRESENT, 2, mark_id=mark_id)
    with pytest.raises(Refused):
        operations.mark(hall.trainer, hall.meetings[0].id, hall.people[1].id, Mark.PRESENT, mark_id=mark_id)
    with pytest.raises(Refused):
        _mark(hall, Mark.ABSENT, mark_id="not random")
    assert len(_entries()) == 1


def test_all_present_leaves_marks_alone(hall: Hall) -> None:
    _mark(hall, Mark.ABSENT)
    assert operations.mark_all_present(hall.trainer, hall.meetings[0].id) == 2
    assert operations.mark_all_present(hall.trainer, hall.meetings[0].id) == 0
    assert sorted(mark for mark, _ in _entries()) == [Mark.ABSENT, Mark.PRESENT, Mark.PRESENT]
    assert _current(hall) is Mark.ABSENT
    assert db.session.query(UnitResult).count() == 3


def test_twelve_hours_after_the_end_it_is_a_correction_and_audited(hall: Hall) -> None:
    hall.end(hall.meetings[0], hours=11)
    _mark(hall, Mark.ABSENT)
    hall.end(hall.meetings[0], hours=13)
    _mark(hall, Mark.PRESENT)
    operations.mark_all_present(hall.trainer, hall.meetings[0].id)
    correction = (Mark.PRESENT, Evidence.CORRECTION)
    assert _entries() == [(Mark.ABSENT, Evidence.ROLL_CALL), *[correction] * 3]
    entry, *others = db.session.query(AuditEntry).filter_by(action="attendance.correct").order_by(AuditEntry.id)
    assert [each.details["before"] for each in others] == [None, None]
    assert entry.details == {"person": hall.person.id, "before": "absent", "after": "present"}


def _pass_the_test(hall: Hall) -> None:
    completions.note_unit(
        person_id=hall.person.id, training_id=hall.training.id, version_id=hall.version.id,
        unit_id=courses.unit(hall.version, "post-test").id, share=Fraction(7, 10), factory_id=hall.factory.id, at=now(),
    )


def _completion() -> Completion | None:
    return db.session.query(Completion).populate_existing().one_or_none()


def test_attendance_completes_the_course_and_a_correction_takes_it_back_and_gives_it_again(hall: Hall) -> None:
    _pass_the_test(hall)
    _mark(hall, Mark.PRESENT)
    assert _completion() is None
    _mark(hall, Mark.LATE, 2)
    assert _completion().withdrawn_at is None
    assert _completion().factory_id == hall.factory.id
    _mark(hall, Mark.ABSENT, 2)
    assert _completion().withdrawn_at is not None
    _mark(hall, Mark.PRESENT, 2)
    assert _completion().withdrawn_at is None


def test_the_order_of_marks_does_not_matter(app: Flask) -> None:
    wanted = {1: Mark.PRESENT, 2: Mark.ABSENT, 3: Mark.LATE}
    outcomes = set()
    for order in permutations(wanted):
        hall = Hall(people=1, half_days=3)
        for half_day in order:
            _mark(hall, wanted[half_day], half_day)
        outcomes.add((_share(hall), *(_current(hall, n) for n in wanted)))
    assert len(outcomes) == 1


def test_a_cancelled_half_day_no_longer_counts_and_the_others_weigh_more(hall: Hall) -> None:
    _pass_the_test(hall)
    _mark(hall, Mark.PRESENT)
    _mark(hall, Mark.ABSENT, 2)
    operations.mark(hall.trainer, hall.meetings[1].id, hall.people[1].id, Mark.PRESENT)
    sessions.cancel_meeting(SYSTEM, hall.training.id, 2)
    assert _share(hall) == 1
    assert _completion().withdrawn_at is None
    other = db.session.query(UnitResult).filter_by(person_id=hall.people[1].id).populate_existing().one()
    assert other.share == 0, "the mark was of the half-day that fell away"


def test_half_days_that_wait_for_dates_count_as_well(app: Flask) -> None:
    hall = Hall(people=2, half_days=2)
    hall.meetings[1].starts_at += timedelta(days=9)
    hall.meetings[1].ends_at += timedelta(days=9)
    with telling(hall.meetings[0].ends_at + timedelta(minutes=1)):
        _mark(hall, Mark.PRESENT)
        sessions.postpone(SYSTEM, hall.training.id, "Flood")
        operations.recheck(hall.training.id)
        assert _share(hall) == Fraction(1, 2)
        [line, _other] = register(hall.trainer, hall.training).lines
        assert line.share == Fraction(1, 2) and line.standing is not Standing.REACHED


def test_one_half_day_more_weighs_on_the_others(app: Flask) -> None:
    hall = Hall(people=1, half_days=1)
    _pass_the_test(hall)
    _mark(hall, Mark.PRESENT)
    assert _share(hall) == 1 and _completion().withdrawn_at is None
    sessions.add_half_day(SYSTEM, hall.training.id, plans.half_day(5))
    assert _share(hall) == Fraction(1, 2)
    assert _completion().withdrawn_at is not None


def test_nobody_is_marked_when_the_half_day_does_not_allow_it(hall: Hall) -> None:
    meeting = hall.meetings[0]
    for thing, state, back in (
        (hall.training, TrainingState.TENTATIVE, TrainingState.CONFIRMED),
        (hall.training, TrainingState.CANCELLED, TrainingState.CONFIRMED),
        (hall.training, TrainingState.CLOSED, TrainingState.CONFIRMED),
        (meeting, MeetingState.CANCELLED, MeetingState.PLANNED),
    ):
        thing.state = state
        with pytest.raises(Refused):
            _mark(hall, Mark.PRESENT)
        with pytest.raises(Refused):
            operations.mark_all_present(hall.trainer, meeting.id)
        thing.state = back
    meeting.starts_at = now() + timedelta(hours=13)
    with pytest.raises(Refused):
        _mark(hall, Mark.PRESENT)
    assert _entries() == []


def test_only_people_with_a_booked_seat_are_marked(hall: Hall) -> None:
    stranger = factories.person(hall.factory)
    with pytest.raises(NotFound):
        operations.mark(hall.trainer, hall.meetings[0].id, stranger.id, Mark.PRESENT)
    for state in set(SeatState) - {SeatState.BOOKED}:
        person = factories.person(hall.factory)
        attendance.seat(hall.training, person, hall.factory, state=state)
        with pytest.raises(Refused, match="no booked seat"):
            operations.mark(hall.trainer, hall.meetings[0].id, person.id, Mark.PRESENT)
    assert operations.mark_all_present(hall.trainer, hall.meetings[0].id) == 3


def test_who_may_mark(hall: Hall) -> None:
    elsewhere = factories.programme("VN", country="VN", zone="Asia/Ho_Chi_Minh")
    may = [
        accounts.account(Role.ADMINISTRATOR),
        accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme),
    ]
    may_not = [
        accounts.account(Role.TRAINER, programme=hall.programme),
        accounts.account(Role.TRAINER, programme=elsewhere),
        accounts.account(Role.PROGRAMME_MANAGER, programme=elsewhere),
        accounts.account(Role.ADVISOR, programme=hall.programme),
        accounts.account(Role.FOCAL_POINT, factory=hall.factory),
    ]
    for number, account in enumerate(may):
        mark = [Mark.PRESENT, Mark.ABSENT][number]
        assert operations.mark(accounts.actor(account), hall.meetings[0].id, hall.person.id, mark).mark is mark
    for account in may_not:
        with pytest.raises(NotFound):
            operations.mark(accounts.actor(account), hall.meetings[0].id, hall.person.id, Mark.LATE)
        with pytest.raises(NotFound):
            operations.mark_all_present(accounts.actor(account), hall.meetings[0].id)
    with pytest.raises(NotFound):
        operations.mark(hall.trainer, 10**6, hall.person.id, Mark.LATE)


def test_marks_of_long_ago_are_possible(hall: Hall) -> None:
    hall.meetings[0].starts_at = datetime(2025, 1, 1, tzinfo=UTC)
    hall.meetings[0].ends_at = datetime(2025, 1, 1, 3, tzinfo=UTC)
    assert _mark(hall, Mark.PRESENT).evidence is Evidence.CORRECTION
