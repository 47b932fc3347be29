"""A phone without network checks certificates: the page is installed once, and nothing that it does leaves the phone."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.certificates import operations
from app.certificates.models import SigningKey
from app.certificates.signing import keys as signing
from app.certificates.verification import addresses
from app.platform.clock import now
from app.platform.db import db
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import certificates

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


@dataclass(frozen=True)
class Papers:
    """Addresses as the QR codes have them."""

    valid: str
    expired: str
    revoked: str
    replaced: str
    number: str

    @property
    def tampered(self) -> str:
        """One sign of the facts is another."""
        place = self.valid.index("#") + 40
        return self.valid[:place] + ("A" if self.valid[place] != "A" else "B") + self.valid[place + 1 :]


@pytest.fixture(scope="module")
def papers(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    folder: Path = tmp_path_factory.mktemp("keys") / "keys"
    keys = signing.create(folder, "2026-1", "Seamwise", f"{site.address}/crl", now())

    def build() -> Papers:
        db.session.add(SigningKey(name=keys.name, seal_chain=keys.seal_chain, credential_public=keys.credential_public, made_at=now()))
        valid, revoked, replaced = (certificates.certificate(at=now() - timedelta(days=1)) for _ in range(3))
        expired = certificates.certificate(at=now() - timedelta(days=900))
        operations.revoke(revoked.completion_id, "test")
        replaced.replaced_at, replaced.replaced_by_id = now(), valid.id
        db.session.flush()
        return Papers(*(addresses.signed_address(one, keys) for one in (valid, expired, revoked, replaced)), valid.number)

    return site.build(build)


def check(visitor: Visitor, text: str) -> str:
    """Paste an address, by keyboard alone; what the page answers first."""
    page = visitor.page
    page.locator("#code").fill(text)
    page.locator("#code").press("Enter")
    page.locator("#answer:focus .notice-heading").first.wait_for()
    return page.locator("#answer .notice-heading").first.inner_text()


def ready(page: Page) -> None:
    page.locator("html[data-ready]").wait_for()


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "km", "ar"])
def test_it_checks_without_network(papers: Papers, visit: Visit, language: str) -> None:
    visitor = visit(320, language=language)
    page = visitor.go(f"/verify/offline/{language}")
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_function("caches.match('/verify/offline', { ignoreVary: true }).then(Boolean)")
    words = page.evaluate("Object.fromEntries([...document.getElementById('words').content.children].map((each) => [each.dataset.w, each.textContent]))")
    visitor.context.set_offline(True)
    for address, state in (
        (papers.valid, "valid"), (papers.tampered, "changed"), (papers.expired, "expired"), (papers.revoked, "revoked"),
        (papers.replaced, "replaced"), (papers.valid.partition("#")[0][:-4], "mistyped"),
        ("https://seamwise-certificates.example/verify/" + papers.valid.rpartition("/")[2], "elsewhere"),
    ):  # fmt: skip
        assert check(visitor, address) == words[state], state
        if state == "valid":
            assert papers.number in page.locator("#answer").inner_text()
    assert check(visitor, papers.revoked.partition("#")[0]) == words["revoked"], "a typed code alone"
    page.goto(papers.valid)
    ready(page)
    assert page.locator("#answer .notice-heading").first.inner_text() == words["valid"], "scanned by the camera of the phone"
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    kept = page.evaluate("""async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat()""")
    assert [path for path in kept if not path.startswith(("/assets/", "/verify/offline")) and path not in {"/verify/keys.json", "/verify/ended.json"}] == []
    visitor.context.set_offline(False)


def test_nothing_that_is_checked_leaves_the_phone(papers: Papers, visit: Visit) -> None:
    visitor = visit(360)
    page = visitor.go("/verify/offline/en")
    ready(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    check(visitor, papers.valid)
    check(visitor, papers.revoked)
    assert asked == []
    told = visitor.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert [each for each in told["installabilityErrors"] if each["errorId"] != "in-incognito"] == []
