"""Photos of signed sheets."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from flask import flash, g, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import queries as attendance
from app.attendance.sheets import operations, queries
from app.attendance.sheets.labels import PHOTO_FAULTS
from app.attendance.sheets.views.blueprint import SHEET, SHEETS, bp
from app.attendance.sheets.views.signing import signed_page
from app.platform.files import FileMissing, single
from app.platform.files.photos import LARGEST_FILE, PhotoFault, PhotoRefused
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.refusal import NotFound
from app.platform.web import file_response, render, see_other
from app.platform.web.throttle import spend
from app.sessions.models import Meeting

MOST_A_DAY = 300
"""Sendings of one account: far more than sheets are photographed, far less than would fill a disk."""
PHOTO = f"{SHEETS}/photos/<int:sheet_photo_id>"


@bp.post(f"{SHEET}/photos", may=Permission.ATTENDANCE_MARK)
def send(training_id: int, number: int, site_id: int) -> Response:
    spend(f"sheets:{g.actor.account_id}", MOST_A_DAY, timedelta(days=1))
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    sent = [file for file in request.files.getlist("photos") if file.filename]
    kept, faults = _keep(meeting, site_id, sent)
    if not kept:
        return render(signed_page(meeting, site_id, faults=faults or [_("Choose at least one photo.")]), 422)
    for fault in faults:
        flash(fault, "need")
    flash(
        ngettext("%(number)s photo is kept.", "%(number)s photos are kept.", kept, number=format_number(kept)), "done"
    )
    return see_other(url_for("sheets.signed", training_id=training_id, number=number, site_id=site_id))


@bp.get(PHOTO, may=Permission.ATTENDANCE_MARK)
def photo(training_id: int, number: int, sheet_photo_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    found = queries.photo_of(meeting, sheet_photo_id)
    try:
        data = single.kept(found.file_key or "")
    except FileMissing:
        raise NotFound from None
    name = f"{meeting.training.code}-{number}-{found.id}.{found.kind}"
    return file_response(data, name, found.kind.media_type, inline=True)


@bp.post(f"{PHOTO}/withdrawal", may=Permission.ATTENDANCE_MARK)
def withdraw(training_id: int, number: int, sheet_photo_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    row = operations.withdraw_photo(g.actor, meeting.id, sheet_photo_id)
    flash(_("The photo is deleted. The marks stay as they are."), "done")
    if row.site_id is None:
        return see_other(url_for("sheets.index", training_id=training_id, number=number))
    return see_other(url_for("sheets.signed", training_id=training_id, number=number, site_id=row.site_id))


def _keep(meeting: Meeting, site_id: int, sent: Sequence[FileStorage]) -> tuple[int, list[str]]:
    """How many were kept, and what was wrong with the others."""
    form_id, kept, faults = request.form.get("form_id", ""), 0, []
    for place, file in enumerate(sent, 1):
        file.stream.seek(0)  # the request may run a second time
        data = file.stream.read(LARGEST_FILE + 1)
        photo_id = hashlib.sha256(form_id.encode() + hashlib.sha256(data).digest()).hexdigest()[:32]
        try:
            operations.keep_photo(g.actor, meeting.id, photo_id, data, site_id=site_id)
            kept += 1
        except PhotoRefused as refusal:
            faults.append(_said(place, refusal.fault))
    return kept, faults


def _said(place: int, fault: PhotoFault) -> str:
    reason = str(PHOTO_FAULTS[fault])
    return _("Photo %(number)s is not kept. %(reason)s", number=format_number(place), reason=reason)
