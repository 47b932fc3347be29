"""Where people check in. The code is checked first and what it is worth is kept: signing in may take its time.

Opening a page marks nobody: previews open addresses, too. The button does.
"""

import flask
from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.accounts import persons, throttles, tickets
from app.accounts.site import keys
from app.attendance.checkin import grace, limits, operations, queries
from app.attendance.checkin.forms import CodeForm, NumberForm
from app.attendance.checkin.grace import Grace
from app.attendance.checkin.operations import Coming
from app.attendance.checkin.pages import HerePage, NoCodePage
from app.attendance.checkin.queries import There
from app.attendance.checkin.rules import Age, Place, PlaceKind, Way, age, read
from app.attendance.checkin.views.blueprint import bp
from app.factories.roster.numbers import number_key
from app.platform.db import db, read_aside
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, render, see_other


@bp.get("/here/<code>", may=PUBLIC)
def open_code(code: str) -> Response:
    """The code of a picture, read by the camera of a phone."""
    place, moment = read(code, keys()), read_aside(queries.moment_of_all)
    if place is None:
        limits.count_code()
        return _discreet(_no_code(_unknown(), 410))
    if age(place, moment) is not Age.FRESH:
        return _discreet(_old(place))
    found = queries.there(place, moment)
    if found is None:
        return _discreet(_no_code(_not_open(), 409))
    throttles.device_mark()  # known from the first page on
    way = Way.SCREEN if place.kind is PlaceKind.SCREEN else Way.PAPER
    return _discreet(_to_here(Grace(found.meeting.id, found.site.id, way, moment)))


@bp.post("/here/code", may=PUBLIC)
def type_code() -> Response:
    """The short code, for a phone whose camera reads none."""
    limits.count_code()
    form = CodeForm(request.form)
    if not form.validate():
        return render(NoCodePage(form), 422)
    moment = queries.moment_of_all(db.session())
    found = queries.typed(str(form.code.data), keys(), moment)
    if found is None:
        form.code.errors = [_unknown()]
        return render(NoCodePage(form), 422)
    limits.give_code_back()
    return _to_here(Grace(found.meeting.id, found.site.id, Way.SCREEN, moment))


@bp.get("/here", may=PUBLIC)
def here() -> Response:
    carried = grace.given(queries.moment_of_all(db.session()))
    found = queries.with_site(carried.meeting_id, carried.site_id) if carried else None
    if found is None:
        return _no_code("" if grace.COOKIE not in request.cookies else _too_long(), 200)
    if g.actor.person_id is None:
        tickets.keep_way(url_for(".here"))
    return _here(found, NumberForm(factory=queries.lone_factory(found)))


@bp.post("/here", may=PUBLIC)
def check_in() -> Response:
    """Whoever is signed in is here."""
    carried = grace.given(read_aside(queries.moment_of_all))
    if carried is None or g.actor.person_id is None:
        return _back(carried)
    limits.count_try(carried, f"person:{g.actor.person_id}")
    operations.check_in(g.actor, _coming(carried))
    limits.give_try_back()
    return see_other(url_for(".here"))


@bp.post("/here/number", may=PUBLIC)
def declare() -> Response:
    """Somebody without a PIN at hand says the own number. The trainer confirms it."""
    carried = grace.given(read_aside(queries.moment_of_all))
    if carried is None:
        return _back(carried)
    who = f"number:{request.form.get('factory', '').upper()}:{_key(request.form.get('number'))}"
    limits.count_number_try(carried, who)
    found = queries.with_site(carried.meeting_id, carried.site_id)
    if found is None:
        raise NotFound
    form = NumberForm(request.form, factory=queries.lone_factory(found))
    if not form.validate():
        return _here(found, form, 422)
    person_id = persons.by_number(db.session(), form.factory_code, str(form.number.data))
    seat = queries.seat_at(found, person_id)
    if seat is None:
        form.number.errors = [_("Nobody with this number has a seat here. Look at your badge, or tell your trainer.")]
        return _here(found, form, 422)
    operations.declare(g.actor, _coming(carried), seat.person_id)
    limits.give_number_try_back(carried)
    flask.flash(_("Number %(number)s is noted. Your trainer confirms it.", number=form.number.data), "done")
    return see_other(url_for(".here"))


def _coming(carried: Grace) -> Coming:
    return Coming(carried.meeting_id, carried.site_id, carried.way, carried.at, throttles.device_mark())


def _old(place: Place) -> Response:
    """The code of a screen that is over. The phone is noted: somebody may have sent it the picture."""
    limits.count_code()
    if queries.with_site(place.thing_id, place.site_id):
        db.session.rollback()  # what was read is over: the note is a transaction of its own
        operations.note_old_code(place.thing_id, throttles.device_mark())
    sentence = _("This code is over: it changes every half minute. Scan the one that is on the screen now.")
    return _no_code(sentence, 410)


def _to_here(carried: Grace) -> Response:
    return grace.give(flask.make_response(see_other(url_for(".here"))), carried)


def _here(found: There, form: NumberForm, status: int = 200) -> Response:
    person_id = g.actor.person_id
    own = queries.own(found.meeting.id, person_id) if person_id else None
    has_seat = person_id is not None and queries.seat_at(found, person_id) is not None
    return render(HerePage(found, own, has_seat, person_id is not None, form), status)


def _back(carried: Grace | None) -> Response:
    """Nothing is done: the page says why."""
    return _no_code(_too_long(), 410) if carried is None else see_other(url_for(".here"))


def _no_code(sentence: str, status: int) -> Response:
    return render(NoCodePage(CodeForm(), sentence), status)


def _discreet(response: Response) -> Response:
    """No other site is told the code, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _key(number: str | None) -> str:
    return number_key((number or "")[:40])


def _unknown() -> str:
    return _("This code is not right, or it is over. Scan the one that is on the screen now.")


def _not_open() -> str:
    return _("No training can be checked in to here now. Ask your trainer.")


def _too_long() -> str:
    return _("That took more than ten minutes. Scan the code once more.")
