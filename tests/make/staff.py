"""Staff who can really sign in, at sites with and without the policy of a second factor."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pyotp
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import link_jobs, operations
from app.accounts.models import Account
from app.notifications.reading import read
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from tests.browse import Browse, Reply

PASSWORD = "long enough to be safe"
EMAIL = "sreymom@seamwise.example"
_STEP, _HURRY = 30, 5
"""Seconds that a code of an authenticator app is shown, and those before its end in which nobody would type it."""


def sreymom(*grants: Grant, email: str = EMAIL, name: str = "Sreymom") -> Account:
    """An account with a password; a trainer unless grants say otherwise."""
    return operations.create_account(
        SYSTEM, email=email, name=name, language="en", password=PASSWORD, grants=list(grants) or [Grant(Role.TRAINER)]
    )


def sign_in(browse: Browse, email: str = EMAIL, password: str = PASSWORD, following: str = "") -> Reply:
    return browse.post("/sign-in", {"email": email, "password": password, "next": following})


def code_for(secret: str, drift: int = 0) -> str:
    """What an authenticator app shows, `drift` steps from now; never in the last seconds of a step."""
    left = _STEP - now().timestamp() % _STEP
    if left < _HURRY:
        time.sleep(left)
    return pyotp.TOTP(secret).at(int(now().timestamp()) + _STEP * drift)


@contextmanager
def required(app: Flask) -> Iterator[None]:
    """The site wants a second factor of staff."""
    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, second_factor="required")
    try:
        yield
    finally:
        app.extensions["settings"] = usual


def run_jobs() -> None:
    """Do what was enqueued about links, as the worker does."""
    for job in db.session.scalars(sa.select(Job).where(Job.kind == "accounts.issue_link", Job.done_at.is_(None)).order_by(Job.id)):
        link_jobs.issue_link(**job.payload).write()
        job.done_at = now()
    db.session.commit()


def links() -> list[str]:
    """The paths of the links that were mailed so far."""
    mails = db.session.scalars(sa.select(MailMessage.raw).where(MailMessage.kind.startswith("accounts.")).order_by(MailMessage.id))
    return [re.findall(r"http://localhost(/links/\S+)", read(raw).text)[0] for raw in mails]
