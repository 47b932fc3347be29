"""One person is hired, promoted, found at another factory and let go, on a narrow phone."""

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.factories.models import Employment, Person
from app.platform.db import db
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.make import factories
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
EMAIL = "desk{}@people.example"


def two_factories(name: str) -> tuple[str, int, str]:
    """Code of a new factory, a person of another one, and who manages both."""
    new, old = factories.factory(), factories.factory()
    person = factories.person(old, name=f"Chan {name}")
    email = EMAIL.format(name)
    grants = [Grant(Role.PROGRAMME_MANAGER, programme_id=new.programme_id)]
    accounts.create_account(SYSTEM, email=email, name="Desk", language="en", password=PASSWORD, grants=grants)
    return new.code, person.id, email


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "name", "has_script"), [("ar", "Kunthea", True), ("km", "Sreymom", False)])
def test_a_person_without_a_list(site: Site, visit: Visit, language: str, name: str, has_script: bool) -> None:
    code, person_id, email = site.build(lambda: two_factories(name))
    phone = visit(320, language=language, has_script=has_script)
    phone.choose_language(language)
    phone.sign_in(email)
    page = phone.page
    if page.url.endswith("/notice"):
        phone.follow("form[action='/notice'] button")
    phone.go(f"/factories/{code}/people")
    phone.follow(f"a[href='/factories/{code}/people/new']")
    phone.page.locator("[name=name]").fill(f"Chan {name}")
    phone.page.locator("[name=employee_number]").fill("77")
    phone.follow("form[action$='/people/new'] button")
    phone.follow("a[href$='/work']")
    phone.page.locator("[name=role]").select_option("supervisor")
    phone.follow("form[action$='/work'] button")
    phone.follow("a[href$='/work']")
    phone.follow("a[href$='/origin']")
    phone.page.locator("main [name=q]").fill(name)
    phone.follow("form[action$='/origin'].filters button")
    with phone.arriving():
        phone.touch(phone.page.locator("form[action$='/origin']:has([name=other]) button").first)
        if has_script:
            phone.touch(phone.page.locator("#confirm button[value=yes]"))
    assert phone.path == f"/people/{person_id}"
    phone.follow("a[href$='/work']")
    phone.follow("form[action$='/ending'] button")
    ends = site.look(lambda: [str(row.end_reason) for row in db.session.query(Employment).filter_by(person_id=person_id).order_by(Employment.id)])
    assert ends == ["moved_factory", "left"]
    assert site.look(lambda: db.session.query(Person).filter_by(merged_into_id=person_id).count()) == 1
    assert phone.complaints == []
