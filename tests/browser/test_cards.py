"""Cards in the hands of people: printed by the office, used on a phone and on a shared tablet."""

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import PersonCard
from app.accounts.operations.cards import issue_missing
from app.factories.models import Employment, Factory
from app.platform.db import db
from tests.browser.conftest import Visit
from tests.browser.learner import in_digits
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import quizzes
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def room_with_card(language: str) -> tuple[int, int, str, str]:
    """Training session, person, token of the card, code of the factory."""
    room = quizzes.room(language=language)
    issue_missing([room.person.id])
    return room.training.id, room.person.id, db.session.query(PersonCard).filter_by(person_id=room.person.id).one().token, room.factory.code


def type_pin(visitor: Visitor, language: str) -> None:
    """With the digits of the own keyboard."""
    visitor.page.locator("[name=pin]").fill(in_digits(quizzes.PIN, language))
    visitor.follow("main form button")


def staff(factory_code: str) -> str:
    """A focal point of the factory, by e-mail address."""
    email = f"desk@{factory_code.lower()}.example"
    factory = db.session.query(Factory).filter_by(code=factory_code).one()
    grants = [Grant(Role.FOCAL_POINT, factory_id=factory.id)]
    accounts.create_account(SYSTEM, email=email, name="Desk", language="en", password=PASSWORD, grants=grants)
    return email


@pytest.mark.sampled
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["km", "ar"])
def test_a_card_leads_to_the_open_quiz_on_a_phone(site: Site, visit: Visit, language: str, has_script: bool) -> None:
    _training, _person, token, _code = site.build(lambda: room_with_card(language))
    phone = visit(360, language=language, has_script=has_script)
    phone.go(f"/card/{token}")
    type_pin(phone, language)
    phone.read_notice()
    phone.follow("form[action^='/attempts/sessions/'] button")
    assert "/attempts?unit=" in phone.page.url
    assert phone.complaints == []


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "has_script"), [("km", True), ("km", False), ("ar", False)])
def test_factory_number_and_pin_on_a_phone(site: Site, visit: Visit, language: str, has_script: bool) -> None:
    _training, person, _token, code = site.build(lambda: room_with_card(language))
    number = site.look(lambda: db.session.query(Employment).filter_by(person_id=person).one().employee_number)
    phone = visit(360, language=language, has_script=has_script)
    page = phone.go("/enter")
    page.locator("[name=factory]").fill(in_digits(code.lower(), language))
    page.locator("[name=number]").fill(in_digits(number, language))
    type_pin(phone, language)
    phone.read_notice()
    assert phone.path == "/"
    assert phone.complaints == []


def test_the_office_prints_cards_and_fetches_the_file(site: Site, visit: Visit) -> None:
    _training, _person, _token, code = site.build(lambda: room_with_card("km"))
    email = site.build(lambda: staff(code))
    desk = visit(360)
    desk.sign_in(email)
    page = desk.go(f"/factories/{code}/cards")
    page.locator("[name=cards-who][value=all]").check()
    desk.follow(f"form[action='/factories/{code}/cards'] button")
    button = page.locator("form[action$='/file'] button")
    button.wait_for()
    with page.expect_download() as fetched:
        button.tap()
    assert fetched.value.suggested_filename.startswith(f"cards-{code}-")
    assert desk.complaints == []


def test_a_tablet_nobody_touches_goes_back_to_the_names(site: Site, visit: Visit) -> None:
    training, person, _token, code = site.build(lambda: room_with_card("en"))
    email = site.build(lambda: staff(code))
    tablet = visit(800)
    tablet.sign_in(email)
    page = tablet.go(f"/sessions/{training}/kiosk")
    tablet.follow(f"form[action='/sessions/{training}/kiosk'] button")
    tablet.follow(f"a[href='/kiosk?person={person}']")
    page.clock.install()
    type_pin(tablet, "en")
    tablet.read_notice()
    page.clock.fast_forward(30_000)
    dialog = page.locator("#idle-lock")
    dialog.wait_for(state="visible")
    dialog.locator("button").click()
    dialog.wait_for(state="hidden")
    page.clock.fast_forward(30_000)
    dialog.wait_for(state="visible")
    with page.expect_navigation(url="**/kiosk"):
        page.clock.fast_forward(20_000)
    page.go_back()
    page.wait_for_url("**/kiosk")
    assert tablet.complaints == []
