"""Takes the pictures of the README from a freshly loaded demo: `./dev screenshots`."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.peers.browser import launch_options  # noqa: E402 - the repository is not an installed package

PICTURES = ROOT / "docs" / "screenshots"
PORT = 8499
SITE = f"http://localhost:{PORT}"


def flask(env: dict[str, str], *words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "flask", *words], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@contextmanager
def demo(folder: str) -> Iterator[list[dict[str, Any]]]:
    """A served demo in a folder of its own; answers its sign-ins."""
    env = {
        **os.environ,
        "FLASK_APP": "wsgi.py",
        "SEAMWISE_ENV": "development",
        "SEAMWISE_DATA_DIR": folder,
        "SEAMWISE_DATABASE_URL": f"sqlite:///{folder}/demo.db",
        "SEAMWISE_MAIL_TRANSPORT": "outbox",
        "SEAMWISE_BASE_URL": SITE,
    }
    flask(env, "database", "upgrade")
    flask(env, "demo", "load", "--seed", "7")
    serve = [sys.executable, "-m", "flask", "serve", "--port", str(PORT), "--workers", "1"]
    server = subprocess.Popen(serve, cwd=ROOT, env=env)
    try:
        wait()
        yield json.loads(flask(env, "demo", "sign-ins", "--json"))
    finally:
        server.terminate()
        server.wait()


def wait() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{SITE}/readyz", timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the demo did not answer")


def page_at(browser: Browser, width: int, height: int, language: str = "en") -> Page:
    """A page of a phone or a desk, at one and a half times its size, so that text stays sharp."""
    viewport = {"width": width, "height": height}
    return browser.new_context(viewport=viewport, device_scale_factor=1.5, locale=language).new_page()


def sign_in(page: Page, account: dict[str, Any]) -> None:
    page.goto(f"{SITE}/sign-in")
    page.fill("[name=email]", account["email"])
    page.fill("[name=password]", account["password"])
    page.click("main button[type=submit]")


def of_role(sign_ins: list[dict[str, Any]], role: str) -> dict[str, Any]:
    return next(each for each in sign_ins if each["role"] == role)


def factory(browser: Browser, sign_ins: list[dict[str, Any]]) -> None:
    page = page_at(browser, 1280, 800)
    sign_in(page, of_role(sign_ins, "advisor"))
    page.goto(f"{SITE}/coverage")
    page.click("main table a >> nth=0")
    page.screenshot(path=PICTURES / "factory.png")


def roll_call(browser: Browser, sign_ins: list[dict[str, Any]]) -> None:
    page = page_at(browser, 360, 720)
    sign_in(page, of_role(sign_ins, "trainer"))
    page.goto(f"{SITE}/sessions?when=running")
    page.click("main tbody a >> nth=0")
    page.click("a[href$='/marks'] >> nth=-1")
    page.click("text=All present")
    page.locator("[id^=person-]").first.evaluate("row => row.scrollIntoView({block: 'center'})")
    page.screenshot(path=PICTURES / "roll-call.png")


def question(browser: Browser, sign_ins: list[dict[str, Any]]) -> None:
    page, person = page_at(browser, 360, 720, "km"), of_role(sign_ins, "person")
    page.goto(SITE + person["address"])
    page.click(f"main >> text={person['name']}")
    page.fill("[name=pin]", person["pin"])
    for _step in ("sign in", "the notice", "begin"):
        if not page.locator("input[type=radio]").count():
            page.click("main form button[type=submit]")
            page.wait_for_load_state()
    page.screenshot(path=PICTURES / "question.png")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(folder) as sign_ins, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for take in (factory, roll_call, question):
            take(browser, sign_ins)
        browser.close()


if __name__ == "__main__":
    main()
