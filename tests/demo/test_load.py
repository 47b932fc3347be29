"""Loading the demo: the same again, once, and never in production."""

import json
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attendance.checkin.models import CheckIn
from app.attendance.guests.models import Guest
from app.attendance.guests.rules import GuestState
from app.attendance.models import CurrentMark, MarkEntry, RollCall
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.attendance.rules import Evidence, Mark
from app.boot import create_app
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.courses.models import Course
from app.demo import neighbours
from app.demo.places import PLACES
from app.factories.models import Employment, Factory, Person
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage, MailState
from app.quizzes.models import Attempt
from app.reports.sharing.models import SharingConsent, SharingVisit
from app.sessions.models import Interpreter, Invitation, Meeting, Seat, TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.service.models import EntitlementEntry
from tests.browse import Browse
from tests.conftest import Databases, settings_for
from tests.demo.conftest import load
from tests.demo.snapshot import fingerprints

pytestmark = pytest.mark.slow


def told(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """The story without anything random or dated."""
    number = Employment.employee_number
    statements = {
        "people": sa.select(Factory.code, number, Person.name, Person.local_name, Person.sex, Employment.role, Employment.ended_on.is_(None))
        .join(Employment, Employment.factory_id == Factory.id).join(Person, Person.id == Employment.person_id),
        "seats": sa.select(TrainingSession.code, TrainingSession.state, Person.name, Seat.state, Seat.modality)
        .join(Seat, Seat.training_id == TrainingSession.id).join(Person, Person.id == Seat.person_id),
        "tests": sa.select(TrainingSession.code, Person.name, Attempt.state, Attempt.score)
        .join(Attempt, Attempt.training_id == TrainingSession.id).join(Person, Person.id == Attempt.person_id),
        "plans": sa.select(TrainingSession.code, TrainingSession.state, TrainingSession.cohort, Meeting.number, Meeting.modality, Meeting.state)
        .outerjoin(Meeting, Meeting.training_id == TrainingSession.id),
        "answers": sa.select(TrainingSession.code, Meeting.number, Invitation.address, Invitation.sequence, Invitation.participation, Invitation.reply_note)
        .join(Meeting, Meeting.training_id == TrainingSession.id).join(Invitation, Invitation.meeting_id == Meeting.id),
        "entitlements": sa.select(TrainingSession.code, EntitlementEntry.kind, EntitlementEntry.amount)
        .join(EntitlementEntry, EntitlementEntry.training_id == TrainingSession.id),
        "marks": sa.select(TrainingSession.code, Meeting.number, Person.name, CurrentMark.mark, CurrentMark.evidence, CurrentMark.minutes, CurrentMark.is_disputed)
        .join(Meeting, Meeting.training_id == TrainingSession.id).join(CurrentMark, CurrentMark.meeting_id == Meeting.id).join(Person, Person.id == CurrentMark.person_id),
        "check-ins": sa.select(Meeting.number, Person.name, CheckIn.way, CheckIn.proof, CheckIn.outcome)
        .join(CheckIn, CheckIn.meeting_id == Meeting.id).join(Person, Person.id == CheckIn.person_id),
        "guests": sa.select(Guest.name, Guest.number, Guest.state),
        "participants": sa.select(ReportParticipant.display_name, ReportParticipant.status, ReportParticipant.decision),
        "interpreters": sa.select(Interpreter.name),
        "certificates": sa.select(Certificate.number, Person.name, Course.code, Certificate.revoked_at.is_(None))
        .join(Person, Person.id == Certificate.person_id).join(Course, Course.id == Certificate.course_id),
    }
    with app.app_context():
        return {name: sorted(map(repr, db.session.execute(statement))) for name, statement in statements.items()}


@pytest.mark.long
@pytest.mark.any_engine
def test_the_same_seed_tells_the_same_story(
    demo: Flask, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = load(databases, tmp_path_factory, "--seed", "1")
    first, second = told(demo), told(again)
    for name, rows in first.items():
        assert rows, name
        assert rows == second[name], name
    with again.app_context():
        db.engine.dispose()


def test_it_is_loaded_once(demo: Flask) -> None:
    with demo.app_context():
        before = fingerprints()
    quiet = demo.test_cli_runner().invoke(args=["demo", "load", "--if-empty"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    loud = demo.test_cli_runner().invoke(args=["demo", "load"])
    assert loud.exit_code == 1
    assert "needs an empty one" in loud.output
    with demo.app_context():
        assert fingerprints() == before


@pytest.mark.parametrize("arguments", [("demo", "load"), ("demo", "load", "--if-empty"), ("demo", "sign-ins", "--json")])
def test_production_refuses_it(databases: Databases, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    settings = settings_for(
        databases.fresh(), tmp_path, env="production", base_url="https://seamwise.example", trusted_hosts=("seamwise.example",),
        mail_transport="smtp",
    )
    app = create_app(settings)
    done = app.test_cli_runner().invoke(args=list(arguments))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count(".") == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Factory.id))) == 0
    with app.app_context():
        db.engine.dispose()


def test_every_factory_has_a_past_and_a_future(demo: Flask) -> None:
    with demo.app_context():
        by_factory = sa.select(Factory.code, TrainingSession.state).join(
            TrainingSession, TrainingSession.programme_id == Factory.programme_id
        )
        states: dict[str, set[TrainingState]] = {}
        for code, state in db.session.execute(by_factory):
            states.setdefault(code, set()).add(state)
        assert set(states) == {place.factory_code for place in (*PLACES, *neighbours.PLACES)}
        assert all(found & {TrainingState.CONFIRMED, TrainingState.TENTATIVE} for found in states.values())
        certificates = Counter(db.session.scalars(sa.select(Factory.code).join(Certificate)))
        assert all(certificates[place.factory_code] >= 4 for place in PLACES)


def test_every_turn_of_the_story_is_there(demo: Flask) -> None:
    with demo.app_context():
        count = sa.func.count
        assert db.session.scalar(sa.select(count(Completion.id)).where(Completion.withdrawn_at.is_not(None))) == 1
        assert db.session.scalar(sa.select(count(Certificate.id)).where(Certificate.revoked_at.is_not(None))) == 1
        gone = sa.exists().where(Employment.person_id == Completion.person_id, Employment.ended_on.is_(None))
        assert db.session.scalar(sa.select(count(Completion.id)).where(~gone)) >= 3, "certified people who left"
        cancelled = db.session.scalars(sa.select(TrainingSession).where(TrainingSession.state == TrainingState.CANCELLED)).one()
        assert cancelled.cancelled_reason


def test_every_door_to_attendance_was_used(demo: Flask) -> None:
    with demo.app_context():
        running = db.session.scalars(sa.select(Meeting).join(MeetingReport)).one().training
        marks = Counter(
            db.session.execute(
                sa.select(MarkEntry.mark, MarkEntry.evidence).join(Meeting, Meeting.id == MarkEntry.meeting_id)
                .where(Meeting.training_id == running.id)
            )
        )
        assert {(Mark.PRESENT, Evidence.ROOM_JOIN), (Mark.PRESENT, Evidence.SELF_CHECK_IN), (Mark.LATE, Evidence.ROLL_CALL), (Mark.PARTIAL, Evidence.ROLL_CALL)} <= set(marks)
        spotted = sa.select(CurrentMark.mark).where(CurrentMark.evidence == Evidence.SPOT_CHECK)
        assert sorted(db.session.scalars(spotted)) == [Mark.ABSENT, Mark.PRESENT]
        assert db.session.scalar(sa.select(sa.func.count(CurrentMark.id)).where(CurrentMark.is_disputed)) == 1
        waiting = db.session.scalars(sa.select(CheckIn).where(CheckIn.outcome.is_(None), CheckIn.mark_id.is_(None))).one()
        assert waiting.meeting_id == running.meetings[2].id
        assert db.session.scalars(sa.select(Guest.state)).all() == [GuestState.OPEN]
        assert len(db.session.scalars(sa.select(ReportParticipant).where(ReportParticipant.decision.is_(None))).all()) == 5
        closed = db.session.scalars(sa.select(RollCall.meeting_id).where(RollCall.closed_at.is_not(None))).all()
        assert set(closed) & {meeting.id for meeting in running.meetings} == {running.meetings[0].id}


def test_its_mails_were_sent_when_they_were_due(demo: Flask) -> None:
    with demo.app_context():
        mails = db.session.scalars(sa.select(MailMessage)).all()
        assert {mail.state for mail in mails} == {MailState.SENT}
        assert all(abs((mail.sent_at - mail.created_at).total_seconds()) < 60 for mail in mails)
        assert max(mail.sent_at for mail in mails).year - min(mail.sent_at for mail in mails).year >= 1
        assert db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.failed_at.is_not(None))) == 0


def test_two_factories_have_all_their_files(demo: Flask) -> None:
    with demo.app_context():
        lacking = sa.select(Factory.code).join(Certificate).where(Certificate.file_key.is_(None)).distinct()
        assert {"KH-LOTUS", "JO-LARK"}.isdisjoint(db.session.scalars(lacking))
        waiting = sa.select(sa.func.count(Job.id)).where(Job.kind == "certificates.draw", Job.done_at.is_(None))
        undrawn = sa.select(sa.func.count(Certificate.id)).where(Certificate.file_key.is_(None))
        assert db.session.scalar(waiting) == db.session.scalar(undrawn)


def test_sign_ins_are_json_alone_and_one_shape(demo: Flask) -> None:
    done = demo.test_cli_runner().invoke(args=["demo", "sign-ins", "--json"])
    rows = json.loads(done.stdout)
    assert len({tuple(row) for row in rows}) == 1
    assert {row["role"] for row in rows} == {"administrator", "programme_manager", "trainer", "advisor", "focal_point", "group_viewer", "partner", "factory_ambassador", "person", "buyer"}
    assert Counter(row["role"] for row in rows)["focal_point"] == 6
    assert all(row["email"].endswith(".example") and row["password"] for row in rows if row["role"] not in {"person", "buyer"})
    assert all(row["address"] == f"/join/{row['code']}" and len(row["pin"]) == 6 for row in rows if row["role"] == "person")


def test_figures_are_shown_outside(demo: Flask) -> None:
    """A buyer looks at a factory whose other consent has ended; a donor sees all programmes, a ministry too few factories."""
    rows = json.loads(demo.test_cli_runner().invoke(args=["demo", "sign-ins", "--json"]).stdout)
    [link] = [row for row in rows if row["role"] == "buyer"]
    buyer = Browse(demo)
    assert buyer.get(link["address"]).status == buyer.post("/shared").status == 303
    page = buyer.get("/shared").text
    assert link["name"] in page and link["scope"] in page and "at least 5" in page
    with demo.app_context():
        ended = [row.ended_at is not None for row in db.session.scalars(sa.select(SharingConsent).order_by(SharingConsent.id))]
        looks = db.session.scalar(sa.select(sa.func.sum(SharingVisit.times)))
    assert ended == [False, True] and looks >= 4
    donor, ministry = (_signed_in(demo, row) for row in rows if row["role"] == "partner")
    keys = [option.get("value") for option in donor.get("/aggregates").all("option")]
    assert any("Factories reached at least 6" in donor.get(f"/aggregates?period={key}").text for key in keys[:3])
    assert "too few factories to say" in ministry.get(f"/aggregates?period={keys[0]}").text


def _signed_in(app: Flask, row: dict[str, str]) -> Browse:
    browse = Browse(app)
    assert browse.post("/sign-in", {"email": row["email"], "password": row["password"]}).status == 303
    return browse


def test_an_empty_database_has_no_sign_ins(own_app: Flask) -> None:
    done = own_app.test_cli_runner().invoke(args=["demo", "sign-ins", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
