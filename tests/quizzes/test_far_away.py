"""Nobody is kept out by tries from afar: only who knows the code of a room, or stands at its tablet, counts there."""

import pytest
from flask import Flask

from app.accounts import throttles
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.web.throttle import RateCounter, sweep
from tests.browse import Browse
from tests.make import factories, quizzes


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room()


def test_without_the_code_nobody_is_counted_out(browse: Browse, room: quizzes.Room) -> None:
    for code in ("NOSUCH", "NOSUCH", room.training.code):
        stranger = Browse(browse.app)
        other = factories.person(factories.factory())
        named = room.person.id if code == "NOSUCH" else other.id
        assert stranger.post(f"/join/{code}", {"person": str(named), "pin": "0000"}).status == 404
    counted = {row.key for row in db.session.query(RateCounter)}
    assert not any(key.startswith("pin:") for key in counted), counted


def test_an_eager_device_does_not_use_up_its_network(browse: Browse) -> None:
    answers = [browse.get("/join/NOSUCH").status for _ in range(throttles.DOORS_OF_A_DEVICE + 9)]
    assert answers.count(429) == 9
    [network] = db.session.query(RateCounter).filter(RateCounter.key.startswith("join-network:"))
    assert network.tries == throttles.DOORS_OF_A_DEVICE
    sweep().write()
    assert db.session.query(RateCounter).count() > 0
    with telling(now() + throttles.WINDOW):
        sweep().write()
    assert db.session.query(RateCounter).count() == 0, "what counts for nothing any more is not kept"
