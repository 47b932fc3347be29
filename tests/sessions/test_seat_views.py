"""The pages of seats, as trainers, factories, helpers and people find them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import SeatState, SiteKind, TrainingState, WaitingPolicy
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.statements import counted

BOOKED, WAITS = SeatState.BOOKED, SeatState.WAIT_LISTED


class Hall:
    """A training session, a trainer's browser, and the browser of a factory."""

    def __init__(self, browse: Browse, **training: object) -> None:
        self.factory = factories.factory()
        account = accounts.account(Role.TRAINER, programme=factories.programme())
        self.training: TrainingSession = make.training(rooms=[self.factory], trainers=[account], days=(30, 31), **training)
        self.at = f"/sessions/{self.training.id}"
        self.trainer = browse.as_account(account)
        self.point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=self.factory))
        self.venue, self.alone = make.site(self.training), make.site(self.training, SiteKind.REMOTE)

    def places(self, **changes: object) -> dict[str, object]:
        form = {"capacity_in_person": "20", "capacity_virtual": "20", "waiting_policy": "first_come", "offer_hours": "48", "needs_approval": "y"}
        return {name: value for name, value in {**form, **changes}.items() if value is not None}


@pytest.fixture
def hall(app: Flask, browse: Browse) -> Hall:
    return Hall(browse)


def test_places_are_changed_on_their_page(hall: Hall) -> None:
    seats = [make.seat(hall.training, hall.factory) for _ in range(3)]
    page = hall.trainer.get(f"{hall.at}/places")
    assert page.status == 200 and "3 places are taken" in page.text
    wanted = hall.places(
        capacity_in_person="2", waiting_policy="offer", offer_hours="24", needs_approval=None, most_per_factory="8",
        least_people="5", names_due_days="5", cut_off_days="3",
    )
    assert hall.trainer.post(f"{hall.at}/places", wanted).location == hall.at
    shown = hall.trainer.get(hall.at).text
    assert "3 are booked, which is more than there are places now. Nobody is dropped" in shown
    assert "It needs at least 5 people, and 3 are booked." in shown
    training = hall.training
    assert (training.capacity_in_person, training.waiting_policy, training.offer_hours) == (2, WaitingPolicy.OFFER, 24)
    assert (training.needs_approval, training.most_per_factory, training.least_people) == (False, 8, 5)
    assert (training.names_due_days, training.cut_off_days) == (5, 3)
    assert {seat.state for seat in seats} == {BOOKED}
    assert hall.trainer.post(f"{hall.at}/places", hall.places(most_per_factory="", least_people="")).status == 303
    assert (training.most_per_factory, training.needs_approval) == (None, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capacity_in_person": "many"}, "Write a whole number"), ({"capacity_in_person": "501"}, "from 0 to 500"),
        ({"capacity_virtual": ""}, "0 for none"), ({"waiting_policy": "lottery"}, "Choose one of the list"),
        ({"offer_hours": "0"}, "from 1 to 336"), ({"most_per_factory": "-1"}, "from 1 to 500"),
        ({"names_due_days": "99"}, "from 0 to 60"), ({"capacity_in_person": "0", "capacity_virtual": "0"}, "at least one place"),
    ],
)
def test_bad_places_are_said_and_nothing_changes(hall: Hall, changes: dict[str, str], words: str) -> None:
    reply = hall.trainer.post(f"{hall.at}/places", hall.places(**changes))
    assert reply.status == 422 and words in reply.text
    db.session.expire_all()
    assert hall.training.capacity_in_person == 20


def test_a_factory_reserves_and_names_people_later(hall: Hall) -> None:
    hall.training.names_due_days = 5
    at = f"{hall.at}/nominations"
    assert "Reserve seats and name people later" in hall.point.get(at).text
    form = {"factory": hall.factory.code, "count": "2", "reserved_site": hall.venue.id}
    for wrong, words in (({"count": "500"}, "There are 20 places of this kind in all"), ({"count": "x"}, "whole number"),
                         ({"count": "0"}, "from 1 to 500"), ({"reserved_site": ""}, "Choose where")):
        reply = hall.point.post(f"{hall.at}/reservations", form | wrong)
        assert reply.status == 422 and words in reply.text, wrong
    assert hall.point.post(f"{hall.at}/reservations", form).location == hall.at
    shown = hall.point.get(hall.at).text
    assert "2 seats are reserved." in shown and shown.count("No name yet") >= 2 and "Name your people before" in shown
    assert "2 seats are reserved and have no names yet" in hall.point.get(at).text
    people = [factories.person(hall.factory).id for _ in range(3)]
    assert hall.point.post(at, {"factory": hall.factory.code, "site": hall.venue.id, "people": people}).status == 303
    shown = hall.point.get(hall.at).text
    assert "2 seats are booked." in shown and "1 person is nominated." in shown and "No name yet" not in shown


def test_nominating_too_many_is_said_on_the_page(hall: Hall) -> None:
    hall.training.most_per_factory = 1
    people = [factories.person(hall.factory).id for _ in range(2)]
    form = {"factory": hall.factory.code, "site": hall.venue.id, "people": people}
    reply = hall.point.post(f"{hall.at}/nominations", form)
    assert reply.status == 422 and "A factory can have 1 seat here" in reply.text
    hall.training.cut_off_days = 60
    assert "Factories cannot ask for more seats any more" in hall.point.get(f"{hall.at}/nominations").text


def test_the_page_of_a_seat(hall: Hall) -> None:
    seat, instead = make.seat(hall.training, hall.factory), factories.person(hall.factory, name="Zz Instead")
    at = f"{hall.at}/seats/{seat.id}"
    page = hall.point.get(at)
    assert page.status == 200 and "Somebody else comes instead" in page.text and "What happened" not in page.text
    assert hall.point.post(f"{at}/meetings/2/site", {"site": hall.alone.id}).location == at
    assert db.session.scalars(sa.select(SeatAtMeeting.site_id)).all() == [hall.alone.id]
    assert "Half-day 2 : Alone, by link" in hall.point.get(hall.at).text.replace("2:", "2 :")
    assert hall.trainer.get(hall.at).text.count("In person: 1") == 1, "only at the first half-day"
    for door in (f"{at}/site", f"{at}/meetings/2/site"):
        assert hall.point.post(door, {"site": "999999"}).status == 422
    assert hall.point.post(f"{at}/meetings/9/site", {"site": hall.alone.id}).status == 404
    assert hall.point.post(f"{at}/site", {"site": hall.alone.id}).location == at
    assert hall.point.post(f"{at}/replacement", {"person": factories.person().id}).status == 422
    assert hall.point.post(f"{at}/replacement", {"person": instead.id}).location == hall.at
    assert "Zz Instead" in hall.point.get(hall.at).text
    told = hall.trainer.get(at).text
    assert "What happened" in told and "Withdrawn" in told and "focal_point" in told


def test_declining_on_the_page_of_the_seat(hall: Hall) -> None:
    seat = make.seat(hall.training, hall.factory, state=SeatState.REQUESTED)
    at = f"{hall.at}/seats/{seat.id}"
    assert "Decline the request" in hall.trainer.get(at).text and "Decline the request" not in hall.point.get(at).text
    assert hall.trainer.post(f"{at}/refusal", {"reason": ""}).status == 422
    assert hall.point.post(f"{at}/refusal", {"reason": "No"}).status == 404
    assert hall.trainer.post(f"{at}/refusal", {"reason": "Only supervisors"}).location == hall.at
    assert "Reason: Only supervisors" in hall.point.get(at).text


def test_a_seat_of_another_factory_is_not_there(hall: Hall, browse: Browse) -> None:
    other = factories.factory()
    theirs = make.seat(hall.training, other, factories.person(other, name="Their Person"))
    reserved = make.seat(hall.training, other, state=SeatState.RESERVED)
    for seat in (theirs, reserved):
        at = f"{hall.at}/seats/{seat.id}"
        for door in ("", "/site", "/meetings/1/site", "/replacement", "/acceptance", "/withdrawal"):
            reply = hall.point.post(at + door, {"site": hall.alone.id, "person": 1}) if door else hall.point.get(at)
            assert reply.status == 404, door
    page = hall.point.get(hall.at)
    assert "Their Person" not in page.text and other.name not in page.text and "No name yet" not in page.text
    for door in ("places", "waiting"):
        assert hall.point.get(f"{hall.at}/{door}").status == 404
    assert hall.trainer.get(f"{hall.at}/seats/{make.seat(make.training(), other).id}").status == 404


def test_the_waiting_list_is_put_in_order(hall: Hall) -> None:
    first, second = (make.seat(hall.training, hall.factory, factories.person(hall.factory, name=f"Waits {n}", local_name=None), state=WAITS) for n in "AB")
    at = f"{hall.at}/waiting"
    assert "Nobody waits" in hall.trainer.get(f"/sessions/{make.training().id}/waiting").text
    page = hall.trainer.get(at).text
    assert page.index("Waits A") < page.index("Waits B") and "To the top" not in page
    hall.training.waiting_policy = WaitingPolicy.MANUAL
    assert "To the top" in hall.trainer.get(at).text
    assert hall.trainer.post(f"{hall.at}/seats/{second.id}/rank", {"to": "first"}).location == at
    page = hall.trainer.get(at).text
    assert page.index("Waits B") < page.index("Waits A")
    assert hall.trainer.post(f"{hall.at}/seats/{first.id}/rank", {"to": "moon"}).status == 404


def test_an_offer_is_taken_by_the_factory(hall: Hall) -> None:
    reader = factories.person(hall.factory, language="en")
    seat = make.seat(hall.training, hall.factory, reader, state=SeatState.OFFERED)
    seat.offer_until = now() + timedelta(hours=5)
    db.session.commit()
    assert "Take the place" in hall.point.get(hall.at).text
    assert seat.person.name in hall.trainer.get(f"{hall.at}/waiting").text
    assert hall.point.post(f"{hall.at}/seats/{seat.id}/acceptance").location == hall.at
    assert seat.state is BOOKED


def test_somebody_at_the_door_is_added(browse: Browse) -> None:
    hall = Hall(browse, state=TrainingState.CONFIRMED)
    at = f"{hall.at}/walk-ins"
    person = factories.person(hall.factory, name="Unexpected Guest", local_name=None)
    make.seat(hall.training, hall.factory)
    helper = browse.as_account(accounts.account(Role.CHECK_IN_HELPER, training=hall.training))
    assert "on the day of the training session only" in helper.get(at).text
    assert helper.post(f"{at}?q=unexpected", {"q": "unexpected", "person": person.id, "site": hall.venue.id}).status == 409
    meeting = hall.training.meetings[0]
    meeting.starts_at, meeting.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=3)
    db.session.commit()
    assert "Unexpected Guest" not in helper.get(at).text, "nobody's whole roster"
    assert "Unexpected Guest" in helper.get(f"{at}?q=unexp").text
    assert helper.post(at, {"q": "unexp", "person": "1" * 9, "site": hall.venue.id}).status == 422
    form = {"factory": hall.factory.code, "q": "unexp", "person": person.id, "site": hall.venue.id}
    assert helper.post(at, form).status == 303
    seat = db.session.scalars(sa.select(Seat).where(Seat.person_id == person.id)).one()
    assert (seat.state, seat.is_walk_in) == (BOOKED, True)
    assert "Everybody found has a place already" in helper.get(f"{at}?q=unexp").text
    assert helper.get(f"{at}?factory={factories.factory().code}").status == 404
    assert hall.point.get(at).status == 404
    assert "Came without a seat" in hall.trainer.get(f"{hall.at}/seats/{seat.id}").text


def test_the_list_says_where_people_are_missing(hall: Hall) -> None:
    assert "needs 7" not in hall.trainer.get("/sessions").text
    hall.training.least_people = 7
    assert "needs 7" in hall.trainer.get("/sessions").text
    assert "needs 7" not in hall.point.get("/sessions").text


# --- the person ---


def test_a_person_sees_and_gives_back_the_own_seat(hall: Hall, browse: Browse) -> None:
    seat = make.seat(hall.training, hall.factory, factories.person(hall.factory, language="en"))
    other = make.seat(hall.training, hall.factory)
    me = browse.as_person(seat.person_id)
    assert "Your seats" in me.get("/").text
    page = me.get("/my-seats")
    assert page.status == 200 and "Training centre, Street 271" in page.text and "I cannot come" in page.text
    assert other.person.name not in page.text
    for _ in range(2):
        assert me.post(f"/my-seats/{hall.training.id}/withdrawal").location == "/my-seats"
    assert "You have no seat now" in me.get("/my-seats").text and "Your seats" not in me.get("/").text
    db.session.expire_all()
    assert (seat.state, other.state) == (SeatState.WITHDRAWN, BOOKED)
    assert me.post(f"/my-seats/{make.training().id}/withdrawal").status == 404
    assert hall.point.get("/my-seats").status == 404


def test_a_person_takes_an_offer(hall: Hall, browse: Browse) -> None:
    reader = factories.person(hall.factory, language="en")
    seat = make.seat(hall.training, hall.factory, reader, state=SeatState.OFFERED)
    seat.offer_until = now() + timedelta(hours=5)
    db.session.commit()
    me = browse.as_person(seat.person_id)
    assert "Let it go" in me.get("/my-seats").text
    assert me.post(f"/my-seats/{hall.training.id}/acceptance").status == 303
    assert "I cannot come" in me.get("/my-seats").text and seat.state is BOOKED


def test_statements_of_seat_pages_do_not_grow(hall: Hall) -> None:
    seat, counts = make.seat(hall.training, hall.factory), []
    for more in (3, 15):
        for _ in range(more):
            make.seat(hall.training, hall.factory, state=WAITS)
            make.seat(hall.training, hall.factory, state=SeatState.RESERVED)
        db.session.commit()
        for page in ("", "/places", "/waiting", "/nominations", f"/seats/{seat.id}"):
            hall.trainer.get(hall.at + page)
            with counted() as statements:
                assert hall.trainer.get(hall.at + page).status == 200
            counts.append((page, len(statements)))
    assert counts[:5] == counts[5:]
