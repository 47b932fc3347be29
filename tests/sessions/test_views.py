"""The pages and doors of training sessions, as each role finds them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted

DAY = make.monday()


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


def _plan(factory: Factory, trainer: Account, **changes: object) -> dict[str, object]:
    form = {
        "programme": "KH", "version": courses.version().id, "language": "km", "zone": "Asia/Phnom_Penh",
        "venue": "Hall 7", "factories": [factory.id], "remote": "y", "trainers": [trainer.id],
        "capacity_in_person": "20", "capacity_virtual": "10",
    }
    for number in (0, 1):
        form |= {
            f"half_days-{number}-day": (DAY + timedelta(days=number)).isoformat(), f"half_days-{number}-starts": "08:00",
            f"half_days-{number}-ends": "12:00", f"half_days-{number}-modality": "hybrid",
            f"half_days-{number}-join_url": "https://meet.example/a?b=c",
        }
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_trainer_plans_a_session(browse: Browse, trainer: Account) -> None:
    factory = factories.factory()
    as_trainer = browse.as_account(trainer)
    page = as_trainer.get("/sessions/new")
    assert page.status == 200 and factory.name in page.text
    reply = as_trainer.post("/sessions/new", _plan(factory, trainer))
    assert reply.status == 303
    training = db.session.scalars(sa.select(TrainingSession)).one()
    assert reply.location == f"/sessions/{training.id}"
    assert [(m.starts.hour, m.starts_at.hour, m.join_url) for m in training.meetings] == [(8, 1, "https://meet.example/a?b=c")] * 2
    assert [(s.kind, s.name) for s in training.sites] == [
        (SiteKind.VENUE, "Hall 7"), (SiteKind.FACTORY_ROOM, factory.name), (SiteKind.REMOTE, ""),
    ]
    shown = as_trainer.get(reply.location)
    for words in (training.code, "Hall 7", "Asia/Phnom_Penh", "Tentative", "0 of 20 booked", "Confirm and invite", trainer.name):
        assert words in shown.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Asia/Nowhere"}, "There is no such time zone"),
        ({"half_days-1-ends": "07:00"}, "The end must be later than the start"),
        ({"half_days-0-day": "2020-01-01"}, "This time is over"),
        ({"half_days-0-day": "9999-12-31"}, "more than three years away"),
        ({"half_days-0-day": "0001-01-01"}, "This time is over"),
        ({"half_days-0-day": "31/12/2026"}, "Write the day as year-month-day"),
        ({"half_days-0-starts": "eight"}, "Write the time as hours:minutes"),
        ({"half_days-1-day": DAY.isoformat()}, "begins before another one has ended"),
        ({"half_days-0-join_url": "http://meet.example"}, "It begins with https://"),
        ({"half_days-0-join_url": "https://user:pass@meet.example/"}, "It begins with https://"),
        ({"half_days-0-join_url": "javascript:alert(1)"}, "It begins with https://"),
        ({"half_days-0-join_url": ""}, "Enter the link"),
        ({"half_days-0-modality": "telepathy"}, "Choose one of the list"),
        ({"half_days-1-day": ""}, "Choose a day"),
        ({"version": "999999"}, "Choose one of the list"),
        ({"version": "x"}, "Choose one of the list"),
        ({"version": "9" * 40}, "Choose one of the list"),
        ({"language": "tlh"}, "Choose one of the list"),
        ({"trainers": None}, "Choose who teaches"),
        ({"trainers": ["999999"]}, "Choose from the list"),
        ({"factories": ["x"]}, "Choose from the list"),
        ({"venue": ""}, "Enter the room"),
        ({"capacity_in_person": "many"}, "Write a whole number"),
        ({"capacity_in_person": "-1"}, "Write a number from 0 to 500"),
        ({"capacity_virtual": "5000000000000"}, "Write a number from 0 to 500"),
        ({"capacity_in_person": "0", "capacity_virtual": "0"}, "at least one place"),
        ({"factories": None, "remote": None}, "Choose factories or let people join alone"),
    ],
)
def test_bad_input_is_said_at_the_field_and_nothing_is_planned(
    browse: Browse, trainer: Account, changes: dict[str, object], words: str
) -> None:
    reply = browse.as_account(trainer).post("/sessions/new", _plan(factories.factory(), trainer, **changes))
    assert reply.status == 422
    assert words in reply.text
    assert any(e.get("aria-invalid") == "true" for e in reply.page.iter()) or "field-error" in reply.response.text
    assert _count(TrainingSession) == 0


def test_a_skipped_hour_is_said_at_its_field(browse: Browse) -> None:
    factories.programme("EG", zone="Africa/Cairo", languages=["ar", "en"], country="EG")
    trainer = accounts.account(Role.TRAINER, programme=factories.programme("EG"))
    last_friday = max(d for d in (date(DAY.year + 1, 4, n) for n in range(24, 31)) if d.weekday() == 4)
    form = _plan(factories.factory(programme_id=factories.programme("EG").id), trainer, programme="EG", language="ar", zone="Africa/Cairo")
    form |= {"half_days-0-day": last_friday.isoformat(), "half_days-0-starts": "00:30", "half_days-0-ends": "04:00"}
    reply = browse.as_account(trainer).post("/sessions/new", form)
    assert reply.status == 422
    field = next(e for e in reply.all("input") if e.get("name") == "half_days-0-starts")
    assert field.get("aria-invalid") == "true"
    assert "The clock is put forward" in reply.text


def test_the_form_grows_without_script(browse: Browse, trainer: Account) -> None:
    as_trainer = browse.as_account(trainer)
    form = _plan(factories.factory(), trainer)
    grown = as_trainer.post("/sessions/new/half-days", form)
    assert grown.status == 200
    days = [e.get("value") for e in grown.all("input") if (e.get("name") or "").endswith("-day")]
    assert days == [DAY.isoformat(), (DAY + timedelta(days=1)).isoformat(), None] or days[2] in {None, ""}
    assert _count(TrainingSession) == 0
    assert as_trainer.get("/sessions/new/half-days").location == "/sessions/new"


def test_a_foreign_programme_or_factory_cannot_be_planned(browse: Browse, trainer: Account) -> None:
    foreign = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD")
    theirs = factories.factory(programme_id=foreign.id)
    as_trainer = browse.as_account(trainer)
    assert as_trainer.get("/sessions/new?programme=BD").status == 404
    assert as_trainer.post("/sessions/new", _plan(theirs, trainer, programme="BD")).status == 404
    assert as_trainer.post("/sessions/new", _plan(theirs, trainer)).status == 422
    assert _count(TrainingSession) == 0


def test_staff_of_several_programmes_choose_first(browse: Browse) -> None:
    factories.programme()
    factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD")
    reply = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get("/sessions/new")
    assert reply.status == 200 and "In which programme?" in reply.text


def test_states_by_post_and_twice(browse: Browse, trainer: Account) -> None:
    training = make.training(trainers=[trainer])
    as_trainer, at = browse.as_account(trainer), f"/sessions/{training.id}"
    for _ in range(2):
        assert as_trainer.post(f"{at}/confirmation").location == at
    assert _count(MailMessage) == 2
    assert as_trainer.post(f"{at}/closing").status == 409
    assert as_trainer.get(f"{at}/cancellation").status == 200
    assert as_trainer.post(f"{at}/cancellation", {"reason": "  "}).status == 422
    assert as_trainer.post(f"{at}/cancellation", {"reason": "x" * 501}).status == 422
    for _ in range(2):
        assert as_trainer.post(f"{at}/cancellation", {"reason": "Flood"}).status == 303
    assert _count(MailMessage) == 4
    assert as_trainer.post(f"{at}/confirmation").status == 409
    assert "Flood" in as_trainer.get(at).text


def test_moving_by_page(browse: Browse, trainer: Account) -> None:
    training = make.training(trainers=[trainer], state=TrainingState.CONFIRMED)
    as_trainer, at = browse.as_account(trainer), f"/sessions/{training.id}/meetings/2/time"
    assert as_trainer.get(at).status == 200
    times = {"day": DAY.isoformat(), "starts": "13:00", "ends": "17:00"}
    assert as_trainer.post(at, times | {"ends": "12:00"}).status == 422
    assert as_trainer.post(at, times | {"day": "2020-02-02"}).status == 422
    assert as_trainer.post(at, times | {"day": ""}).status == 422
    first = db.session.scalars(sa.select(Meeting).where(Meeting.number == 1)).one().starts.date().isoformat()
    assert "begins before another" in as_trainer.post(at, {"day": first, "starts": "09:00", "ends": "10:00"}).text
    for _ in range(2):
        assert as_trainer.post(at, times).status == 303
    assert db.session.scalars(sa.select(Meeting).where(Meeting.number == 2)).one().starts.hour == 13
    assert as_trainer.get(f"/sessions/{training.id}/meetings/9/time").status == 404


def test_link_and_leaving_out_by_page(browse: Browse, trainer: Account) -> None:
    training = make.training(trainers=[trainer])
    as_trainer, at = browse.as_account(trainer), f"/sessions/{training.id}/meetings/1"
    assert as_trainer.get(f"{at}/link").status == 200
    assert as_trainer.post(f"{at}/link", {"join_url": "ftp://x"}).status == 422
    assert as_trainer.post(f"{at}/link", {"join_url": "https://meet.example/new"}).status == 303
    assert "https://meet.example/new" in as_trainer.get(f"/sessions/{training.id}").text
    assert as_trainer.get(f"{at}/cancellation").status == 200
    assert as_trainer.post(f"{at}/cancellation").status == 303
    assert as_trainer.post(f"/sessions/{training.id}/meetings/2/cancellation").status == 409
    in_person = make.training(modality=Modality.IN_PERSON)
    reply = as_trainer.post(f"/sessions/{in_person.id}/meetings/1/link", {"join_url": "https://meet.example/new"})
    assert reply.status == 409


# --- nominations and seats ---


def test_a_focal_point_nominates_own_people(browse: Browse) -> None:
    own, other = factories.factory(), factories.factory()
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=own))
    training = make.training(rooms=[own, other])
    helper = factories.person(own, name="Aa Helper", role=factories.JobRole.HELPER)
    people = [factories.person(own, name=f"Zz Supervisor {n}", local_name=None) for n in range(3)]
    stranger = factories.person(other, name="Stranger")
    at = f"/sessions/{training.id}/nominations"
    page = point.get(at)
    assert "Stranger" not in page.text and other.name not in page.text
    assert page.text.index(people[0].name) < page.text.index(helper.name), "supervisors first"
    assert [p.name in point.get(f"{at}?q=supervisor+1").text for p in people] == [False, True, False]
    site = make.site(training, SiteKind.FACTORY_ROOM, own).id
    form = {"factory": own.code, "site": site, "people": [people[0].id, people[1].id]}
    for _ in range(2):
        assert point.post(at, form).status == 303
    assert _count(Seat) == 2
    bad = (
        {"people": [stranger.id]}, {"site": make.site(training, SiteKind.FACTORY_ROOM, other).id}, {"site": ""},
        {"people": []}, {"people": ["x"]}, {"people": ["9" * 30]},
    )
    for change in bad:
        assert point.post(at, form | change).status == 422, change
    assert point.post(at, form | {"factory": other.code}).status == 404
    assert _count(Seat) == 2
    shown = point.get(f"/sessions/{training.id}")
    assert people[0].name in shown.text and "Requested" in shown.text and "Your people" in shown.text


def test_staff_and_advisors_nominate_for_a_factory_in_scope(browse: Browse, trainer: Account) -> None:
    one, two = factories.factory(), factories.factory()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, factory=two))
    training = make.training()
    site = make.site(training).id
    for who, factory, status in ((browse.as_account(trainer), one, 303), (advisor, two, 303), (advisor, one, 404)):
        form = {"factory": factory.code, "site": site, "people": [factories.person(factory).id]}
        assert who.post(f"/sessions/{training.id}/nominations", form).status == status


def test_booking_withdrawing_and_being_told_that_it_is_full(browse: Browse, trainer: Account) -> None:
    factory = factories.factory()
    training = make.training(in_person=1)
    first, second = (make.seat(training, factory, state=SeatState.REQUESTED) for _ in range(2))
    as_trainer, at = browse.as_account(trainer), f"/sessions/{training.id}"
    assert as_trainer.post(f"{at}/seats/{first.id}/booking").location == at
    assert "The seat is booked." in as_trainer.get(at).text
    as_trainer.post(f"{at}/seats/{second.id}/booking")
    assert "on the waiting list" in as_trainer.get(at).text
    assert as_trainer.post(f"{at}/seats/{first.id}/withdrawal").status == 303
    db.session.expire_all()
    assert (first.state, second.state) == (SeatState.WITHDRAWN, SeatState.BOOKED)
    assert as_trainer.post(f"{at}/seats/{first.id}/booking").status == 409
    assert as_trainer.post(f"{at}/bookings").location == at


def test_who_may_not_plan_finds_no_door(browse: Browse) -> None:
    factory, other = factories.factory(), factories.factory()
    training = make.training(rooms=[factory, other], state=TrainingState.CONFIRMED)
    theirs = make.seat(training, other)
    at = f"/sessions/{training.id}"
    for role in (Role.FOCAL_POINT, Role.ADVISOR):
        who = browse.as_account(accounts.account(role, factory=factory))
        for door in ("confirmation", "cancellation", "closing", "meetings/1/time", "meetings/1/cancellation", "bookings",
                     f"seats/{theirs.id}/booking", f"seats/{theirs.id}/withdrawal"):
            assert who.post(f"{at}/{door}", {"reason": "x"}).status == 404, (role, door)
        assert who.get("/sessions/new").status == 404
    assert browse.post(f"{at}/confirmation").status == 401
    db.session.expire_all()
    assert (training.state, theirs.state) == (TrainingState.CONFIRMED, SeatState.BOOKED)


# --- what one sees ---


def test_a_foreign_programme_does_not_exist(browse: Browse, trainer: Account) -> None:
    foreign = make.training(programme=factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD"))
    as_trainer = browse.as_account(trainer)
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    for who in (as_trainer, point):
        assert who.get(f"/sessions/{foreign.id}").status == 404
        assert foreign.code not in who.get("/sessions").text
    assert as_trainer.post(f"/sessions/{foreign.id}/confirmation").status == 404
    assert as_trainer.get(f"/sessions/{foreign.id}/nominations").status == 404


def test_a_focal_point_sees_own_people_only(browse: Browse) -> None:
    own, other = factories.factory(), factories.factory()
    training = make.training(rooms=[own, other], state=TrainingState.CONFIRMED)
    mine = make.seat(training, own, factories.person(own, name="My Person"))
    theirs = make.seat(training, other, factories.person(other, name="Their Person"))
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=own))
    page = point.get(f"/sessions/{training.id}")
    assert mine.person.name in page.text and theirs.person.name not in page.text
    assert "2 of 20 booked" in page.text, "the places are no secret"
    closed = make.training(state=TrainingState.CLOSED, days=(-3, -2))
    assert point.get(f"/sessions/{closed.id}").status == 404, "over, and without own people"
    make.seat(closed, own)
    assert point.get(f"/sessions/{closed.id}").status == 200


def test_the_link_is_for_who_needs_it(browse: Browse, trainer: Account) -> None:
    own, here = factories.factory(), factories.factory()
    training = make.training(rooms=[own], state=TrainingState.CONFIRMED)
    make.seat(training, own, kind=SiteKind.FACTORY_ROOM)
    make.seat(training, here)
    make.seat(training, here, kind=SiteKind.REMOTE, state=SeatState.REQUESTED)
    seers = {
        "teaches": (trainer, True),
        "joins": (accounts.account(Role.FOCAL_POINT, factory=own), True),
        "comes": (accounts.account(Role.FOCAL_POINT, factory=here), False),
    }
    for who, (account, sees) in seers.items():
        assert (make.LINK in browse.as_account(account).get(f"/sessions/{training.id}").response.text) is sees, who


def test_the_list_is_filtered_by_its_address(browse: Browse, trainer: Account) -> None:
    version = courses.version("osh")
    made = {
        "coming": make.training(version=version), "running": make.training(days=(-1, 1)), "past": make.training(days=(-3, -2)),
    }
    as_trainer = browse.as_account(trainer)
    for when, training in made.items():
        text = as_trainer.get(f"/sessions?when={when}").text
        assert [other.code in text for other in made.values()] == [other is training for other in made.values()], when
    assert made["coming"].code in as_trainer.get("/sessions?course=osh&state=tentative&programme=KH").text
    for query in ("course=none", "state=cancelled", "when=past&course=osh"):
        assert made["coming"].code not in as_trainer.get(f"/sessions?{query}").text
    for query in ("when=%1f&page=x&state='&course=%27--", "page=-5", "page=999999999999999999999999"):
        assert as_trainer.get(f"/sessions?{query}").status == 200, query


def test_numbers_that_no_table_holds_lead_nowhere(browse: Browse, trainer: Account) -> None:
    as_trainer = browse.as_account(trainer)
    for address in (f"/sessions/{10**30}", f"/sessions/{2**31}", f"/sessions/{2**31 - 1}/nominations", f"/outbox/{10**30}"):
        assert as_trainer.get(address).status == 404


def test_mails_show_on_the_page_for_who_may_see_them(browse: Browse, trainer: Account) -> None:
    factory = factories.factory()
    training = make.training(trainers=[trainer])
    make.seat(training, factory, factories.person(factory, email="gone@mill.example"))
    as_trainer, at = browse.as_account(trainer), f"/sessions/{training.id}"
    as_trainer.post(f"{at}/confirmation")
    mail = db.session.scalars(sa.select(MailMessage).where(MailMessage.recipient == "gone@mill.example")).first()
    mail.state, mail.reply = MailState.REFUSED, "550 5.1.1 No such person"
    page = as_trainer.get(at)
    assert "550 5.1.1 No such person" in page.text and "Waiting to be sent" in page.text
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert "550" not in point.get(at).text


def test_statements_do_not_grow(browse: Browse, trainer: Account) -> None:
    as_trainer = browse.as_account(trainer)
    factory = factories.factory()
    training = make.training(rooms=[factory], trainers=[trainer], state=TrainingState.CONFIRMED, in_person=100)
    addresses = ("/sessions", f"/sessions/{training.id}", f"/sessions/{training.id}/nominations")
    counts = []
    for more in (5, 45):
        version = courses.version()
        for number in range(more):
            make.seat(training, factories.factory() if number % 5 == 0 else factory)
            make.training(version=version)
        db.session.commit()
        for address in addresses:
            as_trainer.get(address)
            with counted() as statements:
                assert as_trainer.get(address).status == 200
            counts.append((address, len(statements)))
    assert counts[:3] == counts[3:]
    assert all(number <= 55 for _address, number in counts), counts


@pytest.mark.parametrize("language", ["ar", "km"])
def test_pages_speak_other_directions(browse: Browse, trainer: Account, language: str) -> None:
    training = make.training(trainers=[trainer])
    as_trainer = browse.as_account(trainer)
    as_trainer.post("/language", {"language": language})
    for address in ("/sessions", "/sessions/new", f"/sessions/{training.id}", f"/sessions/{training.id}/cancellation",
                    f"/sessions/{training.id}/meetings/1/time"):
        page = as_trainer.get(address).page
        assert page.get("lang") == language and page.get("dir") == ("rtl" if language == "ar" else "ltr")
