"""Second factors in a real browser, at a site that wants them: a passkey by the virtual authenticator, an app without script."""

import re
from collections.abc import Iterator

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations
from app.accounts.models import Account, Passkey, SignIn
from app.platform.db import db
from tests.browser.conftest import Visit
from tests.browser.site import Site, running_site
from tests.browser.visitor import Visitor
from tests.conftest import Databases
from tests.faults.processes import Hatchery
from tests.make import factories
from tests.make.staff import code_for
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
USE = "[data-passkey=get] button"


@pytest.fixture(scope="module")
def site(databases: Databases, hatchery: Hatchery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Passkeys belong to a host name: an address in numbers has none."""
    folder = tmp_path_factory.mktemp("passkeys")
    with running_site(databases, hatchery, folder, host="localhost", second_factor="required") as made:
        yield made


def _trainer(site: Site, name: str, language: str = "en") -> str:
    def make() -> str:
        return operations.create_account(
            SYSTEM, email=f"{name}@office.example", name=name, language=language, password=PASSWORD,
            grants=[Grant(Role.TRAINER, factories.programme().id)],
        ).email

    return site.build(make)


def _authenticator(visitor: Visitor) -> None:
    """A device that checks its owner, as phones do."""
    debugger = visitor.context.new_cdp_session(visitor.page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }})


@pytest.mark.sampled
@pytest.mark.parametrize(("width", "language"), [(360, "km"), (360, "ar"), (1280, "en")])
def test_a_passkey_is_made_and_then_signs_in(site: Site, visit: Visit, width: int, language: str) -> None:
    visitor = visit(width, language=language)
    _authenticator(visitor)
    email = _trainer(site, f"passkey-{language}", language)
    page = visitor.sign_in_at_the_door(email)
    assert visitor.path.startswith("/account/security"), "staff are led to set up a factor"
    page.locator("[name=name]").fill("My phone")
    visitor.follow("[data-passkey=create] button")
    assert page.locator("main li bdi").count() == 10, "recovery codes come along"
    visitor.go("/sessions")
    assert visitor.path == "/sessions"
    visitor.sign_out()
    visitor.follow(USE)
    visitor.go("/sessions")
    assert visitor.path == "/sessions", "the passkey alone proves who holds it, and that it is him"
    visitor.sign_out()
    visitor.sign_in_at_the_door(email)
    assert visitor.path.startswith("/sign-in/factor"), "after a password it is asked for"
    visitor.follow(USE)
    visitor.go("/sessions")
    assert visitor.path == "/sessions"
    assert site.look(lambda: db.session.query(Passkey).join(Account, Account.id == Passkey.account_id).filter(Account.email == email).count()) == 1
    assert site.look(lambda: db.session.query(SignIn).filter(SignIn.factor_at.is_not(None), SignIn.ended_at.is_(None)).count()) >= 1


def test_a_device_without_the_passkey_is_told_so(site: Site, visit: Visit) -> None:
    visitor = visit(360)
    page = visitor.go("/sign-in")
    _authenticator(visitor)
    visitor.touch(page.locator(USE))
    page.get_by_text("The passkey did not answer.").wait_for()
    assert visitor.path == "/sign-in"


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["ar", "km"])
def test_an_app_is_set_up_without_script(site: Site, visit: Visit, language: str) -> None:
    visitor = visit(360, language=language, has_script=False)
    page = visitor.sign_in_at_the_door(_trainer(site, f"app-{language}", language))
    assert visitor.path.startswith("/account/security")
    visitor.follow("a[href='/account/security/app']")
    [secret] = re.findall(r"\b[A-Z2-7]{32}\b", page.locator("main").inner_text())
    page.locator("[name=code]").fill(code_for(secret))
    visitor.follow("form[action='/account/security/app'] button")
    assert page.locator("main li").count() == 10
    visitor.go("/sessions")
    assert visitor.path == "/sessions"
