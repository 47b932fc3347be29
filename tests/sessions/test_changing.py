"""Changing a training session after it was planned: half-days, their details, sites, trainers."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations
from app.sessions.models import Invitation, Site, TrainingSession
from app.sessions.operations import Settings
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from tests.browse import Browse
from tests.make import accounts, factories, registers, structure
from tests.make import sessions as make
from tests.make.statements import counted

DAY = make.monday(20)


@pytest.fixture
def teacher(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


@pytest.fixture
def trainer(teacher: Account) -> Actor:
    return accounts.actor(teacher)


def _told() -> dict[tuple[str, int], dict[str, object]]:
    rows = db.session.scalars(sa.select(Invitation).order_by(Invitation.id))
    return {(row.address, row.meeting.number): row.told for row in rows if row.told}


def test_one_half_day_more_is_invited_to(trainer: Actor, teacher: Account) -> None:
    training = operations.confirm(trainer, make.training(trainers=[teacher]).id)
    for _ in range(2):
        operations.add_half_day(trainer, training.id, make.half_day(20))
    assert [meeting.number for meeting in training.meetings] == [1, 2, 3]
    assert set(_told()) == {(teacher.email, number) for number in (1, 2, 3)}
    for clash in (make.half_day(20, 10), make.half_day(-3), make.half_day(9, zone="Mars/Base")):
        with pytest.raises(Refused):
            operations.add_half_day(trainer, training.id, clash)


def test_there_are_at_most_24_half_days(trainer: Actor) -> None:
    training = make.training(days=range(7, 31))
    with pytest.raises(Refused, match="at most 24"):
        operations.add_half_day(trainer, training.id, make.half_day(40))
    operations.postpone(trainer, training.id, "Flood")
    with pytest.raises(Refused):
        operations.add_half_day(trainer, training.id, make.half_day(40))


def test_details_of_a_half_day(trainer: Actor) -> None:
    training = make.training()
    speaker, account = registers.interpreter(), registers.host()
    venue = make.site(training)
    settings = Settings(language="en", interpreter_ids=(speaker.id,), host_id=account.id, site_ids=(venue.id,))
    meeting = operations.edit_meeting(trainer, training.id, 2, settings)
    assert (meeting.language, meeting.host, meeting.interpreters, meeting.sites) == ("en", account, [speaker], [venue])
    meeting = operations.edit_meeting(trainer, training.id, 2, Settings(language=training.language))
    assert (meeting.language, meeting.host, meeting.interpreters, meeting.sites) == (None, None, [], [])


def test_details_of_others_are_not_found(trainer: Actor) -> None:
    training, other = make.training(), make.training()
    foreign = factories.programme("BD", zone="Asia/Dhaka", country="BD")
    for settings in (
        Settings(interpreter_ids=(registers.interpreter(programme=foreign).id,)),
        Settings(interpreter_ids=(registers.interpreter(retired_on=date(2020, 1, 1)).id,)),
        Settings(host_id=registers.host(programme=foreign).id),
        Settings(host_id=registers.host(closed_on=date(2020, 1, 1)).id),
        Settings(site_ids=(make.site(other).id,)),
    ):
        with pytest.raises(NotFound):
            operations.edit_meeting(trainer, training.id, 1, settings)


def test_who_has_retired_stays_until_taken_away(trainer: Actor) -> None:
    training, speaker = make.training(), registers.interpreter()
    operations.edit_meeting(trainer, training.id, 1, Settings(interpreter_ids=(speaker.id,)))
    speaker.retired_on = date.today()
    meeting = operations.edit_meeting(trainer, training.id, 1, Settings(language="en", interpreter_ids=(speaker.id,)))
    assert meeting.interpreters == [speaker]


def test_new_trainers_are_invited_and_the_others_told(trainer: Actor, teacher: Account) -> None:
    training = operations.confirm(trainer, make.training(trainers=[teacher], days=(7,)).id)
    new = accounts.account(Role.TRAINER, programme=factories.programme())
    operations.change_trainers(trainer, training.id, [new.id])
    assert set(_told()) == {(new.email, 1)}
    with pytest.raises(Refused):
        operations.change_trainers(trainer, training.id, [])
    for stranger in (accounts.account(Role.FOCAL_POINT, factory=factories.factory()).id, 10**6):
        with pytest.raises(NotFound):
            operations.change_trainers(trainer, training.id, [stranger])


def test_sites_come_and_go(trainer: Actor) -> None:
    training, factory = make.training(modality=Modality.IN_PERSON), factories.factory()
    point = accounts.account(Role.FOCAL_POINT, factory=factory)
    room = registers.room("Blue room")
    venue = operations.add_venue(trainer, training.id, "", room.id)
    assert (venue.name, venue.room_id) == ("Blue room, Street 271", room.id)
    own = operations.add_factory_room(trainer, training.id, factory.id, point.id)
    assert operations.add_factory_room(trainer, training.id, factory.id, None) == own
    assert own.focal_account_id == point.id
    with pytest.raises(NotFound):
        operations.give_focal_point(trainer, training.id, own.id, accounts.account(Role.FOCAL_POINT, factory=factories.factory()).id)
    with pytest.raises(Refused):
        operations.give_focal_point(trainer, training.id, venue.id, point.id)
    assert operations.give_focal_point(trainer, training.id, own.id, None).focal_account_id is None
    assert operations.add_remote(trainer, training.id).kind is SiteKind.REMOTE
    operations.remove_site(trainer, training.id, venue.id)
    assert db.session.get(Site, venue.id) is None and venue not in training.sites


def test_a_site_with_people_or_the_only_one_of_a_half_day_stays(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(rooms=[factory])
    seat = make.seat(training, factory, kind=SiteKind.FACTORY_ROOM, state=SeatState.REQUESTED)
    room, remote = make.site(training, SiteKind.FACTORY_ROOM), make.site(training, SiteKind.REMOTE)
    with pytest.raises(Refused, match="has a seat"):
        operations.remove_site(trainer, training.id, room.id)
    operations.edit_meeting(trainer, training.id, 1, Settings(site_ids=(remote.id,)))
    with pytest.raises(Refused, match="only there"):
        operations.remove_site(trainer, training.id, remote.id)
    seat.state = SeatState.WITHDRAWN
    operations.remove_site(trainer, training.id, room.id)
    assert seat.site_id == remote.id, "a seat that was withdrawn is kept"


def test_rooms_of_foreign_factories_groups_and_programmes_are_not_found(trainer: Actor) -> None:
    foreign = factories.programme("BD", zone="Asia/Dhaka", country="BD")
    training, own = make.training(), factories.factory()
    training.group_id = structure.group("LOTUS", own).id
    for factory in (factories.factory(), factories.factory(programme_id=foreign.id)):
        with pytest.raises(NotFound):
            operations.add_factory_room(trainer, training.id, factory.id, None)
    with pytest.raises(NotFound):
        operations.add_venue(trainer, training.id, "", registers.room(programme=foreign).id)
    with pytest.raises(NotFound):
        operations.add_venue(trainer, training.id, "", registers.room(closed_on=date(2020, 1, 1)).id)
    assert operations.add_factory_room(trainer, training.id, own.id, None).factory_id == own.id


@pytest.mark.parametrize("state", [TrainingState.CLOSED, TrainingState.CANCELLED])
def test_what_has_ended_is_not_changed(trainer: Actor, state: TrainingState) -> None:
    training = make.training(state=state)
    for change in (
        lambda: operations.add_half_day(trainer, training.id, make.half_day(40)),
        lambda: operations.edit_meeting(trainer, training.id, 1, Settings()),
        lambda: operations.add_venue(trainer, training.id, "Hall", None),
        lambda: operations.add_remote(trainer, training.id),
        lambda: operations.change_trainers(trainer, training.id, [trainer.account_id]),
    ):
        with pytest.raises(Refused):
            change()


# --- pages ---


def test_changing_by_page(browse: Browse, teacher: Account) -> None:
    factory = factories.factory()
    training = make.training(trainers=[teacher])
    speaker, account = registers.interpreter("Vann Interprets"), registers.host("Zoom 1")
    page, at = browse.as_account(teacher), f"/sessions/{training.id}"
    assert page.get(f"{at}/meetings/new").status == 200
    form = {"day": DAY.isoformat(), "starts": "08:00", "ends": "12:00", "modality": "in_person"}
    assert page.post(f"{at}/meetings/new", form | {"ends": "07:00"}).status == 422
    assert page.post(f"{at}/meetings/new", form | {"modality": "virtual"}).status == 422
    assert page.post(f"{at}/meetings/new", form | {"interpreters": ["999"]}).status == 422
    for _ in range(2):
        assert page.post(f"{at}/meetings/new", form | {"interpreters": [speaker.id], "language": "en"}).status == 303
    assert len(training.meetings) == 3
    shown = page.get(at).text
    assert "Vann Interprets" in shown and "In English" in shown
    details = {"language": "", "host": account.id, "sites": [make.site(training).id]}
    assert "Zoom 1" in page.get(f"{at}/meetings/1/details").text
    assert page.post(f"{at}/meetings/1/details", details | {"host": "x"}).status == 422
    assert page.post(f"{at}/meetings/1/details", details).status == 303
    assert "Opened by: Zoom 1" in page.get(at).text
    assert page.get(f"{at}/trainers").status == 200
    assert page.post(f"{at}/trainers", {}).status == 422
    assert page.post(f"{at}/trainers", {"trainers": [teacher.id]}).status == 303
    assert page.get(f"{at}/sites").status == 200
    assert page.post(f"{at}/sites/venue", {"venue": " "}).status == 422
    assert page.post(f"{at}/sites/venue", {"venue": "Hall 8"}).status == 303
    assert page.post(f"{at}/sites/rooms", {"factory": "0"}).status == 422
    assert page.post(f"{at}/sites/rooms", {"factory": factory.id}).status == 303
    assert page.post(f"{at}/sites/remote").status == 303
    site = make.site(training, SiteKind.FACTORY_ROOM)
    point = accounts.account(Role.FOCAL_POINT, factory=factory, name="Srey Looks")
    assert page.post(f"{at}/sites/{site.id}/focal-point", {"account": point.id}).status == 303
    assert "looked after by Srey Looks" in page.get(at).text
    assert page.post(f"{at}/sites/{site.id}/removal").status == 303
    for door in ("venue", "rooms"):
        assert page.get(f"{at}/sites/{door}").location == f"{at}/sites"


def test_postponing_and_resuming_by_page(browse: Browse, teacher: Account) -> None:
    training = make.training(trainers=[teacher], state=TrainingState.CONFIRMED)
    page, at = browse.as_account(teacher), f"/sessions/{training.id}"
    assert page.get(f"{at}/postponement").status == 200
    assert page.post(f"{at}/postponement", {"reason": ""}).status == 422
    assert page.post(f"{at}/postponement", {"reason": "Shipment"}).status == 303
    shown = page.get(at).text
    assert "Shipment" in shown and "No date yet" in shown and "Give it new dates" in shown
    assert training.code in page.get("/sessions?state=postponed").text
    form = {}
    for place, number in enumerate((1, 2)):
        form |= {
            f"half_days-{place}-number": number, f"half_days-{place}-day": (DAY + timedelta(days=number)).isoformat(),
            f"half_days-{place}-starts": "08:00", f"half_days-{place}-ends": "12:00",
        }
    assert page.get(f"{at}/resumption").status == 200
    bad = (
        {"half_days-1-day": ""}, {"half_days-1-day": "2020-01-01"}, {"half_days-1-ends": "07:00"},
        {"half_days-1-day": (DAY + timedelta(days=1)).isoformat()}, {"half_days-1-number": "1"}, {"half_days-1-number": "9"},
        {"half_days-1-number": "x"},
    )
    for change in bad:
        assert page.post(f"{at}/resumption", form | change).status == 422, change
    for _ in range(2):
        assert page.post(f"{at}/resumption", form).status == 303
    db.session.expire_all()
    assert training.state is TrainingState.CONFIRMED
    assert [meeting.starts.date() for meeting in training.meetings] == [DAY + timedelta(days=1), DAY + timedelta(days=2)]


def test_reopening_by_page_is_for_those_who_may(browse: Browse, teacher: Account) -> None:
    training = make.training(days=(-3, -2), trainers=[teacher], state=TrainingState.CLOSED)
    at = f"/sessions/{training.id}"
    as_trainer = browse.as_account(teacher)
    assert "Open it again" not in as_trainer.get(at).text
    assert as_trainer.get(f"{at}/reopening").status in {403, 404}
    page = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    assert "Open it again" in page.get(at).text
    assert page.get(f"{at}/reopening").status == 200
    assert page.post(f"{at}/reopening", {"reason": " "}).status == 422
    assert page.post(f"{at}/reopening", {"reason": "A mark is wrong"}).status == 303
    assert "A mark is wrong" in page.get(at).text


def test_a_factory_finds_no_door(browse: Browse, teacher: Account) -> None:
    factory, other = factories.factory(), factories.factory()
    training = make.training(rooms=[factory, other], trainers=[teacher])
    page, at = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)), f"/sessions/{training.id}"
    for path in ("sites", "trainers", "meetings/new", "meetings/1/details", "postponement", "resumption", "reopening"):
        assert page.get(f"{at}/{path}").status in {403, 404}, path
    shown = page.get(at).text
    assert other.name not in shown and "Change" not in shown


def test_the_list_tells_what_the_clock_adds(browse: Browse, teacher: Account) -> None:
    held, coming = make.training(days=(-3, -2), state=TrainingState.CONFIRMED), make.training(state=TrainingState.CONFIRMED)
    running = make.training(days=(-1, 3), state=TrainingState.CONFIRMED)
    page = browse.as_account(teacher)
    for state, found in (("held", held), ("confirmed", coming), ("in_progress", running)):
        text = page.get(f"/sessions?state={state}").text
        assert [each.code in text for each in (held, coming, running)] == [each is found for each in (held, coming, running)]
    assert "Held" in page.get(f"/sessions/{held.id}").text and "In progress" in page.get(f"/sessions/{running.id}").text


def test_statements_do_not_grow_with_parts(browse: Browse, teacher: Account) -> None:
    training: TrainingSession = make.training(trainers=[teacher], days=(7,))
    counts = []
    for more in (1, 6):
        for number in range(more):
            planned = make.half_day(10 + more + number)
            meeting = operations.add_half_day(accounts.actor(teacher), training.id, planned)
            parts = Settings(
                interpreter_ids=(registers.interpreter().id,), host_id=registers.host().id, site_ids=(make.site(training).id,)
            )
            operations.edit_meeting(accounts.actor(teacher), training.id, meeting.number, parts)
            make.training().origin_id = training.id
        page = browse.as_account(teacher)
        page.get(f"/sessions/{training.id}")
        with counted() as statements:
            assert page.get(f"/sessions/{training.id}").status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
