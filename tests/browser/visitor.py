"""Somebody at a real browser. Every page that opens is checked as its readers need it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Locator, Page

from tests.browse import OWN_SITE
from tests.counts import sampled
from tests.story import PASSWORD

_FACTS = """() => ({
  headings: [...document.querySelectorAll('h1')].map((h) => h.innerText.trim()),
  width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  lang: document.documentElement.lang, dir: document.documentElement.dir,
})"""
_TWO_FRAMES = "async () => { for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame); }"
_AXE = """async (kinds) => {
  const first = (kinds ?? []).map((kind) => window.firstOfKind.get(kind));
  if (kinds) axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-new-kind]' }] });
  for (const one of first) one.setAttribute('data-new-kind', '');
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  for (const one of first) one.removeAttribute('data-new-kind');
  return violations.map((violation) =>
    [violation.id, violation.help, ...violation.nodes.map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160))]);
}"""
_BUILD = """() => {
  const name = (one) => [one.tagName, one.className.baseVal ?? one.className, one.id.replace(/\\d+/g, '0'), one.lang, one.dir,
    ...[...one.attributes].filter((each) => /^(role|aria-|type|alt|for|tabindex|open|hidden|disabled)/.test(each.name))
      .map((each) => each.name + (/^aria-(pressed|expanded|current|checked|invalid)/.test(each.name) ? each.value : '')),
    /\\S/.test(one.textContent)].join(' ');
  const hash = (words, seed) => {  // of the parent's kind and the own name: 53 bits, as long as a number is whole
    let [high, low] = [seed / 2 ** 32 ^ 0xdeadbeef, seed ^ 0x41c6ce57];
    for (let at = 0; at < words.length; at += 1) {
      high = Math.imul(high ^ words.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ words.charCodeAt(at), 1597334677);
    }
    high = Math.imul(high ^ high >>> 16, 2246822507) ^ Math.imul(low ^ low >>> 13, 3266489909);
    low = Math.imul(low ^ low >>> 16, 2246822507) ^ Math.imul(high ^ high >>> 13, 3266489909);
    return (low & 0x1fffff) * 2 ** 32 + (high >>> 0);
  };
  const kinds = new Map();
  window.firstOfKind = new Map();
  for (const one of document.querySelectorAll('body, body *')) {
    const kind = hash(name(one), kinds.get(one.parentElement) ?? 0);
    kinds.set(one, kind);
    if (!window.firstOfKind.has(kind)) window.firstOfKind.set(kind, one);
  }
  const headings = [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => one.tagName);
  return [[...window.firstOfKind.keys()], headings.join()];
}"""


@dataclass
class Visitor:
    """One person at one device. `width` is that of the screen in CSS pixels.

    `judged`: how the pages are built that axe has seen already, by whomever; it is not asked again about one built alike.
    Of a page that is built otherwise, it is asked about the contrast of those kinds of elements that it has not seen; the
    rest of its rules look at the page as a whole.
    """

    context: BrowserContext
    address: str
    width: int
    direction: str = "ltr"
    has_script: bool = True
    seen: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    judged: set[tuple[object, ...]] | None = None

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self._note(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("response", lambda answer: self._note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)

    def _note(self, complaint: str) -> None:
        self.complaints.append(f"{complaint} on {self.page.url}")

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self.address + path)
        self.check()
        return self.page

    def show(self, path: str, width: int) -> None:
        """Open an address on a screen of this width, whatever is wrong with it."""
        self._set_width(width)
        self.page.goto(self.address + path)

    def screens(self, path: str, widths: tuple[int, ...] = (1280, 320)) -> Iterator[int]:
        """Open a page and look at it on screens of these widths; usually on one of them, which the kind of the page chooses."""
        first, *others = sampled(widths, f"{self.direction} {re.sub(r'[0-9]+', '0', path)}")
        self.show(path, first)
        self.check()
        yield first
        for width in others:
            self.resize(width)
            self.check()
            yield width

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

    def sign_in(self, email: str) -> None:
        """As one of the staff or of a factory, without opening the pages on the way, which have tests of their own."""
        self.post("/sign-in", email=email, password=PASSWORD)

    def post(self, path: str, **form: str) -> None:
        """Send a form without opening the page it is on; the notice that is shown once is read."""
        answer = self.context.request.post(self.address + path, form=form, headers=OWN_SITE)
        assert answer.ok, f"{path}: {answer.status}"
        if answer.url.startswith(f"{self.address}/notice"):
            self.context.request.post(f"{self.address}/notice", headers=OWN_SITE)

    def sign_in_at_the_door(self, email: str) -> Page:
        """Sign in by the page; the notice that is shown once is read."""
        page = self.go("/sign-in")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(PASSWORD)
        self.follow("form[action='/sign-in'] button")
        return self.read_notice()

    def sign_out(self) -> Page:
        """By the menu of the account."""
        self.touch(self.page.locator(".account summary"))
        return self.follow(".account form button")

    def read_notice(self) -> Page:
        """Say that the privacy notice was read, if it is what is shown."""
        if self.path.startswith("/notice"):
            self.follow("form[action='/notice'] button")
        return self.page

    def resize(self, width: int) -> None:
        """Another screen for the page that is open."""
        if width != self.width:
            self._set_width(width)
            self.page.evaluate(_TWO_FRAMES)  # until everything is laid out anew

    def _set_width(self, width: int) -> None:
        self.width = width
        self.page.set_viewport_size({"width": width, "height": 800})

    def links(self) -> list[str]:
        """Where the links of the page lead within the site, without anchors."""
        found: list[str] = self.page.evaluate("[...document.links].map((link) => link.href.replace(/#.*/, ''))")
        own = [link.removeprefix(self.address) for link in found if link.startswith(f"{self.address}/")]
        return list(dict.fromkeys(own))

    def links_of(self, path: str) -> list[str]:
        """Where the links of a page lead that is fetched and not shown."""
        answer = self.context.request.get(self.address + path)
        assert answer.ok, f"{path}: {answer.status}"
        found = [urljoin(answer.url, unescape(link)).partition("#")[0] for link in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', answer.text())]
        return list(dict.fromkeys(link.removeprefix(self.address) for link in found if link.startswith(f"{self.address}/")))

    def choose_language(self, language: str) -> None:
        """As if this device had chosen it before."""
        self.context.add_cookies([{"name": "language", "value": language, "url": self.address}])

    @property
    def path(self) -> str:
        """Where the browser is, as the address bar tells it."""
        return self.page.url.removeprefix(self.address)

    def check(self) -> None:
        """Refuse a page with faults."""
        assert not (faults := self.faults()), "\n".join(faults)
        self.seen.append(self.path)

    def faults(self) -> list[str]:
        """Everything but: one h1, no sideways scroll, the right direction, nothing on the console, nothing that axe finds."""
        facts = self.page.evaluate(_FACTS)
        found = [] if [bool(words) for words in facts["headings"]] == [True] else [f"headings {facts['headings']}"]
        found += [f"{facts['width']} px wide: {self.too_wide()}"] * (facts["width"] > self.width)
        found += [f"runs {facts['dir']}"] * (facts["dir"] != self.direction)
        found += [f"axe: {violation}" for violation in (self.violations() if self.has_script else [])]  # axe itself is a script
        found += self.complaints
        self.complaints.clear()
        return [f"{self.path} at {self.width} px: {fault}" for fault in found]

    def violations(self) -> list[list[str]]:
        """What axe finds. It is given to the page by the debugger, so that the page's own CSP stays on."""
        kinds = None
        if self.judged is not None:
            build, kinds = self._unjudged(self.judged)
            if not build:
                return []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found: list[list[str]] = self.page.evaluate(_AXE, kinds)
        return found

    def _unjudged(self, judged: set[tuple[object, ...]]) -> tuple[bool, list[int]]:
        """Whether no page was built alike, and which kinds of elements were never shown on such a screen; now they are judged."""
        kinds, headings = self.page.evaluate(_BUILD)
        build = (self.direction, self.width, headings, *kinds)
        unseen = [kind for kind in kinds if (self.width < 600, kind) not in judged]
        is_new = build not in judged
        judged.update([build, *((self.width < 600, kind) for kind in kinds)])
        return is_new, unseen

    def too_wide(self) -> list[str]:
        """The elements that stick out at either side, for the report."""
        found: list[str] = self.page.evaluate(
            """(width) => [...document.querySelectorAll('body *')].filter((element) => {
                 const box = element.getBoundingClientRect();
                 const spills = element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'visible';
                 return box.width && (box.right > width + 1 || box.left < -1 || spills);
               }).map((element) => element.outerHTML.slice(0, 120)).slice(0, 8)""",
            self.width,
        )
        return found
