"""The blueprint of authoring, and whose pages these are."""

from typing import Any

from app.access.permissions import Permission
from app.platform.web import Blueprint
from app.platform.web.forms import number

bp = Blueprint("authoring", __name__)
MAY = Permission.COURSES_AUTHOR
ONE = "/authoring/<int:draft>"


def seen_in(form: Any) -> int:
    """Which revision of the file its writer saw; 0, that of no file, when the form does not say."""
    return number(str(form.seen.data or "")) or 0
