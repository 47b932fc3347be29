"""The quiz in the training room: the code on the wall, the live count, the results."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import Unit
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.labels import in_sentences
from app.quizzes.models import QuizWindow
from app.quizzes.rules import policy_from
from tests.browse import Browse
from tests.make import accounts, courses, factories, quizzes, sessions
from tests.make.statements import counted


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(is_open=False)


def trainer_of(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))


def address(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}"


def finish(room: quizzes.Room, options: tuple[int, ...], person: object = None) -> None:
    actor = quizzes.actor(person or room.person, room.training)
    attempt = operations.start(actor)
    for question, option in zip(room.questions, options, strict=False):
        operations.answer(actor, attempt.id, question.id, [quizzes.names(attempt, question)[option]], 0)
    operations.submit(actor, attempt.id)


def test_a_trainer_opens_the_quiz_shows_the_code_and_closes_it(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    assert "Not opened yet" in trainer.get(f"/sessions/{room.training.id}").text
    assert room.training.code not in trainer.get(address(room)).text
    assert trainer.post(f"{address(room)}/window", {"minutes": "30"}).location == address(room)
    reply = trainer.get(address(room))
    assert "The quiz is open." in reply.text
    assert room.training.code in reply.text
    assert f"http://localhost/join/{room.training.code}" in reply.response.text
    assert any(image.get("src").startswith("data:image/svg+xml") for image in reply.all("img"))
    assert "Open until" in trainer.get(f"/sessions/{room.training.id}").text
    assert trainer.post(f"{address(room)}/window/closing").status == 303
    reply = trainer.get(address(room))
    assert "The quiz is closed." in reply.text
    assert room.training.code not in reply.text


def test_the_count_is_live_and_stops_when_the_quiz_is_closed(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    second = room.another()
    trainer.post(f"{address(room)}/window", {"minutes": "30"})
    assert "0 of 2" in trainer.get(address(room)).text
    finish(room, (0, 0, 0))
    reply = trainer.get(f"{address(room)}/finished", headers={"HX-Request": "true"})
    assert "1 of 2" in reply.text
    assert 'hx-trigger="every 5s"' in reply.response.text
    finish(room, (1,), second)
    trainer.post(f"{address(room)}/window/closing")
    reply = trainer.get(f"{address(room)}/finished", headers={"HX-Request": "true"})
    assert "2 of 2" in reply.text
    assert "hx-get" not in reply.response.text


def test_the_page_goes_from_now_to_the_rules_and_names_everybody_once(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    trainer.post(f"{address(room)}/window", {"minutes": "30"})
    finish(room, (0, 0, 2))
    operations.start(quizzes.actor(room.another(name="Second Person"), room.training))
    page = trainer.get(address(room))
    headings = ["Now", "What waits for you", "Other ways to take this quiz", "Results", "Rules of this quiz"]
    assert ["".join(each.itertext()).strip() for each in page.all("h2") if "".join(each.itertext()).strip() in headings] == headings
    assert len(page.all("table")) == 1
    assert page.text.count("Second Person") == 1
    assert "0 not begun, 1 answering, 1 handed in." in page.text
    [row] = [words for each in page.all("tr") if "Second Person" in (words := "".join(each.itertext()))]
    assert all(words in row for words in ("Answering now", "0 of 3"))
    ways = [link.get("href") for link in page.all("a")]
    assert {f"{address(room)}/aloud", f"{address(room)}/sheets", f"{address(room)}/allowances"} <= {*ways}
    assert any("kiosk" in (way or "") for way in ways)
    live = trainer.get(f"{address(room)}/finished", headers={"HX-Request": "true"})
    assert all(words in live.text for words in ("Second Person", "83%", "Passed", "1 answering"))


def test_the_rules_stand_on_the_page_in_sentences(browse: Browse, room: quizzes.Room) -> None:
    unit = db.session.get_one(Unit, room.unit_id)
    unit.rules, unit.blueprint = {"attempts": 2, "limit_minutes": 20}, {"first": 1}
    for question in room.questions[:2]:
        question.part = "first"
    text = trainer_of(browse, room).get(address(room)).text
    for sentence in (
        "2 attempts. The best counts.", "20 minutes.", "Solutions after closing.", "Late: what is saved counts.",
        "2 of 3 questions are drawn for each attempt.",
    ):
        assert sentence in text


OTHER = {
    "Practice: open at any time, explained at once, never counted.": {"practice": True},
    "Any number of attempts. Their average counts.": {"attempts": None, "counts": "average"},
    "One attempt.": {"attempts": 1},
    "Solutions are never shown.": {"release": "never"},
    "Late: it can be handed in for 5 minutes more, without another answer.": {"when_late": "grace", "grace_minutes": 5},
    "Late: what is not handed in does not count.": {"when_late": "abandon"},
    "10 minutes between two attempts.": {"wait_minutes": 10},
    "2 parallel forms: nobody gets the same one before and after.": {"forms": 2},
    "The questions come in another order for everybody.": {"mixed_questions": True},
    "The answers to choose from stand in the same order for everybody.": {"mixed_options": False},
}


@pytest.mark.any_engine
@pytest.mark.parametrize("sentence", OTHER)
def test_a_rule_that_is_not_as_usual_has_its_sentence(app: Flask, sentence: str) -> None:
    usual = in_sentences(policy_from({}), 3, 3)
    assert usual == ["3 attempts. The best counts.", "Solutions after closing.", "Late: what is saved counts."]
    assert sentence in in_sentences(policy_from(OTHER[sentence]), 3, 3)


def test_a_practice_is_not_opened_by_anybody(browse: Browse, room: quizzes.Room) -> None:
    db.session.get_one(Unit, room.unit_id).rules = {"practice": True}
    page = trainer_of(browse, room).get(address(room))
    assert "Practice, always open" in page.text
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/window")]


@pytest.mark.parametrize("minutes", ["", "0", "-1", "abc", "100000", "9" * 40])
def test_nonsense_minutes_are_refused(browse: Browse, room: quizzes.Room, minutes: str) -> None:
    reply = trainer_of(browse, room).post(f"{address(room)}/window", {"minutes": minutes})
    assert (reply.status, "Please check this" in reply.text) == (422, True)
    assert db.session.query(QuizWindow).count() == 0


def test_a_quiz_of_a_tentative_training_says_why_it_does_not_open(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    training = sessions.training(version=room.training.version)
    reply = trainer.post(f"/sessions/{training.id}/quizzes/{room.unit_id}/window", {"minutes": "30"})
    assert (reply.status, "only while the training session is confirmed" in reply.text) == (422, True)


def test_results_are_scores_for_staff_and_pass_or_not_yet_for_the_factory(browse: Browse, room: quizzes.Room) -> None:
    trainer_of(browse, room).post(f"{address(room)}/window", {"minutes": "30"})
    other_factory = factories.factory(programme_id=room.training.programme_id)
    foreign = factories.person(other_factory, name="Foreign Person")
    sessions.seat(room.training, other_factory, foreign)
    second = room.another(name="Second Person")
    finish(room, (0, 0, 2))
    finish(room, (1, 1, 1), second)
    finish(room, (0, 0, 0), foreign)
    staff = trainer_of(browse, room)
    for page in (address(room), f"/sessions/{room.training.id}"):
        text = staff.get(page).text
        assert all(words in text for words in ("83%", "0%", "100%", "Passed", "Not yet", "Foreign Person"))
    factory = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    for page in (address(room), f"/sessions/{room.training.id}"):
        reply = factory.get(page)
        assert all(words in reply.text for words in ("Passed", "Not yet", "Second Person"))
        assert not any(words in reply.text for words in ("83%", "Best score", "Foreign Person"))
        assert room.training.code not in factory.get(address(room)).text


def test_who_may_not_see_or_open_gets_404(browse: Browse, room: quizzes.Room) -> None:
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    factory = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme))
    person = browse.as_person(room.person.id, room.training.id)
    for who in (elsewhere, factory, advisor, person):
        assert who.post(f"{address(room)}/window", {"minutes": "30"}).status == 404
        assert who.post(f"{address(room)}/window/closing").status == 404
        assert who.get(f"{address(room)}/finished").status == 404
    assert elsewhere.get(address(room)).status == 404
    assert person.get(address(room)).status == 404
    lesson = courses.unit(room.training.version, "lesson").id
    trainer = trainer_of(browse, room)
    for unit_id in (lesson, 10**6):
        assert trainer.get(f"/sessions/{room.training.id}/quizzes/{unit_id}").status == 404
        assert trainer.post(f"/sessions/{room.training.id}/quizzes/{unit_id}/window", {"minutes": "30"}).status == 404
    assert db.session.query(QuizWindow).count() == 0


def test_statements_do_not_grow_with_people(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    trainer.post(f"{address(room)}/window", {"minutes": "30"})
    phone, join, page = Browse(browse.app), f"/join/{room.training.code}", address(room)
    counts = []
    for more in (4, 45):
        for _ in range(more):
            sessions.seat(room.training, room.factory)
        sizes = []
        for who, where in ((trainer, page), (phone, join)):
            with counted() as statements:
                assert who.get(where).status == 200
            sizes.append(len(statements))
        counts.append(sizes)
    assert counts[0] == counts[1]
