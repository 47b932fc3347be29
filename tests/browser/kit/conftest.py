"""One site and one browser for all of it; each test has a phone of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import FAILED
from tests.browser.kit.phone import Phone
from tests.browser.site import Site, running_site
from tests.conftest import Databases
from tests.faults.processes import Hatchery

Take = Callable[..., Phone]


@pytest.fixture(scope="package")
def site(databases: Databases, hatchery: Hatchery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(databases, hatchery, tmp_path_factory.mktemp("kit")) as made:
        yield made


@pytest.fixture
def take(chromium: Browser, site: Site, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Take]:
    """Takes a phone out of the pocket. When the test fails, what it shows is a picture in the folder of the test."""
    phones: list[Phone] = []  # `has_worker=False`: what is sent can be caught on its way

    def out(width: int = 360, *, language: str = "en", light: str = "light", script: str = "", has_worker: bool = True) -> Phone:
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, is_mobile=width < 600, has_touch=width < 600, locale=language,
            reduced_motion="reduce", color_scheme=light, accept_downloads=True,
            service_workers="allow" if has_worker else "block",
        )
        context.set_default_timeout(15_000)
        if script:
            context.add_init_script(script)
        phones.append(Phone(context, site.address, width, "rtl" if language == "ar" else "ltr"))
        return phones[-1]

    yield out
    for number, phone in enumerate(phones):
        if request.node.stash.get(FAILED, False):
            phone.page.screenshot(path=tmp_path / f"phone-{number}.png", full_page=True)
        phone.context.close()
