"""Finding a person on a phone, with and without script, in both directions."""

import os

import pytest

from tests import story
from tests.browser.conftest import Visit
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def tell() -> dict[str, str]:
    told = story.begin()
    return {role: told.email(getattr(told, role)) for role in ("advisor", "focal_point")}


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    return site.build(tell)


@pytest.mark.sampled
@pytest.mark.parametrize(("width", "language", "has_script", "light"), [
    (360, "en", True, "light"), (1280, "en", False, "light"), (360, "ar", False, "dark"), (320, "km", True, "light"), (1280, "ar", True, "light"),
])
def test_somebody_is_found(told: dict[str, str], visit: Visit, width: int, language: str, has_script: bool, light: str) -> None:
    visitor = visit(width, language=language, has_script=has_script, light=light)
    visitor.choose_language(language)
    visitor.sign_in(told["advisor"])
    page = visitor.go("/people")
    assert not visitor.faults()
    page.locator("#q").fill("a")
    with visitor.arriving():
        page.locator("#q").press("Enter")
    assert page.locator("main table").count() == 0 and not visitor.faults()
    page.locator("#q").fill("sok")
    with visitor.arriving():
        page.locator("#q").press("Enter")
    assert page.locator("main table tbody tr").count() > 0
    assert not visitor.faults()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/people-{width}-{language}.png", full_page=True)
    with visitor.arriving():
        page.locator("main tbody th a").first.click()
    assert visitor.path.startswith("/people/")
