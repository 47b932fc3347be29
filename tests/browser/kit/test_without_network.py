"""Marks that are taken without network arrive, each once, whatever happens on the way (TRAPS O2-O6, X28)."""

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, Route

from tests.browser.kit.conftest import Take
from tests.browser.kit.phone import Phone
from tests.browser.kit.stage import counted, entries, half_day
from tests.browser.site import Site
from tests.peers.browser import launch_options

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def test_a_cut_network_loses_nothing_and_words_say_where_each_mark_is(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.waits(0)
    phone.says("confirmed", "Nothing confirmed yet")
    phone.cut()
    phone.go_to(stage.roll)
    for person, mark in zip(stage.people, "plaet", strict=False):
        phone.mark(person, mark)
    phone.waits(5)
    phone.says("confirmed", "Nothing confirmed yet")
    assert "Saved on this phone" in phone.row(stage.people[0]).inner_text()
    assert "Confirmed" not in phone.row(stage.people[0]).inner_text()
    assert counted(site, stage.meeting) == {}
    phone.join()
    phone.confirmed(5)
    assert "Confirmed" in phone.row(stage.people[0]).inner_text()
    assert list(counted(site, stage.meeting).values()) == ["present", "late", "absent", "excused", "partial"]
    assert phone.complaints == []


def test_later_taps_on_the_phone_replace_earlier_ones(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    first = stage.people[0]
    for mark in "pal":
        phone.mark(first, mark)
    assert phone.page.locator(".tally-bar").inner_text().startswith("Present 1 of 8")
    phone.join()
    phone.confirmed(3)
    assert counted(site, stage.meeting) == {first: "late"}


def test_reload_without_network_shows_list_and_own_marks(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0], "l")
    phone.page.reload()
    phone.row(stage.people[0]).locator("[data-mark=l][aria-pressed=true]").wait_for()
    phone.waits(1)
    phone.mark(stage.people[1])
    assert phone.page.locator(".tally-bar").inner_text().startswith("Present 2 of 8")
    phone.join()
    phone.confirmed(2)
    assert counted(site, stage.meeting) == {stage.people[0]: "late", stage.people[1]: "present"}


def test_killed_and_restarted_server(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    site.server.kill()
    try:
        phone.go_to(stage.roll)
        phone.mark(stage.people[0])
        phone.waits(1)
        phone.page.reload()
        phone.mark(stage.people[1], "a")
        phone.waits(2)
    finally:
        site.server.start()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.confirmed(2)
    assert counted(site, stage.meeting) == {stage.people[0]: "present", stage.people[1]: "absent"}


def test_an_answer_that_is_lost_after_the_server_wrote_doubles_nothing(site: Site, take: Take) -> None:
    """The receipt never came: the phone keeps the record, sends it again, and gets the same receipt."""
    stage, phone = site.build(half_day), take(has_worker=False)
    phone.begin(stage, has_worker=False)
    lost: list[int] = []

    def swallow(route: Route) -> None:
        answer = route.fetch()
        lost.append(answer.status)
        route.abort() if len(lost) < 3 else route.fulfill(response=answer)

    phone.page.route("**/kit/records", swallow)
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.waits(1)
    while len(lost) < 3:
        phone.send()
        phone.page.wait_for_timeout(100)
    phone.confirmed(1)
    assert lost[:3] == [200, 200, 200]
    assert entries(site, stage.meeting) == 1


def test_an_answer_without_receipts_confirms_nothing(site: Site, take: Take) -> None:
    """A 200 alone says nothing, nor does a receipt with another digest."""
    stage, phone = site.build(half_day), take(has_worker=False)
    phone.begin(stage, has_worker=False)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    key = phone.stored()["outbox"][0]["key"]
    wrong = {"boxes": [{"key": key, "receipts": [[0, "A" * 22, "0" * 64, 1, "counted", "", ""]]}], "sheets": {}, "resolved": []}
    for body in ({"boxes": [], "success": True}, wrong):
        phone.page.unroute_all()
        phone.page.route("**/kit/records", partial(_answer, body))
        phone.join()
        with phone.page.expect_response("**/kit/records"):
            phone.send()
        phone.waits(1)
        phone.says("confirmed", "Nothing confirmed yet")
    phone.page.unroute_all()
    phone.send()
    phone.confirmed(1)


def _answer(body: dict[str, object], route: Route) -> None:
    route.fulfill(json=body)


def test_a_crashed_tab(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    crashed = phone.page
    with pytest.raises(Error, match=r"ERR_ABORTED|crash"):
        crashed.goto("chrome://crash")
    crashed.close()
    phone.page = phone.context.new_page()
    phone.open(stage.roll)
    phone.waits(1)
    phone.join()
    phone.confirmed(1)
    assert counted(site, stage.meeting) == {stage.people[0]: "present"}


def test_a_browser_that_is_closed_and_opened_again(site: Site, tmp_path: Path, driver: Playwright) -> None:
    stage = site.build(half_day)

    def start() -> tuple[BrowserContext, Phone]:
        context = driver.chromium.launch_persistent_context(
            tmp_path, **launch_options(), viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="en",
        )
        return context, Phone(context, site.address, 360)

    context, phone = start()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.mark(stage.people[1], "l")
    context.close()
    context, phone = start()
    phone.cut()
    phone.open(stage.roll)
    phone.waits(2)
    phone.mark(stage.people[2])
    assert phone.page.locator(".tally-bar").inner_text().startswith("Present 3 of 8")
    phone.join()
    phone.confirmed(3)
    context.close()
    assert len(counted(site, stage.meeting)) == 3


def test_two_tabs_that_deliver_at_once(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:4]:
        phone.mark(person)
    one = phone.page
    phone.page = two = phone.context.new_page()
    phone.open(stage.roll)
    for person in stage.people[4:]:
        phone.mark(person, "l")
    phone.waits(8)
    phone.page = one
    phone.waits(8)
    phone.join()
    for tab in (one, two):
        tab.evaluate("dispatchEvent(new Event('online')), dispatchEvent(new Event('focus'))")
    for tab in (one, two):
        phone.page = tab
        phone.confirmed(8)
    assert entries(site, stage.meeting) == 8
    counters = [row["number"] for row in phone.stored()["receipts"]]
    assert len(counters) == len(set(counters)) == 8


def test_two_phones_mark_the_same_people_differently(site: Site, take: Take) -> None:
    """Neither knew of the other: both are kept, and the page of the site says so (O4)."""
    stage = site.build(half_day)
    phones = [take(), take()]
    for phone, mark in zip(phones, "pa", strict=True):
        phone.begin(stage)
        phone.cut()
        phone.go_to(stage.roll)
        phone.mark(stage.people[0], mark)
    for phone in phones:
        phone.join()
        phone.confirmed(1)
    assert entries(site, stage.meeting) == 2


@pytest.mark.sampled
@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_is_wrong_by_years_changes_no_result(site: Site, take: Take, days: int) -> None:
    stage, phone = site.build(half_day), take(script=f"{{ const shift = {days} * 86400000, real = Date.now; Date.now = () => real() + shift; }}")
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.mark(stage.people[1], "l")
    phone.join()
    phone.confirmed(2)
    assert counted(site, stage.meeting) == {stage.people[0]: "present", stage.people[1]: "late"}
