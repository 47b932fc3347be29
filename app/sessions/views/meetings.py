"""Moving and cancelling half-days, and changing their links."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.web import render
from app.sessions import operations, queries
from app.sessions.conflicts.proposals import Change, of_training
from app.sessions.conflicts.weighing import weigh
from app.sessions.forms import LinkForm, TimesForm
from app.sessions.models import Meeting
from app.sessions.operations.loading import meeting_of
from app.sessions.operations.meetings import fault_of_move
from app.sessions.pages import MeetingCancellationPage, MeetingLinkPage, MeetingTimePage
from app.sessions.replies.rules import asked_times
from app.sessions.rules.wall_time import HalfDay
from app.sessions.views.blueprint import bp, to_training

MEETING = "/sessions/<int:training_id>/meetings/<int:number>"


@bp.get(f"{MEETING}/time", may=Permission.SESSIONS_PLAN)
def ask_time(training_id: int, number: int) -> Response:
    meeting = _meeting(training_id, number)
    now = {"day": meeting.starts.date(), "starts": meeting.starts.time(), "ends": meeting.ends.time()}
    return render(MeetingTimePage(meeting.training, meeting, TimesForm(data=now | asked_times(request.args))))


@bp.post(f"{MEETING}/time", may=Permission.SESSIONS_PLAN)
def move(training_id: int, number: int) -> Response:
    meeting, form = _meeting(training_id, number), TimesForm(request.form)
    when = form.half_day(meeting.zone) if form.validate() else None
    if when is None or not _is_possible(form, meeting, when):
        return render(MeetingTimePage(meeting.training, meeting, form), 422)
    if (meeting.starts, meeting.ends) != (when.starts, when.ends):
        weighed = weigh(g.actor, of_training(meeting.training, {number: Change(when=when)}), request.form)
        if not weighed.goes_on:
            return render(MeetingTimePage(meeting.training, meeting, form, weighed), 422)
        weighed.keep(training_id)
    operations.move_meeting(g.actor, training_id, number, when)
    flash(_("The half-day is moved. Calendars follow."), "done")
    return to_training(training_id)


def _is_possible(form: TimesForm, meeting: Meeting, when: HalfDay) -> bool:
    """A form that was sent twice finds the time already changed, which is no fault."""
    if (meeting.starts, meeting.ends) == (when.starts, when.ends):
        return True
    fault = fault_of_move(meeting, when)
    if fault:
        form.blame(*fault)
    return fault is None


@bp.get(f"{MEETING}/link", may=Permission.SESSIONS_PLAN)
def ask_link(training_id: int, number: int) -> Response:
    meeting = _meeting(training_id, number)
    return render(MeetingLinkPage(meeting.training, meeting, LinkForm(data={"join_url": meeting.join_url})))


@bp.post(f"{MEETING}/link", may=Permission.SESSIONS_PLAN)
def change_link(training_id: int, number: int) -> Response:
    form = LinkForm(request.form)
    if not form.validate():
        meeting = _meeting(training_id, number)
        return render(MeetingLinkPage(meeting.training, meeting, form), 422)
    operations.change_link(g.actor, training_id, number, form.join_url.data or "")
    flash(_("The link is changed. Who joins by it is told."), "done")
    return to_training(training_id)


@bp.get(f"{MEETING}/cancellation", may=Permission.SESSIONS_PLAN)
def ask_to_cancel_meeting(training_id: int, number: int) -> Response:
    meeting = _meeting(training_id, number)
    return render(MeetingCancellationPage(meeting.training, meeting))


@bp.post(f"{MEETING}/cancellation", may=Permission.SESSIONS_PLAN)
def cancel_meeting(training_id: int, number: int) -> Response:
    operations.cancel_meeting(g.actor, training_id, number)
    flash(_("The half-day is cancelled. It leaves the calendars."), "done")
    return to_training(training_id)


def _meeting(training_id: int, number: int) -> Meeting:
    return meeting_of(queries.training_for(g.actor, training_id), number)
