"""The blueprint of authoring, and whose pages these are."""

from app.access.permissions import Permission
from app.platform.web import Blueprint

bp = Blueprint("authoring", __name__)
MAY = Permission.COURSES_AUTHOR
ONE = "/authoring/<int:draft>"
