"""A browser for all modules, a site for each of them; people who visit it for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.site import Site, running_site
from tests.browser.visitor import Visitor
from tests.conftest import Databases
from tests.counts import IS_LONG
from tests.faults.processes import Hatchery
from tests.peers.browser import launch_options

FAILED = pytest.StashKey[bool]()
Light = Literal["light", "dark"]
Visit = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    """What drives browsers; there can be one at a time."""
    launch_options()
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(driver: Playwright) -> Iterator[Browser]:
    browser = driver.chromium.launch(**launch_options())
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(databases: Databases, hatchery: Hatchery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(databases, hatchery, tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="session")
def judged() -> dict[Light, set[tuple[object, ...]]]:
    """What axe has seen, by light and dark: it is asked about each build of a page once, by whichever test."""
    return {"light": set(), "dark": set()}


@pytest.fixture
def visit(
    chromium: Browser, site: Site, judged: dict[Light, set[tuple[object, ...]]], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Visit]:
    """Makes visitors. When the test fails, what each of them sees last is a picture in the folder of the test."""
    visitors: list[Visitor] = []

    def come(
        width: int = 360, *, language: str = "en", has_script: bool = True, light: Light = "light", kind: type[Visitor] = Visitor
    ) -> Visitor:
        is_phone = width < 600
        context = chromium.new_context(
            viewport={"width": width, "height": 740 if is_phone else 800}, is_mobile=is_phone, has_touch=is_phone, locale=language,
            java_script_enabled=has_script, reduced_motion="reduce", color_scheme=light,
        )
        context.set_default_timeout(30_000)
        visitor = kind(context, site.address, width, "rtl" if language == "ar" else "ltr", has_script)
        visitor.judged = None if IS_LONG else judged[light]
        visitors.append(visitor)
        return visitor

    yield come
    for number, visitor in enumerate(visitors):
        if request.node.stash.get(FAILED, False):
            visitor.page.screenshot(path=tmp_path / f"visitor-{number}.png", full_page=True)
        visitor.context.close()
