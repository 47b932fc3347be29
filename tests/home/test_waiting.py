"""What waits in quizzes stands on the start page of those who run them, however long they have done so."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.courses.models import Unit
from app.platform.clock import now
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Attempt, LateAnswer
from app.quizzes.regrading.queries.desk import to_grade
from app.quizzes.rules import Late
from app.sessions.models import Trainer
from tests.browse import Browse, Reply
from tests.make import accounts, factories, followups, quizzes
from tests.make.statements import counted

OPEN = "::q1:: [plain] Why do doors stay open? {}\n\n::q2:: [plain] Yes? {T}"


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(source=OPEN)


@pytest.fixture
def trainer(room: quizzes.Room) -> Account:
    """Whoever teaches it."""
    account = accounts.account(Role.TRAINER, programme=room.training.programme)
    db.session.add(Trainer(training_id=room.training.id, account_id=account.id))
    db.session.flush()
    return account


def hand_in(room: quizzes.Room, person: object = None) -> Attempt:
    actor = quizzes.actor(person or room.person, room.training)  # type: ignore[arg-type]
    attempt = operations.start(actor, unit_id=room.unit_id)
    operations.answer(actor, attempt.id, room.questions[0].id, ["To get out."], 0)
    operations.submit(actor, attempt.id)
    return attempt


def come_late(room: quizzes.Room, attempt: Attempt) -> None:
    late = LateAnswer(
        attempt_id=attempt.id, question_id=room.questions[1].id, choice=["0"], arrived_at=now(), why=Late.AFTER_HANDING_IN
    )
    db.session.add(late)
    db.session.flush()


def links(page: Reply) -> list[str]:
    return [link.get("href") or "" for link in page.all("a")]


def test_answers_to_grade_and_late_ones_are_a_tap_away(browse: Browse, room: quizzes.Room, trainer: Account) -> None:
    quiz = f"/sessions/{room.training.id}/quizzes/{room.unit_id}"
    page = browse.as_account(trainer).get("/")
    assert "No answer waits for you." in page.text
    assert "/follow-ups" in links(page)
    come_late(room, hand_in(room))
    hand_in(room, room.another())
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme)
    for who in (trainer, manager):
        page = browse.as_account(who).get("/")
        assert "Grade 2 open answers" in page.text and "Decide on 1 late answer" in page.text
        assert {f"{quiz}/grading", f"{quiz}/late"} <= {*links(page)}


def test_nobody_else_is_told(browse: Browse, room: quizzes.Room, trainer: Account) -> None:
    come_late(room, hand_in(room))
    for who in (
        accounts.account(Role.TRAINER, programme=room.training.programme),
        accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("ELSE")),
        accounts.account(Role.ADVISOR, programme=room.training.programme),
        accounts.account(Role.FOCAL_POINT, factory=room.factory),
    ):
        page = browse.as_account(who).get("/")
        assert "open answer" not in page.text and "late answer" not in page.text
        assert "/follow-ups" in links(page), "the way to who is still to answer"


def test_practice_waits_for_nobody(room: quizzes.Room, trainer: Account) -> None:
    come_late(room, hand_in(room))
    actor = accounts.actor(trainer)
    assert [(each.waiting, each.late) for each in to_grade(actor, 6, taught_only=True)] == [(1, 1)]
    db.session.get_one(Unit, room.unit_id).rules = {"practice": True}
    db.session.flush()
    assert to_grade(actor, 6, taught_only=True) == []


def test_follow_ups_that_lack_answers_are_named(browse: Browse, app: Flask) -> None:
    made = followups.followed(2)
    followups.planned(made.training, made.later_id) if made.plan(followups.QuizPhase.FOLLOW_UP) is None else None
    plan = made.plan(followups.QuizPhase.FOLLOW_UP)
    assert plan is not None
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=made.training.programme))
    where = f"/sessions/{made.training.id}/follow-ups/{made.later_id}"
    assert where not in links(trainer.get("/"))
    plan.opens_at = plan.opened_at = now()
    plan.closes_at = now() + followups.OPEN_FOR
    db.session.flush()
    page = trainer.get("/")
    assert where in links(page)
    assert "2 of 2 still to answer" in page.text


def test_what_was_graded_costs_nothing(room: quizzes.Room, trainer: Account) -> None:
    """One statement, which begins with what is not graded or not decided and looks the rest up."""
    come_late(room, hand_in(room))
    actor = accounts.actor(trainer)
    with counted() as statements:
        to_grade(actor, 6, taught_only=True)
    assert len(statements) == 1
    if db.session.get_bind().dialect.name != "sqlite":
        return
    values = tuple(None for _ in range(statements[0].count("?")))
    plan = [row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", values)]
    assert any("attempt USING INDEX ix_attempt_state_deadline" in step for step in plan), plan
    assert any("late_answer USING" in step and "ix_late_answer_undecided" in step for step in plan), plan
    assert not any(step.startswith("SCAN") and step.split()[1] in {"attempt", "answer", "question"} for step in plan), plan


def test_a_plan_that_is_over_is_not_looked_at(app: Flask) -> None:
    names = {each["name"] for each in sa.inspect(db.session.connection()).get_indexes("quiz_plan")}
    assert "ix_quiz_plan_closes_at" in names
