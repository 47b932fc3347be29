"""The page of one seat: how somebody joins, who comes instead, declining, what happened."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.sessions import operations, policy, queries
from app.sessions.forms.seating import DeclineForm, PersonForm, SiteForm
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.operations.loading import meeting_of
from app.sessions.operations.seats.loading import seat_of
from app.sessions.operations.states import is_over
from app.sessions.queries.history import history
from app.sessions.queries.joining import exceptions, site_of
from app.sessions.queries.nominating import nominees, sites_for
from app.sessions.queries.seating import ASKING
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState, is_open
from app.sessions.seat_pages import Joining, SeatPage
from app.sessions.views.blueprint import bp, to_training
from app.sessions.views.offering import site_label
from app.sessions.views.seats import SEAT


@bp.get(SEAT, may=Permission.SEATS_NOMINATE)
def seat(training_id: int, seat_id: int) -> Response:
    return _show(*_load(training_id, seat_id))


@bp.post(f"{SEAT}/site", may=Permission.SEATS_NOMINATE)
def join(training_id: int, seat_id: int) -> Response:
    training, found = _load(training_id, seat_id)
    form = _site_form(training, found, request.form)
    if not form.validate():
        return _show(training, found, joining=form, status=422)
    operations.join(g.actor, training_id, seat_id, form.site.data)
    return _back(found)


@bp.post(f"{SEAT}/meetings/<int:number>/site", may=Permission.SEATS_NOMINATE)
def join_half_day(training_id: int, seat_id: int, number: int) -> Response:
    training, found = _load(training_id, seat_id)
    form = _site_form(training, found, request.form, meeting_of(training, number))
    if not form.validate():
        return _show(training, found, status=422)
    operations.join_at(g.actor, training_id, seat_id, number, form.site.data)
    return _back(found)


@bp.post(f"{SEAT}/replacement", may=Permission.SEATS_NOMINATE)
def swap(training_id: int, seat_id: int) -> Response:
    training, found = _load(training_id, seat_id)
    form = _person_form(training, found, request.form)
    if not form.validate():
        return _show(training, found, swapping=form, status=422)
    operations.swap(g.actor, training_id, seat_id, form.person.data)
    flash(_("Somebody else comes instead."), "done")
    return to_training(training_id)


@bp.post(f"{SEAT}/refusal", may=Permission.SEATS_CONFIRM)
def decline(training_id: int, seat_id: int) -> Response:
    training, found = _load(training_id, seat_id)
    if not policy.may_settle_seats(g.actor, training):
        raise NotFound
    form = DeclineForm(request.form)
    if not form.validate():
        return _show(training, found, declining=form, status=422)
    operations.decline(g.actor, training_id, seat_id, form.reason.data or "")
    flash(_("The request is declined. The factory is told why."), "done")
    return to_training(training_id)


def _load(training_id: int, seat_id: int) -> tuple[TrainingSession, Seat]:
    training = queries.training_for(g.actor, training_id)
    found = seat_of(training, seat_id)
    if not policy.may_withdraw(g.actor, training, found.factory_id):
        raise NotFound
    return training, found


def _show(
    training: TrainingSession,
    seat: Seat,
    *,
    joining: SiteForm | None = None,
    swapping: PersonForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> Response:
    may_settle = policy.may_settle_seats(g.actor, training)
    can_change = is_open(training.state) and seat.state in ASKING and (may_settle or not is_over(training))
    can_swap = can_change and seat.state is SeatState.BOOKED
    can_decline = can_change and may_settle and seat.state is SeatState.REQUESTED
    page = SeatPage(
        training=training,
        seat=seat,
        joining=joining or _site_form(training, seat),
        half_days=_half_days(training, seat, can_choose=can_change and seat.state in HOLDING),
        swapping=(swapping or _person_form(training, seat)) if can_swap else None,
        declining=(declining or DeclineForm()) if can_decline else None,
        can_change=can_change,
        may_settle=may_settle,
        moves=history(seat.id) if may_settle else (),
    )
    return render(page, status)


def _half_days(training: TrainingSession, seat: Seat, *, can_choose: bool) -> list[Joining]:
    known, shown = exceptions(training.id), []
    for meeting in sorted(training.meetings, key=lambda meeting: (meeting.starts_at, meeting.number)):
        if meeting.state is MeetingState.PLANNED:
            site = site_of(seat, meeting, known, meeting.sites or training.sites)
            is_both = meeting.modality is Modality.HYBRID
            form = _site_form(training, seat, None, meeting, site.id) if can_choose and is_both else None
            shown.append(Joining(meeting, site, form))
    return shown


def _site_form(
    training: TrainingSession,
    seat: Seat,
    formdata: MultiDict[str, str] | None = None,
    meeting: Meeting | None = None,
    site_id: int | None = None,
) -> SiteForm:
    """Of all half-days, or of one: then its fields have names of their own for whoever listens."""
    data = {"site": site_id or seat.site_id}
    form = SiteForm(formdata, data=data)
    if meeting is not None:
        form.site.id = f"site-of-{meeting.number}"
    form.site.choices = offered((site.id, site_label(site)) for site in sites_for(training, seat.factory))
    return form


def _person_form(training: TrainingSession, seat: Seat, formdata: MultiDict[str, str] | None = None) -> PersonForm:
    form = PersonForm(formdata)
    people = nominees(training, seat.factory, "")
    form.person.choices = offered(
        (each.person_id, f"{each.name} · {each.employee_number}") for each in people if each.can_come_instead
    )
    return form


def _back(seat: Seat) -> Response:
    flash(_("It is changed. Calendars follow."), "done")
    return see_other(url_for("sessions.seat", training_id=seat.training_id, seat_id=seat.id))
