"""Helpers of one training session: asked by who teaches it, there on its days, and nowhere else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.accounts.queries import grants_of
from app.platform.db import db
from app.quizzes import operations as quizzes_verbs
from app.sessions import operations
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.rules.helping import days
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import quizzes as quiz_rooms
from tests.make import sessions as make
from tests.make.staff import links

GUEST = {"email": "zoe@guests.example", "name": "Zoe", "language": "en", "role": "check_in_helper"}
TODAY = datetime.now(UTC).date()


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


def _training(trainer: Account, *on: int) -> TrainingSession:
    return make.training(trainers=[trainer], state=TrainingState.CONFIRMED, days=on or (0, 1))


def _granted(training: TrainingSession) -> list[RoleGrant]:
    return db.session.query(RoleGrant).filter_by(training_id=training.id).order_by(RoleGrant.id).all()


@pytest.mark.any_engine
def test_the_days_are_those_of_utc() -> None:
    evening = datetime(2026, 3, 1, 22, tzinfo=UTC)
    assert days([(evening, evening + timedelta(hours=4))]) == (date(2026, 3, 1), date(2026, 3, 3))


def test_a_trainer_asks_somebody_who_gets_a_mail_and_calls_the_roll(browse: Browse, trainer: Account) -> None:
    training, other = _training(trainer), _training(trainer)
    factory = factories.factory()
    person = factories.person(factory, name="Sok Dara")
    make.seat(training, factory, person)
    as_trainer = browse.as_account(trainer)
    assert f"/sessions/{training.id}/helpers" in as_trainer.get(f"/sessions/{training.id}").response.text
    assert "Nobody helps yet" in as_trainer.get(f"/sessions/{training.id}/helpers").text
    assert as_trainer.post(f"/sessions/{training.id}/helpers", GUEST).status == 303
    page = as_trainer.get(f"/sessions/{training.id}/helpers").text
    assert "Zoe" in page and "Check-in helper" in page and links()
    [grant] = _granted(training)
    assert grant.programme_id == training.programme_id
    assert (grant.starts_on, grant.ends_on) == (TODAY, TODAY + timedelta(days=2))

    helper = browse.as_account(db.session.get_one(Account, grant.account_id))
    assert "Roll call" in helper.get("/").text
    roll_call = f"/sessions/{training.id}/meetings/1/marks"
    assert "Sok Dara" in helper.get(roll_call).text
    assert helper.post(f"{roll_call}/{person.id}", {"mark": "present"}).status == 303
    for address in (
        f"/sessions/{other.id}", f"/sessions/{other.id}/meetings/1/marks", f"/sessions/{other.id}/kiosk",
        f"/sessions/{training.id}/helpers", f"/factories/{factory.code}", "/accounts", "/coverage",
        f"/factories/{factory.code}/people/{person.id}/pin",
    ):
        assert helper.get(address).status == 404, address
    assert helper.post(f"/sessions/{training.id}/cancellation", {"reason": "No"}).status == 404
    assert other.code not in helper.get("/sessions").text


def test_a_helper_sees_no_results_and_starts_the_kiosk(browse: Browse) -> None:
    room = quiz_rooms.room()
    attempt = quizzes_verbs.start(room.actor)
    quizzes_verbs.submit(room.actor, attempt.id)
    as_helper = browse.as_account(accounts.account(Role.CHECK_IN_HELPER, training=room.training))
    page = as_helper.get(f"/sessions/{room.training.id}")
    assert room.person.name in page.text
    assert "Shared tablet" in page.text
    assert "Not yet" not in page.text and "%" not in page.text
    assert as_helper.get(f"/sessions/{room.training.id}/quizzes/{room.unit_id}").status == 404
    assert as_helper.post(f"/sessions/{room.training.id}/kiosk").location == "/kiosk"
    assert room.person.name in as_helper.get("/kiosk").text


def test_before_and_after_the_days_it_is_no_role(browse: Browse, trainer: Account) -> None:
    training = _training(trainer, 3)
    browse.as_account(trainer).post(f"/sessions/{training.id}/helpers", GUEST)
    [grant] = _granted(training)
    assert grant.starts_on == TODAY + timedelta(days=3) and grants_of(grant.account_id) == ()
    helper = browse.as_account(db.session.get_one(Account, grant.account_id))
    assert "You have no role yet" in helper.get("/").text
    assert helper.get(f"/sessions/{training.id}").status == 404


def test_a_moved_half_day_moves_the_helpers_too(browse: Browse, trainer: Account) -> None:
    training = _training(trainer, 3, 5)
    as_trainer = browse.as_account(trainer)
    for guest in (GUEST, {**GUEST, "email": "yan@guests.example"}):
        as_trainer.post(f"/sessions/{training.id}/helpers", guest)
    as_trainer.post(f"/sessions/{training.id}/helpers/{_granted(training)[1].id}/withdrawal")
    operations.move_meeting(accounts.actor(trainer), training.id, 2, make.half_day(9).when)
    first, second = _granted(training)
    assert (first.starts_on, first.ends_on) == (TODAY + timedelta(days=3), TODAY + timedelta(days=10))
    assert second.ends_on == TODAY, "who was withdrawn stays so"
    operations.cancel_meeting(accounts.actor(trainer), training.id, 1)
    assert _granted(training)[0].starts_on == TODAY + timedelta(days=9)


def test_a_dismissed_helper_is_out_at_once(browse: Browse, trainer: Account) -> None:
    training = _training(trainer)
    as_trainer = browse.as_account(trainer)
    as_trainer.post(f"/sessions/{training.id}/helpers", GUEST)
    [grant] = _granted(training)
    helper = browse.as_account(db.session.get_one(Account, grant.account_id))
    assert helper.get(f"/sessions/{training.id}").status == 200
    assert as_trainer.post(f"/sessions/{training.id}/helpers/{grant.id}/withdrawal").status == 303
    assert helper.get(f"/sessions/{training.id}").status == 404
    assert "Zoe" not in as_trainer.get(f"/sessions/{training.id}/helpers").text
    assert grants_of(grant.account_id) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": "trainer"}, "Not a valid choice"), ({"role": "administrator"}, "Not a valid choice"),
        ({"email": "zoe"}, "This is not an e-mail address."), ({"name": " "}, "Enter a name."),
    ],
)
def test_what_cannot_be_asked(browse: Browse, trainer: Account, changes: dict[str, str], says: str) -> None:
    training = _training(trainer)
    reply = browse.as_account(trainer).post(f"/sessions/{training.id}/helpers", {**GUEST, **changes})
    assert reply.status == 422 and says in reply.text
    assert _granted(training) == []


def test_only_who_teaches_it_and_the_staff_ask(browse: Browse, trainer: Account) -> None:
    training, programme = _training(trainer), factories.programme()
    own = browse.as_account(trainer).post(f"/sessions/{training.id}/helpers", {**GUEST, "email": trainer.email})
    assert own.status == 422 and "your own roles" in own.text
    colleague = browse.as_account(accounts.account(Role.TRAINER, programme=programme))
    for who in (colleague, browse.as_account(accounts.account(Role.ADVISOR, programme=programme))):
        assert who.get(f"/sessions/{training.id}/helpers").status == 404
        assert who.post(f"/sessions/{training.id}/helpers", GUEST).status == 404
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    assert manager.post(f"/sessions/{training.id}/helpers", GUEST).status == 303
    over = _training(trainer, -3)
    late = manager.post(f"/sessions/{over.id}/helpers", GUEST)
    assert late.status == 422 and "is over" in late.text


def test_an_ambassador_sees_the_own_factory_and_marks_only_where_asked(browse: Browse, trainer: Account) -> None:
    own, twin = factories.factory(), factories.factory()
    mine, theirs = factories.person(own, name="Own Person"), factories.person(twin, name="Twin Person")
    given, not_given, strange = (_training(trainer, on) for on in (1, 2, 3))
    for training in (given, not_given):
        make.seat(training, own, mine)
    for training in (not_given, strange):
        make.seat(training, twin, theirs)
    strange.state = TrainingState.CLOSED
    account = accounts.account(Role.FACTORY_AMBASSADOR, factory=own)
    accounts.grant(account, Role.FACTORY_AMBASSADOR, training=given)
    ambassador = browse.as_account(account)
    start = ambassador.get("/").text
    assert "Roll call" in start and "Training sessions with your colleagues" in start
    assert "Own Person" in ambassador.get(f"/factories/{own.code}/people").text
    page = ambassador.get(f"/sessions/{not_given.id}").text
    assert "Own Person" in page and "Twin Person" not in page
    assert "Own Person" in ambassador.get(f"/sessions/{given.id}/meetings/1/marks").text
    assert ambassador.get(f"/sessions/{not_given.id}/meetings/1/marks").status == 404
    for address in (
        f"/sessions/{strange.id}", f"/factories/{twin.code}", f"/factories/{own.code}/people/{mine.id}/pin",
        f"/factories/{own.code}/roster", f"/sessions/{not_given.id}/nominations", f"/coverage/{own.code}",
    ):
        assert ambassador.get(address).status == 404, address
    assert ambassador.post(f"/factories/{own.code}/certificates.zip").status == 404
