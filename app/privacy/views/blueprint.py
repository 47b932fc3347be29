"""The blueprint of this room."""

from app.platform.web import Blueprint

bp = Blueprint("privacy", __name__)
