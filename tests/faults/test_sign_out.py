"""Two servers on one database: what ends a sign-in at one of them ends it at the other at once (TRAPS T7, SEC-10)."""

from collections.abc import Iterator

import pytest

from app.access.roles import Role
from app.accounts.models import Account, SignIn
from app.platform.db import db, transaction
from tests.browse import Browse
from tests.faults.processes import Product, Server
from tests.make import accounts, cards, quizzes
from tests.make.staff import EMAIL, PASSWORD, sign_in, sreymom

pytestmark = pytest.mark.slow
NEW = "twelve quiet machines"
IN, OUT = 200, 303


@pytest.fixture
def servers(product: Product) -> Iterator[tuple[Server, Server]]:
    with product.app.app_context(), transaction():
        sreymom()
    with product.serving() as here, product.serving() as there:
        yield here, there


def device(product: Product, password: str = PASSWORD) -> str:
    """The cookie of one more device on which the account signs in."""
    browse = Browse(product.app)
    assert sign_in(browse, password=password).status == 303
    return browse.client.get_cookie("seamwise").value


def test_what_ends_at_one_server_has_ended_at_the_other(product: Product, servers: tuple[Server, Server]) -> None:
    here, there = servers

    def seen(cookie: str) -> tuple[int | None, int | None]:
        return here.request("GET", "/sessions", cookie=cookie), there.request("GET", "/sessions", cookie=cookie)

    desk, phone, tablet = (device(product) for _ in range(3))
    assert [seen(each) for each in (desk, phone, tablet)] == [(IN, IN)] * 3

    assert here.post("/sign-out", cookie=tablet) == 303
    assert [seen(each) for each in (desk, phone, tablet)] == [(IN, IN), (IN, IN), (OUT, OUT)]

    assert there.post("/account/password", {"old": PASSWORD, "password": NEW}, cookie=desk) == 303
    assert [seen(each) for each in (desk, phone)] == [(IN, IN), (OUT, OUT)], "a new password signs out every other device"

    phone = device(product, NEW)
    with product.app.app_context():
        last = db.session.query(SignIn).order_by(SignIn.id.desc()).first().id
    assert here.post(f"/account/sign-ins/{last}/end", cookie=desk) == 303
    assert [seen(each) for each in (desk, phone)] == [(IN, IN), (OUT, OUT)]

    phone = device(product, NEW)
    assert there.post("/account/sign-ins/end", cookie=phone) == 303
    assert [seen(each) for each in (desk, phone)] == [(OUT, OUT)] * 2, "signed out everywhere"

    desk = device(product, NEW)
    assert seen(desk) == (IN, IN)
    with product.app.app_context(), transaction():
        account = db.session.query(Account).filter_by(email=EMAIL).one().id
        boss = Browse(product.app).as_account(accounts.account(Role.ADMINISTRATOR)).client.get_cookie("seamwise").value
    assert here.post(f"/accounts/{account}/closing", cookie=boss) == 303
    assert seen(desk) == (OUT, OUT), "a closed account is out"
    assert there.post("/sign-in", {"email": EMAIL, "password": NEW}) == 422
    a_new_pin_signs_the_person_out(product, here, there)


def a_new_pin_signs_the_person_out(product: Product, here: Server, there: Server) -> None:
    with product.app.app_context(), transaction():
        room = quizzes.room()
        token, code, person = cards.card(room.person, quizzes.PIN).token, room.factory.code, room.person.id
        trainer = accounts.account(Role.TRAINER, programme=room.training.programme)
        cookie = Browse(product.app).as_account(trainer).client.get_cookie("seamwise").value
    phone = Browse(product.app)
    assert phone.post(f"/card/{token}", {"pin": quizzes.PIN}).status == 303
    own = phone.client.get_cookie("seamwise").value
    assert there.post("/kiosk/here", cookie=own) == 204
    assert here.post(f"/factories/{code}/people/{person}/pin", cookie=cookie) == 200
    assert there.post("/kiosk/here", cookie=own) == 401
    assert there.post(f"/card/{token}", {"pin": quizzes.PIN}) == 422
