"""Stopping digests by the link of a mail: scanners change nothing, wrong words open nothing, no token leaks."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeSerializer

from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.site import keys
from app.notifications.choices import without_digests, without_reminders
from app.notifications.digests.tokens import LASTS, stop_token
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, factories


@pytest.fixture
def account(app: Flask) -> Account:
    made = accounts.account(Role.FOCAL_POINT, factory=factories.factory(), name="Keo Sreymom", email="hr@mine.example")
    db.session.commit()
    db.session.refresh(made)
    db.session.expunge(made)
    return made


def stopped(account: Account) -> bool:
    db.session.expire_all()
    return bool(without_digests([account.id]))


def test_a_scanner_that_opens_everything_changes_nothing(browse: Browse, account: Account) -> None:
    address = f"/unsubscribe/{stop_token(account.id)}"
    assert browse.get(address).location == "/unsubscribe"
    assert browse.client.head(address).status_code == 303
    page = browse.get("/unsubscribe")
    assert page.status == 200 and not stopped(account)
    [form] = [form for form in page.all("form") if form.get("action") == "/unsubscribe"]
    assert form.get("method") == "post"


def test_people_press_a_button_on_a_page_without_the_token(browse: Browse, account: Account) -> None:
    token = stop_token(account.id)
    opened = browse.get(f"/unsubscribe/{token}")
    assert token not in opened.location
    page = browse.get("/unsubscribe")
    for secret in (token, account.email, account.name):
        assert secret not in page.response.text
    assert page.response.headers["Referrer-Policy"] == "same-origin" and page.response.headers["Cache-Control"] == "no-store"
    done = browse.post("/unsubscribe")
    assert done.status == 200 and stopped(account) and not without_reminders([account.id])
    assert account.email not in done.response.text
    assert browse.post("/unsubscribe").status == 410, "the link is used up on this device"


def test_a_mail_program_posts_from_anywhere_without_a_cookie(app: Flask, account: Account) -> None:
    """As RFC 8058 says: one POST, no cookie, no Origin, no redirect."""
    answer = app.test_client().post(f"/unsubscribe/{stop_token(account.id)}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and answer.data == b"" and stopped(account)
    again = app.test_client().post(f"/unsubscribe/{stop_token(account.id)}", headers={"Sec-Fetch-Site": "cross-site"})
    assert again.status_code == 200
    [entry] = db.session.query(AuditEntry).filter_by(action="notifications.choose").all()
    assert (entry.account_id, entry.details) == (account.id, {"has_digests": False})


def test_no_other_page_takes_posts_from_elsewhere(app: Flask, account: Account) -> None:
    open_doors = {name for name, view in app.view_functions.items() if getattr(view, "from_anywhere", False)}
    assert "digests.one_click" in open_doors and "digests.stop" not in open_doors
    assert app.test_client().post("/unsubscribe", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert app.test_client().post("/unsubscribe").status_code == 403


def _forged(account: Account) -> dict[str, str]:
    good = stop_token(account.id)
    body, _, signature = good.rpartition(".")
    day = now().date().toordinal()

    def signed(payload: object, salt: str = "notifications.digests.stop", key: str = keys()[0]) -> str:
        return str(URLSafeSerializer(key, salt=salt).dumps(payload))

    return {
        "other account": f"{signed([account.id + 1, day]).rpartition('.')[0]}.{signature}",
        "other purpose": signed([account.id, day], salt="device"),
        "other key": signed([account.id, day], key="k" * 40),
        "other shape": signed({"account": account.id}),
        "words": signed(["1", "2"]),
        "too long": signed([account.id, day] + [0] * 300),
        "cut": good[:-3],
        "bare": body,
        "nonsense": "..etc.passwd...",
        "nobody": stop_token(2_000_000_000),
    }


def test_wrong_words_open_nothing(browse: Browse, account: Account) -> None:
    for name, token in _forged(account).items():
        answer = browse.client.post(f"/unsubscribe/{token}")
        assert answer.status_code == 404, name
        browse.get(f"/unsubscribe/{token[:190]}")
        if name != "nobody":
            assert browse.get("/unsubscribe").status == 410, name
        assert browse.post("/unsubscribe").status in {404, 410}, name
    assert not stopped(account)


def test_an_old_token_opens_nothing(browse: Browse, account: Account) -> None:
    with time_machine.travel(datetime.now().astimezone() - LASTS - timedelta(days=1), tick=False):
        old = stop_token(account.id)
    with time_machine.travel(datetime.now().astimezone() - LASTS + timedelta(days=1), tick=False):
        young = stop_token(account.id)
    assert browse.client.post(f"/unsubscribe/{old}").status_code == 404 and not stopped(account)
    assert browse.client.post(f"/unsubscribe/{young}").status_code == 200 and stopped(account)


def test_guessing_is_slowed_and_live_links_still_open(browse: Browse, account: Account) -> None:
    seen = [browse.client.post(f"/unsubscribe/guess-{number}").status_code for number in range(64)]
    assert seen[:50] == [404] * 50 and seen[-1] == 429
    assert browse.client.post(f"/unsubscribe/{stop_token(account.id)}").status_code == 200


def test_no_token_in_the_log(browse: Browse, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    token = stop_token(account.id)
    browse.get(f"/unsubscribe/{token}")
    browse.client.post(f"/unsubscribe/{token}")
    printed = capsys.readouterr()
    assert token not in printed.err + printed.out
    assert token not in json.dumps([entry.details for entry in db.session.query(AuditEntry)])


def test_the_own_choices(browse: Browse, account: Account) -> None:
    signed_in = browse.as_account(account)
    assert "/account/notifications" in [a.get("href") for a in signed_in.get("/account").all("a")]
    page = signed_in.get("/account/notifications")
    ticked = {i.get("name"): i.get("checked") is not None for i in page.all("input") if i.get("type") == "checkbox"}
    assert ticked == {"digests": True, "reminders": True}
    assert signed_in.post("/account/notifications", {"reminders": "y"}).status == 303
    assert stopped(account) and not without_reminders([account.id])
    assert signed_in.post("/account/notifications", {"digests": "y"}).status == 303
    assert not stopped(account) and without_reminders([account.id])
    person = browse.as_person(factories.person(factories.factory()).id)
    assert person.get("/account/notifications").status == 404 and person.post("/account/notifications").status == 404
    assert browse.get("/account/notifications").location.startswith("/sign-in")
