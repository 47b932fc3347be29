"""Results of quizzes in a real browser: plots and tables, narrow and wide, from right to left, in the dark, on paper; who is
where, which asks for itself again until the quiz is closed."""

import os
from pathlib import Path

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.courses.models import Unit
from app.courses.rules import QuizPhase
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Attempt
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import quizzes, results, sessions
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]

LATER = 6_000
"""Milliseconds after which a page that asks for itself has asked again."""


def told(language: str) -> tuple[list[str], str, str]:
    """A course whose people took both tests in two sessions: the addresses of its results, the quiz, the trainer's address."""
    room = quizzes.room(is_open=False, count=8)
    version = room.training.version
    before = results.quiz(version, "pre-test", QuizPhase.PRE)
    db.session.get_one(Unit, room.unit_id).phase = QuizPhase.POST
    asked = quizzes.bank(before.id, count=8)
    other = sessions.training(version=version, state=room.training.state)
    for seed, training in enumerate((room.training, other), 1):
        who = results.people(36, room.factory, men=12)
        results.crowd(training, before.id, asked, results.able(seed), who, languages=("km", "en", "ar"))
        knows = results.able(seed + 5)
        choose = lambda person, question, knows=knows: ["1"] if question == 3 and person % 3 == 0 else knows(person, 0)  # noqa: E731
        results.crowd(training, room.unit_id, room.questions, choose, who, languages=("km", "en", "ar"), factory=room.factory)
    attempt = db.session.query(Attempt).filter_by(training_id=room.training.id, unit_id=room.unit_id).first()
    email = f"{language}-results@desk.example"
    grant = Grant(Role.TRAINER, programme_id=room.training.programme_id)
    accounts.create_account(SYSTEM, email=email, name="Keo Sreymom", language=language, password=PASSWORD, grants=[grant])
    at, quiz = f"/courses/{version.course.code}/versions/{version.number}", f"/sessions/{room.training.id}/quizzes/{room.unit_id}"
    return [f"{at}/quizzes/{room.unit_id}/analysis", f"{at}/gain", quiz, f"{quiz}/attempts/{attempt.id}"], quiz, email


def seen(visitor: Visitor, name: str) -> None:
    if folder := os.environ.get("SEEN"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_results_are_readable_on_every_screen(site: Site, visit: Visit, language: str, light: str) -> None:
    addresses, _quiz, email = site.build(lambda: told(language))
    visitor = visit(1280, language=language, light=light)
    visitor.choose_language(language)
    visitor.sign_in(email)
    for number, address in enumerate(addresses):
        for width in visitor.screens(address):
            seen(visitor, f"{language}-{number}-{width}")
    visitor.resize(1280)
    visitor.follow(f"form[action='{addresses[-1]}'] button")
    seen(visitor, f"{language}-answers")
    assert visitor.page.locator("main .card").count() == 8


def test_marks_lie_where_the_numbers_say_and_stay_on_paper(site: Site, visit: Visit) -> None:
    """From left to right the easiest question is rightmost, from right to left leftmost; both inside the drawing."""
    addresses, _quiz, email = site.build(lambda: told("vi"))
    places = {}
    for language in ("en", "ar"):
        visitor = visit(1280, language=language)
        visitor.choose_language(language)
        visitor.sign_in(email)
        page = visitor.go(addresses[1])
        plot = page.locator("svg.plot").first.bounding_box()
        before, after = (page.locator(f"svg.plot .{kind}").first.bounding_box() for kind in ("ring", "dot"))
        assert plot and before and after
        places[language] = after["x"] > before["x"]
        assert plot["x"] < min(before["x"], after["x"]) and max(before["x"], after["x"]) < plot["x"] + plot["width"]
        page.emulate_media(media="print")
        assert page.locator("svg.plot").first.is_visible() and page.locator("table").first.is_visible()
        assert not page.locator(".filters").first.is_visible()
    assert places == {"en": True, "ar": False}


def test_who_is_where_follows_by_itself_and_stops_when_the_quiz_is_closed(site: Site, visit: Visit) -> None:
    def begin() -> tuple[str, str, int, int]:
        room = quizzes.room()
        email = f"live-{room.training.id}@desk.example"
        grant = Grant(Role.TRAINER, programme_id=room.training.programme_id)
        accounts.create_account(SYSTEM, email=email, name="Keo Sreymom", language="en", password=PASSWORD, grants=[grant])
        return f"/sessions/{room.training.id}/quizzes/{room.unit_id}", email, room.person.id, room.training.id

    def answer(person_id: int, training_id: int, *, last: bool) -> None:
        actor = quizzes.Actor(person_id=person_id, training_id=training_id, grants=(Grant(Role.PERSON),))
        attempt = operations.start(actor)
        question = db.session.query(quizzes.Question).filter_by(unit_id=attempt.unit_id, position=1).one()
        operations.answer(actor, attempt.id, question.id, [quizzes.first_option(attempt)], 0)
        if last:
            operations.submit(actor, attempt.id)

    quiz, email, person_id, training_id = site.build(begin)
    visitor = visit(1280)
    visitor.page.clock.install()
    visitor.sign_in(email)
    page = visitor.go(quiz)
    assert "Not begun" in page.locator("[id^=places-]").inner_text()
    site.build(lambda: answer(person_id, training_id, last=False))
    page.clock.fast_forward(LATER)
    page.locator("[id^=places-] .badge.now").wait_for(timeout=15_000)
    assert "1 of 3" in page.locator("[id^=places-]").inner_text()
    site.build(lambda: operations.close_window(SYSTEM, training_id, int(quiz.rpartition("/")[2])))
    page.clock.fast_forward(LATER)
    page.locator("[id^=finished-]:not([hx-get])").wait_for(timeout=15_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(LATER)
    page.wait_for_load_state("networkidle")
    assert asked == []
    plain = visit(360, has_script=False)
    plain.sign_in(email)
    assert "Answering now" in plain.go(quiz).locator("[id^=places-]").inner_text()
