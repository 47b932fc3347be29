"""What other sites and other host names try: redirects, forged forms, frames; and forms that come late (TRAPS T1, T2, T8, T9, T45)."""

import re

import pytest
from flask import Flask

from app.accounts.models import Account, SignIn
from app.platform.clock import now
from app.platform.db import db
from tests.browse import OWN_SITE, Browse, fill
from tests.make import factories, quizzes
from tests.make.staff import EMAIL, PASSWORD, code_for, links, run_jobs, sign_in, sreymom

ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "/%0d%0aLocation:%20https://evil.example",
    "/%09/evil.example", "\t//evil.example", " //evil.example", "/\n/evil.example", "///evil.example", "javascript:alert(1)", "//evil.example/%2e%2e",
    "http://localhost@evil.example", "//[", "/\u2028evil", "evil.example",
]
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_redirect_leads_elsewhere(browse: Browse, address: str) -> None:
    """Wherever an address says what comes next: signing in, the second factor, the password again, the notice, the language."""
    account = sreymom()
    assert sign_in(browse, following=address).location == "/"
    assert browse.post("/account/confirm", {"password": PASSWORD, "next": address}).location == "/account/security"
    assert browse.post("/notice", {"next": address}).location == "/"
    assert browse.post("/language", {"language": "km", "next": address}).location == "/"
    account.totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    again = Browse(browse.app)
    sign_in(again)
    assert again.post("/sign-in/factor", {"code": code_for(account.totp_secret), "next": address}).location == "/"


def test_a_nested_redirect_ends_at_the_own_start_page(browse: Browse) -> None:
    sreymom()
    following = sign_in(browse, following="/sign-in?next=//evil.example").location
    assert following == "/sign-in?next=//evil.example"
    assert browse.get(following).location == "/"


def test_the_mail_names_the_address_of_the_site_whatever_the_request_says(browse: Browse) -> None:
    """And where the site knows its host names, a foreign one is refused before anything happens."""
    sreymom()
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}):
        assert Browse(browse.app).post("/links/ask/password", {"email": EMAIL}, headers=headers).status == 303
    run_jobs()
    assert len(links()) == 2, "both begin with the address of the site"


def test_foreign_host_names_are_refused(own_app: Flask) -> None:
    own_app.config["TRUSTED_HOSTS"] = ["seamwise.example"]
    for host in ("evil.example", "seamwise.example.evil.example", "seamwise.example:80@evil.example", "evil.example:8000", ""):
        reply = own_app.test_client().post("/links/ask/password", data={"email": EMAIL}, headers={**OWN_SITE, "Host": host})
        assert reply.status_code == 400, host
    with own_app.app_context():
        assert db.session.query(Account).count() == 0


def changing_routes(app: Flask) -> list[tuple[str, str]]:
    """An address for each route that changes something, but for those to which other programs post."""
    rules = [
        (method, rule)
        for rule in app.url_map.iter_rules() if not getattr(app.view_functions[rule.endpoint], "from_anywhere", False)
        for method in sorted(CHANGING & set(rule.methods or ()))
    ]
    return [(method, re.sub(r"<[^>]*>", "1", rule.rule)) for method, rule in rules]


def test_every_changing_route_refuses_what_comes_from_elsewhere(browse: Browse) -> None:
    """With the cookies of somebody who is signed in: from another site, and with nothing that says where from."""
    sreymom()
    sign_in(browse)
    routes = changing_routes(browse.app)
    assert len(routes) > 60
    for method, address in routes:
        for headers in ({"Sec-Fetch-Site": "cross-site", "HX-Request": "true"}, {"Origin": "https://evil.example"}, {}):
            assert browse.client.open(address, method=method, headers=headers).status_code == 403, (method, address, headers)
    assert browse.get("/sessions").status == 200, "nor was anybody signed out"


@pytest.mark.parametrize("address", ["/sign-in", "/enter", "/join", "/card/x", "/links/sent", "/notice", "/nothing"])
def test_no_page_may_be_framed(browse: Browse, address: str) -> None:
    headers = browse.get(address).response.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_form_that_comes_too_late_can_be_sent_once_more(browse: Browse) -> None:
    """Whoever was signed out meanwhile signs in elsewhere and sends what was typed; nothing of it is lost."""
    account = sreymom()
    sign_in(browse)
    db.session.query(SignIn).one().ended_at = now()
    late = browse.post("/account", {"name": "<b>\"ស្រីមុំ\"</b>", "language": "km"})
    assert late.status == 401
    assert [link.get("target") for link in late.all("a") if link.get("href") == "/sign-in"] == ["_blank"]
    assert sign_in(browse).status == 303
    assert browse.post(*fill(late, "/account")).location == "/account"
    db.session.refresh(account)
    assert (account.name, account.language) == ("<b>\"ស្រីមុំ\"</b>", "km")


def test_an_answer_that_comes_too_late_can_be_sent_once_more(browse: Browse) -> None:
    room = quizzes.room()
    phone = browse.as_person(room.person.id, room.training.id)
    action, data = fill(phone.get(phone.post("/attempts").location), "/answers/", choice="x")
    db.session.query(SignIn).one().ended_at = now()
    late = phone.post(action, data)
    assert late.status == 401
    assert fill(late, "/answers/") == (action, data)


def test_secrets_are_never_written_into_a_page(browse: Browse) -> None:
    """Nor is a form kept of which a part would be missing."""
    factories.programme()
    for fields in ({"old": "my old password", "password": "x"}, {"code": "123456", "next": "/"}, {"pin": "4711", "person": "1"}):
        late = browse.post("/account/password", fields)
        assert late.status == 401
        assert not any(value in late.response.text for value in fields.values() if len(value) > 1)
