"""The browser of the tests: the one inside the npm package draws; none at all is loud, and fails in CI."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.peers import browser


@pytest.mark.long
@pytest.mark.browser
def test_the_browser_of_the_npm_package_draws_a_page() -> None:
    options = browser.of_npm(os.environ)
    if options is None:
        pytest.skip("node_modules has no @sparticuz/chromium: `./dev test` installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**options)
        page = chromium.new_page()
        page.set_content("<h1 lang=km>សួស្តី</h1>")
        assert page.locator("h1").inner_text() == "សួស្តី"
        assert page.screenshot().startswith(b"\x89PNG")
        chromium.close()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "of_npm", lambda environ: None)


@pytest.mark.usefixtures("nowhere")
def test_without_a_browser_the_test_is_skipped_aloud() -> None:
    with pytest.raises(pytest.skip.Exception, match="NO BROWSER"):
        browser.launch_options({})


@pytest.mark.usefixtures("nowhere")
def test_without_a_browser_it_fails_in_ci() -> None:
    with pytest.raises(pytest.fail.Exception, match="NO BROWSER"):
        browser.launch_options({"CI": "true"})


def test_only_root_goes_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--no-sandbox" not in browser.arguments()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "--no-sandbox" in browser.arguments()
