"""One-time links: replayed, expired, forged, of another purpose, opened by scanners (TRAPS T39, T42 to T44)."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from app.accounts import operations
from app.accounts.models import Account, OneTimeLink, SignIn
from app.accounts.rules import LINK_LASTS, LinkPurpose
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.mail.models import MailMessage
from tests.browse import Browse
from tests.make.staff import EMAIL, PASSWORD, code_for, links, run_jobs, sign_in, sreymom

NEW = "twelve quiet machines"
KINDS = {"sign-in": LinkPurpose.SIGN_IN, "password": LinkPurpose.PASSWORD_RESET, "invitation": LinkPurpose.INVITATION}


@pytest.fixture
def account(app: Flask) -> Iterator[Account]:
    made = sreymom()
    db.session.commit()
    yield made


def _mailed(browse: Browse, kind: str, email: str = EMAIL) -> str:
    assert browse.post(f"/links/ask/{kind}", {"email": email}).location == "/links/sent"
    run_jobs()
    return links()[-1]


def _issued(account: Account, purpose: LinkPurpose) -> str:
    operations.issue_link(account.id, purpose)
    db.session.commit()
    return links()[-1]


def _tries(browse: Browse, path: str, sent: dict[str, str] | None = None) -> int:
    """Open a link and send its form; answers the last status."""
    clean = browse.get(path).location
    assert browse.get(clean).status in {200, 410}
    return browse.post(clean, {"name": "Sreymom", "password": NEW, **(sent or {})}).status


@pytest.mark.usefixtures("account")
def test_sign_in_by_link(browse: Browse) -> None:
    path = _mailed(browse, "sign-in")
    assert path.startswith("/links/sign-in/")
    assert len(path.rpartition("/")[2]) >= 43, "256 bits"
    opened = browse.get(path)
    assert (opened.status, opened.location) == (303, "/links/sign-in"), "a clean address"
    assert opened.response.headers["Referrer-Policy"] == "same-origin"
    page = browse.get("/links/sign-in")
    assert "Sign in now" in page.text
    assert path.rpartition("/")[2] not in page.response.text
    assert browse.get("/sessions").status == 303, "opening alone signs nobody in"
    assert browse.post("/links/sign-in").location == "/"
    assert browse.get("/sessions").status == 200
    assert path.rpartition("/")[2] not in {row.token_hash for row in db.session.query(OneTimeLink)}


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_scanners_use_nothing_up(browse: Browse, account: Account, purpose: LinkPurpose) -> None:
    path = _issued(account, purpose)
    for _ in range(3):
        scanner = Browse(browse.app)
        for method in ("get", "head", "options"):
            opened = getattr(scanner.client, method)(path)
            assert method == "options" or opened.headers["Location"] == path.rpartition("/")[0], "a clean address"
        assert scanner.get(path.rpartition("/")[0]).status == 200
    assert db.session.query(OneTimeLink).one().used_at is None
    assert db.session.query(SignIn).count() == 0
    assert _tries(browse, path) == 303


def test_a_link_works_once(browse: Browse, account: Account) -> None:
    for purpose in LinkPurpose:
        path = _issued(account, purpose)
        assert [_tries(Browse(browse.app), path) for _ in range(3)] == [303, 410, 410], purpose


def test_a_link_expires(browse: Browse, account: Account) -> None:
    for purpose in LinkPurpose:
        with telling(now() - LINK_LASTS[purpose] - timedelta(seconds=1)):
            path = _issued(account, purpose)
        assert _tries(Browse(browse.app), path) == 410, purpose


def test_a_link_serves_one_purpose(browse: Browse, account: Account) -> None:
    for kind, purpose in KINDS.items():
        token = _issued(account, purpose).rpartition("/")[2]
        for other in KINDS.keys() - {kind}:
            assert _tries(Browse(browse.app), f"/links/{other}/{token}") == 410, (kind, other)
    assert db.session.query(SignIn).count() == 0


def test_forged_links(browse: Browse, account: Account) -> None:
    token = _issued(account, LinkPurpose.PASSWORD_RESET).rpartition("/")[2]
    for forged in (token[:-1], token + "A", token.swapcase(), "0", db.session.query(OneTimeLink).one().token_hash):
        assert _tries(Browse(browse.app), f"/links/password/{forged}") == 410, forged
    assert browse.get("/links/password/" + "x" * 101).status == 404
    assert browse.get(f"/links/cook/{token}").status == 404
    assert Browse(browse.app).post("/links/password", {"password": NEW}).status == 410, "without any link"


def test_no_bit_of_a_link_can_be_changed(app: Flask, account: Account) -> None:
    token = _issued(account, LinkPurpose.SIGN_IN).rpartition("/")[2]
    raw = base64.urlsafe_b64decode(token + "=")
    assert len(raw) == 32
    assert operations.account_of_link(token, LinkPurpose.SIGN_IN) is not None
    for bit in range(256):
        changed = bytes(byte ^ (1 << bit % 8) if place == bit // 8 else byte for place, byte in enumerate(raw))
        forged = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert operations.account_of_link(forged, LinkPurpose.SIGN_IN) is None, bit


def test_no_link_outlives_a_change_of_the_password(browse: Browse, account: Account) -> None:
    """Changed on the page of the own account: every kind of link is worth nothing, and every other device is out."""
    paths = [_issued(account, purpose) for purpose in LinkPurpose]
    elsewhere = Browse(browse.app)
    sign_in(elsewhere)
    sign_in(browse)
    assert browse.post("/account/password", {"old": PASSWORD, "password": NEW}).status == 303
    assert [_tries(Browse(browse.app), path) for path in paths] == [410, 410, 410]
    assert elsewhere.get("/sessions").location.startswith("/sign-in")


def test_a_newer_link_replaces_the_older(browse: Browse, account: Account) -> None:
    older, newer = (_issued(account, LinkPurpose.SIGN_IN) for _ in range(2))
    assert (_tries(Browse(browse.app), older), _tries(Browse(browse.app), newer)) == (410, 303)


def test_reset_ends_sign_ins_and_links_and_keeps_the_factor(browse: Browse, account: Account) -> None:
    account.totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    db.session.commit()
    elsewhere = Browse(browse.app)
    sign_in(elsewhere)
    assert elsewhere.post("/sign-in/factor", {"code": code_for(account.totp_secret)}).status == 303
    magic = _issued(account, LinkPurpose.SIGN_IN)
    path = _mailed(browse, "password")
    clean = browse.get(path).location
    weak = browse.post(clean, {"password": "password1234"})
    assert (weak.status, "Many people" in weak.text) == (422, True)
    assert browse.post(clean, {"password": NEW}).location == "/sign-in"
    assert elsewhere.get("/sessions").location.startswith("/sign-in"), "signed out everywhere"
    assert _tries(Browse(browse.app), magic) == 410, "no link outlives a password"
    assert sign_in(browse, password=PASSWORD).status == 422
    sign_in(browse, password=NEW)
    assert browse.get("/sessions").location.startswith("/sign-in/factor"), "a reset is no way past the second factor"


def test_a_link_by_mail_is_no_way_past_the_factor(browse: Browse, account: Account) -> None:
    account.totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    db.session.commit()
    assert _tries(browse, _issued(account, LinkPurpose.SIGN_IN)) == 303
    assert browse.get("/sessions").location.startswith("/sign-in/factor")


def test_links_of_a_closed_account(browse: Browse, account: Account) -> None:
    paths = [_issued(account, purpose) for purpose in LinkPurpose]
    account.disabled_at = now()
    db.session.commit()
    assert [_tries(Browse(browse.app), path) for path in paths] == [410, 410, 410]
    count = len(links())
    browse.post("/links/ask/password", {"email": EMAIL})
    run_jobs()
    assert len(links()) == count


@pytest.mark.usefixtures("account")
def test_known_and_unknown_addresses_are_answered_alike(browse: Browse) -> None:
    """The same status, text and address, and the same statements in the same order: time cannot differ either."""
    seen = []
    for email in (EMAIL, "nobody@seamwise.example"):
        statements: list[str] = []
        listen = lambda _c, _cur, statement, *_rest, kept=statements: kept.append(re.sub(r"savepoint_\d+", "", statement))  # noqa: E731
        fresh = Browse(browse.app)
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            for kind in ("sign-in", "password"):
                asked = fresh.post(f"/links/ask/{kind}", {"email": email})
                seen.append((email, asked.status, asked.location, fresh.get(asked.location).text))
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        seen.append((email, tuple(statements)))
    half = len(seen) // 2
    assert [row[1:] for row in seen[:half]] == [row[1:] for row in seen[half:]]
    assert any("INSERT INTO job" in statement for statement in seen[half - 1][1])
    run_jobs()
    assert len(links()) == 2
    assert set(db.session.scalars(sa.select(MailMessage.recipient))) == {EMAIL}


def test_asking_is_throttled_for_each_address(browse: Browse) -> None:
    for email in (EMAIL, "nobody@seamwise.example"):
        statuses = [browse.post("/links/ask/sign-in", {"email": email.upper()}).status for _ in range(6)]
        assert statuses == [303] * 5 + [429]


def test_guessing_is_throttled(browse: Browse) -> None:
    statuses = []
    for number in range(70):
        browse.get(f"/links/sign-in/guess-{number}")
        statuses.append(browse.post("/links/sign-in").status)
    assert (set(statuses[:60]), set(statuses[60:])) == ({410}, {429})


def test_the_words_of_the_mails(browse: Browse, account: Account) -> None:
    account.language = "ar"
    for purpose in LinkPurpose:
        _issued(account, purpose)
    assert len(set(db.session.scalars(sa.select(MailMessage.kind)))) == 3
    assert all(b"Content-Language: ar" in raw for raw in db.session.scalars(sa.select(MailMessage.raw)))
