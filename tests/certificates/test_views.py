"""Files for those who may."""


import pytest

from app.access.roles import Role
from app.certificates import operations
from app.completions.models import Completion
from app.platform.db import db
from app.platform.files import files
from tests.browse import Browse
from tests.make import accounts, certificates, factories
from tests.make.statements import counted


class World:
    """Twin factories in one programme, a third in another; a certificate in each."""

    def __init__(self) -> None:
        self.here, self.twin = factories.factory(), factories.factory()
        self.abroad = factories.factory(programme_id=factories.programme("VN", zone="Asia/Ho_Chi_Minh").id)
        self.own, self.other, self.foreign = (
            certificates.drawn(certificates.certificate(factory=each)) for each in (self.here, self.twin, self.abroad)
        )

    def addresses(self) -> list[str]:
        return [f"/certificates/{each.id}/file" for each in (self.own, self.other, self.foreign)]


def _statuses(browse: Browse, world: World) -> list[int]:
    return [browse.get(address).status for address in world.addresses()]


def test_who_gets_which_file(browse: Browse) -> None:
    world = World()
    kh = factories.programme()
    expected = {
        Role.ADMINISTRATOR: (None, None, [200, 200, 200]),
        Role.PROGRAMME_MANAGER: (kh, None, [200, 200, 404]),
        Role.TRAINER: (kh, None, [200, 200, 404]),
        Role.ADVISOR: (None, world.here, [200, 404, 404]),
        Role.FOCAL_POINT: (None, world.here, [200, 404, 404]),
    }
    for role, (programme, factory, statuses) in expected.items():
        who = browse.as_account(accounts.account(role, programme=programme, factory=factory))
        assert _statuses(who, world) == statuses, role
    assert _statuses(browse.as_person(world.other.person_id), world) == [404, 200, 404]
    assert _statuses(browse, world) == [303, 303, 303], "nobody is asked to sign in"


def test_a_person_sees_the_own_certificates(browse: Browse) -> None:
    world = World()
    page = browse.as_person(world.own.person_id).get("/certificates")
    links = [a.get("href") for a in page.all("a")]
    assert world.addresses()[0] in links
    assert world.addresses()[1] not in links
    assert browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme())).get("/certificates").status == 404


def test_a_file_that_is_not_there_is_said(browse: Browse) -> None:
    staff = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    waiting = certificates.certificate()
    assert staff.get(f"/certificates/{waiting.id}/file").status == 409
    lost = certificates.drawn(certificates.certificate())
    files().folder.joinpath(lost.file_key[:2], lost.file_key).unlink()
    assert "The file is missing" in staff.get(f"/certificates/{lost.id}/file").text
    revoked = certificates.drawn(certificates.certificate())
    operations.revoke(revoked.completion_id, "test")
    assert "was revoked" in staff.get(f"/certificates/{revoked.id}/file").text


def test_the_file_is_a_download_with_a_readable_name(browse: Browse) -> None:
    factory = factories.factory()
    certificate = certificates.drawn(certificates.certificate(factories.person(factory, name="Nguyễn Thị Ánh"), factory))
    reply = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(f"/certificates/{certificate.id}/file")
    headers = reply.response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "Nguy%E1%BB%85n" in headers["Content-Disposition"]
    assert "sandbox" in headers["Content-Security-Policy"]


def test_the_panel_filters_by_state(browse: Browse) -> None:
    world = World()
    operations.revoke(world.own.completion_id, "test")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    assert world.own.number in focal.get(f"/factories/{world.here.code}/certificates?state=revoked").text
    assert world.own.number not in focal.get(f"/factories/{world.here.code}/certificates?state=valid").text
    assert "There is no such certificate" in focal.get(f"/factories/{world.here.code}/certificates?state=expired").text


def test_who_has_certificates_stands_on_the_training_page(browse: Browse) -> None:
    world = World()
    training_id = db.session.get_one(Completion, world.own.completion_id).training_id
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    assert world.own.number in manager.get(f"/sessions/{training_id}").text
    twin = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.twin))
    assert world.own.number not in twin.get(f"/sessions/{training_id}").text


@pytest.mark.slow
def test_statements_do_not_grow_with_certificates(browse: Browse) -> None:
    factory = factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (5, 45):
        for _ in range(number):
            certificates.drawn(certificates.certificate(factory=factory))
        with counted() as statements:
            assert focal.get(f"/factories/{factory.code}/certificates").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
