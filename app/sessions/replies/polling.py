"""Reading a mailbox: each mail in a transaction of its own, and marked only when that is over.

A process that dies between the two leaves the mail where it is: it is handled again, which changes nothing.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy.exc import OperationalError

from app.platform.config import settings
from app.platform.db import transaction
from app.platform.faults import point
from app.sessions.replies import operations
from app.sessions.replies.mailboxes import Mailbox, MailboxError, mailbox, name_of

log = structlog.get_logger()

MOST_AT_ONCE = 200


@dataclass
class Polled:
    """How many mails were handled and how many were set aside; `fault` when the mailbox could not be read on."""

    handled: int = 0
    quarantined: int = 0
    fault: str | None = None


def poll(most: int = MOST_AT_ONCE) -> Polled | None:
    """Handle what waits in the mailbox of the settings, so many at most. None when no mailbox is set."""
    name = name_of(settings())
    if not name:
        return None
    done = Polled()
    try:
        with mailbox(settings()) as box:
            for key in box.waiting(most):
                _handle(box, key, done)
    except MailboxError as fault:
        log.warning("mail.poll_failed", mailbox=name, fault=str(fault))
        done.fault = str(fault)[:500]
    with transaction():
        operations.note_visit(name, done.fault)
    return done


def _handle(box: Mailbox, key: str, done: Polled) -> None:
    """One mail. A database that is busy ends the run: nothing is marked that is not kept."""
    raw = box.fetch(key)
    if raw is None:
        return
    try:
        with transaction():
            operations.receive(raw)
    except OperationalError:
        raise
    except Exception:  # whatever one mail does, the others must be read
        log.exception("mail.set_aside", mailbox=box.name)
        with transaction():
            operations.set_aside(raw)
        box.quarantine(key)
        done.quarantined += 1
    else:
        point("mail.received")
        box.mark_done(key)
        done.handled += 1
