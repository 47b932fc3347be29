"""The trainer's pages of observed tasks."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.platform.db import db
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import AttemptState
from tests.browse import Browse, fill
from tests.make import accounts, factories, quizzes
from tests.make.statements import counted

SOURCE = """// [tag:observed]
::t:: Put out the fire {
~%50%Looks for the way out
~%50%Aims low
}

::q:: How many exits? {#2}
"""


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(source=SOURCE)


@pytest.fixture
def trainer(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))


def place(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}"


def test_a_trainer_finds_the_people_and_ticks_what_was_seen(trainer: Browse, room: quizzes.Room) -> None:
    page = trainer.get(place(room))
    assert f"{place(room)}/observed" in [link.get("href") for link in page.all("a")]
    people = trainer.get(f"{place(room)}/observed")
    assert "0 of 1 noted" in people.text
    address = f"{place(room)}/observed/{room.person.id}"
    page = trainer.get(address)
    assert "Not noted yet" in page.text
    where, data = fill(page, f"/{room.questions[0].id}", seen=["1"])
    assert trainer.post(where, data).location == address
    page = trainer.get(address)
    assert [box.get("value") for box in page.all("input") if "checked" in box.attrib] == ["1"]
    assert "1 of 1 noted" in trainer.get(f"{place(room)}/observed").text
    answer = db.session.query(Answer).one()
    assert (answer.choice, answer.account_id is not None) == (["1"], True)
    stale = trainer.post(where, {**data, "seen": ["0"]})
    assert stale.status == 409
    assert "Somebody noted something else meanwhile" in stale.text
    assert trainer.post(where, {**data, "seen": ["x"], "revision": "1"}).status == 409


def test_what_was_seen_is_not_changed_after_the_result(trainer: Browse, room: quizzes.Room, browse: Browse) -> None:
    phone = browse.as_person(room.person.id, room.training.id)
    phone.post("/attempts")
    attempt = db.session.query(Attempt).filter_by(person_id=room.person.id).one()
    phone.post(f"/attempts/{attempt.id}/submission")
    address = f"{place(room)}/observed/{room.person.id}"
    where, data = fill(trainer.get(address), f"/{room.questions[0].id}", seen=["0", "1"])
    trainer.post(where, data)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score) == (AttemptState.GRADED, 1)
    assert "does not change any more" in trainer.get(address).text
    assert trainer.post(where, {**data, "seen": [], "revision": "1"}).status == 409


def test_nobody_else_gets_there(browse: Browse, room: quizzes.Room) -> None:
    address = f"{place(room)}/observed"
    others = [
        accounts.account(Role.FOCAL_POINT, factory=room.factory), accounts.account(Role.ADVISOR, programme=room.training.programme),
        accounts.account(Role.TRAINER, programme=factories.programme("XX")),
    ]  # fmt: skip
    for other in others:
        assert browse.as_account(other).get(address).status in {403, 404}
    assert browse.as_person(room.person.id, room.training.id).get(address).status in {403, 404}


def test_the_list_asks_no_more_the_more_people_there_are(trainer: Browse, room: quizzes.Room) -> None:
    address = f"{place(room)}/observed"
    trainer.get(address)
    with counted() as few:
        trainer.get(address)
    for _ in range(5):
        room.another()
    db.session.commit()
    with counted() as many:
        trainer.get(address)
    assert len(many) == len(few)
