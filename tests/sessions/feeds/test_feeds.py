"""Calendars that people subscribe to say exactly what the mails said, to nobody else, and cost little."""

import email
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from typing import Any

import ics as ics_py
import pytest
import sqlalchemy as sa
import time_machine
import vobject
from flask import Flask, current_app
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.merging import operations as merging
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound
from app.sessions import operations as sessions
from app.sessions.feeds import operations
from app.sessions.feeds.models import Feed
from app.sessions.feeds.queries import cards, entry_of
from app.sessions.feeds.rules import FeedKind, token
from app.sessions.links import operations as links
from app.sessions.links.rules import Provider
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.person_data import PERSON_DATA
from app.sessions.rules import SeatState, SiteKind
from app.sessions.rules.wall_time import HalfDay
from tests.browse import Browse, Reply
from tests.make import accounts, factories, rooms
from tests.make import sessions as make
from tests.make.statements import counted
from tests.peers.calendars import Keeper, libical

FIELDS = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "CONFERENCE", "STATUS", "URL", "ORGANIZER")


class Laid:
    """A confirmed hybrid training session of two half-days, a trainer, a factory with a speaker, and its people."""

    def __init__(self) -> None:
        self.programme = factories.programme()
        self.trainer = accounts.account(Role.TRAINER, programme=self.programme, email="dara@office.example", name="Sok Dara")
        self.factory, self.other = factories.factory(name="Joining Mill"), factories.factory(name="Other Mill")
        self.speaker = accounts.account(Role.FOCAL_POINT, factory=self.factory, email="hr@joining.example")
        self.training = make.training(programme=self.programme, trainers=[self.trainer], rooms=[self.factory])
        srey = factories.person(self.factory, name="Chan Srey", local_name=None, email="srey@home.example")
        self.seat = make.seat(self.training, self.factory, srey, kind=SiteKind.REMOTE)
        self.quiet = make.seat(self.training, self.factory, factories.person(self.factory, email=None), kind=SiteKind.FACTORY_ROOM)
        sessions.confirm(SYSTEM, self.training.id)


@pytest.fixture
def laid(app: Flask) -> Iterator[Laid]:
    with rooms.connected(app, **rooms.JITSI):
        yield Laid()


def _feed(account: Account, kind: FeedKind) -> str:
    feed = operations.subscribe(accounts.actor(account), kind)
    return _path(feed)


def _own(browse: Browse, seat: Seat) -> str:
    return _own_of(browse, seat.person_id)


def _own_of(browse: Browse, person_id: int) -> str:
    assert browse.as_person(person_id).post("/calendar/own").status == 303
    return _path(db.session.scalars(sa.select(Feed).where(Feed.person_id == person_id)).one())


def _path(feed: Feed) -> str:
    return f"/calendar/{token(feed.id, feed.version, current_app.config['SECRET_KEY'])}.ics"


def _events(reply: Reply) -> list[Component]:
    assert reply.status == 200
    return list(Calendar.from_ical(reply.response.data).walk("VEVENT"))


def _mailed(address: str) -> dict[str, Component]:
    """The last word of the mails to an address: UID -> its event."""
    found = {}
    for raw in db.session.scalars(sa.select(MailMessage.raw).where(MailMessage.recipient == address).order_by(MailMessage.id)):
        for part in email.message_from_bytes(raw, policy=policy.default).walk():
            if part.get_content_type() == "text/calendar":
                [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
                found[str(event["UID"])] = event
    return found


def _fields(event: Component) -> dict[str, str]:
    return {name: event[name].to_ical().decode() if hasattr(event[name], "to_ical") else str(event[name]) for name in FIELDS if name in event}


def _is_same(browse: Browse, path: str, address: str) -> None:
    shown, mailed = {str(event["UID"]): event for event in _events(browse.get(path))}, _mailed(address)
    assert {uid: _fields(event) for uid, event in shown.items()} == {uid: _fields(event) for uid, event in mailed.items()}
    assert shown


@pytest.mark.parametrize("who", ["trainer", "speaker", "person"])
def test_feed_and_mail_agree_field_by_field(browse: Browse, laid: Laid, who: str) -> None:
    """After each change: created, moved, another link, another provider, another place, withdrawn, booked again, cancelled."""
    path, address = {
        "trainer": lambda: (_feed(laid.trainer, FeedKind.TEACHING), "dara@office.example"),
        "speaker": lambda: (_feed(laid.speaker, FeedKind.FACTORY), "hr@joining.example"),
        "person": lambda: (_own(browse, laid.seat), "srey@home.example"),
    }[who]()
    first = laid.training.meetings[0]
    later = HalfDay(first.starts + timedelta(hours=5), first.ends + timedelta(hours=5), first.zone)
    changes: list[Any] = [
        lambda: None,
        lambda: sessions.move_meeting(SYSTEM, laid.training.id, 1, later),
        lambda: sessions.change_link(SYSTEM, laid.training.id, 1, "https://zoom.example/j/1?pwd=a%20b"),
        lambda: links.choose(SYSTEM, laid.training.id, 2, Provider.JITSI),
        lambda: sessions.cancel_meeting(SYSTEM, laid.training.id, 2),
        lambda: sessions.withdraw(SYSTEM, laid.training.id, laid.seat.id),
        lambda: sessions.cancel(SYSTEM, laid.training.id, "Strike"),
    ]
    for change in changes:
        change()
        db.session.commit()
        _is_same(browse, path, address)


def test_the_file_has_what_readers_want_and_no_guests(browse: Browse, laid: Laid) -> None:
    reply = browse.get(_feed(laid.trainer, FeedKind.TEACHING))
    assert reply.response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = reply.response.text
    for wanted in ("METHOD:PUBLISH", "\r\nNAME:", "X-WR-CALNAME:Half-days that I teach", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"):
        assert wanted in text
    assert text.count("BEGIN:VTIMEZONE") == 1 and text.count("BEGIN:VEVENT") == 2
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    for private in ("ATTENDEE", "srey@home.example", "Chan Srey", "hr@joining.example", "Joining Mill"):
        assert private not in text


def test_independent_readers_see_the_same(browse: Browse, laid: Laid, tmp_path: Any) -> None:
    data = browse.get(_feed(laid.trainer, FeedKind.TEACHING)).response.data
    wanted = {(str(event["UID"]), event["DTSTART"].dt.astimezone(UTC), str(event["SUMMARY"])) for event in Calendar.from_ical(data).walk("VEVENT")}
    assert len(wanted) == 2
    text = data.decode()
    by_ical = {(event.uid, event.dtstart.astimezone(UTC), str(event.summary)) for event in IcsCalendarStream.calendar_from_ics(text).events}
    by_vobject = {(event.uid.value, event.dtstart.value.astimezone(UTC), event.summary.value) for event in vobject.readOne(text).vevent_list}
    by_ics_py = {(event.uid, event.begin.to("utc").datetime, event.name) for event in ics_py.Calendar(text).events}
    assert by_ical == by_vobject == by_ics_py == wanted
    keeper = Keeper(tmp_path / "khal")
    keeper.receive(data)
    since = (now() - timedelta(days=30)).date().isoformat()
    kept = {(entry.uid, datetime.fromisoformat(entry.starts).replace(tzinfo=UTC), entry.title) for entry in keeper.entries(since)}
    assert kept == wanted
    library = libical()
    component = library.icalparser_parse_string(data)
    library.icalrestriction_check(component)
    assert library.icalcomponent_count_errors(component) == 0, library.icalcomponent_as_ical_string(component).decode()
    library.icalcomponent_free(component)


def test_the_day_after_nothing_is_read_and_nothing_is_sent(browse: Browse, laid: Laid) -> None:
    path = _feed(laid.trainer, FeedKind.TEACHING)
    first = browse.get(path)
    with counted() as ran:
        again = browse.get(path, headers={"If-None-Match": first.response.headers["ETag"]})
    assert (again.status, again.response.data, len(ran)) == (304, b"", 1)
    assert again.response.headers["ETag"] == first.response.headers["ETag"]
    assert first.response.headers["Cache-Control"].startswith("private") and first.response.headers["Last-Modified"]
    sessions.change_link(SYSTEM, laid.training.id, 1, "https://zoom.example/9")
    changed = browse.get(path, headers={"If-None-Match": first.response.headers["ETag"]})
    assert changed.status == 200 and "zoom.example/9" in changed.response.text


@pytest.mark.parametrize("change", ["move", "withdraw", "trainer", "role", "language", "day", "revoked", "disabled"])
def test_whatever_changes_the_calendar_changes_its_mark(browse: Browse, laid: Laid, change: str) -> None:
    path = _feed(laid.speaker, FeedKind.FACTORY)
    mark = browse.get(path).response.headers["ETag"]
    actor, training = accounts.actor(laid.speaker), laid.training
    first, wanted = training.meetings[0], 200
    if change == "move":
        sessions.move_meeting(SYSTEM, training.id, 1, HalfDay(first.starts + timedelta(hours=1), first.ends, first.zone))
    elif change == "withdraw":
        sessions.withdraw(SYSTEM, training.id, laid.seat.id)
    elif change == "trainer":
        sessions.change_trainers(SYSTEM, training.id, [accounts.account(Role.TRAINER, programme=laid.programme).id])
    elif change == "role":
        laid.speaker.grants[0].ends_on = now().date()
    elif change == "language":
        laid.speaker.language = "km"
    elif change == "revoked":
        operations.revoke(actor, db.session.scalars(sa.select(Feed)).one().id)
        wanted = 404
    elif change == "disabled":
        laid.speaker.disabled_at = now()
        wanted = 404
    db.session.commit()
    with time_machine.travel(now() + timedelta(days=change == "day")):
        reply = browse.get(path, headers={"If-None-Match": mark})
    assert reply.status == wanted
    if change == "role":
        assert "BEGIN:VEVENT" not in reply.response.text, "who speaks for the factory no more reads nothing more"


def test_an_address_can_be_renewed_and_revoked(browse: Browse, laid: Laid) -> None:
    one = browse.as_account(laid.trainer)
    page = one.get("/account")
    assert "Half-days that I teach" in page.text and "Get an address" in page.text
    assert one.post("/calendar/teaching").status == 303
    shown = one.get("/calendar")
    [address] = [field.get("value") for field in shown.all("input") if (field.get("value") or "").endswith(".ics")]
    assert address and address.startswith(f"{rooms.BASE}/calendar/")
    assert f"webcal:{address.partition(':')[2]}" in {link.get("href") for link in shown.all("a")}
    old = address.removeprefix(rooms.BASE)
    assert browse.get(old).status == 200
    feed = db.session.scalars(sa.select(Feed)).one()
    one.post("/calendar/teaching")  # asking twice changes nothing
    assert browse.get(old).status == 200
    assert one.post(f"/calendar/{feed.id}/renewal").status == 303
    db.session.refresh(feed)
    assert browse.get(old).status == 404 and browse.get(_path(feed)).status == 200
    assert one.post(f"/calendar/{feed.id}/revocation").status == 303
    assert browse.get(_path(feed)).status == 404
    one.post("/calendar/teaching")
    db.session.refresh(feed)
    assert browse.get(_path(feed)).status == 200 and feed.version == 3


def test_nobody_changes_the_calendar_of_somebody_else(browse: Browse, laid: Laid) -> None:
    path = _feed(laid.trainer, FeedKind.TEACHING)
    feed = db.session.scalars(sa.select(Feed)).one()
    for who in (browse.as_account(laid.speaker), browse.as_person(laid.seat.person_id)):
        for verb in ("renewal", "revocation"):
            assert who.post(f"/calendar/{feed.id}/{verb}").status == 404
        assert who.post("/calendar/teaching").status == who.post("/calendar/programme").status == 404
    assert browse.post(f"/calendar/{feed.id}/renewal").status == 401
    assert browse.get(path).status == 200


def test_wrong_addresses_open_nothing(app: Flask, browse: Browse, laid: Laid, caplog: pytest.LogCaptureFixture) -> None:
    path = _feed(laid.trainer, FeedKind.TEACHING)
    feed = db.session.scalars(sa.select(Feed)).one()
    other = operations.subscribe(accounts.actor(laid.speaker), FeedKind.FACTORY)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    wrong = [
        secret[:-1], secret.upper(), f"{secret}a", "x", "1-", "0" * 200, f"{other.id:x}-{secret.partition('-')[2]}",
        token(feed.id, feed.version, "another key of the same length.."), token(feed.id, 2, app.config["SECRET_KEY"]), "%00", "..%2f",
    ]
    db.session.commit()
    bodies = set()
    for text in wrong:
        with counted() as ran:
            reply = browse.get(f"/calendar/{text}.ics")
        assert reply.status == 404 and len(ran) <= 1, text
        bodies.add(reply.text)
    assert len(bodies) == 1
    with caplog.at_level(logging.DEBUG):
        reply = browse.get(path)
    assert secret not in caplog.text and "noindex" in reply.response.headers["X-Robots-Tag"]


def test_a_former_key_still_opens(app: Flask, browse: Browse, laid: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _feed(laid.trainer, FeedKind.TEACHING)
    db.session.commit()
    usual = app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another-key-of-32-characters-0123456789")
    assert browse.get(path).status == 404
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [usual])
    assert browse.get(path).status == 200


def test_a_person_without_an_address_has_the_half_days_with_an_own_link(browse: Browse, laid: Laid) -> None:
    links.choose(SYSTEM, laid.training.id, 2, Provider.JITSI)
    path = _own(browse, laid.quiet)
    one, two = _events(browse.get(path))
    assert str(one["UID"]).startswith("half-day-") and str(one["CONFERENCE"]) == make.LINK
    assert str(one["LOCATION"]) == "Joining Mill"
    link = str(two["CONFERENCE"]).removeprefix(rooms.BASE)
    with time_machine.travel(laid.training.meetings[1].starts_at):
        rooms.work(browse.app)
        assert browse.post(link).status == 303, "it leads in"
    laid.quiet.state = SeatState.WITHDRAWN
    db.session.commit()
    assert _events(browse.get(path)) == []


def test_staff_see_the_programme_without_any_link(browse: Browse, laid: Laid) -> None:
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=laid.programme)
    abroad = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD", name={"en": "Far"})
    far = make.training(programme=abroad)
    sessions.confirm(SYSTEM, far.id)
    make.training(programme=laid.programme)  # tentative
    path = _feed(manager, FeedKind.PROGRAMME)
    reply = browse.get(path)
    events = _events(reply)
    assert len(events) == 2 and {str(event["UID"]).partition("-0")[0] for event in events} == {"half-day"}
    assert make.LINK not in reply.response.text and "CONFERENCE" not in reply.response.text
    before = int(events[0]["SEQUENCE"])
    first = laid.training.meetings[0]
    sessions.move_meeting(SYSTEM, laid.training.id, 1, HalfDay(first.starts + timedelta(hours=1), first.ends, first.zone))
    moved = next(event for event in _events(browse.get(path)) if event["UID"] == events[0]["UID"])
    assert int(moved["SEQUENCE"]) > before
    sessions.cancel(SYSTEM, laid.training.id, "Strike")
    gone = _events(browse.get(path))
    assert {str(event["STATUS"]) for event in gone} == {"CANCELLED"} and len(gone) == 2
    with time_machine.travel(now() + timedelta(days=31)):
        assert _events(browse.get(path)) == []


def test_an_advisor_sees_the_own_factories_alone(browse: Browse, laid: Laid) -> None:
    advisor = accounts.account(Role.ADVISOR, factory=laid.factory, email="advisor@office.example")
    sessions.move_meeting(SYSTEM, laid.training.id, 1, _shifted(laid.training))
    elsewhere = make.training(programme=laid.programme, days=(15,))
    make.seat(elsewhere, laid.other)
    sessions.confirm(SYSTEM, elsewhere.id)
    path = _feed(advisor, FeedKind.ADVISING)
    assert len(_events(browse.get(path))) == 2
    _is_same(browse, path, "advisor@office.example")


def _shifted(training: TrainingSession) -> HalfDay:
    first = training.meetings[0]
    return HalfDay(first.starts + timedelta(hours=5), first.ends + timedelta(hours=5), first.zone)


def test_a_factory_without_a_seat_reads_nothing(browse: Browse, laid: Laid) -> None:
    stranger = accounts.account(Role.FOCAL_POINT, factory=laid.other)
    make.seat(laid.training, laid.other, state=SeatState.WAIT_LISTED)
    assert _events(browse.get(_feed(stranger, FeedKind.FACTORY))) == []


def test_half_days_that_are_over_stay_for_eight_weeks(browse: Browse, laid: Laid) -> None:
    path = _feed(laid.trainer, FeedKind.TEACHING)
    for days, many in ((50, 2), (70, 0)):
        with time_machine.travel(now() + timedelta(days=days)):
            assert len(_events(browse.get(path))) == many


def test_statements_do_not_grow(browse: Browse, laid: Laid) -> None:
    paths = [_feed(laid.trainer, FeedKind.TEACHING), _own(browse, laid.seat), _own(browse, laid.quiet)]
    few = []
    for path in paths:
        with counted() as ran:
            browse.get(path)
        few.append(len(ran))
    for day in range(20, 30):
        training = make.training(programme=laid.programme, trainers=[laid.trainer], days=(day,))
        for seat in (laid.seat, laid.quiet):
            make.seat(training, laid.factory, seat.person, kind=SiteKind.REMOTE)
        sessions.confirm(SYSTEM, training.id)
    db.session.commit()
    for path, most in zip(paths, few, strict=True):
        with counted() as ran:
            assert len(_events(browse.get(path))) >= 11
        assert len(ran) == most <= 10


def test_one_half_day_as_a_file(browse: Browse, laid: Laid) -> None:
    path = f"/sessions/{laid.training.id}/meetings/1.ics"
    for who, address in ((browse.as_account(laid.trainer), "dara@office.example"), (browse.as_person(laid.seat.person_id), "srey@home.example")):
        reply = who.get(path)
        assert "attachment" in reply.response.headers["Content-Disposition"]
        [event] = _events(reply)
        assert _fields(event) == _fields(_mailed(address)[str(event["UID"])])
        assert "METHOD:PUBLISH" in reply.response.text and "ATTENDEE" not in reply.response.text
    stranger = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=laid.other))
    assert make.LINK not in stranger.get(path).response.text, "it is offered to this factory, but the link is not"
    comer = factories.person(laid.other)
    db.session.commit()
    assert browse.as_person(comer.id).get(path).status == 404
    assert browse.get(path).status == 303
    assert browse.as_account(laid.trainer).get(path.replace("/1.ics", "/9.ics")).status == 404
    tentative = make.training(programme=laid.programme)
    assert browse.as_account(laid.trainer).get(f"/sessions/{tentative.id}/meetings/1.ics").status == 404
    page = browse.as_account(laid.trainer).get(f"/sessions/{laid.training.id}")
    assert path in {link.get("href") for link in page.all("a")}
    own = browse.as_person(laid.seat.person_id).get("/my-seats")
    assert path in {link.get("href") for link in own.all("a")} and "/calendar" in {link.get("href") for link in own.all("a")}


def test_no_calendar_shows_its_address_on_a_shared_tablet(browse: Browse, laid: Laid) -> None:
    assert cards(Actor(person_id=laid.seat.person_id, is_kiosk=True)) == []
    with pytest.raises(NotFound):
        entry_of(Actor(person_id=laid.seat.person_id, is_kiosk=True), laid.training.id, 1)
    assert entry_of(Actor(person_id=laid.seat.person_id), laid.training.id, 1).join_url
    assert [card.kind for card in cards(Actor(person_id=laid.seat.person_id))] == [FeedKind.OWN]


def test_a_domain_in_another_script_is_the_same_address(browse: Browse, laid: Laid) -> None:
    person = factories.person(laid.factory, email="dara@Fabrik-Süd.example")
    seat = make.seat(laid.training, laid.factory, person, kind=SiteKind.REMOTE)
    settle(laid.training)
    db.session.commit()
    feed, mails = _events(browse.get(_own(browse, seat))), _mailed("dara@xn--fabrik-sd-x9a.example")
    assert [_fields(event) for event in feed] == [_fields(mails[str(event["UID"])]) for event in feed] and len(feed) == 2


def test_a_seat_that_goes_over_to_the_right_person_changes_the_mark(browse: Browse, laid: Laid) -> None:
    """Two entries turn out to be one person: nothing is settled, and still the calendar is another."""
    twin = factories.person(laid.factory, name="Keo Vanna", local_name=None, email=None)
    path = _own_of(browse, twin.id)
    before = browse.get(path)
    assert _events(before) == []
    merging.merge(SYSTEM, twin.id, laid.quiet.person_id)
    db.session.commit()
    after = browse.get(path, headers={"If-None-Match": before.response.headers["ETag"]})
    assert len(_events(after)) == 2


def test_of_an_erased_person_no_calendar_is_left(app: Flask, browse: Browse, laid: Laid) -> None:
    path = _own(browse, laid.seat)
    PERSON_DATA.erase([laid.seat.person_id])
    db.session.commit()
    assert browse.get(path).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feed)) == 0


def test_a_person_makes_and_ends_the_own_calendar(browse: Browse, laid: Laid) -> None:
    laid.seat.person.language = "en"
    db.session.commit()
    one = browse.as_person(laid.seat.person_id)
    assert "Not subscribed" in one.get("/calendar").text
    assert one.post("/calendar/own").status == 303
    page = one.get("/calendar")
    assert "My training" in page.text and page.response.headers["Referrer-Policy"] == "no-referrer"
    feed = db.session.scalars(sa.select(Feed)).one()
    assert one.post(f"/calendar/{feed.id}/revocation").status == 303
    assert "Not subscribed" in one.get("/calendar").text and browse.get(_path(feed)).status == 404
