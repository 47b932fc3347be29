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


@dataclass(frozen=True)
class Polled:
    """How many mails were handled and how many were set aside; `fault` when the mailbox could not be read."""

    handled: int = 0
    quarantined: int = 0
    fault: str | None = None


def poll(most: int = MOST_AT_ONCE) -> Polled | None:
    """Handle what waits in the mailbox of the settings, so many at most. None when no mailbox is set."""
    name = name_of(settings())
    if not name:
        return None
    try:
        with mailbox(settings()) as box:
            result = empty(box, most)
    except MailboxError as fault:
        log.warning("mail.poll_failed", mailbox=name, fault=str(fault))
        result = Polled(fault=str(fault)[:500])
    with transaction():
        operations.note_visit(name, result.fault)
    return result


def empty(box: Mailbox, most: int = MOST_AT_ONCE) -> Polled:
    """Handle what waits in this mailbox. A database that is busy ends the run: nothing is marked that is not kept."""
    handled = quarantined = 0
    for key in box.waiting(most):
        raw = box.fetch(key)
        if raw is None:
            continue
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
            quarantined += 1
        else:
            point("mail.received")
            box.mark_done(key)
            handled += 1
    return Polled(handled, quarantined)
