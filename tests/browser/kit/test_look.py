import pytest

from tests.browser.kit.stage import counted, half_day

pytestmark = [pytest.mark.browser, pytest.mark.any_engine]
def test_look(site, take):
    stage = site.build(half_day)
    phone = take()
    phone.page.on("console", lambda m: print("CONSOLE", m.text))
    phone.page.on("pageerror", lambda m: print("ERR", m))
    phone.page.on("response", lambda r: print("R", r.status, r.url))
    phone.context.set_default_timeout(6000)
    phone.begin(stage)
    phone.page.screenshot(path="/tmp/kit1.png", full_page=True)
    phone.go_to(stage.roll)
    phone.page.screenshot(path="/tmp/kit2.png", full_page=True)
    phone.cut()
    phone.mark(stage.people[0]); phone.mark(stage.people[1], "l"); phone.mark(stage.people[2], "e")
    phone.waits(3)
    phone.page.screenshot(path="/tmp/kit3.png", full_page=True)
    phone.page.reload()
    phone.page.locator(".roll").first.wait_for()
    phone.page.screenshot(path="/tmp/kit4.png", full_page=True)
    phone.join()
    phone.confirmed(3)
    phone.go_to("#outbox")
    phone.page.screenshot(path="/tmp/kit5.png", full_page=True)
    print(counted(site, stage.meeting), phone.complaints)
