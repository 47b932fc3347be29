"""The worker keeps the page of the kit and what it fetches, and nothing that is anybody's (TRAPS T46-T48, O5 of the shell)."""

import re

import pytest

from tests.browser.kit.conftest import Take
from tests.browser.kit.stage import NAMES, half_day
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
SHELL = re.compile(r"^/kit/(en|vi|km|ar)?$|^/assets/(seamwise|kit[a-z-]*|logo)\.[0-9a-f]{12}\.(css|js|svg)$")


def test_only_the_shell_is_kept(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take(1280)
    phone.begin(stage)
    for path in (f"/sessions/{stage.training}", f"/kit/day?device={phone.stored()['devices'][0]['device']}", "/"):
        phone.page.goto(phone.address + path)
    phone.open(stage.roll)
    phone.mark(stage.people[0])
    phone.confirmed(1)
    kept = phone.cached()
    assert [path for path in kept if not SHELL.match(path)] == []
    assert [name for name in NAMES if any(name in text for text in kept.values())] == []
    assert not any(stage.email in text for text in kept.values())


def test_it_reaches_no_further_than_the_kit(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    assert phone.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map((each) => each.scope))") == [f"{phone.address}/kit/"]
    answer = phone.context.request.get(f"{phone.address}/kit/worker.js")
    assert "service-worker-allowed" not in answer.headers
    assert answer.headers["content-type"].startswith("text/javascript")
    phone.page.goto(f"{phone.address}/sessions")
    assert phone.page.evaluate("navigator.serviceWorker.controller") is None


def test_each_language_opens_without_network_once_it_was_open(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.open(language="ar")
    phone.page.locator(".kit-days > li").wait_for()
    phone.page.wait_for_function("async () => { for (const name of await caches.keys()) if (await (await caches.open(name)).match('/kit/ar', { ignoreVary: true })) return true; }")
    phone.cut()
    phone.page.goto(f"{phone.address}/kit/")
    phone.page.locator(".kit-days > li").wait_for()
    assert phone.path == "/kit/ar"
    assert phone.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    phone.open(language="en")
    assert phone.page.evaluate("document.documentElement.dir") == "ltr"


def test_it_can_be_installed(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    found = phone.context.request.get(f"{phone.address}/kit/ar/manifest.webmanifest").json()
    assert (found["scope"], found["start_url"], found["dir"]) == ("/kit/", "/kit/", "rtl")
    for icon in found["icons"]:
        assert phone.context.request.get(phone.address + icon["src"]).headers["content-type"] == "image/png"
    told = phone.context.new_cdp_session(phone.page).send("Page.getInstallabilityErrors")
    assert [each for each in told["installabilityErrors"] if each["errorId"] != "in-incognito"] == []
