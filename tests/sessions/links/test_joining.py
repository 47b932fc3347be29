"""Coming in by a link: for whom it opens, when, and what it tells nobody."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from urllib3 import request as ask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.privacy import retention
from app.sessions import operations as sessions
from app.sessions.links import operations, queries
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.operations.keeping import note_visits
from app.sessions.links.providers import Attendee
from app.sessions.links.rules import Provider, of_seat, of_site, token
from app.sessions.models import Invitation, Meeting, Seat, SeatAtMeeting, TrainingSession
from app.sessions.person_data import PERSON_DATA
from app.sessions.rules import Modality, SeatState, SiteKind
from tests.browse import Browse, Reply
from tests.make import accounts, factories, rooms
from tests.make import sessions as make
from tests.make.statements import counted
from tests.peers.meetings import serving

SECRET = rooms.JITSI["jitsi_secret"]


@dataclass
class Laid:
    """Half-day 1 of a hybrid training session is joined through a room. One factory joins by link, one comes."""

    training: TrainingSession
    trainer: Account
    factory: Factory
    speaker: Account
    remote: Seat
    room: Seat
    comer: Seat
    other_speaker: Account

    @property
    def first(self) -> Meeting:
        return self.training.meetings[0]

    def link(self, address: str) -> str:
        """What stands in somebody's calendar, as a path."""
        row = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == self.first.id, Invitation.address == address)).one()
        return str(row.told["join_url"]).removeprefix(rooms.BASE)


@pytest.fixture
def laid(app: Flask) -> Iterator[Laid]:
    trainer = accounts.account(Role.TRAINER, programme=factories.programme(), email="dara@office.example", name="Sok Dara")
    joining, coming = factories.factory(name="Joining Mill"), factories.factory(name="Coming Mill")
    training = make.training(trainers=[trainer], rooms=[joining])
    seats = [
        make.seat(training, joining, factories.person(joining, name="Chan Srey", local_name=None, email="srey@home.example"), kind=SiteKind.REMOTE),
        make.seat(training, joining, factories.person(joining, name="Keo Vanna", local_name=None), kind=SiteKind.FACTORY_ROOM),
        make.seat(training, coming, factories.person(coming, name="Long Rina", local_name=None, email="rina@home.example")),
    ]
    speakers = [accounts.account(Role.FOCAL_POINT, factory=each, email=f"hr@{each.name.split()[0].lower()}.example") for each in (joining, coming)]
    with rooms.connected(app, **rooms.JITSI):
        sessions.confirm(SYSTEM, training.id)
        operations.choose(SYSTEM, training.id, 1, Provider.JITSI)
        rooms.work(app)
        yield Laid(training, trainer, joining, speakers[0], *seats, speakers[1])


def _at_the_door(browse: Browse, laid: Laid, path: str, minutes: int = -10) -> Reply:
    with time_machine.travel(laid.first.starts_at + timedelta(minutes=minutes)):
        return browse.get(path)


def _enter(browse: Browse, laid: Laid, path: str, minutes: int = -10) -> Reply:
    with time_machine.travel(laid.first.starts_at + timedelta(minutes=minutes)):
        return browse.post(path)


def _user(reply: Reply) -> dict[str, object]:
    [signed] = parse_qs(urlsplit(reply.location).query)["jwt"]
    claims = jwt.decode(signed, SECRET, algorithms=["HS256"], audience="seamwise", options={"verify_exp": False, "verify_nbf": False})
    user: dict[str, object] = claims["context"]["user"]
    return user


def test_a_link_in_a_calendar_is_ours_and_differs_for_everybody(laid: Laid) -> None:
    rows = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == laid.first.id)).all()
    links = {row.address: row.told["join_url"] for row in rows}
    assert links.pop("rina@home.example") is links.pop("hr@coming.example") is None
    assert set(links) == {"dara@office.example", "hr@joining.example", "srey@home.example"}
    assert len(set(links.values())) == 3
    for link in links.values():
        assert re.fullmatch(rf"{rooms.BASE}/meet/[0-9a-z]+-[a-z2-7]{{32}}", link), "160 random bits"
    mails = b"".join(db.session.scalars(sa.select(MailMessage.raw)))
    assert b"jitsi.example" not in mails and b"jwt=" not in mails


def test_opening_the_page_changes_nothing_and_the_button_leads_in(browse: Browse, laid: Laid) -> None:
    """T42: scanners of mails and previews of chats open links."""
    path = laid.link("srey@home.example")
    page = _at_the_door(browse, laid, path)
    assert page.status == 200 and "Chan Srey" in page.text and "Join now" in page.text
    assert "jitsi.example" not in page.response.text and db.session.scalar(sa.select(sa.func.count()).select_from(RoomVisit)) == 0
    [form] = [each for each in page.all("form") if each.get("action") == path]
    assert form.get("method") == "post"
    reply = _enter(browse, laid, path)
    assert reply.status == 303 and reply.location.startswith(f"https://jitsi.example/{rooms.room(laid.first).key}?jwt=")
    assert (_user(reply)["name"], _user(reply)["moderator"]) == ("Chan Srey", False)
    [visit] = db.session.scalars(sa.select(RoomVisit))
    assert visit.name == "Chan Srey"
    assert _user(_enter(browse, laid, path)) == _user(reply), "it opens again: people lose the line"


def test_trainers_moderate(browse: Browse, laid: Laid) -> None:
    user = _user(_enter(browse, laid, laid.link("dara@office.example")))
    assert (user["name"], user["moderator"], user["affiliation"]) == ("Sok Dara", True, "owner")
    assert "dara@office.example" not in str(user)


def test_no_address_of_a_page_leaves_with_the_reader(browse: Browse, laid: Laid) -> None:
    """T44: neither the page nor the redirect tells the provider where the reader came from."""
    path = laid.link("srey@home.example")
    for reply in (_at_the_door(browse, laid, path), _enter(browse, laid, path), browse.get("/meet/1-" + "a" * 32)):
        assert reply.response.headers["Referrer-Policy"] == "no-referrer"
        assert reply.response.headers["Cache-Control"] == "no-store"
        assert "noindex" in reply.response.headers["X-Robots-Tag"]
    page = _at_the_door(browse, laid, path)
    assert "form-action 'self' https:" in page.response.headers["Content-Security-Policy"]
    own = {element.get(name) for element in (page.page.iter() if page.page is not None else []) for name in ("src", "href") if element.get(name)}
    assert all(address.startswith(("/", "#")) for address in own if address), "nothing is fetched elsewhere"


@pytest.mark.parametrize(("minutes", "words"), [(-31, "half an hour before"), (271, "is over")])
def test_it_opens_for_the_half_day_only(browse: Browse, laid: Laid, minutes: int, words: str) -> None:
    path = laid.link("srey@home.example")
    page = _at_the_door(browse, laid, path, minutes)
    assert page.status == 200 and words in page.text and "Join now" not in page.text
    assert _enter(browse, laid, path, minutes).status == 409


@pytest.mark.parametrize("end", ["withdrawn", "cancelled", "in_person", "pasted", "moved to the venue", "disabled"])
def test_a_link_ends_with_the_seat(browse: Browse, laid: Laid, end: str) -> None:
    path = laid.link("srey@home.example") if end != "disabled" else laid.link("hr@joining.example")
    assert _at_the_door(browse, laid, path).status == 200
    if end == "withdrawn":
        sessions.withdraw(SYSTEM, laid.training.id, laid.remote.id)
    elif end == "cancelled":
        sessions.cancel(SYSTEM, laid.training.id, "Strike")
    elif end == "in_person":
        laid.first.modality = Modality.IN_PERSON
        _settle(laid)
    elif end == "pasted":
        sessions.change_link(SYSTEM, laid.training.id, 1, make.LINK)
    elif end == "disabled":
        laid.speaker.disabled_at = now()
    else:
        venue = make.site(laid.training)
        db.session.add(SeatAtMeeting(seat_id=laid.remote.id, meeting_id=laid.first.id, site_id=venue.id, modality=Modality.IN_PERSON))
        _settle(laid)
    for reply in (_at_the_door(browse, laid, path), _enter(browse, laid, path)):
        assert reply.status == 404 and "This link does not work any more" in reply.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RoomVisit)) == 0


def _settle(laid: Laid) -> None:
    db.session.flush()
    sessions.invitations.settle(laid.training)
    db.session.commit()


def test_a_link_fits_no_other_door(browse: Browse, laid: Laid) -> None:
    """T43: the token of one room, holder or purpose opens nothing else."""
    operations.choose(SYSTEM, laid.training.id, 2, Provider.JITSI)
    db.session.commit()
    one, two = rooms.room(laid.first), rooms.room(laid.training.meetings[1])
    mine = laid.link("srey@home.example").removeprefix("/meet/")
    digest = mine.partition("-")[2]
    number = token(two.id, two.seed, of_seat(laid.remote.id, "")).partition("-")[0]
    wrong = [
        f"{number}-{digest}", mine[:-1], mine.upper(), f"{mine}a", "x", "1-", "-" * 40, "0" * 300, "%00", "..%2f",
        token(one.id, two.seed, of_seat(laid.remote.id, "")), token(one.id, one.seed, of_seat(laid.comer.id, "")),
        token(one.id, one.seed, of_seat(10**9, "")),
    ]
    for text in wrong:
        assert _at_the_door(browse, laid, f"/meet/{text}").status == 404, text
        assert _enter(browse, laid, f"/meet/{text}").status == 404, text
    assert browse.get(f"/join/{mine}").status in {404, 200}
    assert browse.get(f"/links/sign-in/{mine}").status != 200


def test_people_without_an_address_and_the_screen_of_a_factory_have_links(browse: Browse, laid: Laid) -> None:
    room = rooms.room(laid.first)
    screen = make.site(laid.training, SiteKind.FACTORY_ROOM, laid.factory)
    for holder, name in ((of_seat(laid.room.id, ""), "Keo Vanna"), (of_site(screen.id, ""), "Joining Mill")):
        reply = _enter(browse, laid, f"/meet/{token(room.id, room.seed, holder)}")
        assert _user(reply)["name"] == name and _user(reply)["moderator"] is False
    assert {visit.seat_id for visit in db.session.scalars(sa.select(RoomVisit))} == {laid.room.id, None}


def test_who_is_signed_in_needs_no_link(browse: Browse, laid: Laid) -> None:
    own = f"/sessions/{laid.training.id}/meetings/1/room"
    laid.remote.person.language = "en"
    db.session.commit()
    with time_machine.travel(laid.first.starts_at - timedelta(minutes=15)):
        people = [
            (browse.as_account(laid.trainer), "Sok Dara", True),
            (browse.as_account(laid.speaker), "Joining Mill", False),
            (browse.as_person(laid.remote.person_id), "Chan Srey", False),
        ]
    for who, name, moderates in people:
        assert "Join now" in _at_the_door(who, laid, own).text
        user = _user(_enter(who, laid, f"{own}/entry"))
        assert (user["name"], user["moderator"]) == (name, moderates)


def test_who_has_no_seat_by_link_finds_no_door(browse: Browse, laid: Laid) -> None:
    own = f"/sessions/{laid.training.id}/meetings/1/room"
    waiting = make.seat(laid.training, laid.factory, kind=SiteKind.REMOTE, state=SeatState.WAIT_LISTED)
    with time_machine.travel(laid.first.starts_at - timedelta(minutes=15)):
        strangers = [
            browse.as_account(laid.other_speaker),
            browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory())),
            browse.as_account(accounts.account(Role.ADVISOR, programme=laid.training.programme)),
            browse.as_person(laid.comer.person_id),
            browse.as_person(waiting.person_id),
        ]
    for who in strangers:
        assert _at_the_door(who, laid, own).status == 404
        assert _enter(who, laid, f"{own}/entry").status == 404
    assert browse.get(own).status == 303, "to the sign-in"
    assert browse.as_account(laid.trainer).get(f"/sessions/{laid.training.id}/meetings/2/room").status == 404, "it has no room"


def test_the_page_of_the_session_shows_each_what_is_theirs(browse: Browse, laid: Laid) -> None:
    page, door = f"/sessions/{laid.training.id}", f"/sessions/{laid.training.id}/meetings/1/room"

    def shown(who: Account) -> tuple[bool, bool, bool]:
        reply = browse.as_account(who).get(page)
        doors = {link.get("href") for link in reply.all("a")}
        return door in doors, make.LINK in reply.response.text, "The room is ready" in reply.text

    assert shown(laid.trainer) == (True, True, True)
    assert shown(laid.speaker) == (True, True, False)
    assert shown(laid.other_speaker) == (False, False, False)
    assert shown(accounts.account(Role.ADVISOR, programme=laid.training.programme)) == (False, False, False)
    laid.remote.state = laid.room.state = SeatState.WAIT_LISTED
    assert shown(laid.speaker) == (False, False, False)


def test_a_pasted_link_is_shown_by_half_day(browse: Browse, laid: Laid) -> None:
    """Whoever joins another half-day by link learns the link of that one alone."""
    sessions.change_link(SYSTEM, laid.training.id, 1, "https://zoom.example/first")
    venue = make.site(laid.training)
    for seat in (laid.remote, laid.room):
        exception = SeatAtMeeting(seat_id=seat.id, meeting_id=laid.first.id, site_id=venue.id, modality=Modality.IN_PERSON)
        db.session.add(exception)
    text = browse.as_account(laid.speaker).get(f"/sessions/{laid.training.id}").response.text
    assert "zoom.example" not in text and make.LINK in text


def test_no_page_of_anybody_else_holds_a_way_in(browse: Browse, laid: Laid) -> None:
    """Every page that shows training sessions, as somebody of another factory, of the waiting list, of the group."""
    pages = ["/", "/sessions", f"/sessions/{laid.training.id}", "/factories", f"/factories/{laid.factory.code}"]
    secrets = ["/meet/", "jitsi.example", make.LINK, rooms.room(laid.first).key, rooms.room(laid.first).seed]
    group = factories.programme() and accounts.account(Role.GROUP_VIEWER, group=laid.factory.group) if laid.factory.group else None
    for who in filter(None, (laid.other_speaker, accounts.account(Role.ADVISOR, programme=laid.training.programme), group)):
        one = browse.as_account(who)
        for page in pages:
            text = one.get(page).response.text
            assert not [secret for secret in secrets if secret in text], (who.name, page)
    for person in (laid.comer, laid.remote):
        text = browse.as_person(person.person_id).get("/").response.text
        assert not [secret for secret in secrets if secret in text]


def test_nobody_learns_a_link_from_log_or_audit(browse: Browse, laid: Laid, caplog: pytest.LogCaptureFixture) -> None:
    path = laid.link("srey@home.example")
    with caplog.at_level(logging.DEBUG):
        _at_the_door(browse, laid, path)
        location = _enter(browse, laid, path).location
    secrets = (path.rpartition("/")[2], location.partition("jwt=")[2], rooms.room(laid.first).seed)
    assert not [secret for secret in secrets if secret in caplog.text]
    noted = str([entry.details for entry in db.session.scalars(sa.select(AuditEntry))])
    assert not [secret for secret in secrets if secret in noted]


def test_guessing_is_slowed_down(browse: Browse, laid: Laid) -> None:
    for number in range(60):
        assert browse.get(f"/meet/{number:x}-{'a' * 32}").status == 404
    assert browse.get(f"/meet/1-{'b' * 32}").status == 429
    path = laid.link("srey@home.example")
    assert _at_the_door(browse, laid, path).status == 200, "who has a link is not kept out"
    assert {_enter(browse, laid, path).status for _ in range(30)} == {303}
    assert _enter(browse, laid, path).status == 429


def test_a_forged_entry_from_another_site_is_refused(browse: Browse, laid: Laid) -> None:
    path = laid.link("srey@home.example")
    with time_machine.travel(laid.first.starts_at):
        assert browse.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_the_door_of_bigbluebutton_leads_in(app: Flask, browse: Browse, laid: Laid) -> None:
    with serving() as server, rooms.connected(app, **rooms.bbb(server), **rooms.JITSI):
        operations.choose(SYSTEM, laid.training.id, 1, Provider.BIGBLUEBUTTON)
        path = laid.link("srey@home.example")
        assert "not ready yet" in _at_the_door(browse, laid, path).text
        assert _enter(browse, laid, path).status == 409
        rooms.work(app)
        reply = _enter(browse, laid, path)
        assert "You are in" in ask("GET", reply.location).data.decode()
        [meeting] = server.meetings.values()
        assert list(meeting.inside.values()) == [("Chan Srey", "VIEWER")]
        with time_machine.travel(laid.first.starts_at):
            rooms.work(app)
        [visit] = db.session.scalars(sa.select(RoomVisit))
        assert (visit.name, visit.seen_at > visit.came_at) == ("Chan Srey", True)


def test_finding_who_may_come_in_takes_a_fixed_number_of_statements(laid: Laid) -> None:
    room = queries.room_in_use(rooms.room(laid.first).id)
    assert room is not None
    with counted() as few:
        queries.holders(room)
    for _ in range(5):
        make.seat(laid.training, laid.factory, kind=SiteKind.REMOTE)
    _settle(laid)
    room = queries.room_in_use(room.id)
    assert room is not None
    with counted() as many:
        assert len(queries.holders(room)) >= 9
    assert len(few) == len(many) <= 4


def test_the_planner_chooses_on_a_page(app: Flask, browse: Browse, laid: Laid) -> None:
    one, page = browse.as_account(laid.trainer), f"/sessions/{laid.training.id}/meetings/2/provider"
    assert "Jitsi" in one.get(page).text and "BigBlueButton" not in one.get(page).text
    for form, words in (
        ({}, "Choose how people join"), ({"provider": "bigbluebutton"}, "Choose one of the list"),
        ({"provider": "pasted"}, "Enter the link"), ({"provider": "pasted", "join_url": "http://a.example"}, "https://"),
    ):
        reply = one.post(page, form)
        assert reply.status == 422 and words in reply.text
    assert one.post(page, {"provider": "jitsi"}).status == 303
    assert rooms.room(laid.training.meetings[1]).provider is Provider.JITSI
    assert one.post(page, {"provider": "pasted", "join_url": "https://zoom.example/2"}).status == 303
    assert db.session.get_one(Meeting, laid.training.meetings[1].id).join_url == "https://zoom.example/2"
    assert browse.as_account(laid.speaker).get(page).status == 404


def test_a_failure_is_shown_with_two_ways_on(app: Flask, browse: Browse, laid: Laid) -> None:
    with serving() as server, rooms.connected(app, **rooms.bbb(server), **rooms.JITSI):
        server.mood = "refusing"
        operations.choose(SYSTEM, laid.training.id, 1, Provider.BIGBLUEBUTTON)
        rooms.work(app)
        one = browse.as_account(laid.trainer)
        page = one.get(f"/sessions/{laid.training.id}")
        assert "There is no room" in page.text and "refuses to make a room" in page.text and "Paste a link instead" in page.text
        server.mood = "well"
        assert one.post(f"/sessions/{laid.training.id}/meetings/1/room").status == 303
        rooms.work(app)
        assert "The room is ready" in one.get(f"/sessions/{laid.training.id}").text
        assert "There is no room" not in browse.as_account(laid.speaker).get(f"/sessions/{laid.training.id}").text


def test_names_of_visits_are_kept_for_a_time(laid: Laid) -> None:
    kind = next(kind for kind in retention.KINDS if kind.key == "visits")
    room = db.session.scalars(sa.select(MeetingRoom)).one()
    note_visits(room.id, [(Attendee("w_guest", "Somebody by phone"), None)])
    assert retention.report()["visits"] == 0
    visit = db.session.scalars(sa.select(RoomVisit)).one()
    visit.seen_at = now() - timedelta(days=31 * kind.months + 40)
    db.session.flush()
    assert retention.report([laid.training.programme_id])["visits"] == 1 and retention.report([0])["visits"] == 0
    assert (retention.let_go(SYSTEM, kind), retention.let_go(SYSTEM, kind)) == (1, 0)
    assert (visit.name, visit.mark) == ("", "w_guest")


def test_a_person_finds_the_way_in_beside_the_own_seat(browse: Browse, laid: Laid) -> None:
    """The way in of each half-day by link, the room's and the pasted one; nothing on the waiting list or in person."""
    door = f"/sessions/{laid.training.id}/meetings/1/room"

    def ways(seat: Seat) -> set[str]:
        links = {link.get("href") or "" for link in browse.as_person(seat.person_id).get("/my-seats").all("a")}
        return links & {door, make.LINK}

    assert ways(laid.remote) == ways(laid.room) == {door, make.LINK}
    assert ways(laid.comer) == set()
    laid.remote.state = SeatState.WAIT_LISTED
    assert ways(laid.remote) == set()


def test_the_day_of_a_trainer_leads_in(browse: Browse, laid: Laid) -> None:
    page = browse.as_account(laid.trainer).get(f"/my-day?day={laid.first.starts.date()}")
    assert f"/sessions/{laid.training.id}/meetings/1/room" in {link.get("href") for link in page.all("a")}
    other = browse.as_account(laid.other_speaker).get(f"/my-day?day={laid.first.starts.date()}")
    assert "/meetings/1/room" not in other.response.text


def test_visits_are_handed_out_and_forgotten(browse: Browse, laid: Laid) -> None:
    for seat, address in ((laid.remote, "srey@home.example"),):
        assert _enter(browse, laid, laid.link(address)).status == 303
        room = rooms.room(laid.first)
        assert _enter(browse, laid, f"/meet/{token(room.id, room.seed, of_seat(seat.id, ''))}").status == 303
    [handed] = PERSON_DATA.export(laid.remote.person_id)["room_visit"]
    assert (handed["meeting_id"], handed["name"]) == (laid.first.id, "Chan Srey")
    PERSON_DATA.erase([laid.remote.person_id])
    db.session.commit()
    assert [visit.name for visit in db.session.scalars(sa.select(RoomVisit))] == ["", ""]
