"""The code that hangs in a room. It proves nothing about today, so the trainer confirms whoever comes by it."""

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.site import keys
from app.attendance.checkin.pages import PaperPage
from app.attendance.checkin.rules import Place, PlaceKind, seal
from app.attendance.checkin.views.blueprint import bp
from app.attendance.checkin.views.drawing import address_of, qr
from app.platform.refusal import NotFound
from app.platform.web import render
from app.sessions import queries as sessions
from app.sessions.policy import may_take_roll
from app.sessions.registers.queries import things
from app.sessions.wording import WORDS


@bp.get("/sessions/<int:training_id>/sites/<int:site_id>/check-in", may=Permission.ATTENDANCE_MARK)
def of_site(training_id: int, site_id: int) -> Response:
    """For one training session."""
    training = sessions.training_for(g.actor, training_id)
    site = next((each for each in training.sites if each.id == site_id), None)
    if site is None or not may_take_roll(g.actor, training):
        raise NotFound
    name = site.name or str(WORDS.site[site.kind])
    return _paper(PlaceKind.SITE, site.id, name, training.version.titles)


@bp.get("/registers/<code>/rooms/<int:room_id>/check-in", may=Permission.SESSIONS_PLAN)
def of_room(code: str, room_id: int) -> Response:
    """For whatever is held in a room of the register."""
    programme = things.programme_for(g.actor, code)
    room = things.room(programme.id, room_id)
    return _paper(PlaceKind.ROOM, room.id, room.name, None)


def _paper(kind: PlaceKind, thing_id: int, name: str, titles: dict[str, str] | None) -> Response:
    address = address_of(seal(Place(kind, thing_id), keys()[0]))
    return render(PaperPage(name, titles, address, qr(address)))
