"""The own account: name, password, devices."""

from flask import Flask

from app.access.actor import Grant
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant, SignIn
from app.boot import create_app
from app.platform.db import db, transaction
from tests.browse import Browse
from tests.make import factories as make
from tests.make.staff import EMAIL, PASSWORD, sign_in, sreymom

NEW = "twelve quiet machines"


def test_name_and_language_are_ones_own_and_nothing_else(browse: Browse) -> None:
    """Forged fields - role, programme, address, factor - change nothing."""
    account = sreymom(Grant(Role.TRAINER, make.programme().id))
    sign_in(browse)
    assert browse.get("/account").status == 200
    forged = {"role": "administrator", "programme_id": "", "email": "x@y.example", "password_hash": "x", "id": "1", "totp_secret": "x",
              "account_id": "99", "disabled_at": "", "place": ""}
    assert browse.post("/account", {"name": "ស្រីមុំ", "language": "km", **forged}).status == 303
    db.session.expire_all()
    assert (account.name, account.language, account.email, account.totp_secret) == ("ស្រីមុំ", "km", EMAIL, None)
    assert [(grant.role, grant.programme_id) for grant in db.session.query(RoleGrant)] == [(Role.TRAINER, make.programme().id)]
    assert browse.post("/account", {"name": " ", "language": "km"}).status == 422
    assert browse.post("/account", {"name": "x", "language": "tlh"}).status == 422


def test_the_zone_where_somebody_lives(browse: Browse) -> None:
    account = sreymom(Grant(Role.TRAINER, make.programme().id))
    sign_in(browse)
    for sent, kept in (("Europe/Zurich", "Europe/Zurich"), ("", None)):
        assert browse.post("/account", {"name": "Srey", "language": "km", "zone": sent}).status == 303
        db.session.expire_all()
        assert account.zone == kept
    for zone in ("../etc/passwd", "Mars/Base", "UTC; DROP"):
        assert browse.post("/account", {"name": "Srey", "language": "km", "zone": zone}).status == 422
    assert {field.get("name") for field in browse.get("/account").all("select")} >= {"language", "zone"}


def test_change_the_password(browse: Browse) -> None:
    sreymom()
    sign_in(browse)
    elsewhere = Browse(browse.app)
    sign_in(elsewhere)
    page = browse.get("/account/password")
    kinds = {field.get("name"): field.get("autocomplete") for field in page.all("input")}
    assert (kinds["old"], kinds["password"]) == ("current-password", "new-password")
    assert not any(field.get("onpaste") or int(field.get("maxlength") or 200) < 200 for field in page.all("input")), "paste is allowed"
    for sent in ({"old": "wrong", "password": NEW}, {"old": PASSWORD, "password": "short"}, {"old": PASSWORD, "password": ""}):
        assert browse.post("/account/password", sent).status == 422
    assert browse.post("/account/password", {"old": PASSWORD, "password": NEW}).location == "/account"
    assert browse.get("/sessions").status == 200
    assert elsewhere.get("/sessions").location.startswith("/sign-in")
    fresh = Browse(browse.app)
    assert (sign_in(fresh).status, sign_in(fresh, password=NEW).status) == (422, 303)


def test_sign_out_one_device(browse: Browse) -> None:
    sreymom()
    sign_in(browse)
    elsewhere = Browse(browse.app)
    sign_in(elsewhere)
    page = browse.get("/account")
    ends = [form.get("action") for form in page.all("form") if (form.get("action") or "").startswith("/account/sign-ins/")]
    assert len(ends) == 3, "two devices, and everywhere"
    other = db.session.query(SignIn).order_by(SignIn.id.desc()).first()
    assert browse.post(f"/account/sign-ins/{other.id}/end").status == 303
    assert elsewhere.get("/sessions").status == 303
    assert browse.get("/sessions").status == 200


def test_nobody_ends_the_sign_ins_of_others(browse: Browse) -> None:
    sreymom()
    sreymom(email="other@seamwise.example", name="Other")
    victim = Browse(browse.app)
    sign_in(victim)
    theirs = db.session.query(SignIn).one().id
    sign_in(browse, email="other@seamwise.example")
    assert browse.post(f"/account/sign-ins/{theirs}/end").status == 404
    assert victim.get("/sessions").status == 200
    assert "seamwise.example" not in browse.get("/account").text.replace("other@seamwise.example", "")


def test_people_have_no_account_page(browse: Browse) -> None:
    person = browse.as_person(make.person(make.factory()).id)
    for address in ("/account", "/account/password", "/account/security/app", "/account/confirm", "/sign-in/factor"):
        assert person.get(address).status in {303, 404}, address
    assert person.post("/account", {"name": "x", "language": "en"}).status == 404


def test_wrong_tries_of_a_stranger_do_not_keep_the_owner_out(browse: Browse) -> None:
    """TRAPS T41: a thousand wrong tries on the manager; the device that knows him still gets in."""
    sreymom()
    sign_in(browse)
    browse.post("/sign-out")
    stranger = Browse(browse.app)
    statuses = [sign_in(stranger, password="guess").status for _ in range(15)]
    assert statuses == [422] * 10 + [429] * 5
    assert sign_in(browse).status == 303
    forged = Browse(browse.app)
    forged.client.set_cookie("known-device", browse.client.get_cookie("known-device").value[:-2] + "xx")
    assert sign_in(forged).status == 429


def test_signing_out_in_one_process_ends_it_in_the_other(own_app: Flask) -> None:
    other_app = create_app(own_app.extensions["settings"])
    with own_app.app_context(), transaction():
        sreymom()
    here, there = Browse(own_app), Browse(other_app)
    sign_in(here)
    there.client.set_cookie("seamwise", here.client.get_cookie("seamwise").value)
    assert there.get("/sessions").status == 200
    assert here.post("/account/sign-ins/end").location == "/sign-in"
    assert there.get("/sessions").location.startswith("/sign-in")
    sign_in(here)
    there.client.set_cookie("seamwise", here.client.get_cookie("seamwise").value)
    assert there.get("/sessions").status == 200
    with other_app.app_context(), transaction():
        db.session.query(Account).one().disabled_at = db.session.query(Account).one().created_at
    assert here.get("/sessions").location.startswith("/sign-in"), "a closed account is out on every process"
    with other_app.app_context():
        db.engine.dispose()
