"""Refused tries to sign in, in the log of the process: at which door, whose, and why - never what was typed."""

import structlog

log = structlog.get_logger("sign_in")


def note_refused(door: str, *, account: int | None = None, person: int | None = None, why: str = "wrong") -> None:
    """One line with the numbers of whom it was about, as far as they are known (ASVS 16.3.1)."""
    log.warning("sign_in.refused", door=door, account=account, person=person, why=why)
