"""Sheets to print."""

from flask import g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.site import keys
from app.attendance.sheets import queries
from app.attendance.sheets.drawing import draw_sheet
from app.attendance.sheets.pages import SheetsPage
from app.attendance.sheets.views.blueprint import SHEET, SHEETS, bp
from app.platform.clock import today
from app.platform.config import settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import file_response, render
from app.sessions.policy import may_take_roll


@bp.get(SHEETS, may=Permission.SESSIONS_READ)
def index(training_id: int, number: int) -> Response:
    meeting = queries.meeting_for(g.actor, training_id, number)
    found, may_tick = queries.printable(g.actor, meeting), may_take_roll(g.actor, meeting.training)
    if not found and not may_tick:
        raise NotFound
    return render(SheetsPage(meeting, found, len(queries.photos_of(meeting)) if may_tick else None))


@bp.get(f"{SHEET}/paper", may=Permission.SESSIONS_READ)
def paper(training_id: int, number: int, site_id: int) -> Response:
    meeting = queries.meeting_for(g.actor, training_id, number)
    address = settings().base_url + url_for("sheets.scanned", sheet_code="")
    sheet = queries.sheet_of(g.actor, meeting, site_id, address, keys()[0])
    day = today(meeting.training.programme.zone)
    try:
        data = draw_sheet(sheet, day=day, fonts=ROOT / settings().fonts_dir)
    except DocumentFailed:
        raise Refused(_("No font has every sign of this text. Take the roll call on the page.")) from None
    return file_response(data, f"{sheet.code}-{number}-{site_id}.pdf", "application/pdf", inline=True)
