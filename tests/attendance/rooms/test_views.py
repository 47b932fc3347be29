"""The room of a factory as its focal point and the trainer see it."""

from secrets import token_hex

import pytest

from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance.guests import operations as guest_operations
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.operations import GuestMarking
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rooms import operations
from app.attendance.rules import Evidence, Mark
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.rules import SeatState, SiteKind
from tests.attendance.rooms.conftest import Sewing
from tests.browse import Browse, fill, sent_by
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


def _door(sewing: Sewing) -> str:
    return f"{_rooms(sewing)}/{sewing.site.id}/walk-ins"


def test_the_factory_adds_one_of_its_people_who_sits_there_without_a_seat(sewing: Sewing, focal: Browse) -> None:
    ours = factories.person(sewing.hall.factory, name="Chandara Meas")
    theirs = factories.person(factories.factory(), name="Chandara Other")
    assert _door(sewing) in [each.get("href") for each in focal.get(sewing.address).all("a")]
    page = focal.get(f"{_door(sewing)}?q=chandara")
    assert ours.name in page.text and theirs.name not in page.text
    address, sent = fill(page, "walk-ins/people", mark="late")
    for _ in range(2):
        assert focal.post(address, sent).location.endswith(f"#person-{ours.id}")
    found = sewing.current(ours)
    assert found and (found.mark, found.evidence) == (Mark.LATE, Evidence.ROOM_JOIN)
    seat = sessions.seat_of(sewing.hall.training.id, ours.id)
    assert seat and (seat.site_id, seat.is_walk_in, seat.state) == (sewing.site.id, True, SeatState.BOOKED)
    assert ours.name in focal.get(sewing.address).text
    assert db.session.query(MarkEntry).filter_by(person_id=ours.id).count() == 1
    assert focal.post(address, {"person": theirs.id, "mark": "present", "mark_id": token_hex(16)}).status == 404
    reply = focal.post(address, {"person": sewing.hall.person.id, "mark": "present", "mark_id": token_hex(16)})
    assert reply.status == 409 and "has a seat elsewhere" in reply.text
    for wrong in ({}, {"person": ours.id, "mark": "excused"}, {"person": "x", "mark": "present"}):
        assert focal.post(address, wrong).status == 422


def test_whom_the_factory_does_not_find_is_taken_down_as_its_word(sewing: Sewing, focal: Browse, trainer: Browse) -> None:
    page = focal.get(f"{_door(sewing)}?q=Nobody Known")
    [form] = [each for each in page.all("form") if each.get("method") == "post" and each.get("action") == _door(sewing)]
    address, sent = form.get("action"), sent_by(form).to_dict()
    assert (sent["name"], sent["mark"]) == ("Nobody Known", "present")
    assert focal.post(address, sent | {"name": ""}).status == 422
    for _ in range(2):
        assert focal.post(address, sent).location.endswith("#guests")
    assert "Nobody Known" in focal.get(sewing.address).text
    guest = db.session.query(Guest).one()
    assert (guest.factory_id, guest.site_id) == (sewing.hall.factory.id, sewing.site.id)
    assert db.session.query(GuestMark).one().evidence is Evidence.ROOM_JOIN
    assert "Nobody Known" in trainer.get(sewing.hall.address).text
    person = sewing.people[3]
    guest_operations.resolve(sewing.hall.trainer, sewing.hall.training.id, guest.id, person.id, 0)
    found = sewing.current(person)
    assert found and (found.mark, found.evidence.is_self_declared) == (Mark.PRESENT, True)


def test_only_the_own_room_on_its_day_takes_somebody_without_a_seat(sewing: Sewing, focal: Browse, browse: Browse) -> None:
    ours, other = factories.person(sewing.hall.factory), factories.factory()
    foreign = make.site(sewing.hall.training, "Other hall", SiteKind.FACTORY_ROOM, factory_id=other.id)
    sent = {"person": ours.id, "mark": "present", "mark_id": token_hex(16)}
    unknown = {"name": "Zoe", "mark": "present", "key": token_hex(16), "mark_id": token_hex(16)}
    stranger = Browse(browse.app).as_account(accounts.account(Role.FOCAL_POINT, factory=other))
    for who, site in ((focal, foreign), (focal, sewing.hall.training.sites[0]), (stranger, sewing.site)):
        door = f"{_rooms(sewing)}/{site.id}/walk-ins"
        assert [who.get(door).status, who.post(door, unknown).status, who.post(f"{door}/people", sent).status] == [404] * 3
    sewing.begins(45)
    assert focal.post(_door(sewing), unknown).status == focal.post(f"{_door(sewing)}/people", sent).status == 409
    assert db.session.query(Guest).count() == 0 and sessions.seat_of(sewing.hall.training.id, ours.id) is None


def test_a_factory_says_nothing_of_a_guest_who_was_met_elsewhere(sewing: Sewing) -> None:
    key = token_hex(16)
    met = GuestMarking(key, Mark.PRESENT, "Zoe", site_id=sewing.hall.training.sites[0].id)
    guest_operations.note(sewing.hall.trainer, sewing.meeting.id, met)
    with pytest.raises(NotFound):
        operations.note_guest(sewing.focal, sewing.meeting.id, sewing.site.id, GuestMarking(key, Mark.LATE, "Zoe"))
