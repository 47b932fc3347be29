"""The room of a factory as its focal point and the trainer see it."""

from secrets import token_hex

import pytest

from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.rooms import operations
from app.attendance.rules import Mark
from app.platform.db import db
from app.sessions.rules import SiteKind
from tests.attendance.rooms.conftest import Sewing
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import attendance as make
from tests.make.statements import counted


@pytest.fixture
def focal(sewing: Sewing, browse: Browse) -> Browse:
    return browse.as_account(sewing.account)


@pytest.fixture
def trainer(sewing: Sewing, browse: Browse) -> Browse:
    return Browse(browse.app).as_account(sewing.hall.account)


def _rooms(sewing: Sewing) -> str:
    return f"/sessions/{sewing.hall.training.id}/meetings/1/rooms"


def test_the_factory_finds_its_room_and_checks_everybody_in(sewing: Sewing, focal: Browse) -> None:
    assert sewing.address in [each.get("href") for each in focal.get(f"/sessions/{sewing.hall.training.id}").all("a")]
    page = focal.get(sewing.address)
    for person in sewing.people:
        assert person.name in page.text
    assert sewing.hall.person.name not in page.text
    assert focal.post(f"{sewing.address}/all", {}).status == 303
    sent = {"person": sewing.people[0].id, "mark": "absent", "mark_id": token_hex(16)}
    for _ in range(2):
        assert focal.post(sewing.address, sent).location.endswith(f"#person-{sewing.people[0].id}")
    page = focal.get(sewing.address)
    assert "Present 3 of 4" in page.text
    assert "Declared by the factory" in page.text


def test_the_line(sewing: Sewing, focal: Browse) -> None:
    base = f"{_rooms(sewing)}/{sewing.site.id}"
    assert "We are connected" in focal.get(sewing.address).text
    assert focal.post(f"{base}/connection", {}).status == 303
    assert "We lost the line" in focal.get(sewing.address).text
    assert focal.post(f"{base}/disconnection", {}).status == 303
    assert "Connected for 0 minutes" in focal.get(sewing.address).text


def test_what_the_trainer_said_has_no_buttons(sewing: Sewing, focal: Browse) -> None:
    person = sewing.people[0]
    attendance.mark(sewing.hall.trainer, sewing.meeting.id, person.id, Mark.EXCUSED)
    page = focal.get(sewing.address)
    [row] = [each for each in page.all("li") if each.get("id") == f"person-{person.id}"]
    assert list(row.iter("button")) == []
    assert "Roll call" in "".join(row.itertext())


def test_before_and_after_there_is_a_reason_and_no_button(sewing: Sewing, focal: Browse) -> None:
    sewing.begins(45)
    page = focal.get(sewing.address)
    assert "30 minutes before" in page.text
    assert [each for each in page.all("button") if each.get("name") == "mark"] == []
    assert sewing.address not in [each.get("href") for each in focal.get(f"/sessions/{sewing.hall.training.id}").all("a")]
    sent = {"person": sewing.people[0].id, "mark": "late", "mark_id": token_hex(16)}
    assert focal.post(sewing.address, sent).status == 409


def test_the_trainer_sees_what_is_self_declared_and_looks_for_some(sewing: Sewing, trainer: Browse) -> None:
    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    assert "4 self-declared" in trainer.get(sewing.hall.address).text
    assert "Show me 3" in trainer.get(_rooms(sewing)).text

    def asked() -> list[str | None]:
        page = trainer.get(f"{_rooms(sewing)}?site={sewing.site.id}")
        return [each.get("value") for each in page.all("input") if each.get("name") == "person"]

    three = asked()
    assert len(three) == len(set(three)) == 3
    checks = f"{_rooms(sewing)}/{sewing.site.id}/checks"
    trainer.post(checks, {"person": three[0], "there": "yes", "mark_id": token_hex(16)})
    reply = trainer.post(checks, {"person": three[1], "there": "no", "mark_id": token_hex(16)})
    assert reply.status == 303
    page = trainer.get(reply.location)
    assert asked() == three
    for words in ("2 self-declared", "1 seen", "1 not there", "check everybody again"):
        assert words in page.text
    assert "4 declared" in trainer.get(f"/sessions/{sewing.hall.training.id}").text
    assert "Show me 3 more" in page.text
    assert len([each for each in trainer.get(f"{_rooms(sewing)}?site={sewing.site.id}&few=6").all("input") if each.get("name") == "person"]) == 4


def test_other_factories_other_sites_and_other_roles_find_no_room(sewing: Sewing, focal: Browse, trainer: Browse) -> None:
    other = factories.factory()
    room = make.site(sewing.hall.training, "Theirs", SiteKind.FACTORY_ROOM, factory_id=other.id)
    [theirs] = make.people(sewing.hall.training, 1, other, at=room)
    stranger = Browse(focal.app).as_account(accounts.account(Role.FOCAL_POINT, factory=other))
    mark = {"mark": "present", "mark_id": token_hex(16)}
    assert stranger.get(sewing.address).status == 404
    assert stranger.post(sewing.address, {"person": sewing.people[0].id, **mark}).status == 404
    assert stranger.post(sewing.address, {"person": theirs.id, **mark}).status == 404
    assert stranger.post(f"{sewing.address}/all", {}).status == 404
    assert focal.post(sewing.address, {"person": theirs.id, **mark}).status == 404
    assert focal.get(f"{_rooms(sewing)}/{room.id}/people").status == 404
    assert focal.get(f"{_rooms(sewing)}/{sewing.hall.training.sites[0].id}/people").status == 404
    assert focal.get(_rooms(sewing)).status == 404
    assert trainer.get(sewing.address).status == 404
    assert trainer.post(f"{_rooms(sewing)}/{room.id}/checks", {"person": sewing.people[0].id, "there": "yes", "mark_id": token_hex(16)}).status == 404
    assert db.session.query(CurrentMark).count() == 0


@pytest.mark.parametrize("sent", [{"mark": "excused"}, {"mark": ""}, {"mark": "present", "mark_id": "x"}, {"mark": "present", "person": "x"}])
def test_nonsense_changes_nothing(sewing: Sewing, focal: Browse, sent: dict[str, str]) -> None:
    own = {"person": str(sewing.people[0].id), "mark_id": token_hex(16), **sent}
    assert focal.post(sewing.address, own).status in {404, 409, 422}
    assert db.session.query(CurrentMark).count() == 0


def test_pages_take_as_many_statements_however_many_people_sit_there(sewing: Sewing, focal: Browse, trainer: Browse) -> None:
    def statements() -> list[int]:
        counts = []
        for reader, address in ((focal, sewing.address), (trainer, f"{_rooms(sewing)}?site={sewing.site.id}")):
            with counted() as made:
                assert reader.get(address).status == 200
            counts.append(len(made))
        return counts

    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    before = statements()
    make.people(sewing.hall.training, 12, sewing.hall.factory, at=sewing.site)
    operations.declare_all(sewing.focal, sewing.meeting.id, sewing.site.id)
    assert statements() == before
    assert max(before) <= 25
