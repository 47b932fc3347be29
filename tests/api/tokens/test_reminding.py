"""Owners hear before a token ends, twice at most, and never a secret."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.actor import Grant
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.api.tokens import operations
from app.api.tokens.rules import TokenScope, due_reminder
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.wiring import JOBS
from tests.browse import Browse
from tests.make import accounts
from tests.make.staff import sign_in, sreymom
from tests.make.tokens import Token, token

READ = TokenScope.FACTORIES_READ


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    """A token ends when a day does: what is due in how many days depends on the hour."""
    with time_machine.travel(datetime(2026, 11, 26, 8, tzinfo=UTC), tick=False):
        yield


def mails() -> list[MailMessage]:
    return list(db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == "programs.token_ends").order_by(MailMessage.id)))


def told_in(days: float) -> int:
    """How many mails there are once the timer ran so many days from now, twice."""
    with time_machine.travel(now() + timedelta(days=days), tick=False):
        for _time in range(2):
            JOBS["tokens.remind"]().write()
    return len(mails())


def test_two_weeks_and_a_day_before_once_each(app: Flask) -> None:
    owner = accounts.account(Role.ADMINISTRATOR)
    made = token(owner, READ, name="Board of the head office", days=30)
    assert [told_in(days) for days in (0, 16, 17, 25, 30, 30.5, 40)] == [0, 0, 1, 1, 2, 2, 2]
    for mail in mails():
        assert (mail.recipient, mail.subject, mail.about) == (owner.email, "The token of a program ends soon", f"account:{owner.id}")
        assert b"head office" in mail.raw
        assert not [each for each in (made.text, made.row.key, made.row.secret_hash) if each.encode() in mail.raw]


@pytest.mark.parametrize(("days", "told"), [(10, [0, 1]), (0, [0, 0]), (200, [0, 0])])
def test_whoever_made_it_for_a_few_days_knows(app: Flask, days: int, told: list[int]) -> None:
    token(accounts.account(Role.ADMINISTRATOR), READ, days=days)
    assert [told_in(0.01), told_in(days + 0.5 if days < 100 else 20)] == told


def test_after_a_long_pause_the_last_one_alone(app: Flask) -> None:
    token(accounts.account(Role.ADMINISTRATOR), READ, days=30)
    assert told_in(30.5) == 1


def test_who_hears_nothing(app: Flask) -> None:
    """Ended tokens, disabled accounts, and whoever may make none any more."""

    def made() -> Token:
        return token(accounts.account(Role.ADMINISTRATOR), READ, days=5)

    ended, disabled, retired = made(), made(), made()
    operations.end(accounts.actor(db.session.get_one(Account, ended.row.account_id)), ended.row.id)
    db.session.get_one(Account, disabled.row.account_id).disabled_at = now()
    db.session.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == retired.row.account_id))
    db.session.flush()
    assert told_in(5.4) == 0


def test_which_is_due() -> None:
    end = now()
    old = end - timedelta(days=90)
    for before, due in ((15, None), (14, 14), (2, 14), (1, 1), (0.1, 1), (0, None), (-1, None)):
        found = due_reminder(old, end, end - timedelta(days=before))
        assert (found.days if found else None) == due
    assert due_reminder(end - timedelta(days=3), end, end - timedelta(days=2)) is None


def test_the_list_says_it_too(browse: Browse) -> None:
    owner = sreymom(Grant(Role.ADMINISTRATOR))
    sign_in(browse)
    token(owner, READ, days=30)
    assert "Ends soon" not in browse.get("/account/tokens").text
    token(owner, READ, days=5)
    assert "Ends soon" in browse.get("/account/tokens").text
