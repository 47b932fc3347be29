"""Codes as pictures, and what a page says where nobody can be marked."""

from typing import Any

import segno
from flask import url_for

from app.attendance import labels
from app.attendance.checkin.operations.loading import hindrance
from app.platform.config import settings
from app.sessions.models import Meeting


def address_of(code: str) -> str:
    """Where a code leads, as it stands in its picture."""
    return settings().base_url + url_for("checkin.open_code", code=code)


def qr(address: str) -> str:
    """The picture of an address: dark on white, and as large as its place."""
    drawn = segno.make(address, error="m", micro=False)
    return str(drawn.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))


def hindered(meeting: Meeting) -> Any:
    """The sentence that says why nobody can be marked, or None."""
    found = hindrance(meeting)
    return labels.HINDRANCES[found] if found else None
