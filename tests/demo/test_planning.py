"""What the demo shows of planning: every standing, seats of every kind, answers of calendars, entitlements, registers."""

from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.demo.places import PLACES
from app.factories.models import Factory, Programme
from app.platform.clock import today
from app.platform.db import db
from app.sessions.conflicts.models import AcceptedConflict
from app.sessions.conflicts.proposals import of_training
from app.sessions.conflicts.queries import conflicts_of
from app.sessions.conflicts.rules import Kind as Clash
from app.sessions.models import (
    HostAccount,
    Interpreter,
    Invitation,
    Meeting,
    PlanningRules,
    Room,
    Seat,
    SeatAtMeeting,
    TrainingSession,
)
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from app.sessions.replies.models import IncomingMail
from app.sessions.rules import MeetingState, Modality, Participation, SeatState, TrainingState
from app.sessions.service.models import EntitlementEntry
from app.sessions.service.rules import Kind

pytestmark = [pytest.mark.slow, pytest.mark.any_engine]


def of(code: str, *where: sa.ColumnElement[bool]) -> TrainingSession:
    """The one training session of a programme of which this is true."""
    found = sa.select(TrainingSession).join(Programme, Programme.id == TrainingSession.programme_id)
    return db.session.scalars(found.where(Programme.code == code, *where)).one()


def states(training: TrainingSession) -> Counter[SeatState]:
    return Counter(db.session.scalars(sa.select(Seat.state).where(Seat.training_id == training.id)))


def test_every_programme_plans_with_its_registers(demo: Flask) -> None:
    with demo.app_context():
        programmes = db.session.scalars(sa.select(Programme)).all()
        assert {each.code for each in programmes} == {place.code for place in PLACES}
        for each in programmes:
            rooms = db.session.scalars(sa.select(Room).where(Room.programme_id == each.id)).all()
            assert sorted(room.factory_id is None for room in rooms) == [False, True]
            for table in (Interpreter, HostAccount):
                assert db.session.scalar(sa.select(sa.func.count(table.id)).where(table.programme_id == each.id)) == 1
            rules = db.session.scalars(sa.select(PlanningRules).where(PlanningRules.programme_id == each.id)).one()
            assert len(rules.breaks) == 1
            assert not {day for pause in rules.breaks for day in pause["days"]} & set(each.rest_days)
            courses = sa.select(sa.func.count(Qualification.id)).where(Qualification.programme_id == each.id)
            assert db.session.scalar(courses) == 3
        assert db.session.scalar(sa.select(sa.func.count(TrainerLanguages.id))) == 2
        coming = sa.select(sa.func.count(Absence.id)).where(Absence.starts_on > today("UTC"))
        assert db.session.scalar(coming) == 2


def test_every_standing_is_there(demo: Flask) -> None:
    with demo.app_context():
        assert of("KH", TrainingSession.state == TrainingState.DRAFT).meetings
        assert set(db.session.scalars(sa.select(TrainingSession.state))) == set(TrainingState)
        postponed = of("JO", TrainingSession.state == TrainingState.POSTPONED)
        assert postponed.postponed_reason
        assert states(postponed) == {SeatState.BOOKED: 4}
        assert {meeting.state for meeting in postponed.meetings} == {MeetingState.POSTPONED}
        later = of("VN", TrainingSession.expected_on.is_not(None))
        assert (later.state, later.meetings) == (TrainingState.TENTATIVE, [])
        assert later.expected_on.day == 1
        assert later.expected_on > today("Asia/Ho_Chi_Minh")


def test_seats_wait_are_reserved_and_offered(demo: Flask) -> None:
    with demo.app_context():
        training = of("BD", TrainingSession.names_due_days.is_not(None))
        assert states(training) == {
            SeatState.RESERVED: 2, SeatState.BOOKED: 3, SeatState.OFFERED: 1, SeatState.WAIT_LISTED: 1, SeatState.WITHDRAWN: 1,
        }
        assert {seat.has_name for seat in db.session.scalars(sa.select(Seat).where(Seat.training_id == training.id, Seat.state == SeatState.RESERVED))} == {False}
        assert all(meeting.interpreters for meeting in training.meetings), "its trainer does not speak the language"


def test_somebody_joins_one_half_day_otherwise(demo: Flask) -> None:
    with demo.app_context():
        there = db.session.scalars(sa.select(SeatAtMeeting)).one()
        seat, meeting = db.session.get_one(Seat, there.seat_id), db.session.get_one(Meeting, there.meeting_id)
        assert (seat.modality, there.modality, meeting.modality) == (Modality.VIRTUAL, Modality.IN_PERSON, Modality.HYBRID)
        assert meeting.training.programme.code == "KH"


def test_two_half_days_were_switched(demo: Flask) -> None:
    with demo.app_context():
        switched = sa.exists().where(Meeting.training_id == TrainingSession.id, Meeting.modality == Modality.VIRTUAL)
        training = of("VN", switched)
        assert [meeting.modality for meeting in training.meetings] == [*[Modality.HYBRID] * 2, *[Modality.VIRTUAL] * 2]
        assert all(meeting.join_url and meeting.host_id for meeting in training.meetings)
        told = sa.select(Invitation.sequence, Meeting.number).join(Meeting).where(Meeting.training_id == training.id)
        assert {number for sequence, number in db.session.execute(told) if sequence} == {3, 4}


def test_cohorts_are_two_weeks_apart(demo: Flask) -> None:
    with demo.app_context():
        first, second = (of("LK", TrainingSession.cohort == name) for name in ("Cohort A", "Cohort B"))
        assert second.origin_id == first.id
        assert (second.meetings[0].starts - first.meetings[0].starts).days == 14
        assert states(first) == states(second) == {SeatState.BOOKED: 3}


def test_nothing_speaks_against_the_plan_but_what_was_accepted(demo: Flask) -> None:
    with demo.app_context():
        kept = db.session.scalars(sa.select(AcceptedConflict)).one()
        assert kept.kind is Clash.TRAINER_AWAY
        assert kept.reason
        coming = sa.select(TrainingSession).where(TrainingSession.state.in_((TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED)))
        found = [each for training in db.session.scalars(coming) for each in conflicts_of(SYSTEM, of_training(training))]
        stopping = {(each.kind, each.starts) for each in found if each.stops and each.key != kept.key}
        assert {kind for kind, _ in stopping} <= {Clash.HOLIDAY, Clash.REST_DAY}, "only the calendar of the day on which it is told"
        assert kept.key in {each.key for each in found}


def test_calendars_answered(demo: Flask) -> None:
    with demo.app_context():
        said = Counter(db.session.scalars(sa.select(Invitation.participation).where(Invitation.replied_at.is_not(None))))
        assert said[Participation.ACCEPTED] > 20
        assert said[Participation.DECLINED] == 2
        assert said[Participation.TENTATIVE] == 2
        proposal = db.session.scalars(sa.select(Invitation).where(Invitation.proposal.is_not(None))).one()
        assert proposal.meeting.training.programme.code == "KH"
        assert proposal.proposal["starts"][:10] == proposal.meeting.starts.date().isoformat()
        mails = db.session.scalars(sa.select(IncomingMail)).all()
        assert Counter(str(mail.reason) for mail in mails if mail.reason) == {"auto_reply": 1}
        assert all(mail.programme_id for mail in mails)


def test_entitlements_are_counted_down(demo: Flask) -> None:
    with demo.app_context():
        entry = EntitlementEntry
        left = sa.select(Factory.code, entry.kind, sa.func.sum(entry.amount)).join(Factory, Factory.id == entry.factory_id)
        balances = {(code, kind): int(amount) for code, kind, amount in db.session.execute(left.group_by(Factory.code, entry.kind))}
        assert {code for code, _ in balances} == {place.factory_code for place in PLACES}
        assert balances["KH-LOTUS", Kind.HALF_DAYS] == -1, "more than was granted"
        assert balances["LK-CINNAMON", Kind.HALF_DAYS] == 0
        assert balances["JO-LARK", Kind.SEATS] == 3
