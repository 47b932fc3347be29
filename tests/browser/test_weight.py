"""What a quiz costs a phone with an empty cache, as Chromium itself counts it on the wire."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession

from app.platform.db import db
from app.platform.web import assets
from app.quizzes import operations
from app.quizzes.gift import parse
from app.quizzes.models import Question
from tests.browser.conftest import Visit
from tests.browser.learner import answer, come_in, in_digits
from tests.browser.site import Site
from tests.browser.test_quiz_no_script import Door
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
FIRST_PAGE, NEXT_PAGE, REQUESTS = 45_000, 6_000, 4


@dataclass
class Meter:
    """Counts what a page fetches."""

    wire: CDPSession
    requests: list[str] = field(default_factory=list)
    bytes: float = 0
    sizes: dict[str, float] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wire.on("Network.requestWillBeSent", self._note)
        self.wire.on("Network.loadingFinished", self._count)
        self.wire.send("Network.enable")

    def _note(self, sent: dict[str, Any]) -> None:
        self.requests.append(sent["request"]["url"])
        self._urls[sent["requestId"]] = sent["request"]["url"]

    def _count(self, finished: dict[str, Any]) -> None:
        self.bytes += finished["encodedDataLength"]
        url = self._urls.get(finished["requestId"], "")
        self.sizes[url] = self.sizes.get(url, 0) + finished["encodedDataLength"]

    def of(self, path: str) -> float:
        """What the addresses with this in them cost."""
        return sum(size for url, size in self.sizes.items() if path in url)

    def reset(self) -> None:
        self.requests, self.bytes = [], 0


def open_real_test(language: str) -> Door:
    """A training session with the post-test of Supervisory Skills, ten questions in five languages."""
    room = quizzes.room(is_open=False, language=language)
    db.session.query(Question).delete()
    folder = assets.ROOT / "content" / "sst"
    locales = ("en", "vi", "km", "bn", "ar")
    operations.publish_bank(
        room.unit_id, {locale: parse((folder / locale / "post-test.gift").read_bytes()).questions for locale in locales}
    )
    operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 30)
    return Door(room.training.code, room.person.id)


@pytest.mark.parametrize("language", ["km"])
def test_the_first_page_and_the_next(site: Site, visit: Visit, language: str) -> None:
    door = site.build(lambda: open_real_test(language))
    phone = visit(language=language)
    come_in(phone, door.code, door.person_id, in_digits(quizzes.PIN, language))
    phone.follow("form[action='/attempts'] button")
    first_question = phone.path
    fresh = visit(language=language)
    fresh.context.add_cookies(phone.context.cookies())
    meter = Meter(fresh.context.new_cdp_session(fresh.page))
    fresh.go(first_question)
    assert len(meter.requests) <= REQUESTS, meter.requests
    assert 5_000 < meter.bytes <= FIRST_PAGE
    meter.reset()
    answer(fresh, site, language)
    assert re.search(r"/questions/2$", fresh.path)
    assert 1_000 < meter.bytes <= NEXT_PAGE, meter.requests
