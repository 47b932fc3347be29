"""Who advises a factory, and since when, on the page of the factory."""

from datetime import timedelta

from app.access.roles import Role
from app.accounts.advisors import advisors_of
from app.accounts.models import RoleGrant
from app.factories.models import Factory
from app.platform.clock import now, today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, factories, structure


def _advisor(name: str, factory: Factory | None = None, **days: object) -> None:
    made = accounts.account(Role.ADVISOR, factory=factory, name=name)
    grant = db.session.query(RoleGrant).filter_by(account_id=made.id).one()
    for field, value in days.items():
        setattr(grant, field, value)
    db.session.flush()


def test_advisors_with_their_days(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    group = structure.group("LOTUS", factory)
    day = today(factory.programme.zone)
    _advisor("Before", factory, ends_on=day)
    _advisor("Now", factory, starts_on=day)
    _advisor("Soon", factory, starts_on=day + timedelta(days=9))
    _advisor("Of the group", group_id=group.id)
    _advisor("Of the programme", programme_id=factory.programme_id)
    _advisor("Once of the programme", programme_id=factory.programme_id, ends_on=day)
    _advisor("Of the twin", twin)
    accounts.account(Role.ADVISOR, factory=factory, name="Gone", disabled_at=now())
    names = [(each.name, each.is_over) for each in advisors_of(factory)]
    assert names == [("Now", False), ("Of the group", False), ("Of the programme", False), ("Soon", False), ("Before", True)]
    page = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(f"/factories/{factory.code}")
    assert "AdvisorsNow from" in page.text.replace("Advisors ", "Advisors") and "until before" in page.text
    assert "twin" not in page.text and not [a for a in page.all("a") if (a.get("href") or "").startswith("/accounts/")]


def test_whoever_may_invite_is_led_to_name_one(browse: Browse) -> None:
    factory = factories.factory()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    address = f"/factories/{factory.code}"
    assert "/accounts/invite" in {a.get("href") for a in manager.get(address).all("a")}
    _advisor("Mina", factory)
    assert "Name an advisor" not in manager.get(address).text and "Mina" in manager.get(address).text
