"""The first administrator."""

from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.platform.db import db
from tests.browse import Browse

WORDS = ["accounts", "create-admin", "--email", "First@Seamwise.example", "--name", "First", "--password"]


def test_the_first_administrator_can_sign_in(own_app: Flask) -> None:
    runner = own_app.test_cli_runner()
    assert runner.invoke(args=[*WORDS, "long enough to be safe"]).exit_code == 0
    again = runner.invoke(args=[*WORDS, "long enough to be safe"])
    assert (again.exit_code, "already an account" in again.output) == (1, True)
    browse = Browse(own_app)
    sent = {"email": "first@seamwise.example", "password": "long enough to be safe"}
    assert browse.post("/sign-in", sent).location == "/"
    assert browse.get("/sessions").status == 200
    with own_app.app_context():
        [grant] = db.session.query(RoleGrant).all()
        assert (grant.role, grant.programme_id, grant.factory_id) == (Role.ADMINISTRATOR, None, None)
        assert "safe" not in db.session.query(Account).one().password_hash


def test_a_short_password_makes_nobody(own_app: Flask) -> None:
    refused = own_app.test_cli_runner().invoke(args=[*WORDS, "short"])
    assert (refused.exit_code, "12" in refused.output) == (1, True)
    with own_app.app_context():
        assert db.session.query(Account).count() == 0
