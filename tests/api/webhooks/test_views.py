"""Webhooks in the browser."""

from app.access.actor import Grant
from app.access.roles import Role
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, webhooks
from tests.make import factories as make
from tests.make.staff import sign_in, sreymom

WEBHOOKS = "/account/webhooks"


def test_made_tested_replayed_and_ended(browse: Browse) -> None:
    sreymom(Grant(Role.ADMINISTRATOR))
    sign_in(browse)
    page = browse.get(f"{WEBHOOKS}/new")
    address, data = fill(page, WEBHOOKS, name="Dashboard", url=webhooks.URL, happenings=["completion.made", "session.cancelled"])
    made = browse.post(address, data)
    row = db.session.query(Webhook).one()
    assert (made.status, row.happenings, row.secret in made.response.text) == (200, ["completion.made", "session.cancelled"], True)
    assert browse.post(address, data).location == f"{WEBHOOKS}/{row.id}"
    assert db.session.query(Webhook).count() == 1
    assert browse.post(f"{WEBHOOKS}/{row.id}/ping").status == 303
    sent = db.session.query(WebhookDelivery).one()
    assert browse.post(f"{WEBHOOKS}/{row.id}/deliveries/{sent.id}/replay").status == 303
    shown = browse.get(f"{WEBHOOKS}/{row.id}")
    assert "Test" in shown.text
    assert row.secret not in shown.response.text
    before = row.secret
    changed = browse.post(f"{WEBHOOKS}/{row.id}/secret")
    db.session.refresh(row)
    assert (changed.status, row.secret in changed.response.text, before in changed.response.text, row.secret == before) == (200, True, False, False)
    assert "messages are signed with the secret before as well" in browse.get(f"{WEBHOOKS}/{row.id}").text
    assert browse.post(f"{WEBHOOKS}/{row.id}/end").status == 303
    assert "Ended" in browse.get(WEBHOOKS).text
    assert browse.post(f"{WEBHOOKS}/{row.id}/ping").status == 409


def test_addresses_that_nothing_may_be_sent_to(browse: Browse) -> None:
    sreymom(Grant(Role.PROGRAMME_MANAGER, make.programme().id))
    sign_in(browse)
    good = {"name": "x", "url": webhooks.URL, "happenings": "completion.made", "sent_id": "a" * 32}
    for url in ("http://127.0.0.1", "https://[::ffff:7f00:1]/", "https://10.0.0.1/x", "https://a.example:22/", "https://u:p@a.example/", "javascript:alert(1)", "x" * 501):
        assert browse.post(WEBHOOKS, {**good, "url": url}).status == 422, url
    for wrong in ({"happenings": "ping"}, {"happenings": ""}, {"name": ""}, {"programme": "99999"}):
        assert browse.post(WEBHOOKS, {**good, **wrong}).status == 422, wrong
    assert db.session.query(Webhook).count() == 0


def test_who_may(browse: Browse) -> None:
    own = webhooks.webhook(accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme()))
    webhooks.delivery(own)
    other = accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme())
    assert browse.as_account(other).get(f"{WEBHOOKS}/{own.id}").status == 404
    assert browse.as_account(accounts.account(Role.FOCAL_POINT, factory=make.factory())).get(WEBHOOKS).status == 404
    assert browse.as_account(other).get(f"{WEBHOOKS}/new").location.startswith("/account/confirm")
    owner = db.session.get_one(type(other), own.account_id)
    assert browse.as_account(other).post(f"{WEBHOOKS}/{own.id}/secret").status == 404
    assert browse.as_account(owner).post(f"{WEBHOOKS}/{own.id}/secret").location.startswith("/account/confirm")
    assert browse.as_account(owner).get(f"{WEBHOOKS}/{own.id}").status == 200
