"""How often may be delivered: never too seldom for an honest phone."""

import pytest

from app.attendance.kit import limits
from app.attendance.kit.models import KitReceipt
from app.platform.clock import now
from app.platform.db import db
from app.platform.web.throttle import RateCounter
from tests.attendance.kit.conftest import Trainer
from tests.attendance.kit.phone import Phone

TAPS = 3 * 60 * 2
"""Of an hour: three groups of 60, everybody marked twice."""
SHEETS = 3 * 3 * 2 * 8
"""Of three days with three training sessions of two half-days: eight pages each."""


def _body(trainer: Trainer) -> dict[str, object]:
    return trainer.phone.body([trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)])


def _spent(key: str, tries: int) -> None:
    db.session.query(RateCounter).filter(RateCounter.key.startswith(key)).update({"tries": tries}, synchronize_session=False)
    db.session.flush()


def test_an_honest_phone_is_far_from_every_limit() -> None:
    assert TAPS * 2 < limits.IN_AN_HOUR < limits.OF_AN_ACCOUNT, "each tap sent by itself, and half of the answers lost"
    assert SHEETS * 2 <= limits.PHOTOS_A_DAY


def test_three_days_of_three_sessions_come_in_at_once(trainer: Trainer) -> None:
    """All that a trainer marked in three days, in the batches in which the kit sends it, and once more for lost answers."""
    meeting, people = trainer.hall.meetings[1].id, [person.id for person in trainer.hall.people]
    for _ in range(2 * 3 * 3 * 2 * 60 // 200):
        trainer.phone.begin()
        assert trainer.post(trainer.phone.body([trainer.phone.mark(meeting, person) for person in people])).status == 200
    [of_phone] = db.session.query(RateCounter).filter(RateCounter.key.startswith("kit-phone:"))
    assert of_phone.tries < limits.IN_AN_HOUR / 50


@pytest.mark.parametrize(("key", "most"), [("kit-phone:", limits.IN_AN_HOUR), ("kit-account:", limits.OF_AN_ACCOUNT)])
def test_too_many_deliveries_are_asked_to_wait_and_lose_nothing(trainer: Trainer, key: str, most: int) -> None:
    assert trainer.post(_body(trainer)).status == 200
    body = _body(trainer)
    _spent(key, most)
    reply = trainer.post(body)
    assert (reply.status, reply.response.json) == (429, {"error": "later"})
    assert 0 < int(reply.response.headers["Retry-After"]) <= 3600
    assert db.session.query(KitReceipt).count() == 1
    db.session.query(RateCounter).update({"window_ends_at": now()})  # the hour is over
    db.session.flush()
    assert trainer.post(body).status == 200
    assert db.session.query(KitReceipt).count() == 2


def test_another_phone_of_the_account_is_not_stopped_by_this_one(trainer: Trainer) -> None:
    assert trainer.post(_body(trainer)).status == 200
    _spent("kit-phone:", limits.IN_AN_HOUR)
    assert trainer.post(_body(trainer)).status == 429
    other = Trainer(trainer.outside.app, trainer.hall)
    assert other.post(_body(other)).status == 200


def test_strangers_count_nothing(trainer: Trainer) -> None:
    body = _body(trainer)
    for wrong in ({"pass": Phone().word}, {"device": Phone().device}, {"pass": None}):
        assert trainer.post({**body, **wrong}).status == 401
    assert db.session.query(RateCounter).filter(RateCounter.key.startswith("kit")).count() == 0


def test_no_key_of_a_counter_names_the_phone(trainer: Trainer) -> None:
    trainer.post(_body(trainer))
    assert not [row.key for row in db.session.query(RateCounter) if trainer.phone.device in row.key]
