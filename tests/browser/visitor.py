"""Somebody at a real browser. Every page that opens is checked as its readers need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Locator, Page

from tests.story import PASSWORD

_FACTS = """() => ({
  headings: [...document.querySelectorAll('h1')].map((h) => h.innerText.trim()),
  width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  lang: document.documentElement.lang, dir: document.documentElement.dir,
})"""
_AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((violation) =>
  [violation.id, violation.help, ...violation.nodes.map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160))])"""


@dataclass
class Visitor:
    """One person at one device. `width` is that of the screen in CSS pixels."""

    context: BrowserContext
    address: str
    width: int
    direction: str = "ltr"
    has_script: bool = True
    seen: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self._note(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("response", lambda answer: self._note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)

    def _note(self, complaint: str) -> None:
        self.complaints.append(f"{self.page.url}: {complaint}")

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self.address + path)
        self.check()
        return self.page

    def follow(self, what: str | Locator) -> Page:
        """Tap or click what leads to another page: a link, or a button that sends a form."""
        target = self.page.locator(what) if isinstance(what, str) else what
        with self.arriving():
            self.touch(target)
        return self.page

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """What happens inside leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            yield
        self.check()

    def touch(self, target: Locator) -> None:
        """A finger on a phone, a mouse elsewhere."""
        target.tap() if self.width < 600 else target.click()

    def sign_in(self, email: str) -> Page:
        """Sign in as one of the staff or of a factory."""
        page = self.go("/sign-in")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(PASSWORD)
        return self.follow("form[action='/sign-in'] button")

    @property
    def path(self) -> str:
        """Where the browser is, as the address bar tells it."""
        return self.page.url.removeprefix(self.address)

    def check(self) -> None:
        """One h1, no sideways scroll, the right direction, nothing on the console, nothing that axe finds."""
        facts = self.page.evaluate(_FACTS)
        where = f"{self.path} at {self.width} px"
        assert len(facts["headings"]) == 1, f"{where}: {facts['headings']}"
        assert facts["headings"][0], f"{where}: the h1 is empty"
        assert facts["width"] <= self.width, f"{where}: is {facts['width']} px wide; {self.too_wide()}"
        assert facts["dir"] == self.direction, f"{where}: {facts['dir']}"
        if self.has_script:  # axe itself is a script
            assert not (found := self.violations()), f"{where}: {found}"
        assert not self.complaints, self.complaints
        self.seen.append(self.path)

    def violations(self) -> list[list[str]]:
        """What axe finds. It is given to the page by the debugger, so that the page's own CSP stays on."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found: list[list[str]] = self.page.evaluate(_AXE)
        return found

    def too_wide(self) -> list[str]:
        """The elements that stick out at either side, for the report."""
        found: list[str] = self.page.evaluate(
            """(width) => [...document.querySelectorAll('body *')].filter((element) => {
                 const box = element.getBoundingClientRect();
                 return box.width && (box.right > width + 1 || box.left < -1);
               }).map((element) => element.outerHTML.slice(0, 120)).slice(0, 8)""",
            self.width,
        )
        return found
