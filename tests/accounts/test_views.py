"""Signing in and out as a person does it."""

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations
from tests.browse import Browse

PASSWORD = "long enough to be safe"


def _account() -> None:
    operations.create_account(
        SYSTEM, email="Sreymom@Seamwise.example", name="Sreymom", language="en", password=PASSWORD, grants=[Grant(Role.TRAINER)]
    )


def test_sign_in_and_out(browse: Browse) -> None:
    _account()
    assert browse.get("/").location.startswith("/sign-in")
    reply = browse.post("/sign-in", {"email": "sreymom@seamwise.EXAMPLE ", "password": PASSWORD, "next": "/?a=1"})
    assert (reply.status, reply.location) == (303, "/?a=1")
    assert browse.get("/sessions").status == 200
    kept = browse.client.get_cookie("seamwise").value
    assert browse.post("/sign-out").status == 303
    browse.client.set_cookie("seamwise", kept)
    assert browse.get("/").location.startswith("/sign-in"), "an old cookie is worth nothing after signing out"


def test_wrong_password_says_so_and_changes_nothing(browse: Browse) -> None:
    _account()
    reply = browse.post("/sign-in", {"email": "sreymom@seamwise.example", "password": "wrong"})
    assert reply.status == 422
    assert "The address or the password is not right." in reply.text
    assert browse.get("/").status == 303


def test_foreign_redirects_are_not_followed(browse: Browse) -> None:
    _account()
    for address in ("//evil.example", "/\\evil.example", "https:evil.example", "/%0d%0aLocation:x", "\t//evil.example"):
        fresh = Browse(browse.app)
        reply = fresh.post("/sign-in", {"email": "sreymom@seamwise.example", "password": PASSWORD, "next": address})
        assert reply.location == "/", address


def test_cross_site_post_is_refused(browse: Browse) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert browse.post("/sign-in", {}, headers=headers).status == 403
    assert browse.client.post("/sign-in").status_code == 403


def test_the_right_password_starts_the_count_afresh(browse: Browse) -> None:
    """Whoever signs in on many devices, or mistypes now and then, is nobody who guesses."""
    _account()
    for _ in range(4):
        wrong = [browse.post("/sign-in", {"email": "sreymom@seamwise.example", "password": "x"}).status for _ in range(3)]
        right = Browse(browse.app).post("/sign-in", {"email": "sreymom@seamwise.example", "password": PASSWORD})
        assert (wrong, right.status) == ([422] * 3, 303)


def test_too_many_tries_wait(browse: Browse) -> None:
    replies = [browse.post("/sign-in", {"email": "a@b.example", "password": "x"}).status for _ in range(12)]
    assert replies == [422] * 10 + [429] * 2
