"""Lessons, questions and translations are written where one sees what they will be: on a phone, at a desk, by keyboard."""

import os
from dataclasses import dataclass

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts.operations import create_account
from app.content.authoring import operations, queries
from app.content.publish import publish
from app.courses.queries import course_by_code, current_version
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.site import ROOT, Site
from tests.browser.visitor import Visitor
from tests.make import drafts
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
EMAIL = "editor@story.example"


@dataclass(frozen=True)
class Desk:
    """A draft of a large course in many languages, and a small one whose quiz has errors."""

    large: int
    small: int


def lay_out() -> Desk:
    """An author with two drafts."""
    create_account(
        SYSTEM, email=EMAIL, name="Noor", language="en", password=PASSWORD, grants=[Grant(Role.ADMINISTRATOR)]
    )
    publish(SYSTEM, ROOT / "content" / "sst")
    large = operations.start_from(SYSTEM, current_version(course_by_code("sst").id).id)
    small = drafts.draft()
    bank = drafts.QUIZ + "\n::f2:: Match {\n=A -> 1\n=B -> 2\n= -> 3\n}\n\n::f3:: How many? {#=9..10#Yes}\n\n::f4:: x {\n\n::f5:: True? {T#No#Yes}\n"
    operations.write_file(SYSTEM, small.id, "en/test.gift", bank.encode(), seen=1)
    operations.write_file(SYSTEM, small.id, "en/lesson.md", b"# Exits\n\n## Aims\n\n- [out](http://x.example)\n\n> Go low.\n", seen=1)
    return Desk(large.id, small.id)


@pytest.fixture(scope="module")
def desk(site: Site) -> Desk:
    return site.build(lay_out)


def addresses(desk: Desk) -> list[str]:
    large = [
        "lessons/en/01-my-job/guide", "lessons/ar/01-my-job", "quizzes/ar/pre-test/text", "quizzes/ar/pre-test/questions/1", "translations", "translations/ar",
    ]
    small = [
        "lessons/en/lesson", "quizzes/en/test", "quizzes/en/test/text", "quizzes/en/test/new/multiple", "quizzes/en/test/questions/2",
        "quizzes/en/test/questions/3", "quizzes/en/test/questions/5", "quizzes/km/test",
    ]
    return [*(f"/authoring/{desk.large}/{rest}" for rest in large), *(f"/authoring/{desk.small}/{rest}" for rest in small)]


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_every_editor_narrow_and_wide(desk: Desk, visit: Visit, language: str, light: str) -> None:
    visitor: Visitor = visit(1280, language=language, light=light)
    visitor.choose_language(language)
    visitor.sign_in(EMAIL)
    for number, address in enumerate(addresses(desk)):
        for width in visitor.screens(address):
            if folder := os.environ.get("SEAMWISE_PICTURES"):
                visitor.page.screenshot(path=f"{folder}/editors-{language}-{width}-{number:02}.png", full_page=True)


def test_the_preview_follows_what_is_typed(desk: Desk, site: Site, visit: Visit) -> None:
    phone: Visitor = visit(360)
    phone.sign_in(EMAIL)
    page = phone.go(f"/authoring/{desk.small}/lessons/en/lesson")
    before = site.look(lambda: queries.file(desk.small, "en/lesson.md").data)
    page.locator("textarea").fill("# Exits\n\n## Walk\n\n> Keep **low**.\n\n![an exit](media/exit.svg)\n\n<script>document.title='x'</script>")
    page.locator("#preview .callout strong").wait_for()
    assert page.locator("#preview h2").inner_text() == "Walk"
    page.locator("#preview img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#preview img').naturalWidth > 0")
    assert "Exits" in page.title() and page.locator("#preview script").count() == 0
    assert site.look(lambda: queries.file(desk.small, "en/lesson.md").data) == before
    phone.check()
    page = phone.go(f"/authoring/{desk.small}/quizzes/en/test/text")
    page.locator("textarea").fill("::a:: Smoke? {=Leave ~Look}\n\n::b:: Fire? {")
    page.locator("#preview .report").get_by_text("en/test.gift:3").first.wait_for()
    assert page.locator("#preview .card").count() == 2
    phone.check()


def test_a_question_is_written_and_moved_by_keyboard(desk: Desk, visit: Visit) -> None:
    visitor: Visitor = visit(1280)
    visitor.sign_in(EMAIL)
    page = visitor.go(f"/authoring/{desk.large}/quizzes/en/pre-test/new/single")
    keys = Keyboard(visitor)
    keys.write("#text", "Whose wage slip is it?")
    keys.write("#answers-0-text", "Hers")
    keys.write("#answers-2-text", "Mine")
    keys.tab_to("#title")
    keys.enter()
    last = int(visitor.path.partition("#question-")[2])
    assert page.locator(f"#question-{last} .lead").inner_text() == "Whose wage slip is it?"
    assert page.locator(".questions > li").count() == last
    visitor.follow(f"#question-{last} form[action$='/position'] button")
    assert page.locator(f"#question-{last - 1} .lead").inner_text() == "Whose wage slip is it?"
