"""Who has an account is not learned from any answer, nor from the time it takes; look-alikes are nobody (TRAPS T39, T54)."""

import re
import statistics
import time
from contextlib import suppress

import pytest
from flask import Flask

from app.accounts import operations, rules, secrets
from app.accounts.models import Account, SignIn
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from tests.browse import Browse
from tests.make.staff import EMAIL, PASSWORD, sign_in, sreymom
from tests.make.statements import counted

TIMES = 20
GAP = 0.002
"""Seconds between known and unknown, or a twentieth, whichever is more (TRAPS SEC-7)."""


@pytest.fixture
def addresses(app: Flask) -> tuple[str, ...]:
    """Known, invited, closed, nobody's."""
    sreymom()
    sreymom(email="invited@seamwise.example", name="Invited").password_hash = secrets.NO_PASSWORD
    sreymom(email="closed@seamwise.example", name="Closed").disabled_at = now()
    db.session.flush()
    return EMAIL, "invited@seamwise.example", "closed@seamwise.example", "nobody@seamwise.example"


def test_a_wrong_password_is_answered_alike_for_every_address(browse: Browse, addresses: tuple[str, ...]) -> None:
    seen = set()
    for email in addresses:
        with counted() as statements:
            reply = sign_in(Browse(browse.app), email=email, password="not this one")
        words = tuple(re.sub(r"savepoint_\d+", "", each) for each in statements)
        seen.add((reply.status, reply.text.replace(email, ""), words))
    assert len(seen) == 1
    assert sign_in(Browse(browse.app), email=addresses[2]).status == 422, "nor does the right one open a closed account"


@pytest.mark.slow
def test_it_takes_the_same_time(addresses: tuple[str, ...]) -> None:
    taken: dict[str, list[float]] = {email: [] for email in addresses}
    for _ in range(TIMES):
        for email in addresses:
            began = time.thread_time()
            with suppress(Refused):
                operations.sign_in_account(email, "not this one", "test")
            taken[email].append(time.thread_time() - began)
    medians = [statistics.median(each) for each in taken.values()]
    assert max(medians) - min(medians) <= max(GAP, min(medians) / 20), medians


@pytest.mark.parametrize(
    "typed",
    [EMAIL.upper(), f"  {EMAIL} ", "ｓｒｅｙｍｏｍ@seamwise.example", "srey\u200dmom@seamwise.example", "\u202asreymom@seamwise.example\u202c", "sreymom＠ｓｅａｍｗｉｓｅ．ｅｘａｍｐｌｅ"],
)
def test_one_address_however_it_is_typed(browse: Browse, typed: str) -> None:
    sreymom()
    assert sign_in(browse, email=typed).status == 303


@pytest.mark.parametrize("typed", ["sr\u0435ymom@seamwise.example", "sreymom@seamwise.exa\u03bcple", "sreym0m@seamwise.example", "šreymom@seamwise.example"])
def test_look_alikes_are_somebody_else(browse: Browse, typed: str) -> None:
    """Another letter of another script opens nothing, and a second account does not take the first one's name."""
    sreymom()
    assert sign_in(browse, email=typed).status == 422
    other = sreymom(email=typed, name="Other")
    assert other.email != EMAIL
    sign_in(browse, email=typed)
    assert db.session.query(SignIn).filter_by(account_id=other.id).count() == 1


def test_composed_and_decomposed_are_one_address(browse: Browse) -> None:
    sreymom(email="nguyễn@seamwise.example", name="Nguyễn")
    with pytest.raises(Refused):
        sreymom(email="nguye\u0302\u0303n@seamwise.example", name="Nguyễn")
    assert sign_in(browse, email="nguye\u0302\u0303n@SEAMWISE.example", password=PASSWORD).status == 303
    assert db.session.query(Account).count() == 1


@pytest.mark.parametrize("text", ["Ａdmin@x.example", "ﬁrst@x.example", "İ@x.example", "ß@x.example", "\u1e9e@x.example", "ǆ\u200c@x.example"])
def test_what_is_compared_stays_the_same_when_compared_again(text: str) -> None:
    once = rules.normal_email(text)
    assert rules.normal_email(once) == once
    assert rules.normal_email(text.upper()) == rules.normal_email(text.lower()) or "İ" in text
