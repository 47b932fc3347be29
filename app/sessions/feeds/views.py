"""Calendars by their secret addresses, the page where people get these, and single half-days as files."""

from flask import Response, flash, g, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response as BaseResponse

from app.platform.i18n import _
from app.platform.i18n.languages import best
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, SIGNED_IN, Blueprint, file_response, render, see_other
from app.sessions.feeds import operations, queries
from app.sessions.feeds.pages import CalendarsPage, OwnCalendarPage
from app.sessions.feeds.rules import FeedKind
from app.sessions.feeds.wording import NAMES
from app.sessions.feeds.writing import calendar_bytes

bp = Blueprint("feeds", __name__)
TYPE = "text/calendar; charset=utf-8"
_KEPT = "private, max-age=300"


@bp.get("/calendar/<secret>.ics", may=PUBLIC)
def feed(secret: str) -> BaseResponse:
    """A calendar program comes every hour: nothing is read beyond the one row while nothing has changed."""
    found = queries.door(secret)
    if found is None:
        raise NotFound
    response = Response(status=304)
    if not request.if_none_match.contains_weak(found.mark):
        with force_locale(best([found.language])):
            name = str(NAMES[found.kind])
        response = Response(calendar_bytes(f"{name} – Seamwise", queries.entries_of(found)))
    response.headers["Content-Type"] = TYPE
    response.set_etag(found.mark, weak=True)
    response.last_modified = found.changed_at
    response.headers["Cache-Control"] = _KEPT
    return _discreet(response)


@bp.get("/sessions/<int:training_id>/meetings/<int:number>.ics", may=SIGNED_IN)
def half_day(training_id: int, number: int) -> BaseResponse:
    """One half-day, for who sees it: to be added to a calendar by hand."""
    entry = queries.entry_of(g.actor, training_id, number)
    return _discreet(file_response(calendar_bytes(entry.title, [entry]), f"{entry.title}-{number}.ics", TYPE))


@bp.get("/calendar", may=SIGNED_IN)
def calendars() -> BaseResponse:
    page = CalendarsPage if g.actor.person_id is None else OwnCalendarPage
    return _discreet(render(page(queries.cards(g.actor), NAMES)))


@bp.post("/calendar/<any(teaching, factory, advising, programme, own):calendar>", may=SIGNED_IN)
def subscribe(calendar: str) -> BaseResponse:
    operations.subscribe(g.actor, FeedKind(calendar))
    flash(_("Here is the address of your calendar. Give it to nobody."), "done")
    return _back()


@bp.post("/calendar/<int:feed_id>/renewal", may=SIGNED_IN)
def renew(feed_id: int) -> BaseResponse:
    operations.renew(g.actor, feed_id)
    flash(_("The calendar has another address. The one before works no more."), "done")
    return _back()


@bp.post("/calendar/<int:feed_id>/revocation", may=SIGNED_IN)
def revoke(feed_id: int) -> BaseResponse:
    operations.revoke(g.actor, feed_id)
    flash(_("The address of the calendar works no more."), "done")
    return _back()


def _back() -> BaseResponse:
    return see_other(url_for("feeds.calendars"))


def _discreet(response: Response) -> Response:
    """The address is a secret, or the page holds one."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
