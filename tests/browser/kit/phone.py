"""A trainer's phone with the kit on it."""

import re
from typing import Any

from playwright.sync_api import Locator

from tests.browser.kit.stage import Stage
from tests.browser.visitor import Visitor

OFFLINE = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to load resource")
_STORED = """async (raw) => {
  const found = {};
  for (const { name, version } of await indexedDB.databases()) {
    const db = await new Promise((resolve) => { const asked = indexedDB.open(name, version); asked.onsuccess = () => resolve(asked.result); });
    for (const store of db.objectStoreNames) {
      found[store] = await new Promise((resolve) => {
        const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => resolve(asked.result);
      });
    }
    db.close();
  }
  const plain = (value) => value instanceof ArrayBuffer ? `buffer ${value.byteLength}: ${new TextDecoder().decode(value)}`
    : ArrayBuffer.isView(value) ? `bytes ${value.length}` : Array.isArray(value) ? value.map(plain)
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)])) : value;
  return plain(found);
}"""
_CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found[new URL(request.url).pathname] = await (await cache.match(request, { ignoreVary: true })).text();
  }
  return found;
}"""


class Phone(Visitor):
    """One browser profile. `complaints` of a cut network are no faults."""

    def _note(self, complaint: str) -> None:
        if not OFFLINE.search(complaint):
            super()._note(complaint)

    def open(self, screen: str = "", language: str = "en") -> None:
        """The kit, as it starts from the home screen."""
        self.page.goto(f"{self.address}/kit/{language}{screen}")
        self.page.locator("#screen h1").wait_for()

    def begin(self, stage: Stage, *, language: str = "en", has_worker: bool = True) -> None:
        """Sign in, open the kit, and have the list of people and the page itself on the phone."""
        self.sign_in(stage.email)
        self.open(language=language)
        self.page.locator(".kit-days > li, .empty").first.wait_for()
        if has_worker:
            self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def cut(self) -> None:
        self.context.set_offline(True)

    def join(self) -> None:
        self.context.set_offline(False)

    def go_to(self, screen: str) -> None:
        self.page.evaluate("(hash) => { location.hash = hash; }", screen)
        self.page.wait_for_function("(hash) => location.hash === hash", arg=screen)
        self.page.locator("#screen h1").wait_for()

    def row(self, person: int) -> Locator:
        return self.page.locator(f"li:has(#name-{person})")

    def mark(self, person: int, mark: str = "p") -> None:
        """Tap, and wait until the row says so."""
        row = self.row(person)
        if mark in "te":
            self.touch(row.locator("summary"))
        button = row.locator(f"[data-mark={mark}]")
        self.touch(button)
        row.locator(f"[data-mark={mark}][aria-pressed=true]").wait_for(state="attached")

    def yes(self) -> None:
        self.touch(self.page.locator("#confirm [value=yes]"))

    def says(self, name: str, words: str) -> None:
        """Wait until a part of the strip at the top says this."""
        self.page.wait_for_function(
            "([name, words]) => { const part = document.querySelector(`[data-strip=${name}]`); return !part.hidden && part.innerText.includes(words); }",
            arg=[name, words],
        )

    def waits(self, number: int) -> None:
        """Wait until so many records wait on this phone, as it says itself."""
        self.says("pending", f"({number})" if number else "Nothing waits")

    def confirmed(self, number: int) -> None:
        self.waits(0)
        self.says("confirmed", f"({number})")

    def send(self) -> None:
        """Try to deliver now, as coming back to the page does."""
        self.page.evaluate("dispatchEvent(new Event('focus'))")

    def heading(self) -> str:
        return self.page.locator("#screen h1").inner_text()

    def notice(self, words: str) -> None:
        self.page.locator("#notices", has_text=words).wait_for()

    def stored(self) -> dict[str, Any]:
        """Everything in the databases of this browser."""
        found: dict[str, Any] = self.page.evaluate(_STORED)
        return found

    def cached(self) -> dict[str, str]:
        """What the worker keeps, by path."""
        found: dict[str, str] = self.page.evaluate(_CACHED)
        return found
