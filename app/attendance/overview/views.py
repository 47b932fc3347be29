"""The register for others to open, and the board."""

from flask import g, make_response, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance.overview import queries
from app.attendance.overview.pages import BoardPage, BoardPart
from app.attendance.overview.tables import evidence_header, evidence_rows, register_header, register_rows
from app.attendance.queries.register import register as read_register
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound
from app.platform.tables import Written, write_csv, write_workbook
from app.platform.web import Blueprint, file_response, render
from app.sessions import queries as sessions
from app.sessions.models import TrainingSession
from app.sessions.policy import may_take_roll

bp = Blueprint("overview", __name__)

TRAINING = "/sessions/<int:training_id>"
BOARD = f"{TRAINING}/meetings/<int:number>/board"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"{TRAINING}/register.csv", may=Permission.SESSIONS_READ)
def register_csv(training_id: int) -> Response:
    training = sessions.training_for(g.actor, training_id)
    found = read_register(g.actor, training)
    return file_response(
        write_csv(register_header(found), register_rows(found.lines)), _name(training, "csv"), "text/csv"
    )


@bp.get(f"{TRAINING}/register.xlsx", may=Permission.SESSIONS_READ)
def register_xlsx(training_id: int) -> Response:
    training = sessions.training_for(g.actor, training_id)
    found = read_register(g.actor, training)
    sheets = [Written(_("Register"), register_header(found), register_rows(found.lines))]
    if may_take_roll(g.actor, training):
        entries = queries.entries_of_training(training.id)
        sheets.append(Written(_("Evidence"), evidence_header(), evidence_rows(entries)))
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_workbook(sheets, right_to_left=is_rtl), _name(training, "xlsx"), _XLSX)


@bp.get(f"{TRAINING}/evidence.csv", may=Permission.ATTENDANCE_MARK)
def evidence_csv(training_id: int) -> Response:
    training = sessions.training_for(g.actor, training_id)
    if not may_take_roll(g.actor, training):
        raise NotFound
    rows = evidence_rows(queries.entries_of_training(training.id))
    return file_response(write_csv(evidence_header(), rows), _name(training, "evidence.csv"), "text/csv")


@bp.get(BOARD, may=Permission.ATTENDANCE_MARK)
def board(training_id: int, number: int) -> Response:
    meeting = queries.board_meeting(g.actor, training_id, number)
    return render(BoardPage(queries.board(meeting), may_take_roll(g.actor, meeting.training)))


@bp.get(f"{BOARD}/live", may=Permission.ATTENDANCE_MARK)
def live(training_id: int, number: int) -> Response:
    meeting = queries.board_meeting(g.actor, training_id, number)
    found = queries.board(meeting)
    if found.version == request.args.get("since"):
        return make_response("", 204)
    return render(BoardPart(found, may_take_roll(g.actor, meeting.training)))


def _name(training: TrainingSession, ending: str) -> str:
    return f"{training.code}-register.{ending}"
