"""Courses are written on a phone and at a desk, from left to right and from right to left, with and without script."""

import os
from dataclasses import dataclass

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts.operations import create_account
from app.content.authoring import operations
from app.content.publish import publish
from app.courses.queries import course_by_code, current_version
from tests.browser.conftest import Visit
from tests.browser.site import ROOT, Site
from tests.browser.visitor import Visitor
from tests.make import drafts
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
EMAIL = "author@story.example"
PAGES = ("", "/facts", "/units", "/units/{unit}", "/file?path=en/{unit}.md", "/changes", "/publication", "/discarding", "/timetables", "/timetables/morning", "/forms")


@dataclass(frozen=True)
class Desk:
    """A draft of a large course, one that is changed, and one with errors."""

    large: int
    changed: int
    wrong: int


def lay_out() -> Desk:
    """An author with drafts in every state."""
    create_account(
        SYSTEM, email=EMAIL, name="Noor", language="en", password=PASSWORD, grants=[Grant(Role.ADMINISTRATOR)]
    )
    publish(SYSTEM, ROOT / "content" / "sst")
    publish(SYSTEM, drafts.folder(), "The first one.")
    large = operations.start_from(SYSTEM, current_version(course_by_code("sst").id).id)
    changed, wrong = drafts.draft(), drafts.draft()
    lesson = b"# Exits\n\n## Aims\n\n- leave\n- count\n\n![an exit](media/exit.svg)\n"
    operations.write_files(SYSTEM, changed.id, {"en/lesson.md": lesson, "km/lesson.md": None}, {"en/lesson.md": 1, "km/lesson.md": 1})
    operations.write_file(SYSTEM, wrong.id, "km/test.gift", b"::f1:: x {\n", seen=1)
    operations.write_file(SYSTEM, wrong.id, "course.yaml", drafts.YAML.replace("hours: 4", "hours: 0x4").encode(), seen=1)
    return Desk(large.id, changed.id, wrong.id)


@pytest.fixture(scope="module")
def desk(site: Site) -> Desk:
    return site.build(lay_out)


def addresses(desk: Desk) -> list[str]:
    changed = [f"/authoring/{desk.changed}{page.format(unit='lesson')}" for page in PAGES]
    wrong = [f"/authoring/{desk.wrong}{page}" for page in ("", "/facts", "/units", "/publication", "/file")]
    large = [f"/authoring/{desk.large}{page}" for page in ("", "/units")]
    return ["/authoring", "/authoring/blank", "/authoring/upload", "/authoring/courses/sst", "/courses/fire-drill", *changed, *wrong, *large]


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_every_page_narrow_and_wide(desk: Desk, visit: Visit, language: str, light: str) -> None:
    visitor: Visitor = visit(1280, language=language, light=light)
    visitor.choose_language(language)
    visitor.sign_in(EMAIL)
    for number, address in enumerate(addresses(desk)):
        for width in visitor.screens(address):
            if folder := os.environ.get("SEAMWISE_PICTURES"):
                visitor.page.screenshot(path=f"{folder}/authoring-{language}-{width}-{number:02}.png", full_page=True)


def test_a_course_is_written_and_published_on_a_phone_without_script(desk: Desk, site: Site, visit: Visit) -> None:
    phone: Visitor = visit(320, has_script=False)
    phone.sign_in(EMAIL)
    page = phone.go("/authoring/blank")
    for name, text in (("title", "Heat"), ("code", "heat"), ("summary", "Hot days."), ("objectives", "I can rest."), ("hours", "2"), ("sources", "A guide")):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=audience][value=operator]").check()
    page = phone.follow("form[action='/authoring/blank'] button")
    draft = phone.path
    page = phone.go(f"{draft}/units")
    for name, text in (("code", "01-water"), ("minutes", "30"), ("title_en", "Water")):
        page.locator(f"[name={name}]").fill(text)
    phone.follow("form[action$='/units'] button")
    page = phone.go(f"{draft}/file?path=en/01-water.md")
    page.locator("[name=text]").fill("# Water\n\n## Aims\n\n- drink\n")
    phone.follow("form[action*='/file'] button")
    page = phone.go(f"{draft}/publication")
    page.locator("[name=note]").fill("The first one.")
    phone.follow("form[action$='/publication'] button")
    assert phone.path == "/authoring/courses/heat"
    assert site.look(lambda: current_version(course_by_code("heat").id).note) == "The first one."


def test_the_outline_is_walked_by_keyboard(desk: Desk, visit: Visit) -> None:
    visitor: Visitor = visit(1280)
    visitor.sign_in(EMAIL)
    page = visitor.go(f"/authoring/{desk.changed}/file?path=en/lesson.md")
    page.locator("[name=text]").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n- help others\n")
    page.keyboard.press("Tab")
    with visitor.arriving():
        page.keyboard.press("Enter")
    assert "help others" in page.locator("[name=text]").input_value()
