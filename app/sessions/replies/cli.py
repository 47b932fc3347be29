"""`flask mail`: read an incoming mail without a database, apply it, empty the mailbox."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.platform.db import transaction
from app.sessions.replies import operations, polling
from app.sessions.replies.parts import MOST_BYTES
from app.sessions.replies.reading import read
from app.sessions.replies.rules import Known, Reading

mail = AppGroup("mail", help="Mails that come in: answers of calendars, bounces.")
_UNREADABLE = 2
_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@mail.command("read")
@_FILE
@click.option("--uid", required=True, help="UID of the calendar entry as it was sent.")
@click.option("--sequence", required=True, type=click.IntRange(min=0), help="SEQUENCE that was sent last.")
@click.option("--attendee", required=True, help="Address that was invited.")
@click.option("--organizer", required=True, help="Address that invited.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def read_(file: Path, uid: str, sequence: int, attendee: str, organizer: str, wants_json: bool) -> None:
    """Say what a mail means for one calendar entry. Needs no database and changes nothing."""
    reading = read(_bytes(file), Known(uid, sequence, attendee, organizer))
    _say({"file": file.name, **as_json(reading)}, wants_json)


@mail.command("receive")
@_FILE
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def receive(file: Path, wants_json: bool) -> None:
    """Keep a mail and apply it when it is an answer that counts. Running it twice is running it once."""
    raw = _bytes(file)
    with transaction():
        kept = operations.receive(raw)
        told = {
            "file": file.name, "id": kept.id, "outcome": kept.outcome.value,
            "reason": kept.reason.value if kept.reason else None, "method": kept.method, "partstat": kept.partstat,
            "invitation": kept.invitation_id, "show_to_person": kept.show_to_person,
        }  # fmt: skip
    _say(told, wants_json)


@mail.command("poll")
@click.option("--most", default=polling.MOST_AT_ONCE, type=click.IntRange(min=1), help="Mails to handle at most.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def poll(most: int, wants_json: bool) -> None:
    """Read the mailbox of the settings and handle what waits there."""
    done = polling.poll(most)
    if done is None:
        click.echo("No mailbox is set. See SEAMWISE_IMAP_HOST and SEAMWISE_INCOMING_MAILDIR.", err=True)
        sys.exit(_UNREADABLE)
    _say({"handled": done.handled, "quarantined": done.quarantined, "fault": done.fault}, wants_json)
    sys.exit(1 if done.fault else 0)


def as_json(reading: Reading) -> dict[str, Any]:
    """What a mail means, with the names of the sample files."""
    proposal, delivery = reading.proposal, reading.delivery
    return {
        "kind": "itip-reply",
        "outcome": reading.outcome.value,
        "reason": reading.reason.value if reading.reason else None,
        "method": reading.method,
        "attendee": reading.attendee,
        "partstat": reading.partstat,
        "comment": reading.comment,
        "proposal": proposal
        and {"starts_at": proposal.starts_at.isoformat(), "ends_at": proposal.ends_at.isoformat()},
        "delivery": delivery
        and {"recipient": delivery.recipient, "action": delivery.action, "status": delivery.status},
        "show_to_person": reading.show_to_person,
    }


def _bytes(path: Path) -> bytes:
    """The mail, or as much of it as shows that it is larger than any answer."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise click.BadParameter(f"{path}: {fault.strerror}", param_hint="FILE") from None


def _say(told: dict[str, Any], wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        if value is not None:
            click.echo(f"{name}: {value}")
