"""Drills of a factory: entered, counted, taken back."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.drills import operations, queries
from app.improvement.drills.events import DrillHeld, DrillWithdrawn
from app.improvement.drills.models import Drill
from app.improvement.drills.operations import Said
from app.improvement.drills.rules import DrillKind, Learnt, Shift
from app.platform import bus
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.browse import Browse
from tests.make import accounts, ambassadors, factories, lessons

TODAY = today("Asia/Phnom_Penh")
TOMORROW = TODAY + timedelta(days=2)
"""Whenever the test ends."""


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


def said(**values: Any) -> Said:
    return Said(**{"sent_id": "a" * 32, "kind": DrillKind.FIRE, "held_on": TODAY, "shift": Shift.DAY, "people": 400, **values})


def test_a_drill_is_told_once_and_taken_back_by_another_row(factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(bus, "_handlers", {DrillHeld: [told.append], DrillWithdrawn: [told.append]})
    row = operations.enter(SYSTEM, "F-1", said(learnt=[Learnt.EXIT_LOCKED]))
    assert operations.enter(SYSTEM, "F-1", said()) is row
    assert queries.days_held([factory.id], date(2026, 1, 1), TODAY) == {(factory.id, DrillKind.FIRE): [TODAY]}
    gone = operations.withdraw(SYSTEM, "F-1", row.id)
    assert operations.withdraw(SYSTEM, "F-1", row.id) is gone
    assert told == [DrillHeld(row.id), DrillWithdrawn(gone.id)]
    assert queries.days_held([factory.id], date(2026, 1, 1), TODAY) == queries.last_held(factory.id) == {}
    assert (row.people, row.learnt) == (400, ["exit_locked"])
    with pytest.raises(NotFound):
        operations.withdraw(SYSTEM, "F-1", gone.id)


def test_what_is_refused(factory: Factory) -> None:
    with pytest.raises(Refused, match="not come yet"):
        operations.enter(SYSTEM, "F-1", said(held_on=TOMORROW))
    other = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factories.factory("F-2")))
    with pytest.raises(NotFound):
        operations.enter(other, "F-1", said())
    operations.enter(SYSTEM, "F-1", said())
    with pytest.raises(Refused, match="sent before"):
        operations.enter(SYSTEM, "F-2", said())
    assert db.session.query(Drill).count() == 1


def test_a_factory_enters_a_drill_with_a_photo(factory: Factory, browse: Browse) -> None:
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    page = focal.get("/factories/F-1/drills")
    assert "No drill is entered yet" in page.text
    action, data = "/factories/F-1/drills", {
        "kind": "fire", "held_on": TODAY.isoformat(), "shift": "day", "people": "1 240", "minutes": "3",
        "learnt": ["exit_blocked", "count_not_right"],
    }
    assert "Write a whole number." in focal.post(action, data).text
    data["people"], data["evidence"] = "١٢٤٠", (BytesIO(lessons.photo(mark="zqphone")), "list.jpg")
    assert focal.post(action, data, content_type="multipart/form-data").status == 303
    row = db.session.query(Drill).one()
    assert (row.people, row.minutes, row.learnt) == (1240, 3, ["exit_blocked", "count_not_right"])
    shown = focal.get("/factories/F-1/drills")
    assert "An exit or aisle was blocked" in shown.text
    photo = focal.get(f"/factories/F-1/drills/{row.id}/photo").response
    assert (photo.mimetype, b"zqphone" in photo.data) == ("image/jpeg", False)
    table = focal.get("/factories/F-1/drills/table.csv").response.get_data().decode("utf-8-sig")
    assert ",Fire drill,Day shift,1240,3" in table
    assert "No drill" in focal.get("/factories/F-1/drills?kind=first_aid").text
    assert focal.post(f"/factories/F-1/drills/{row.id}/withdrawal").status == 303
    assert focal.get("/factories/F-1/drills").text.count("Fire drill") == page.text.count("Fire drill")


def test_who_only_reads_has_no_form(factory: Factory, browse: Browse) -> None:
    ambassadors.drill(factory)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    page = trainer.get("/factories/F-1/drills")
    assert "An exit or aisle was blocked" in page.text
    assert "Enter a drill" not in page.text
    assert trainer.post("/factories/F-1/drills", {}).status == 404
