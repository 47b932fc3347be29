"""Taking a roster back, as somebody sees it."""

import sqlalchemy as sa

from app.access.roles import Role
from app.factories.models import Person
from app.platform.db import db
from tests.browse import Browse
from tests.factories.test_views import manager, send
from tests.make import accounts, factories


def test_a_roster_is_taken_back(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    address = send(browser, factory, "x.csv", b"Employee No,Name\n7,Rina Begum\n").location
    assert browser.post(f"{address}/undo").status == 409, "nothing was applied yet"
    browser.post(f"{address}/application")
    page = browser.get(address)
    assert [form.get("action") for form in page.all("form")].count(f"{address}/undo") == 1
    assert "until the next staff list" in page.text
    assert browser.post(f"{address}/undo").location == address
    page = browser.get(address)
    assert "1 new person was removed." in page.text and "stays" not in page.text
    assert f"{address}/undo" not in [form.get("action") for form in page.all("form")]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0
    assert "Taken back" in browser.get(f"/factories/{factory.code}/roster").text


def test_after_the_next_roster_it_stays(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    first, second = (
        send(browser, factory, "x.csv", f"Employee No,Name\n7,Rina {name}\n".encode()).location for name in ("Begum", "Khatun")
    )
    browser.post(f"{first}/application")
    second = send(browser, factory, "x.csv", b"Employee No,Name\n7,Rina Khatun\n").location
    browser.post(f"{second}/application")
    refused = browser.post(f"{first}/undo")
    assert refused.status == 409 and "another one was applied since" in refused.text
    assert f"{first}/undo" not in [form.get("action") for form in browser.get(first).all("form")]


def test_who_may_not_import_may_not_undo(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    address = send(browser, factory, "x.csv", b"Employee No,Name\n7,Rina Begum\n").location
    browser.post(f"{address}/application")
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    twin = factories.factory(programme_id=factories.programme("BD", country="BD").id)
    elsewhere = manager(browse, twin)
    assert advisor.post(f"{address}/undo").status == 404
    assert elsewhere.post(f"{address}/undo").status == 404
    assert browser.post(f"{address.replace(factory.code, twin.code)}/undo").status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1
