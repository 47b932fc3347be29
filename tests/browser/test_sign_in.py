"""Ways to sign in at a phone 360 px wide, without script, in Khmer and in Arabic. Passkeys and cards have files of their own."""

import re
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Error

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account, SignIn
from app.accounts.operations import Wanted
from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.learner import answer, in_digits
from tests.browser.site import Site, wait_until
from tests.browser.visitor import Visitor
from tests.make import factories, quizzes
from tests.make.staff import code_for
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "twelve quiet machines"
LANGUAGES = pytest.mark.parametrize("language", ["km", "ar"])


def trainer(name: str, language: str) -> Account:
    grants = [Grant(Role.TRAINER, factories.programme().id)]
    return accounts.create_account(SYSTEM, email=f"{name}@office.example", name=name, language=language, password=PASSWORD, grants=grants)


def with_factor(language: str) -> tuple[str, str]:
    """The address of an account with an authenticator app, and one of its recovery codes."""
    account = trainer(f"app-{language}", language)
    account.totp_secret = SECRET
    return account.email, accounts.new_recovery_codes(Actor(account_id=account.id))[0]


@pytest.mark.sampled
@LANGUAGES
def test_a_password_and_a_code_of_the_app_or_a_recovery_code(site: Site, visit: Visit, language: str) -> None:
    email, recovery = site.build(lambda: with_factor(language))
    phone = visit(language=language, has_script=False)
    for code in (in_digits(code_for(SECRET), language), recovery.upper()):
        page = phone.sign_in_at_the_door(email)
        assert phone.path.startswith("/sign-in/factor")
        page.locator("[name=code]").fill(code)
        phone.follow("form[action='/sign-in/factor'] button")
        phone.read_notice()
        assert phone.path == "/"
        phone.sign_out()


def link_to(site: Site, email: str, kind: str) -> str:
    """The path of the link that the mail server has got for an address."""

    def found() -> list[str]:
        mails = [kept.parsed.get_body(("plain",)).get_content() for kept in site.mail.messages if email in kept.recipients]
        return re.findall(rf"(/links/{kind}/\S+)", "\n".join(mails))

    wait_until(found, f"a mail with a link for {kind}")
    return found()[-1]


@pytest.mark.sampled
@LANGUAGES
def test_links_by_mail(site: Site, visit: Visit, language: str) -> None:
    """To sign in, and for a new password. The address bar never shows the token of a page."""
    email = site.build(lambda: trainer(f"link-{language}", language).email)
    phone = visit(language=language, has_script=False)
    for kind in ("sign-in", "password"):
        page = phone.go(f"/links/ask/{kind}")
        page.locator("[name=email]").fill(email)
        phone.follow("main form button")
        phone.go(link_to(site, email, kind))
        assert phone.path == f"/links/{kind}"
        if kind == "password":
            page.locator("[name=password]").fill(NEW)
        phone.follow("main form button")
        if kind == "sign-in":
            phone.read_notice()
            assert phone.path == "/"
            phone.sign_out()
    assert phone.path == "/sign-in"
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(NEW)
    phone.follow("form[action='/sign-in'] button")
    assert phone.path == "/"


def invited(language: str) -> str:
    wanted = Wanted(Role.FOCAL_POINT, factory_id=factories.factory().id)
    return accounts.invite(SYSTEM, email=f"invited-{language}@factory.example", name="Noor", language=language, wanted=wanted).email


@pytest.mark.sampled
@LANGUAGES
def test_an_invitation_by_mail(site: Site, visit: Visit, language: str) -> None:
    email = site.build(lambda: invited(language))
    phone = visit(language=language, has_script=False)
    page = phone.go(link_to(site, email, "invitation"))
    page.locator("[name=password]").fill(NEW)
    phone.follow("main form button")
    phone.read_notice()
    assert phone.path == "/"


@dataclass(frozen=True)
class Kiosk:
    """A training session, two of its people, and who makes a tablet its kiosk."""

    training_id: int
    people: tuple[int, int]
    email: str


def kiosk(language: str) -> Kiosk:
    room = quizzes.room(language=language)
    email = f"desk-{language}@factory.example"
    grants = [Grant(Role.FOCAL_POINT, factory_id=room.factory.id)]
    accounts.create_account(SYSTEM, email=email, name="Noor", language=language, password=PASSWORD, grants=grants)
    return Kiosk(room.training.id, (room.person.id, room.another(language=language).id), email)


@pytest.mark.sampled
@LANGUAGES
def test_one_after_the_other_at_a_kiosk(site: Site, visit: Visit, language: str) -> None:
    """Each is signed out after the quiz; the names say nothing of results, and Back shows nothing of the one before."""
    room = site.build(lambda: kiosk(language))
    tablet = visit(language=language, has_script=False)
    page = tablet.sign_in_at_the_door(room.email)
    tablet.go(f"/sessions/{room.training_id}/kiosk")
    tablet.follow("main form button")
    first, second = room.people
    take_the_quiz(site, tablet, first, language)
    assert site.look(lambda: db.session.query(SignIn).filter_by(person_id=first, ended_at=None).count()) == 0
    assert site.look(lambda: db.session.query(Attempt).filter_by(person_id=first).one().state) is AttemptState.GRADED
    tablet.go("/kiosk")
    assert not re.search(r"[\d٠-٩០-៩] ?(%|/)", page.locator("main").inner_text())
    for _ in range(3):
        with suppress(Error):  # an answer to a form is not kept; the browser says so
            page.go_back()
        assert page.locator("form[action*='/answers/'], form[action$='/submission'], .learner-card a[href^='/attempts']").count() == 0
    tablet.go("/kiosk")
    come(tablet, second, language)
    tablet.follow("form[action='/handover'] button >> nth=0")
    assert tablet.path == "/kiosk"


def come(tablet: Visitor, person: int, language: str) -> None:
    """Own name, PIN, and the notice that is shown once."""
    tablet.follow(f"a[href='/kiosk?person={person}']")
    tablet.page.locator("[name=pin]").fill(in_digits(quizzes.PIN, language))
    tablet.follow("main form button")
    tablet.read_notice()
    assert tablet.path == "/"


def take_the_quiz(site: Site, tablet: Visitor, person: int, language: str) -> None:
    come(tablet, person, language)
    tablet.follow("a[href='/attempts']")
    tablet.follow("form[action='/attempts'] button")
    for _ in range(3):
        answer(tablet, site, language)
    tablet.follow("form[action$='/submission'] button")
