"""The log of changes: searched by its address, seen only within one's scope."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.platform import audit
from tests.browse import Browse
from tests.make import accounts, factories


@pytest.fixture
def doers(app: Flask) -> tuple[Account, Account]:
    """A focal point of a factory in Cambodia and one in Viet Nam, each with one entry in the log."""
    kh, vn = factories.programme("KH"), factories.programme("VN")
    made = []
    for programme, action in ((kh, "sessions.nominate"), (vn, "factories.apply")):
        factory = factories.factory(programme_id=programme.id)
        account = accounts.account(Role.FOCAL_POINT, factory=factory, name=f"Doer of {programme.code}")
        audit.record(accounts.actor(account), action, f"factory:{factory.id}", people=[1, 2])
        made.append(account)
    return made[0], made[1]


def test_the_administrator_finds_everything_by_filter(browse: Browse, doers: tuple[Account, Account]) -> None:
    reader = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    everything = reader.get("/log").text
    assert "Doer of KH" in everything
    assert "people: [1, 2]" in everything
    for address, there, not_there in (
        ("/log?action=sessions.", "Doer of KH", "Doer of VN"),
        (f"/log?account={doers[1].email}", "Doer of VN", "Doer of KH"),
        ("/log?since=2020-01-01&until=2999-01-01", "Doer of KH", "No entry fits"),
        ("/log?until=2020-01-01", "No entry fits", "Doer of KH"),
        ("/log?action=%25&subject=%27;drop", "No entry fits", "Doer of KH"),
        ("/log?since=yesterday&page=x", "Doer of KH", "No entry fits"),
    ):
        text = reader.get(address).text
        assert there in text, address
        assert not_there not in text, address


def test_a_manager_sees_the_log_of_the_own_programme_only(browse: Browse, doers: tuple[Account, Account]) -> None:
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("KH")))
    text = manager.get("/log").text
    assert "Doer of KH" in text
    assert "Doer of VN" not in text


def test_everybody_else_finds_nothing(browse: Browse, doers: tuple[Account, Account]) -> None:
    assert browse.as_account(doers[0]).get("/log").status == 404
    assert browse.get("/log").status == 303
