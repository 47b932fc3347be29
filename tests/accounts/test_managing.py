"""Inviting people and giving roles: in one's own programme only, dated, and effective at once."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Grant
from app.access.roles import Role
from app.accounts import queries
from app.accounts.models import Account, RoleGrant, SignIn
from app.factories.models import Group
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make.staff import links, sign_in
from tests.make.statements import counted

SENT = {"email": "new@office.example", "name": "New One", "language": "vi", "starts_on": "", "ends_on": ""}


class World:
    """Two programmes with twin people."""

    def __init__(self) -> None:
        self.kh, self.bd = factories.programme("KH"), factories.programme("BD", country="BD", zone="Asia/Dhaka")
        self.mill, self.far_mill = factories.factory(programme_id=self.kh.id), factories.factory(programme_id=self.bd.id)
        self.manager = accounts.account(Role.PROGRAMME_MANAGER, programme=self.kh)
        self.admin = accounts.account(Role.ADMINISTRATOR)
        self.trainer = accounts.account(Role.TRAINER, programme=self.kh, name="Near Trainer")
        self.far_trainer = accounts.account(Role.TRAINER, programme=self.bd, name="Far Trainer", email="far@office.example")
        self.far_focal = accounts.account(Role.FOCAL_POINT, factory=self.far_mill, name="Far Focal", email="focal@far.example")
        self.shared = accounts.account(Role.ADVISOR, programme=self.kh, name="Shared Advisor")
        db.session.add(RoleGrant(account_id=self.shared.id, role=Role.TRAINER, programme_id=self.bd.id))
        db.session.commit()


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def _grants(account_id: int) -> list[RoleGrant]:
    return db.session.query(RoleGrant).filter_by(account_id=account_id).order_by(RoleGrant.id).all()


def test_invite_a_trainer_and_let_him_begin(browse: Browse, world: World) -> None:
    manager = browse.as_account(world.manager)
    assert manager.get("/accounts/invite").status == 200
    sent = {**SENT, "role": "trainer", "place": f"programme:{world.kh.id}", "email": " New@Office.example "}
    assert manager.post("/accounts/invite", sent).location == "/accounts"
    assert "Invited" in manager.get("/accounts?q=new%40office").text
    guest = Browse(browse.app)
    assert sign_in(guest, email="new@office.example", password="!").status == 422, "no password opens it before it is chosen"
    clean = guest.get(links()[-1]).location
    assert "new@office.example" in guest.get(clean).text
    forged = {"role": "administrator", "email": "admin@office.example", "place": "", "programme_id": ""}
    chosen = {"name": "Newt", "password": "twelve quiet machines", **forged}
    assert guest.post(clean, chosen).status == 303
    assert guest.get("/sessions").status == 200
    made = db.session.query(Account).filter_by(email="new@office.example").one()
    assert [(grant.role, grant.programme_id) for grant in _grants(made.id)] == [(Role.TRAINER, world.kh.id)]
    assert (made.name, made.language) == ("Newt", "vi")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("administrator", ""), ("administrator", "kh"), ("programme_manager", "bd"), ("trainer", ""), ("trainer", "bd"), ("trainer", "mill"),
        ("advisor", "far_mill"), ("focal_point", "kh"), ("focal_point", "far_mill"), ("person", "kh"), ("cook", "kh"), ("advisor", "other:1"),
        ("advisor", "programme:x"), ("advisor", "programme:99999999"),
    ],
)
def test_what_a_manager_cannot_give(browse: Browse, world: World, role: str, place: str) -> None:
    thing = getattr(world, place, None) if place else None
    kind = "factory" if "mill" in place else "programme"
    manager = browse.as_account(world.manager)
    before = (db.session.query(Account).count(), db.session.query(RoleGrant).count())
    sent = {**SENT, "role": role, "place": f"{kind}:{thing.id}" if thing else place}
    assert manager.post("/accounts/invite", sent).status == 422
    assert manager.post(f"/accounts/{world.trainer.id}/grants", sent).status == 422
    assert (db.session.query(Account).count(), db.session.query(RoleGrant).count()) == before


def test_the_other_programme_does_not_exist_for_a_manager(browse: Browse, world: World) -> None:
    manager = browse.as_account(world.manager)
    for address in ("/accounts", "/accounts?q=far", "/accounts?role=trainer", "/accounts?state=open", "/accounts/invite",
                    f"/accounts/{world.shared.id}"):
        text = manager.get(address).response.text
        for secret in ("Far Trainer", "far@office.example", "Far Focal", "focal@far.example", world.far_mill.name):
            assert secret not in text.replace(world.mill.name, ""), (address, secret)
    assert "Near Trainer" in manager.get("/accounts?role=trainer").text
    assert "Shared Advisor" not in manager.get("/accounts?role=trainer").text, "that he is a trainer elsewhere is not told"
    [own, far] = _grants(world.shared.id)
    for verb in ("closing", "opening", "invitation", "factors/removal", f"grants/{far.id}/withdrawal"):
        assert manager.post(f"/accounts/{world.far_trainer.id}/{verb}").status == 404, verb
    assert manager.get(f"/accounts/{world.far_trainer.id}").status == 404
    assert manager.post(f"/accounts/{world.shared.id}/grants/{far.id}/withdrawal").status == 404
    assert manager.post(f"/accounts/{world.shared.id}/closing").status == 404, "it has roles elsewhere"
    assert manager.post(f"/accounts/{world.admin.id}/closing").status == 404
    assert manager.post(f"/accounts/{world.shared.id}/grants/{own.id}/withdrawal").status == 303


def test_an_account_of_elsewhere_is_known_by_its_address_alone(browse: Browse, world: World) -> None:
    """Whoever types the address of a stranger learns nothing of him, and does not sign him out."""
    manager, far = browse.as_account(world.manager), browse.as_account(world.far_trainer)
    sent = {**SENT, "email": world.far_trainer.email, "role": "trainer", "place": f"programme:{world.kh.id}"}
    for _ in range(2):
        assert manager.post("/accounts/invite", sent).status == 303
    assert len(_grants(world.far_trainer.id)) == 2, "a form sent twice gives one role"
    assert far.get("/sessions").status == 200
    for address in ("/accounts", f"/accounts/{world.far_trainer.id}"):
        page = manager.get(address).text
        assert (world.far_trainer.email in page, "Far Trainer" in page) == (True, False), address
    for wanted in ("q=Far Trainer", "state=open"):
        assert world.far_trainer.email not in manager.get(f"/accounts?{wanted}").text, wanted


def test_nobody_else_sees_accounts(browse: Browse, world: World) -> None:
    focal = accounts.account(Role.FOCAL_POINT, factory=world.mill)
    for account in (world.trainer, world.shared, focal):
        there = browse.as_account(account)
        assert there.get("/accounts").status == 404
        assert there.post("/accounts/invite", {**SENT, "role": "trainer", "place": f"programme:{world.kh.id}"}).status == 404
    assert Browse(browse.app).get("/accounts").location.startswith("/sign-in")


def test_advisors_are_given_factories_for_a_time(browse: Browse, world: World) -> None:
    manager = browse.as_account(world.manager)
    today = now().date()
    sent = {"role": "advisor", "place": f"factory:{world.mill.id}", "starts_on": str(today), "ends_on": str(today + timedelta(days=30))}
    assert manager.post(f"/accounts/{world.trainer.id}/grants", {**sent, "ends_on": str(today)}).status == 422
    assert manager.post(f"/accounts/{world.trainer.id}/grants", sent).status == 303
    given = Grant(Role.ADVISOR, factory_id=world.mill.id)
    assert given in queries.grants_of(world.trainer.id)
    row = _grants(world.trainer.id)[-1]
    for starts, ends, held in ((0, 1, True), (1, 2, False), (-2, 0, False), (-2, 1, True)):
        row.starts_on, row.ends_on = today + timedelta(days=starts), today + timedelta(days=ends)
        db.session.flush()
        assert (given in queries.grants_of(world.trainer.id)) is held, (starts, ends)


def test_withdrawn_roles_end_at_once_and_stay_in_the_history(browse: Browse, world: World) -> None:
    manager, trainer = browse.as_account(world.manager), browse.as_account(world.trainer)
    assert trainer.get("/sessions").status == 200
    [grant] = _grants(world.trainer.id)
    for _ in range(2):
        assert manager.post(f"/accounts/{world.trainer.id}/grants/{grant.id}/withdrawal").status == 303
    assert trainer.get("/sessions").location.startswith("/sign-in"), "a changed role needs a new sign-in"
    assert queries.grants_of(world.trainer.id) == ()
    assert world.trainer not in queries.trainers(world.kh.id)
    assert "Ended" in manager.get(f"/accounts/{world.trainer.id}").text


def test_closing_an_account(browse: Browse, world: World) -> None:
    manager, trainer = browse.as_account(world.manager), browse.as_account(world.trainer)
    assert manager.post(f"/accounts/{world.trainer.id}/closing").status == 303
    assert trainer.get("/sessions").location.startswith("/sign-in")
    assert "Closed" in manager.get("/accounts?state=closed").text
    assert manager.post(f"/accounts/{world.trainer.id}/opening").status == 303
    assert trainer.get("/sessions").location.startswith("/sign-in"), "the ended sign-in stays ended"
    assert browse.as_account(world.trainer).get("/sessions").status == 200


def test_nobody_changes_his_own_roles(browse: Browse, world: World) -> None:
    for account, place in ((world.manager, f"programme:{world.kh.id}"), (world.admin, f"programme:{world.kh.id}")):
        own = browse.as_account(account)
        assert own.post(f"/accounts/{account.id}/grants", {"role": "trainer", "place": place}).status == 422
        assert own.post("/accounts/invite", {**SENT, "email": account.email, "role": "trainer", "place": place}).status == 422
        assert len(_grants(account.id)) == 1
    admin = browse.as_account(world.admin)
    assert admin.post(f"/accounts/{world.admin.id}/closing").status == 409
    assert admin.post(f"/accounts/{world.admin.id}/grants/{_grants(world.admin.id)[0].id}/withdrawal").status == 409


def test_a_fresh_invitation_replaces_the_former(browse: Browse, world: World) -> None:
    manager = browse.as_account(world.manager)
    manager.post("/accounts/invite", {**SENT, "role": "focal_point", "place": f"factory:{world.mill.id}"})
    made = db.session.query(Account).filter_by(email="new@office.example").one()
    assert manager.post(f"/accounts/{made.id}/invitation").status == 303
    former, latest = links()
    guest = Browse(browse.app)
    assert guest.get(guest.get(former).location).status == 410
    assert guest.get(guest.get(latest).location).status == 200
    guest.post("/links/invitation", {"name": "New One", "password": "twelve quiet machines"})
    assert manager.post(f"/accounts/{made.id}/invitation").status == 409, "it has chosen its password"


def test_a_lost_factor_is_taken_away_by_an_administrator(browse: Browse, world: World) -> None:
    world.trainer.totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    db.session.commit()
    assert browse.as_account(world.manager).post(f"/accounts/{world.trainer.id}/factors/removal").status == 404
    assert browse.as_account(world.admin).post(f"/accounts/{world.trainer.id}/factors/removal").status == 303
    db.session.expire_all()
    assert world.trainer.totp_secret is None


def test_a_role_in_a_group_is_one_in_each_of_its_factories(world: World) -> None:
    group = Group(code="G1", name="Group")
    empty = Group(code="G2", name="Empty")
    db.session.add_all([group, empty])
    db.session.flush()
    world.mill.group_id = world.far_mill.group_id = group.id
    viewer = accounts.account(Role.ADVISOR, programme=world.kh)
    row = _grants(viewer.id)[0]
    row.programme_id, row.group_id = None, group.id
    db.session.flush()
    assert set(queries.grants_of(viewer.id)) == {
        Grant(Role.ADVISOR, factory_id=world.mill.id), Grant(Role.ADVISOR, factory_id=world.far_mill.id),
    }
    row.group_id = empty.id
    db.session.flush()
    assert queries.grants_of(viewer.id) == (), "a group without factories is not everything"


def test_the_list_costs_the_same_for_five_and_for_fifty(browse: Browse, world: World) -> None:
    admin = browse.as_account(world.admin)
    costs = []
    for _ in range(2):
        with counted() as statements:
            assert admin.get("/accounts").status == 200
        costs.append(len(statements))
        for _number in range(45):
            accounts.account(Role.TRAINER, programme=world.kh)
        db.session.commit()
    assert costs[0] == costs[1]
    assert db.session.query(SignIn).count() == 1
