"""The page of what phones brought and nobody could take down."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance.kit import operations
from app.attendance.kit.pages import HeldPage
from app.attendance.kit.policy import may_settle
from app.attendance.kit.queries.held import held_of
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound, Refused
from app.platform.tables.writing import write_csv
from app.platform.web import Blueprint, file_response, render, see_other
from app.sessions import queries as sessions
from app.sessions.models import TrainingSession

bp = Blueprint("held", __name__)
PAGE = "/sessions/<int:training_id>/held"


@bp.get(PAGE, may=Permission.ATTENDANCE_MARK)
def held(training_id: int) -> Response:
    training = _training(training_id)
    found = held_of(training)
    waiting = [row for row in found if row.decision is None]
    return render(HeldPage(training, waiting, [row for row in found if row.decision]))


@bp.post(f"{PAGE}.csv", may=Permission.ATTENDANCE_MARK)
def export(training_id: int) -> Response:
    """Everything as it came, for whoever has to clear it up elsewhere; a POST, because it is logged."""
    training = _training(training_id)
    rows = operations.export_held(g.actor, training_id)
    return file_response(write_csv(operations.HEADINGS, rows), f"held-{training.code}.csv", "text/csv; charset=utf-8")


@bp.post(f"{PAGE}/taking", may=Permission.ATTENDANCE_MARK)
def take_down_all(training_id: int) -> Response:
    taken = operations.take_down_all(g.actor, training_id)
    said = ngettext("%(num)s mark is taken down now.", "%(num)s marks are taken down now.", taken)
    flash(said if taken else _("None of them can be taken down as things stand."), "done" if taken else "need")
    return _back(training_id)


@bp.post(f"{PAGE}/<int:receipt_id>/taking", may=Permission.ATTENDANCE_MARK)
def take_down(training_id: int, receipt_id: int) -> Response:
    try:
        operations.take_down_held(g.actor, training_id, receipt_id)
        flash(_("It is taken down now."), "done")
    except NotFound:
        raise
    except Refused as refusal:
        flash(str(refusal), "need")
    return _back(training_id)


@bp.post(f"{PAGE}/<int:receipt_id>/setting-aside", may=Permission.ATTENDANCE_MARK)
def set_aside(training_id: int, receipt_id: int) -> Response:
    try:
        operations.set_aside(g.actor, training_id, receipt_id, request.form.get("reason", ""))
        flash(_("It is set aside and counts for nothing."), "done")
    except NotFound:
        raise
    except Refused as refusal:
        flash(str(refusal), "need")
    return _back(training_id)


def _training(training_id: int) -> TrainingSession:
    """One whose held records the actor decides about. Raises NotFound."""
    training = sessions.training_for(g.actor, training_id)
    if not may_settle(g.actor, training):
        raise NotFound
    return training


def _back(training_id: int) -> Response:
    return see_other(url_for("held.held", training_id=training_id))
