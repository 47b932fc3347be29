"""Half-days by link instead of in person, and back."""

from datetime import timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations
from app.sessions.models import Invitation, TrainingSession
from app.sessions.operations import Settings
from app.sessions.queries.switching import affected
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from tests.browse import Browse
from tests.make import accounts, factories, registers
from tests.make import sessions as make
from tests.make.statements import counted

LINK = "https://meet.example/new-room"
VIRTUAL, IN_PERSON, HYBRID = Modality.VIRTUAL, Modality.IN_PERSON, Modality.HYBRID


@pytest.fixture
def teacher(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


@pytest.fixture
def trainer(teacher: Account) -> Actor:
    return accounts.actor(teacher)


def _told(address: str) -> list[tuple[str, str | None, int]]:
    rows = db.session.scalars(sa.select(Invitation).where(Invitation.address == address).order_by(Invitation.meeting_id))
    return [(row.told["modality"], row.told["join_url"], row.sequence) for row in rows]


def _mails(kind: str) -> list[str]:
    found = []
    for mail in db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == kind)):
        parts = (p for p in message_from_bytes(mail.raw).walk() if p.get_content_type() == "text/plain")
        found.append("".join(part.get_payload(decode=True).decode() for part in parts))
    return found


def test_the_rest_goes_to_the_link_in_one_act_and_comes_back(trainer: Actor, teacher: Account) -> None:
    factory = factories.factory()
    accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example")
    training = make.training(days=(7, 8, 9), modality=IN_PERSON, trainers=[teacher])
    make.seat(training, factory, factories.person(factory, name="Sok Dara", email="dara@mill.example"))
    make.seat(training, factory, factories.person(factory, name="Chan Thida", email="thida@mill.example"), state=SeatState.WAIT_LISTED)
    operations.confirm(trainer, training.id)
    for _ in range(2):
        operations.switch_modality(trainer, training.id, [2, 3], VIRTUAL, LINK)
    for address in (teacher.email, "hr@mill.example", "dara@mill.example"):
        assert _told(address) == [("in_person", None, 0), ("virtual", LINK, 1), ("virtual", LINK, 1)], address
    assert _told("thida@mill.example") == []
    (mail,) = _mails("sessions.switched")
    assert "Sok Dara" in mail and "Chan Thida" in mail and mail.count("By link") == 2 and LINK not in mail
    operations.switch_modality(trainer, training.id, [2, 3], IN_PERSON, None)
    assert _told("dara@mill.example") == [("in_person", None, 0), ("in_person", None, 2), ("in_person", None, 2)]
    assert [meeting.join_url for meeting in training.meetings] == [None] * 3
    assert len(_mails("sessions.switched")) == 2


def test_a_hybrid_one_needs_no_new_link(trainer: Actor) -> None:
    training = make.training(days=(7, 8))
    operations.switch_modality(trainer, training.id, [1], VIRTUAL, None)
    assert [(m.modality, m.join_url) for m in training.meetings] == [(VIRTUAL, make.LINK), (HYBRID, make.LINK)]
    operations.switch_modality(trainer, training.id, [1, 2], HYBRID, LINK)
    assert [(m.modality, m.join_url) for m in training.meetings] == [(HYBRID, LINK)] * 2


def test_sites_that_are_of_no_use_now_hold_nobody_back(trainer: Actor) -> None:
    training = make.training(days=(7,), modality=IN_PERSON)
    account = registers.host()
    meeting = operations.edit_meeting(trainer, training.id, 1, Settings(site_ids=(make.site(training).id,)))
    operations.switch_modality(trainer, training.id, [1], VIRTUAL, LINK)
    assert meeting.sites == []
    operations.edit_meeting(trainer, training.id, 1, Settings(host_id=account.id))
    operations.switch_modality(trainer, training.id, [1], IN_PERSON, None)
    assert meeting.host_id is None, "nobody opens a link"


@pytest.mark.parametrize("link", [None, "", "http://meet.example", "javascript:alert(1)", "https://user:pass@meet.example/"])
def test_by_link_needs_a_link_that_opens_safely(trainer: Actor, link: str | None) -> None:
    training = make.training(days=(7,), modality=IN_PERSON)
    with pytest.raises(Refused):
        operations.switch_modality(trainer, training.id, [1], VIRTUAL, link)
    assert training.meetings[0].modality is IN_PERSON


def test_what_has_begun_or_is_left_out_is_not_switched(trainer: Actor) -> None:
    training = make.training(days=(-1, 7, 8), state=TrainingState.CONFIRMED)
    operations.cancel_meeting(trainer, training.id, 3)
    for numbers, refusal in (([1, 2], Refused), ([3], Refused), ([], Refused), ([9], NotFound)):
        with pytest.raises(refusal):
            operations.switch_modality(trainer, training.id, numbers, VIRTUAL, LINK)
    for site in list(training.sites):
        if site.kind is SiteKind.VENUE:
            operations.remove_site(trainer, training.id, site.id)
    with pytest.raises(Refused, match="no training room"):
        operations.switch_modality(trainer, training.id, [2], IN_PERSON, None)


def test_a_postponed_half_day_is_switched_before_it_has_a_date(trainer: Actor, teacher: Account) -> None:
    training = operations.confirm(trainer, make.training(days=(7,), modality=IN_PERSON, trainers=[teacher]).id)
    operations.postpone(trainer, training.id, "Flood")
    operations.switch_modality(trainer, training.id, [1], VIRTUAL, LINK)
    operations.resume(trainer, training.id, {1: make.half_day(30).when})
    assert _told(teacher.email) == [("virtual", LINK, 2)]


def test_whom_it_affects(app: Flask) -> None:
    here, there = factories.factory(name="Here"), factories.factory(name="There")
    accounts.account(Role.FOCAL_POINT, factory=here)
    room = registers.room(places=1)
    training = make.training(days=(7, 8), rooms=[there], in_person=30)
    make.site(training).room_id = room.id
    make.seat(training, here, factories.person(here, email="a@mill.example"))
    make.seat(training, here, factories.person(here, email=None))
    make.seat(training, there, factories.person(there, email=None), kind=SiteKind.FACTORY_ROOM)
    make.seat(training, there, state=SeatState.WAIT_LISTED)
    db.session.flush()
    found = affected(training, [1, 2], VIRTUAL)
    by_name = {each.factory.name: each for each in found.factories}
    assert (found.people, found.changing) == (3, 2)
    assert [(len(f.without_mail), f.speakers, f.room is not None) for f in (by_name["Here"], by_name["There"])] == [(1, 1, False), (1, 0, True)]
    assert [each.factory.name for each in found.unreachable] == ["There"] and not found.is_too_many
    back = affected(training, [1, 2], IN_PERSON)
    assert (back.changing, back.places, back.is_too_many) == (1, 1, True)


def test_it_costs_the_same_with_many(app: Flask) -> None:
    training = make.training(days=(7, 8))
    counts = []
    for more in (3, 30):
        for _ in range(more):
            factory = factories.factory()
            accounts.account(Role.FOCAL_POINT, factory=factory)
            make.seat(training, factory)
        db.session.flush()
        db.session.expire_all()
        _ = training.meetings, training.sites, training.trainers
        with counted() as statements:
            affected(training, [1, 2], VIRTUAL)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_switching_by_page(browse: Browse, teacher: Account) -> None:
    factory = factories.factory(name="Golden Mill")
    training: TrainingSession = make.training(days=(-1, 7, 8), modality=IN_PERSON, trainers=[teacher], state=TrainingState.CONFIRMED)
    make.seat(training, factory)
    page, at = browse.as_account(teacher), f"/sessions/{training.id}/modality"
    assert f"{at}" in page.get(f"/sessions/{training.id}").response.text
    shown = page.get(at).text
    for words in ("Whom it affects", "2 half-days", "Golden Mill", "1 person has a seat", "Nobody of Golden Mill gets mail", "By link"):
        assert words in shown
    assert "1 half-day" in page.get(f"{at}?numbers=2&modality=virtual").text
    for odd in ("?modality=telepathy", "?numbers=x&modality=virtual", "?numbers=99&modality=in_person", "?modality="):
        assert page.get(at + odd).status == 200, odd
    form = {"numbers": [2, 3], "modality": "virtual", "join_url": LINK}
    for bad in ({"numbers": []}, {"numbers": [1]}, {"numbers": [99]}, {"join_url": ""}, {"join_url": "ftp://x"}, {"modality": "telepathy"}):
        assert page.post(at, form | bad).status == 422, bad
    for _ in range(2):
        assert page.post(at, form).status == 303
    db.session.expire_all()
    assert [m.modality for m in training.meetings] == [IN_PERSON, VIRTUAL, VIRTUAL]
    assert page.get(at).status == 200
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert point.get(at).status in {403, 404}


def test_a_factory_in_person_and_one_that_waits_never_see_the_link(browse: Browse, teacher: Account) -> None:
    here, waits, joins = factories.factory(), factories.factory(), factories.factory()
    training = make.training(trainers=[teacher], days=(7,), state=TrainingState.CONFIRMED)
    make.seat(training, here)
    make.seat(training, waits, kind=SiteKind.REMOTE, state=SeatState.WAIT_LISTED)
    make.seat(training, joins, kind=SiteKind.REMOTE)
    points = [browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)) for factory in (here, waits, joins)]
    seen = [make.LINK in point.get(f"/sessions/{training.id}").response.text for point in points]
    assert seen == [False, False, True]
    training.meetings[0].starts_at = now() + timedelta(days=1)
    operations.switch_modality(accounts.actor(teacher), training.id, [1], VIRTUAL, LINK)
    db.session.commit()
    seen = [LINK in point.get(f"/sessions/{training.id}").response.text for point in points]
    assert seen == [True, False, True], "by link alone everybody with a seat joins so"
