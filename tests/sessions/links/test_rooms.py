"""Rooms are made, looked after and ended by jobs, and what fails can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.links import operations
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.rules import Problem, Provider, RoomState
from app.sessions.models import Invitation, Meeting, TrainingSession
from app.sessions.rules import MeetingState, Modality, TrainingState
from tests.make import accounts, factories, rooms
from tests.make import sessions as make
from tests.peers.meetings import Server, serving

BBB = Provider.BIGBLUEBUTTON


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@dataclass
class Laid:
    """A training session with two half-days by link, and its trainer."""

    training: TrainingSession
    trainer: Account
    actor: Actor

    @property
    def first(self) -> Meeting:
        return self.training.meetings[0]


@pytest.fixture
def laid(app: Flask, server: Server) -> Iterator[Laid]:
    trainer = accounts.account(Role.TRAINER, programme=factories.programme(), email="dara@office.example")
    training = make.training(trainers=[trainer], modality=Modality.VIRTUAL)
    with rooms.connected(app, **rooms.bbb(server), **rooms.JITSI):
        yield Laid(training, trainer, accounts.actor(trainer))


def _told(kind: str = "sessions.room_failed") -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(MailMessage.kind == kind)) or 0


def test_a_room_is_made_when_the_session_is_confirmed(app: Flask, server: Server, laid: Laid) -> None:
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    assert server.meetings == {} and rooms.room(laid.first).state is RoomState.WANTED
    sessions.confirm(laid.actor, laid.training.id)
    rooms.work(app)
    room = rooms.room(laid.first)
    assert (room.state, room.problem, list(server.meetings)) == (RoomState.READY, None, [room.key])
    assert laid.first.join_url is None and laid.training.meetings[1].join_url == make.LINK
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    assert server.names("create") == [room.key], "choosing the same again makes nothing"


def test_a_pasted_link_is_never_opened(app: Flask, server: Server, laid: Laid) -> None:
    """T32: whatever address somebody pastes, this site asks nothing of it - not even its own meeting server."""
    sessions.change_link(laid.actor, laid.training.id, 1, f"https://127.0.0.1:{server.url.split(':')[2]}/")
    sessions.confirm(laid.actor, laid.training.id)
    with time_machine.travel(laid.first.starts_at):
        rooms.work(app)
    assert server.paths == []
    kinds = set(db.session.scalars(sa.select(Job.kind)))
    assert {kind for kind in kinds if kind.startswith("links.")} == {"links.find_due"}


@pytest.mark.parametrize("mood", ["away", "garbage", "bomb"])
def test_what_fails_is_shown_tried_again_and_told_once(app: Flask, server: Server, laid: Laid, mood: str) -> None:
    server.mood = mood
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    room = rooms.room(laid.first)
    assert (room.state, room.tries) == (RoomState.FAILED, 1)
    assert room.problem is (Problem.AWAY if mood == "away" else Problem.GARBLED)
    assert _told() == 0, "one failure is no news"
    for _ in range(4):
        rooms.work(app, minutes=20)
    assert (rooms.room(laid.first).tries, _told()) == (5, 1)
    server.mood = "well"
    rooms.work(app, minutes=20)
    room = rooms.room(laid.first)
    assert (room.state, room.problem, list(server.meetings)) == (RoomState.READY, None, [room.key])


def test_a_refusal_waits_for_somebody_to_try_again(app: Flask, server: Server, laid: Laid) -> None:
    server.mood = "refusing"
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    assert (rooms.room(laid.first).problem, _told()) == (Problem.REFUSED, 1)
    rooms.work(app, minutes=20)
    assert len(server.paths) == 1, "a wrong secret does not get better by asking"
    before = _addresses(laid.first)
    server.mood = "well"
    operations.try_again(laid.actor, laid.training.id, 1)
    rooms.work(app)
    assert rooms.room(laid.first).state is RoomState.READY
    assert _addresses(laid.first) == before, "links in calendars stay"


def _addresses(meeting: Meeting) -> dict[str, str]:
    rows = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id))
    return {row.address: row.told.get("join_url") for row in rows}


def test_pasting_a_link_instead_ends_the_room(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    assert len(server.meetings) == 1
    assert _addresses(laid.first)["dara@office.example"].startswith(f"{rooms.BASE}/meet/")
    sessions.change_link(laid.actor, laid.training.id, 1, "https://zoom.example/j/1")
    rooms.work(app)
    assert server.meetings == {} and rooms.room(laid.first).state is RoomState.ENDED
    assert _addresses(laid.first) == {"dara@office.example": "https://zoom.example/j/1"}


def test_another_provider_makes_another_room_behind_the_same_link(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    before, key = _addresses(laid.first), rooms.room(laid.first).key
    mails = db.session.scalar(sa.select(sa.func.count()).select_from(MailMessage))
    operations.choose(laid.actor, laid.training.id, 1, Provider.JITSI)
    rooms.work(app)
    room = rooms.room(laid.first)
    assert server.meetings == {} and server.names("end") == [key]
    assert (room.provider, room.state, room.key != key) == (Provider.JITSI, RoomState.READY, True)
    assert _addresses(laid.first) == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MailMessage)) == mails, "nobody needs to know"


def test_a_room_of_another_account_is_left_to_it(app: Flask, server: Server, laid: Laid) -> None:
    """The operator moves to another server: the old one is asked nothing more, and a room is made at the new one."""
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    key = rooms.room(laid.first).key
    with serving() as newer, rooms.connected(app, **rooms.bbb(newer)), time_machine.travel(laid.first.starts_at - timedelta(days=2)):
        rooms.work(app)
        rooms.work(app)
        room = rooms.room(laid.first)
        assert room.state is RoomState.READY and list(newer.meetings) == [room.key]
        assert newer.names("end") == newer.names("getMeetingInfo") == []
    assert list(server.meetings) == [key] and server.names("end") == []


def test_a_site_that_is_connected_no_more_says_so(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    with rooms.connected(app, bbb_url="", bbb_secret=""), pytest.raises(Refused, match="not connected"):
        operations.choose(laid.actor, laid.training.id, 1, BBB)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    with rooms.connected(app, bbb_url=""):
        rooms.work(app)
    assert (rooms.room(laid.first).problem, _told()) == (Problem.UNSET, 1)


def test_the_room_is_looked_after_while_people_may_come_in(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    server.meetings[rooms.room(laid.first).key].inside["phone-1"] = ("Somebody", "VIEWER")
    with time_machine.travel(laid.first.starts_at - timedelta(minutes=31)):
        rooms.work(app)
        assert server.names("getMeetingInfo") == []
    with time_machine.travel(laid.first.starts_at - timedelta(minutes=20)):
        rooms.work(app)
        [visit] = db.session.scalars(sa.select(RoomVisit))
        assert (visit.name, visit.seat_id) == ("Somebody", None)
        server.meetings.clear()  # somebody ended it by hand
    with time_machine.travel(laid.first.starts_at + timedelta(minutes=2)):
        rooms.work(app)
        room = rooms.room(laid.first)
        assert room.state is RoomState.READY and list(server.meetings) == [room.key]
        [visit] = db.session.scalars(sa.select(RoomVisit))
        assert visit.name == "Somebody"


def test_a_server_that_is_away_during_the_half_day_throws_nobody_out(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    server.mood = "away"
    with time_machine.travel(laid.first.starts_at + timedelta(minutes=2)):
        rooms.work(app)
    assert rooms.room(laid.first).state is RoomState.READY


def test_the_room_is_ended_after_the_half_day(app: Flask, server: Server, laid: Laid) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    with time_machine.travel(laid.first.ends_at + timedelta(minutes=29)):
        rooms.work(app)
        assert len(server.meetings) == 1
    with time_machine.travel(laid.first.ends_at + timedelta(minutes=31)):
        rooms.work(app)
        assert server.meetings == {} and rooms.room(laid.first).state is RoomState.ENDED
        rooms.work(app)
    assert len(server.names("end")) == 1


@pytest.mark.parametrize("change", ["cancel", "postpone", "in_person"])
def test_no_room_stays_for_a_half_day_that_is_not_held_by_link(app: Flask, server: Server, laid: Laid, change: str) -> None:
    sessions.confirm(SYSTEM, laid.training.id)
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    rooms.work(app)
    if change == "cancel":
        sessions.cancel(laid.actor, laid.training.id, "Strike")
    elif change == "postpone":
        sessions.postpone(laid.actor, laid.training.id, "Strike")
    else:
        laid.first.modality = Modality.IN_PERSON
    db.session.commit()
    for minutes in (1, 2):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            rooms.work(app)
    assert server.meetings == {} and len(server.names("create")) == 1
    if change != "in_person":
        return
    laid.first.modality = Modality.HYBRID
    with time_machine.travel(laid.first.starts_at - timedelta(days=3)):
        rooms.work(app)
        assert rooms.room(laid.first).state is RoomState.READY and len(server.meetings) == 1


def test_only_who_plans_chooses(app: Flask, laid: Laid) -> None:
    factory = factories.factory()
    for role, reach in ((Role.FOCAL_POINT, {"factory": factory}), (Role.ADVISOR, {"programme": factories.programme()})):
        other = accounts.actor(accounts.account(role, **reach))
        for verb in (lambda who=other: operations.choose(who, laid.training.id, 1, BBB), lambda who=other: operations.try_again(who, laid.training.id, 1)):
            with pytest.raises(NotFound):
                verb()
    with pytest.raises(NotFound):
        operations.try_again(laid.actor, laid.training.id, 1)  # it has no room
    laid.first.modality = Modality.IN_PERSON
    with pytest.raises(Refused, match="in person"):
        operations.choose(laid.actor, laid.training.id, 1, BBB)
    laid.first.state = MeetingState.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        operations.choose(laid.actor, laid.training.id, 1, BBB)
    laid.training.state = TrainingState.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        operations.choose(laid.actor, laid.training.id, 2, BBB)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingRoom)) == 0


def test_a_room_goes_with_switches_and_copies(app: Flask, server: Server, laid: Laid) -> None:
    """A switch keeps the room unless a link is pasted; a copy gets a room of its own."""
    operations.choose(laid.actor, laid.training.id, 1, BBB)
    sessions.switch_modality(laid.actor, laid.training.id, [1], Modality.HYBRID, None)
    assert rooms.room(laid.first).is_used and laid.first.join_url is None
    copy = sessions.copy(laid.actor, laid.training.id, (laid.first.starts + timedelta(days=30)).date())
    assert rooms.room(copy.meetings[0]).provider is BBB
    assert rooms.room(copy.meetings[0]).seed != rooms.room(laid.first).seed
    sessions.switch_modality(laid.actor, laid.training.id, [1], Modality.VIRTUAL, "https://zoom.example/1")
    assert not rooms.room(laid.first).is_used
    with pytest.raises(Refused, match="Enter the link"):
        sessions.switch_modality(SYSTEM, _in_person(laid), [1], Modality.VIRTUAL, None)


def _in_person(laid: Laid) -> int:
    return make.training(modality=Modality.IN_PERSON, days=(20,)).id
