"""Whoever plans chooses how people join a half-day by link."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.web import render
from app.sessions import operations as sessions
from app.sessions import queries
from app.sessions.links import operations
from app.sessions.links.forms import ProviderForm
from app.sessions.links.pages import ProviderPage
from app.sessions.links.rooms import room_at
from app.sessions.links.rules import Provider
from app.sessions.links.views.blueprint import bp
from app.sessions.models import Meeting
from app.sessions.operations.loading import meeting_of
from app.sessions.views.blueprint import to_training

MEETING = "/sessions/<int:training_id>/meetings/<int:number>"


@bp.get(f"{MEETING}/provider", may=Permission.SESSIONS_PLAN)
def ask_provider(training_id: int, number: int) -> Response:
    meeting = _meeting(training_id, number)
    room = room_at(meeting.id)
    now = room.provider if room and room.is_used else Provider.PASTED
    return _show(meeting, ProviderForm(data={"provider": now.value, "join_url": meeting.join_url}))


@bp.post(f"{MEETING}/provider", may=Permission.SESSIONS_PLAN)
def choose(training_id: int, number: int) -> Response:
    meeting, form = _meeting(training_id, number), ProviderForm(request.form)
    if not form.validate():
        return _show(meeting, form, 422)
    if form.provider.data == Provider.PASTED:
        sessions.change_link(g.actor, training_id, number, form.join_url.data or "")
        flash(_("The link is changed. Who joins by it is told."), "done")
    else:
        operations.choose(g.actor, training_id, number, Provider(form.provider.data))
        flash(_("A room is made for this half-day. Who joins by link is told."), "done")
    return to_training(training_id)


@bp.post(f"{MEETING}/room", may=Permission.SESSIONS_PLAN)
def try_again(training_id: int, number: int) -> Response:
    operations.try_again(g.actor, training_id, number)
    flash(_("The meeting server is asked again. Look here in a minute."), "done")
    return to_training(training_id)


def _meeting(training_id: int, number: int) -> Meeting:
    return meeting_of(queries.training_for(g.actor, training_id), number)


def _show(meeting: Meeting, form: ProviderForm, status: int = 200) -> Response:
    return render(ProviderPage(meeting.training, meeting, form), status)
