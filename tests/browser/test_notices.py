"""What people without e-mail are told, as a focal point prints, copies and hangs it up; and stopping the weekly mail."""

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account
from app.notifications.digests.tokens import stop_token
from app.platform.db import db
from app.sessions.rules import TrainingState
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.make import courses, factories
from tests.make import sessions as make
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
EMAIL = "desk@notices.example"


def laid(language: str) -> tuple[int, str, str]:
    """A session in Ethiopia and a focal point who reads `language`: its number, the code of the factory, the address."""
    programme = factories.programme("ET", zone="Africa/Addis_Ababa", country="ET", languages=["am", "en"])
    factory = factories.factory(programme_id=programme.id, language="am", local_name="የልብስ ፋብሪካ")
    titles = {"en": "Supervisory Skills", "am": "የተቆጣጣሪዎች ክህሎት", "ar": "مهارات الإشراف"}
    training = make.training(programme=programme, version=courses.version(f"skills-{language}", titles=titles), rooms=[factory], state=TrainingState.CONFIRMED)
    for _ in range(3):
        make.seat(training, factory, factories.person(factory, name="Abebe Bekele", local_name="አበበ በቀለ", language="am"))
    email = f"{language}-{EMAIL}"
    accounts.create_account(
        SYSTEM, email=email, name="Almaz", language=language, password=PASSWORD, grants=[Grant(Role.FOCAL_POINT, factory_id=factory.id)])
    return training.id, factory.code, email


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_hold_on_a_phone_and_on_a_desk(site: Site, visit: Visit, language: str) -> None:
    training, code, email = site.build(lambda: laid(language))
    desk = visit(1280, language=language)
    desk.sign_in(email)
    desk.read_notice()
    notice, board = f"/sessions/{training}/notices/{code}", f"/factories/{code}/board"
    for address in (f"/sessions/{training}", f"{notice}?names=1", f"{notice}/chat", board, f"{board}?weeks=1&language=ar", "/account/notifications"):
        for _width in desk.screens(address):
            pass


def test_the_text_is_copied_and_noted(site: Site, visit: Visit) -> None:
    training, code, email = site.build(lambda: laid("vi"))
    phone = visit(360, language="vi")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.sign_in(email)
    phone.read_notice()
    phone.go(f"/sessions/{training}/notices/{code}/chat?language=am")
    shown = phone.page.locator("#chat-text").input_value()
    phone.page.locator("[data-copy]").click()
    phone.page.locator("#chat-text-copied:not(.visually-hidden)").wait_for()
    assert phone.page.evaluate("navigator.clipboard.readText()") == shown
    assert "የተቆጣጣሪዎች ክህሎት" in shown and "ዓ.ም" in shown
    phone.follow("form[action$='/told'] button")
    assert phone.page.locator(".notices .notice").count() == 1
    phone.check()


def test_the_weekly_mail_is_stopped_by_a_button(site: Site, visit: Visit) -> None:
    _training, _code, email = site.build(lambda: laid("km"))
    token = site.look(lambda: stop_token(db.session.query(Account).filter_by(email=email).one().id))
    reader = visit(360, has_script=False)
    reader.go(f"/unsubscribe/{token}")
    assert reader.path == "/unsubscribe"
    reader.check()
    reader.follow("main form button")
    reader.check()
    assert reader.page.locator("main form").count() == 0
