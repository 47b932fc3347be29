"""`flask mail`, as a person or a script at the command line sees it."""

import json
import os
from pathlib import Path

import pytest
from flask import Flask

from app.platform.db import db, transaction
from app.sessions.models import Invitation
from app.sessions.replies.models import IncomingMail
from tests.faults.processes import Hatchery, outside
from tests.make.replies import answer, entry, invited
from tests.sessions.replies.letters import ME, OFFICE, OTHER, UID, calendar, mail, report

ABOUT = ["--uid", UID, "--sequence", "2", "--attendee", ME, "--organizer", OFFICE]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "in.eml"
    path.write_bytes(mail(calendar(partstat="DECLINED", more=["COMMENT:Shipment"])))
    return path


@pytest.mark.slow
def test_read_needs_no_database(letter: Path, tmp_path: Path, hatchery: Hatchery) -> None:
    """In a real process, beside a database that is not there."""
    own = {"SEAMWISE_ENV": "development", "SEAMWISE_DATABASE_URL": f"sqlite:///{tmp_path}/none.db", "FLASK_APP": "wsgi.py"}
    done = hatchery.hatch({"environ": outside() | own, "flask": ["mail", "read", str(letter), *ABOUT, "--json"]})
    assert done.code == 0, done.told
    assert json.loads("".join(done.told)) == {
        "file": "in.eml", "kind": "itip-reply", "outcome": "accepted", "reason": None, "method": "REPLY", "attendee": ME,
        "partstat": "DECLINED", "comment": "Shipment", "proposal": None, "delivery": None, "show_to_person": False,
    }
    assert not (tmp_path / "none.db").exists()


@pytest.mark.any_engine
def test_read_says_why_not(app: Flask, letter: Path) -> None:
    letter.write_bytes(mail(calendar(), sender=OTHER))
    done = app.test_cli_runner().invoke(args=["mail", "read", str(letter), *ABOUT])
    assert done.exit_code == 0
    assert done.output.splitlines()[:4] == ["file: in.eml", "kind: itip-reply", "outcome: ignored", "reason: sender_mismatch"]
    letter.write_bytes(report())
    told = json.loads(app.test_cli_runner().invoke(args=["mail", "read", str(letter), *ABOUT, "--json"]).output)
    assert (told["reason"], told["method"], told["delivery"]) == ("bounce", None, {"recipient": ME, "action": "failed", "status": "5.1.1"})


@pytest.mark.any_engine
@pytest.mark.parametrize("args", [["none.eml", *ABOUT], [".", *ABOUT], ["in.eml"], ["in.eml", *ABOUT, "--sequence", "x"], ["in.eml", *ABOUT, "--sequence", "-1"]])
def test_what_cannot_be_read_is_a_2(app: Flask, letter: Path, args: list[str]) -> None:
    args = [str(letter.parent / args[0]), *args[1:]]
    assert app.test_cli_runner().invoke(args=["mail", "read", *args, "--json"]).exit_code == 2


@pytest.fixture
def raw(own_app: Flask) -> bytes:
    with own_app.app_context(), transaction():
        return answer(entry(invited()[0]))


def test_receive_twice_is_once(own_app: Flask, raw: bytes, letter: Path) -> None:
    letter.write_bytes(raw)
    said = [json.loads(own_app.test_cli_runner().invoke(args=["mail", "receive", str(letter), "--json"]).output) for _ in range(2)]
    assert said[0] == said[1]
    assert (said[0]["outcome"], said[0]["partstat"], said[0]["reason"]) == ("accepted", "ACCEPTED", None)
    with own_app.app_context():
        assert db.session.query(IncomingMail).count() == 1
        assert db.session.query(Invitation).filter_by(participation="accepted").count() == 1
    assert "outcome: accepted" in own_app.test_cli_runner().invoke(args=["mail", "receive", str(letter)]).output
    assert own_app.test_cli_runner().invoke(args=["mail", "receive", f"{letter}x"]).exit_code == 2


@pytest.mark.any_engine
def test_poll_says_that_no_mailbox_is_set(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["mail", "poll"])
    assert done.exit_code == 2
    assert "No mailbox is set" in done.output
    assert os.environ.get("SEAMWISE_IMAP_HOST") is None
