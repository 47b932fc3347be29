"""Conflicts as planners meet them: shown before saving, accepted with a reason, and on the page of the session."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.sessions import operations
from app.sessions.conflicts.models import AcceptedConflict
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import Modality, SeatState, TrainingState
from tests.browse import Browse, Reply, fill
from tests.make import accounts, courses, factories, registers, structure
from tests.make import sessions as make
from tests.sessions.conflicts.days import DAYS, MONDAY

SUNDAY = MONDAY + timedelta(days=6)
WHY = {"conflicts_accepted": "y", "conflicts_reason": "The factory asked for it."}


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme(), name="Sokha")


@pytest.fixture
def as_trainer(browse: Browse, trainer: Account) -> Browse:
    return browse.as_account(trainer)


@pytest.fixture
def as_manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return courses.version("sst")


def training(trainer: Account, days: tuple[int, ...] = (DAYS,), **values: object) -> TrainingSession:
    made = make.training(days=days, trainers=[trainer], **values)
    make.site(made).name = f"Hall {made.id}"
    for meeting in made.meetings:
        meeting.join_url = f"https://meet.example/{made.id}"
    db.session.flush()
    return made


def _plan(browse: Browse, version: CourseVersion, trainer: Account, day: date = MONDAY, **values: object) -> tuple[str, object]:
    page = browse.get("/sessions/new")
    told = {
        "version": str(version.id), "half_days__0__day": day.isoformat(), "half_days__0__starts": "08:00", "half_days__0__ends": "12:00",
        "half_days__0__modality": "in_person", "venue": "Hall", "capacity_in_person": "20", "capacity_virtual": "0", "trainers": [str(trainer.id)],
    }
    return fill(page, "/sessions/new", **{**told, **values})


def _count(model: type) -> int:
    db.session.expire_all()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _again(browse: Browse, reply: Reply, action: str, **values: object) -> Reply:
    """The form that came back, sent once more."""
    assert reply.status == 422
    return browse.post(*fill(reply, action, **values))


def test_a_plan_without_conflicts_is_saved_at_once(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    assert as_trainer.post(*_plan(as_trainer, version, trainer)).status == 303
    assert (_count(TrainingSession), _count(AcceptedConflict)) == (1, 0)


def test_a_rest_day_is_shown_first_and_whoever_plans_may_accept_it(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    shown = as_trainer.post(*_plan(as_trainer, version, trainer, SUNDAY))
    assert "is a rest day of the programme" in shown.text and "Whoever plans may accept it" in shown.text
    assert "Tick this" not in shown.text and _count(TrainingSession) == 0
    untouched = _again(as_trainer, shown, "/sessions/new")
    assert "Tick this to plan it all the same" in untouched.text
    silent = _again(as_trainer, untouched, "/sessions/new", conflicts_accepted="y")
    assert "Say why" in silent.text and _count(TrainingSession) == 0
    done = _again(as_trainer, silent, "/sessions/new", **WHY)
    assert done.status == 303
    [kept] = db.session.scalars(sa.select(AcceptedConflict))
    assert (kept.reason, kept.account_id) == ("The factory asked for it.", trainer.id)
    page = as_trainer.get(done.location)
    assert "1 was accepted" in page.text and "The factory asked for it." in page.text and "Sokha" in page.text
    [entry] = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "sessions.accept_conflict"))
    assert entry.details["kind"] == "rest_day" and "factory" not in repr(entry.details)


def test_a_reason_that_was_never_shown_a_list_saves_nothing(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    action, data = _plan(as_trainer, version, trainer, SUNDAY, **WHY)
    assert as_trainer.post(action, data).status == 422
    data["conflicts_seen"] = "made up"
    assert as_trainer.post(action, data).status == 422
    assert _count(TrainingSession) == 0


def test_a_busy_trainer_stops_a_trainer_and_a_manager_accepts_it(
    as_trainer: Browse, as_manager: Browse, version: CourseVersion, trainer: Account
) -> None:
    other = training(trainer, version=version)
    shown = as_trainer.post(*_plan(as_trainer, version, trainer))
    assert "Sokha teaches at this time already." in shown.text and "Only a programme manager may accept it" in shown.text
    assert [a.get("href") for a in shown.all("a") if (a.get("href") or "") == f"/sessions/{other.id}"]
    again = _again(as_trainer, shown, "/sessions/new", **WHY)
    assert again.status == 422 and "You cannot accept all of it" in again.text
    assert _count(TrainingSession) == 1
    shown = as_manager.post(*_plan(as_manager, version, trainer))
    assert _again(as_manager, shown, "/sessions/new", **WHY).status == 303
    assert (_count(TrainingSession), _count(AcceptedConflict)) == (2, 1)


def test_a_warning_needs_the_button_once_more(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    structure.holiday(factories.programme(), MONDAY, is_provisional=True, name={"en": "Perhaps"})
    shown = as_trainer.post(*_plan(as_trainer, version, trainer))
    assert "Press the button once more" in shown.text and "probably a holiday: Perhaps" in shown.text
    assert _again(as_trainer, shown, "/sessions/new").status == 303
    assert _count(AcceptedConflict) == 0


def test_what_arose_meanwhile_is_shown_again(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    shown = as_trainer.post(*_plan(as_trainer, version, trainer, SUNDAY))
    registers.away(trainer, SUNDAY)
    again = _again(as_trainer, shown, "/sessions/new", **WHY)
    assert again.status == 422 and "Sokha is not available on that day." in again.text
    assert _count(TrainingSession) == 0


def test_another_day_instead(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    shown = as_trainer.post(*_plan(as_trainer, version, trainer, SUNDAY))
    assert _again(as_trainer, shown, "/sessions/new", half_days__0__day=MONDAY.isoformat()).status == 303
    assert _count(AcceptedConflict) == 0


def test_a_draft_is_kept_without_asking(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    action, data = _plan(as_trainer, version, trainer, SUNDAY, draft="yes")
    reply = as_trainer.post(action, data)
    assert reply.status == 303
    assert "is a rest day of the programme" in as_trainer.get(reply.location).text


def test_a_draft_is_announced_when_its_conflicts_are_accepted(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    reply = as_trainer.post(*_plan(as_trainer, version, trainer, SUNDAY, draft="yes"))
    made = db.session.scalars(sa.select(TrainingSession)).one()
    shown = as_trainer.post(f"{reply.location}/announcement")
    assert shown.status == 422 and "is a rest day of the programme" in shown.text
    assert _again(as_trainer, shown, "/announcement", **WHY).status == 303
    db.session.expire_all()
    assert (made.state, _count(AcceptedConflict)) == (TrainingState.TENTATIVE, 1)
    assert as_trainer.post(f"{reply.location}/announcement").status == 303


def test_moving_a_half_day(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer)
    at = f"/sessions/{made.id}/meetings/1/time"
    action, data = fill(as_trainer.get(at), "/time", day=SUNDAY.isoformat())
    shown = as_trainer.post(action, data)
    assert "is a rest day" in shown.text and _count(AcceptedConflict) == 0
    assert _again(as_trainer, shown, "/time", **WHY).status == 303
    db.session.expire_all()
    assert made.meetings[0].starts.date() == SUNDAY
    assert as_trainer.post(action, data).status == 303  # sent twice
    action, data = fill(as_trainer.get(at), "/time", starts="09:00")
    assert as_trainer.post(action, data).status == 303  # the day was accepted
    assert _count(AcceptedConflict) == 1


def test_one_half_day_more(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer)
    at = f"/sessions/{made.id}/meetings/new"
    action, data = fill(as_trainer.get(at), "/meetings/new", day=SUNDAY.isoformat(), starts="08:00", ends="12:00")
    shown = as_trainer.post(action, data)
    assert "is a rest day" in shown.text and _count(Meeting) == 1
    assert _again(as_trainer, shown, "/meetings/new", **WHY).status == 303
    assert (_count(Meeting), _count(AcceptedConflict)) == (2, 1)
    assert as_trainer.post(action, data).status == 303
    assert _count(Meeting) == 2


def test_new_dates_of_a_postponed_session(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer)
    operations.postpone(SYSTEM, made.id, "Shipment")
    at = f"/sessions/{made.id}/resumption"
    shown = as_trainer.post(*fill(as_trainer.get(at), "/resumption", half_days__0__day=SUNDAY.isoformat()))
    assert "is a rest day" in shown.text
    assert _again(as_trainer, shown, "/resumption", **WHY).status == 303
    db.session.expire_all()
    assert (made.state, made.meetings[0].starts.date()) == (TrainingState.TENTATIVE, SUNDAY)


def test_who_teaches(as_trainer: Browse, as_manager: Browse, trainer: Account) -> None:
    """What is so anyhow is not asked again: the session is on a rest day."""
    second = accounts.account(Role.TRAINER, programme=factories.programme(), name="Rina")
    sunday = (SUNDAY - date.today()).days
    made, _other = training(trainer, (sunday,)), training(second, (sunday,))
    at = f"/sessions/{made.id}/trainers"
    third = accounts.account(Role.TRAINER, programme=factories.programme(), name="Bopha")
    assert as_trainer.post(*fill(as_trainer.get(at), "/trainers", trainers=[str(trainer.id), str(third.id)])).status == 303
    shown = as_manager.post(*fill(as_manager.get(at), "/trainers", trainers=[str(second.id)]))
    assert "Rina teaches at this time already" in shown.text and "rest day" not in shown.text.split("Please look at this first")[1].split("Change who")[0]
    assert _again(as_manager, shown, "/trainers", **WHY).status == 303
    db.session.expire_all()
    assert [each.account_id for each in made.trainers] == [second.id]


def test_details_of_a_half_day(as_manager: Browse, trainer: Account) -> None:
    made, other, host = training(trainer), training(accounts.account(Role.TRAINER)), registers.host(name="Jitsi 1")
    other.meetings[0].host_id = host.id
    at = f"/sessions/{made.id}/meetings/1/details"
    shown = as_manager.post(*fill(as_manager.get(at), "/details", host=str(host.id)))
    assert "Jitsi 1 opens another meeting at this time." in shown.text
    assert _again(as_manager, shown, "/details", **WHY).status == 303
    db.session.expire_all()
    assert made.meetings[0].host_id == host.id


def test_what_arose_later_is_on_the_page_for_planners_alone(browse: Browse, as_trainer: Browse, trainer: Account) -> None:
    factory, other = factories.factory(name="Lotus Mill"), factories.factory(name="Golden Needle", rest_days=[1])
    made = training(trainer, rooms=[factory, other], state=TrainingState.CONFIRMED)
    elsewhere = training(accounts.account(Role.TRAINER))
    person = factories.person(factory)
    make.seat(made, factory, person)
    make.seat(elsewhere, factory, person)
    make.seat(made, other)
    registers.away(trainer, MONDAY)
    text = as_trainer.get(f"/sessions/{made.id}").text
    for words in ("Sokha is not available on that day.", "Golden Needle rests on Monday", "In another training session at this time"):
        assert words in text
    for role, place in ((Role.FOCAL_POINT, {"factory": factory}), (Role.ADVISOR, {"programme": factories.programme()})):
        seen = browse.as_account(accounts.account(role, **place)).get(f"/sessions/{made.id}")
        assert seen.status == 200
        for words in ("What speaks against it", "not available", "rests on", "In another training session"):
            assert words not in seen.text
        assert role is Role.ADVISOR or "Golden Needle" not in seen.text


def test_people_who_ask_for_a_seat_are_shown_to_who_settles_seats(as_trainer: Browse, trainer: Account) -> None:
    factory = factories.factory(name="Lotus Mill")
    people = [factories.person(factory, line="Line 7") for _ in range(3)]
    made = training(trainer)
    for person in people[:2]:
        make.seat(made, factory, person, state=SeatState.REQUESTED)
    assert "Lotus Mill, Line 7: 2 of 3 supervisors would be away at once" in as_trainer.get(f"/sessions/{made.id}").text


def test_a_session_of_another_programme_is_not_named(browse: Browse, as_trainer: Browse, trainer: Account) -> None:
    abroad = factories.programme("EG", zone="Asia/Phnom_Penh", country="EG", name={"en": "Nile"}, rest_days=[])
    other = training(trainer, programme=abroad)
    made = training(trainer)
    page = as_trainer.get(f"/sessions/{made.id}")
    assert "with another training session" in page.text
    assert other.code not in page.text and f"/sessions/{other.id}" not in page.response.text


def test_pages_speak_right_to_left(browse: Browse, trainer: Account) -> None:
    trainer.language = "ar"
    made = training(trainer)
    registers.away(trainer, MONDAY)
    page = browse.as_account(trainer).get(f"/sessions/{made.id}")
    assert page.status == 200 and page.page.get("dir") == "rtl"


def test_a_time_that_was_accepted_is_no_longer_shown(as_trainer: Browse, version: CourseVersion, trainer: Account) -> None:
    shown = as_trainer.post(*_plan(as_trainer, version, trainer, SUNDAY))
    done = _again(as_trainer, shown, "/sessions/new", **WHY)
    assert "is a rest day of the programme" not in as_trainer.get(done.location).text
    made = db.session.scalars(sa.select(TrainingSession)).one()
    assert made.meetings[0].starts == datetime.combine(SUNDAY, time(8))


def test_back_into_a_room_that_is_used(as_manager: Browse, trainer: Account) -> None:
    """By link the room was free for somebody else; switching back meets that."""
    room = registers.room(name="Hall A")
    made, other = training(trainer), training(accounts.account(Role.TRAINER))
    for each in (made, other):
        make.site(each).room_id = room.id
    made.meetings[0].modality = Modality.VIRTUAL
    db.session.flush()
    at = f"/sessions/{made.id}/modality"
    shown = as_manager.post(*fill(as_manager.get(at), "/modality", numbers=["1"], modality="in_person"))
    assert "Hall A is used at this time already." in shown.text
    assert _again(as_manager, shown, "/modality", **WHY).status == 303
    db.session.expire_all()
    assert (made.meetings[0].modality, _count(AcceptedConflict)) == (Modality.IN_PERSON, 1)
    back = fill(as_manager.get(at), "/modality", numbers=["1"], modality="virtual", join_url="https://meet.example/new")
    assert as_manager.post(*back).status == 303


def test_a_room_that_is_added_later(as_manager: Browse, trainer: Account) -> None:
    room = registers.room(name="Hall A")
    made, other = training(trainer), training(accounts.account(Role.TRAINER))
    make.site(other).room_id = room.id
    db.session.flush()
    at = f"/sessions/{made.id}/sites"
    shown = as_manager.post(*fill(as_manager.get(at), "/sites/venue", room=str(room.id)))
    assert "Hall A is used at this time already." in shown.text
    assert _again(as_manager, shown, "/sites/venue", **WHY).status == 303
    assert _count(AcceptedConflict) == 1


def test_copies_that_are_no_drafts(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer, (DAYS, DAYS + 1))
    at = f"/sessions/{made.id}/copies"
    saturday = MONDAY + timedelta(days=5)
    shown = as_trainer.post(*fill(as_trainer.get(at), "/copies", starts_on=saturday.isoformat(), is_draft=[]))
    assert "is a rest day of the programme" in shown.text and _count(TrainingSession) == 1
    done = _again(as_trainer, shown, "/copies", **WHY)
    assert done.status == 303
    [kept] = db.session.scalars(sa.select(AcceptedConflict))
    assert done.location == f"/sessions/{kept.training_id}" != f"/sessions/{made.id}"


def test_repeats_keep_what_is_theirs(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer)
    structure.holiday(factories.programme(), MONDAY + timedelta(weeks=2), name={"en": "Water Festival"})
    at = f"/sessions/{made.id}/copies"
    shown = as_trainer.post(*fill(as_trainer.get(at), "/repeats", weeks="1", times="3", is_draft=[]))
    assert "Water Festival" in shown.text
    assert _again(as_trainer, shown, "/repeats", **WHY).status == 303
    assert (_count(TrainingSession), _count(AcceptedConflict)) == (4, 1)
    [kept] = db.session.scalars(sa.select(AcceptedConflict))
    [meeting] = db.session.scalars(sa.select(Meeting).where(Meeting.training_id == kept.training_id))
    assert meeting.starts.date() == MONDAY + timedelta(weeks=2)


def test_a_copy_at_the_same_time_meets_its_origin(as_manager: Browse, trainer: Account) -> None:
    made = training(trainer, (DAYS, DAYS + 1))
    shown = as_manager.post(*fill(as_manager.get(f"/sessions/{made.id}/copies"), "/copies", starts_on=(MONDAY + timedelta(days=1)).isoformat(), is_draft=[]))
    assert shown.status == 422 and "Sokha teaches at this time already." in shown.text


def test_a_half_day_that_was_left_out_is_weighed_when_it_comes_back(as_trainer: Browse, trainer: Account) -> None:
    made = training(trainer, (DAYS, DAYS + 1))
    operations.cancel_meeting(SYSTEM, made.id, 1)
    training(trainer, (DAYS,))
    db.session.commit()
    form = {"day": MONDAY.isoformat(), "starts": "08:00", "ends": "12:00", "modality": "in_person"}
    shown = as_trainer.post(f"/sessions/{made.id}/meetings/new", form)
    assert shown.status == 422 and "Sokha teaches at this time already." in shown.text
