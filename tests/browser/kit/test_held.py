"""What the site could not count: kept on the phone, explained, exportable, never dropped (TRAPS O7, O9, O10, OFF-4)."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.attendance.models import MarkEntry
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState
from app.sessions.rules.wall_time import HalfDay
from tests.browser.kit.conftest import Take
from tests.browser.kit.phone import Phone
from tests.browser.kit.stage import Stage, counted, half_day
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def cancel(stage: Stage) -> None:
    sessions.cancel(SYSTEM, stage.training, "The room is flooded.")


def close(stage: Stage) -> None:
    db.session.get_one(TrainingSession, stage.training).state = TrainingState.CLOSED


def move(stage: Stage) -> None:
    meeting = db.session.get_one(Meeting, stage.meeting)
    later = timedelta(days=2)
    sessions.move_meeting(SYSTEM, stage.training, 1, HalfDay(meeting.starts + later, meeting.ends + later, meeting.zone))


def remove(stage: Stage) -> None:
    seat = db.session.scalars(sa.select(Seat).where(Seat.training_id == stage.training, Seat.person_id == stage.people[0])).one()
    seat.state, seat.place = SeatState.WITHDRAWN, None


def marked(site: Site, phone: Phone, number: int = 1) -> Stage:
    stage = site.build(half_day)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:number]:
        phone.mark(person)
    return stage


@pytest.mark.parametrize(("meanwhile", "why"), [
    (close, "The training session was closed before this arrived."),
    (move, "The half-day is on another day now than on your list."),
    (remove, "The seat of this person was taken back meanwhile."),
], ids=["closed", "moved", "removed"])
def test_what_changed_meanwhile_is_explained_and_exported(site: Site, take: Take, meanwhile, why: str) -> None:
    phone = take()
    stage = marked(site, phone)
    site.build(lambda: meanwhile(stage))
    phone.join()
    phone.says("held", "(1)")
    phone.waits(0)
    phone.go_to("#outbox")
    item = phone.page.locator("[data-slot=held] li")
    assert why in item.inner_text()
    assert "Sok Dara" in item.inner_text()
    assert item.locator("[data-do=aside]").count() == 0, "nothing is removed before somebody has decided"
    with phone.page.expect_download() as saved:
        phone.touch(phone.page.locator("[data-do=file]"))
    body = json.loads(saved.value.path().read_text())
    assert len(body["boxes"][0]["records"]) == 1
    assert counted(site, stage.meeting) == {}
    phone.page.reload()
    phone.says("held", "(1)")


def test_one_bad_record_does_not_block_the_others(site: Site, take: Take) -> None:
    phone = take()
    stage = marked(site, phone, 4)
    site.build(lambda: remove(stage))
    phone.join()
    phone.says("held", "(1)")
    phone.confirmed(3)
    assert [*counted(site, stage.meeting)] == [*stage.people[1:4]]


def test_a_cancelled_half_day_keeps_its_marks_and_says_so(site: Site, take: Take) -> None:
    phone = take()
    stage = marked(site, phone)
    site.build(lambda: cancel(stage))
    phone.join()
    phone.confirmed(1)
    phone.page.get_by_text("was cancelled.").wait_for()
    assert site.look(lambda: db.session.scalar(sa.select(MarkEntry.flag).where(MarkEntry.meeting_id == stage.meeting))) == "after_cancellation"


def test_people_who_were_added_or_removed_are_told_of(site: Site, take: Take) -> None:
    phone = take()
    stage = site.build(half_day)
    phone.begin(stage)
    site.build(lambda: remove(stage))
    phone.touch(phone.page.locator("[data-do=fetch]"))
    phone.page.get_by_text("The office changed this list: added 0, removed 1.").wait_for()
    phone.go_to(stage.roll)
    assert phone.page.locator(".roll > li").count() == 7
