"""Holding half-days by link, or in person again: first whom it affects, then the link, then it is done."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_date, format_time
from app.platform.refusal import NotFound, Refused
from app.platform.web import render
from app.platform.web.forms import offered
from app.sessions import operations
from app.sessions.conflicts.proposals import Change, of_training
from app.sessions.conflicts.weighing import Weighed, weigh
from app.sessions.forms import SwitchForm
from app.sessions.links.rules import Provider
from app.sessions.models import Meeting, TrainingSession
from app.sessions.operations.switching import can_switch, has_link
from app.sessions.pages import SwitchPage
from app.sessions.queries.planning import training_to_plan
from app.sessions.queries.switching import affected
from app.sessions.rules import Modality
from app.sessions.views.blueprint import bp, to_training

MODALITY = "/sessions/<int:training_id>/modality"


@bp.get(MODALITY, may=Permission.SESSIONS_PLAN)
def ask_switch(training_id: int) -> Response:
    """Without a choice in the address: all that is to come, to the way in which not all of it is held yet."""
    training = training_to_plan(g.actor, training_id)
    coming = _coming(training)
    by_link = all(meeting.modality is Modality.VIRTUAL for meeting in coming)
    form = SwitchForm(request.args if "modality" in request.args else None, data={
        "numbers": [meeting.number for meeting in coming],
        "modality": (Modality.IN_PERSON if by_link else Modality.VIRTUAL).value,
    })  # fmt: skip
    return _show(training, form)


@bp.post(MODALITY, may=Permission.SESSIONS_PLAN)
def switch_modality(training_id: int) -> Response:
    training, form = training_to_plan(g.actor, training_id), SwitchForm(request.form)
    _offer(training, form)
    is_sound = form.validate()
    numbers = form.numbers.data or []
    have_links = all(has_link(meeting) for meeting in training.meetings if meeting.number in numbers)
    if not is_sound or form.needs_link(has_link=have_links):
        return _show(training, form, 422)
    modality, join_url = Modality(form.modality.data), form.join_url.data or None
    changes = {number: Change(modality=modality, join_url=join_url) for number in numbers}
    weighed = weigh(g.actor, of_training(training, changes), request.form, before=of_training(training))
    if not weighed.goes_on:
        return _show(training, form, 422, weighed)
    try:
        provider = Provider(form.provider.data)
        changed = operations.switch_modality(g.actor, training_id, numbers, modality, join_url, provider)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(training, form, 422)
    weighed.keep(training_id)
    words = ngettext("%(num)s half-day is changed.", "%(num)s half-days are changed.", len(changed))
    flash(_("%(half_days)s Calendars follow.", half_days=words) if changed else _("It was so before."), "done")
    return to_training(training_id)


def _coming(training: TrainingSession) -> list[Meeting]:
    return [meeting for meeting in training.meetings if can_switch(meeting)]


def _offer(training: TrainingSession, form: SwitchForm) -> None:
    form.numbers.choices = offered((meeting.number, _label(meeting)) for meeting in _coming(training))


def _label(meeting: Meeting) -> str:
    return f"{format_date(meeting.starts, style='medium')}, {format_time(meeting.starts)}"


def _show(
    training: TrainingSession, form: SwitchForm, status: int = 200, weighed: Weighed | None = None
) -> Response:
    _offer(training, form)
    modalities = {each.value: each for each in Modality}
    modality = modalities.get(str(form.modality.data), Modality.VIRTUAL)
    touched = affected(training, form.numbers.data or [], modality)
    return render(SwitchPage(training, form, touched, weighed), status)
