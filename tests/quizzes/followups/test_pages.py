"""Pages about quizzes before and after training sessions."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.rules import QuizPhase
from app.platform.clock import now
from app.quizzes.followups import operations
from tests.browse import Browse
from tests.make import accounts, factories, followups, sessions


@pytest.fixture
def room(app: Flask) -> followups.Followed:
    """The quiz before is open; one of three has answered."""
    room = followups.followed(3, days=(3, 4))
    plan = room.plan(QuizPhase.PRE)
    assert plan is not None
    operations.open_planned(plan.id)
    room.answer(0)
    return room


def address(room: followups.Followed) -> str:
    return f"/sessions/{room.training.id}/follow-ups/{room.pre_id}"


def test_a_trainer_sees_who_is_missing(browse: Browse, room: followups.Followed) -> None:
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    assert "1 of 3 answered" in trainer.get(f"/sessions/{room.training.id}").text
    page = trainer.get(address(room))
    assert page.text.count("Not answered yet") == 2
    assert "Answered" in page.text
    assert room.training.code in page.text


def test_the_list_is_filtered_by_its_address(browse: Browse, room: followups.Followed) -> None:
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme))
    for stage, unit_id in (("open", room.pre_id), ("coming", room.later_id), ("past", None), ("forged", room.pre_id)):
        links = [link.get("href") for link in advisor.get(f"/follow-ups?stage={stage}&page=x").all("a")]
        for each in (room.pre_id, room.later_id):
            assert (f"/sessions/{room.training.id}/follow-ups/{each}" in links) is (each == unit_id)


def test_what_was_missed_is_counted(browse: Browse, room: followups.Followed) -> None:
    plan = room.plan(QuizPhase.PRE)
    assert plan is not None
    plan.closes_at = now() - timedelta(minutes=1)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme))
    page = advisor.get("/follow-ups?stage=past")
    assert "Missed" in page.text
    assert [cell.text for cell in page.all("td") if cell.get("data-label") == "Missed"] == ["2"]


def test_a_factory_sees_its_own_people_and_no_score(browse: Browse, room: followups.Followed) -> None:
    other = factories.factory()
    stranger = factories.person(other, name="Zqstranger", local_name=None)
    sessions.seat(room.training, other, stranger)
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    assert "2 of 3 still to answer by" in speaker.get("/").text
    assert "2 of 3 still to answer by" in speaker.get(f"/factories/{room.factory.code}/followups").text
    page = speaker.get(address(room))
    assert "Zqstranger" not in page.response.text
    assert room.people[0].name in page.text
    assert "%" not in page.text
    strangers = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    assert "still to answer" not in strangers.get("/").text


def test_nothing_is_left_to_say_when_all_have_answered(browse: Browse, room: followups.Followed) -> None:
    room.answer(1)
    room.answer(2)
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    assert "still to answer by" not in speaker.get("/").text


def test_there_is_no_page_of_a_quiz_without_a_plan(browse: Browse, room: followups.Followed) -> None:
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    assert trainer.get(f"/sessions/{room.training.id}/follow-ups/999999").status == 404
