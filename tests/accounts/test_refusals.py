"""Each refused try is a line of the log that says where and whose, and nothing of what was typed or sent (TRAPS T44)."""

import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts import operations
from app.accounts.models import OneTimeLink
from app.accounts.rules import LinkPurpose
from app.platform.clock import now
from app.platform.db import db
from app.platform.web import logging as logs
from tests.browse import Browse
from tests.make import cards, quizzes
from tests.make.staff import EMAIL, code_for, links, sign_in, sreymom

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Lines = list[dict[str, object]]


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    yield
    logs.configure(logging.ERROR)


def refused(capsys: pytest.CaptureFixture[str], *secrets: str) -> Lines:
    """What was refused since the last call; no line says a secret."""
    said = capsys.readouterr().err
    assert not [secret for secret in secrets if secret in said]
    lines = [json.loads(line) for line in said.splitlines()]
    return [line for line in lines if line["event"] in {"sign_in.refused", "throttle.refused"}]


def test_passwords_and_codes(browse: Browse, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    account = sreymom()
    account.totp_secret = SECRET
    for email in (EMAIL, "nobody@seamwise.example"):
        sign_in(browse, email=email, password="guess-7-secret")
    sign_in(browse)
    browse.post("/sign-in/factor", {"code": "765432"})
    code = code_for(SECRET)
    browse.post("/sign-in/factor", {"code": code})
    browse.post("/account/confirm", {"password": "guess-8-secret"})
    found = refused(capsys, "guess-7-secret", "guess-8-secret", "765432", f'"{code}"', "seamwise.example")
    assert [(line["door"], line["account"]) for line in found] == [("password", account.id), ("password", None), ("code", account.id), ("password", account.id)]
    assert all(line["request"] for line in found), "with the number of the request"


def test_pins_at_each_door(browse: Browse, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    room = quizzes.room()
    token = cards.card(room.person, quizzes.PIN).token
    browse.post(f"/card/{token}", {"pin": "918273"})
    browse.post(f"/join/{room.training.code}", {"person": str(room.person.id), "pin": "918273"})
    browse.post("/enter", {"factory": "NONE", "number": "S-77", "pin": "918273"})
    found = refused(capsys, "918273", token, room.person.name, "S-77")
    assert [(line["door"], line["person"]) for line in found] == [("pin", room.person.id), ("pin", room.person.id), ("pin", None)]
    for _ in range(5):
        browse.post(f"/card/{token}", {"pin": "0000"})
    assert refused(capsys, token)[-1]["counters"] == ["pin"]


def test_links(browse: Browse, capsys: pytest.CaptureFixture[str]) -> None:
    """Forged, of another purpose, used, expired - and never a token, not even when something breaks."""
    logs.configure()
    account = sreymom()
    paths = []
    for purpose in (LinkPurpose.SIGN_IN, LinkPurpose.PASSWORD_RESET):
        operations.issue_link(account.id, purpose)
        db.session.commit()
        paths.append(links()[-1])
    tokens = [path.rpartition("/")[2] for path in paths]

    def use(path: str) -> None:
        phone = Browse(browse.app)
        phone.post(phone.get(path).location, {"password": "twelve quiet machines"})

    use("/links/sign-in/forged-token-77")
    use(f"/links/invitation/{tokens[1]}")
    use(paths[0])
    use(paths[0])
    db.session.query(OneTimeLink).filter_by(purpose=LinkPurpose.PASSWORD_RESET).one().expires_at = now()
    use(paths[1])
    found = refused(capsys, *tokens, "forged-token-77")
    assert [(line["door"], line["account"], line["why"]) for line in found] == [
        ("link", None, "unknown"), ("link", account.id, "password_reset for invitation"), ("link", account.id, "used"), ("link", account.id, "expired"),
    ]


def test_a_failure_names_the_rule_and_not_the_address(own_app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("broken")

    logs.configure()
    monkeypatch.setattr("app.accounts.tickets.keep_link", fail)
    assert own_app.test_client().get("/links/sign-in/very-secret-token").status_code == 500
    said = capsys.readouterr().err
    assert "/links/<kind>/<token>" in said
    assert "very-secret-token" not in said
