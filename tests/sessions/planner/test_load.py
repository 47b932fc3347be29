"""How much trainers have to do."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.roles import Role
from app.accounts.models import Account
from app.platform.db import db
from app.sessions.planner.loads import Taught, load
from app.sessions.registers.models import Absence
from app.sessions.rules import MeetingState, Modality, TrainingState
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.statements import counted
from tests.sessions.planner.test_calendar import at

DAY = date(2030, 5, 15)
START = datetime(2030, 5, 15, 1, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 480), st.sampled_from(Modality), st.sampled_from(TrainingState)), max_size=20))
def test_hours_add_up(rows: list[tuple[int, int, Modality, TrainingState]]) -> None:
    found = load([Taught(1, training, START, START + timedelta(minutes=minutes), modality, state) for training, minutes, modality, state in rows])
    assert found.half_days == len(rows) and found.trainings == len({row[0] for row in rows})
    assert found.hours == pytest.approx(sum(found.of(each) for each in Modality)) == pytest.approx(sum(row[1] for row in rows) / 60)
    assert 0 <= found.not_firm <= found.hours + 1e-9


@pytest.fixture
def thida(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme(), name="Thida")


@pytest.fixture
def planner(browse: Browse, thida: Account) -> Browse:
    idle = accounts.account(Role.TRAINER, programme=factories.programme(), name="Bopha")
    confirmed = at(make.training(trainers=[thida], state=TrainingState.CONFIRMED, modality=Modality.IN_PERSON, days=[7, 8]), DAY)
    at(confirmed, date(2030, 5, 31), hour=20, number=2)
    at(make.training(trainers=[thida], state=TrainingState.DRAFT, modality=Modality.VIRTUAL, days=[7]), DAY, hour=13)
    at(make.training(trainers=[thida], state=TrainingState.CANCELLED, days=[7]), DAY)
    at(make.training(trainers=[thida], days=[7, 9]), DAY).meetings[0].state = MeetingState.CANCELLED
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"], name={"en": "Bangladesh"})
    at(make.training(programme=abroad, trainers=[thida], days=[7]), DAY)
    db.session.add(Absence(account_id=idle.id, starts_on=date(2030, 4, 30), ends_on=date(2030, 5, 3)))
    db.session.add(Absence(account_id=idle.id, starts_on=date(2030, 5, 30), ends_on=date(2030, 6, 3)))
    db.session.flush()
    return browse.as_account(idle)


def table(planner: Browse, question: str) -> list[list[str]]:
    reply = planner.get(f"/sessions/load/table.csv?{question}")
    assert reply.response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(reply.response.data.decode("utf-8-sig"))))[1:]


def test_a_month_and_a_week(planner: Browse, thida: Account) -> None:
    assert table(planner, f"day={DAY}") == [
        ["Bopha", "0", "0", "0", "0", "0", "0", "0", "5"],
        ["Thida", "3", "12.0", "8.0", "4.0", "0", "4.0", "2", "0"],
    ]
    assert [row[1] for row in table(planner, f"view=week&day={DAY}")] == ["0", "2"]
    assert [row[0] for row in table(planner, f"day={DAY}&trainer={thida.id}")] == ["Thida"]
    assert [row[1] for row in table(planner, "day=2030-06-01")] == ["0", "0"]


def test_the_page_has_bars_and_the_same_numbers(planner: Browse) -> None:
    reply = planner.get(f"/sessions/load?day={DAY}")
    assert "8 in person, 4 by link, 0 both" in reply.text and "May 2030" in reply.text
    assert [rect.get("class") for rect in reply.all("{http://www.w3.org/2000/svg}rect") if rect.get("class")] == ["mark-patch", "now", "plain"]
    assert f"/sessions/load/table.csv?view=month&day={DAY}" in [a.get("href") for a in reply.all("a")]


def test_it_is_for_planners(browse: Browse, planner: Browse) -> None:
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    assert speaker.get("/sessions/load").status == 404 and speaker.get("/sessions/load/table.csv").status == 404
    assert "Bangladesh" not in planner.get("/sessions/load?programme=BD").text


def test_the_same_few_statements(planner: Browse, thida: Account) -> None:
    with counted() as few:
        planner.get(f"/sessions/load?day={DAY}")
    for number in range(5):
        teacher = accounts.account(Role.TRAINER, programme=factories.programme())
        at(make.training(trainers=[thida, teacher], days=[7]), DAY, hour=8 + number)
    with counted() as many:
        planner.get(f"/sessions/load?day={DAY}")
    assert len(many) == len(few) <= 8
