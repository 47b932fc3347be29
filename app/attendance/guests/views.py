"""People at the door: found and seated, or taken down and found later."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import queries as attendance
from app.attendance.guests import operations, queries
from app.attendance.guests.door_forms import new_person_form, offer, offer_factories, unknown_form
from app.attendance.guests.forms import DecisionForm, FoundForm, NewPersonForm, UnknownForm
from app.attendance.guests.operations import GuestClash, GuestMarking
from app.attendance.guests.pages import DoorPage, GuestPage, GuestsPage
from app.attendance.guests.showing import hindered_at, hindered_in, is_enough, searched
from app.attendance.rules import Mark
from app.factories.operations.employing import Hire
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import number as whole
from app.sessions import queries as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.queries.joining import used_sites
from app.sessions.queries.nominating import present_factories

bp = Blueprint("guests", __name__)

TRAINING = "/sessions/<int:training_id>"
HALF_DAY = f"{TRAINING}/meetings/<int:number>"
GUESTS = f"{TRAINING}/guests"
GUEST = f"{GUESTS}/<int:guest_id>"
MAY = Permission.ATTENDANCE_MARK


@bp.get(f"{HALF_DAY}/walk-ins", may=MAY)
def door(training_id: int, number: int) -> Response:
    return _door(attendance.meeting_to_mark(g.actor, training_id, number))


@bp.post(f"{HALF_DAY}/walk-ins", may=MAY)
def note(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    form = offer(UnknownForm(request.form), present_factories(g.actor, meeting.training), used_sites(meeting))
    if not form.validate():
        return _door(meeting, form, 422)
    operations.note(g.actor, meeting.id, _said(form))
    flash(_("Taken down. When you have time, say who it is."), "done")
    return see_other(_roll_call(meeting, "guests"))


@bp.post(f"{HALF_DAY}/walk-ins/people", may=MAY)
def seat(training_id: int, number: int) -> Response:
    meeting, form = attendance.meeting_to_mark(g.actor, training_id, number), FoundForm(request.form)
    if not form.validate():
        return _door(meeting, status=422)
    whom = form.person.data or 0, form.factory.data or 0, form.site.data
    receipt = operations.seat_and_mark(g.actor, meeting.id, *whom, Mark(form.mark.data), form.mark_id.data or "")
    flash(_("Seated and marked."), "done")
    return see_other(_roll_call(meeting, f"person-{receipt.person_id}"))


@bp.post(f"{HALF_DAY}/guests/<int:guest_id>/marks", may=MAY)
def mark(training_id: int, number: int, guest_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    row = queries.guest_of(meeting.training, guest_id)
    chosen = next((each for each in Mark if each == request.form.get("mark")), None)
    if chosen is None:
        raise NotFound
    known = row.known.get(meeting.id)
    seen = frozenset(said.mark_id for said in known.standing) if known else frozenset()
    marking = GuestMarking(row.guest.key, chosen, mark_id=request.form.get("mark_id", ""), seen=seen)
    if isinstance(operations.note(g.actor, meeting.id, marking), GuestClash):
        flash(_("This tap was already counted as another mark. Load the page again, then mark once more."), "harm")
    return see_other(_roll_call(meeting, "guests"))


@bp.get(GUESTS, may=MAY)
def guests(training_id: int) -> Response:
    training = _training(training_id)
    return render(GuestsPage(training, training.meetings, queries.guests(training.id)))


@bp.get(GUEST, may=MAY)
def guest(training_id: int, guest_id: int) -> Response:
    return _guest(training_id, guest_id)


@bp.post(f"{GUEST}/person", may=MAY)
def resolve(training_id: int, guest_id: int) -> Response:
    form = DecisionForm(request.form)
    if not form.validate() or form.person.data is None:
        return _guest(training_id, guest_id, status=422)
    operations.resolve(g.actor, training_id, guest_id, form.person.data, form.seen.data or 0)
    flash(_("Every mark of the guest is now one of this person."), "done")
    return see_other(url_for(".guests", training_id=training_id))


@bp.post(f"{GUEST}/register", may=Permission.PEOPLE_EDIT)
def register(training_id: int, guest_id: int) -> Response:
    factories = present_factories(g.actor, _training(training_id))
    form = offer_factories(NewPersonForm(request.form), factories)
    if not form.validate():
        return _guest(training_id, guest_id, form, 422)
    who = Hire(form.name.data or "", form.local_name.data or None, None, form.number.data or "")
    operations.add(g.actor, training_id, guest_id, form.factory.data, who, form.seen.data or 0)
    flash(_("The person is in the register, with every mark of the guest."), "done")
    return see_other(url_for(".guests", training_id=training_id))


@bp.post(f"{GUEST}/aside", may=MAY)
def set_aside(training_id: int, guest_id: int) -> Response:
    operations.set_aside(g.actor, training_id, guest_id, whole(request.form.get("seen")) or 0)
    return see_other(url_for(".guests", training_id=training_id))


@bp.post(f"{GUEST}/reopening", may=MAY)
def reopen(training_id: int, guest_id: int) -> Response:
    operations.reopen(g.actor, training_id, guest_id, whole(request.form.get("seen")) or 0)
    return see_other(url_for(".guest", training_id=training_id, guest_id=guest_id))


def _training(training_id: int) -> TrainingSession:
    training = sessions.training_for(g.actor, training_id)
    if not may_take_roll(g.actor, training):
        raise NotFound
    return training


def _said(form: UnknownForm) -> GuestMarking:
    return GuestMarking(
        form.key.data or "", Mark(form.mark.data), form.name.data or "", form.number.data or "",
        form.factory.data or None, form.factory_name.data or "", form.site.data, mark_id=form.mark_id.data or "",
    )  # fmt: skip


def _roll_call(meeting: Meeting, anchor: str) -> str:
    training_id, number = meeting.training_id, meeting.number
    return url_for("attendance.roll_call", training_id=training_id, number=number, _anchor=anchor)


def _door(meeting: Meeting, form: UnknownForm | None = None, status: int = 200) -> Response:
    words, sites = searched(request.values), list(used_sites(meeting))
    site_id = next((site.id for site in sites if site.id == whole(request.values.get("site"))), sites[0].id)
    factories, may_search = present_factories(g.actor, meeting.training), bool(words) and is_enough(words)
    found = queries.find(meeting.training_id, [each.id for each in factories], words) if may_search else []
    own = form or offer(unknown_form(words, site_id), factories, sites)
    return render(DoorPage(meeting, found, own, sites, site_id, words, may_search, hindered_at(meeting)), status)


def _guest(training_id: int, guest_id: int, new: NewPersonForm | None = None, status: int = 200) -> Response:
    training = _training(training_id)
    row, words = queries.guest_of(training, guest_id), searched(request.values)
    factories = present_factories(g.actor, training)
    ids, may_search = [factory.id for factory in factories], bool(words) and is_enough(words)
    found = queries.find(training.id, ids, words) if may_search else queries.candidates(row.guest, ids)
    if new is None and g.actor.scope(Permission.PEOPLE_EDIT).reaches(training.programme_id):
        new = new_person_form(row.guest, factories)
    shown = [each.person_id for each in found] + [row.guest.person_id or 0]
    known = queries.people_marks(training.id, shown)
    page = GuestPage(training, row, training.meetings, found, known, words, new, hindered_in(training))
    return render(page, status)
