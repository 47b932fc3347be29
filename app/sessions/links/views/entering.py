"""The door of a room: a page with a button, which leads to the provider. Opening the page changes nothing: mail
scanners and previews open links, too."""

import hashlib
from datetime import timedelta

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.platform.web import PUBLIC, SIGNED_IN, render, see_other
from app.platform.web.headers import CONTENT_SECURITY_POLICY
from app.platform.web.throttle import spend, spend_each
from app.sessions.links import operations, queries
from app.sessions.links.models import MeetingRoom
from app.sessions.links.pages import DeadLinkPage, DoorPage
from app.sessions.links.rules import Holder, RoomState, entry, room_of, whose
from app.sessions.links.views.blueprint import bp

DOOR = "/meet/<token>"
OWN_DOOR = "/sessions/<int:training_id>/meetings/<int:number>/room"
WINDOW = timedelta(minutes=10)
ENTRIES_BY_A_LINK = 30
ENTRIES_OF_A_NETWORK = 3_000
"""A whole factory may sit behind one address."""
DEAD_LINKS_OF_A_NETWORK = 60
POLICY = CONTENT_SECURITY_POLICY.replace("form-action 'self'", "form-action 'self' https:")
"""Browsers hold a form to this policy along every redirect, and a provider may send people on to another machine."""


@bp.get(DOOR, may=PUBLIC)
def door(token: str) -> Response:
    found = _found(token)
    if found is None:
        db.session.rollback()  # what was read is over: counting is a transaction of its own
        spend(_network("dead"), most=DEAD_LINKS_OF_A_NETWORK, window=WINDOW)
        return _dead()
    return _door(*found, url_for("links.come_in", token=token))


@bp.post(DOOR, may=PUBLIC)
def come_in(token: str) -> Response:
    spend_each({f"meet:{_digest(token)}": ENTRIES_BY_A_LINK, _network("entries"): ENTRIES_OF_A_NETWORK}, WINDOW)
    found = _found(token)
    return _dead() if found is None else _come_in(*found, url_for("links.come_in", token=token))


@bp.get(OWN_DOOR, may=SIGNED_IN)
def own_door(training_id: int, number: int) -> Response:
    return _door(*_own(training_id, number), _entry_to(training_id, number))


@bp.post(f"{OWN_DOOR}/entry", may=SIGNED_IN)
def come_in_signed_in(training_id: int, number: int) -> Response:
    return _come_in(*_own(training_id, number), _entry_to(training_id, number))


def _entry_to(training_id: int, number: int) -> str:
    return url_for("links.come_in_signed_in", training_id=training_id, number=number)


def _found(token: str) -> tuple[MeetingRoom, Holder] | None:
    """The room that a link leads to, and whose link it is. None for a link that does not work any more or never did."""
    room_id = room_of(token)
    room = queries.room_in_use(room_id) if room_id is not None else None
    holder = whose(token, room.id, room.seed, queries.holders(room)) if room else None
    return (room, holder) if room and holder else None


def _own(training_id: int, number: int) -> tuple[MeetingRoom, Holder]:
    """The room of a half-day, for who is signed in and may come into it. Raises NotFound."""
    room = queries.room_of_meeting(training_id, number)
    holder = queries.own_holder(g.actor, room.meeting) if room else None
    if room is None or holder is None:
        raise NotFound
    return room, holder


def _door(room: MeetingRoom, holder: Holder, action: str, problem: str = "", status: int = 200) -> Response:
    page = DoorPage(
        titles=room.meeting.training.version.titles,
        meeting=room.meeting,
        holder=holder,
        entry=entry(room.meeting.starts_at, room.meeting.ends_at, now()),
        is_ready=room.state is RoomState.READY,
        action=action,
        problem=problem,
    )
    response = _discreet(render(page, status))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _come_in(room: MeetingRoom, holder: Holder, action: str) -> Response:
    try:
        address = operations.come_in(room, holder)
    except Refused as refusal:
        return _door(room, holder, action, str(refusal), 409)
    return _discreet(see_other(address))


def _dead() -> Response:
    """The same page for a link that was and for one that never was."""
    return _discreet(render(DeadLinkPage(), 404))


def _discreet(response: Response) -> Response:
    """The address of the page is a secret: no other site is told it, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _network(what: str) -> str:
    return f"meet-{what}:{_digest(request.remote_addr or '')}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
