"""The blueprint of this room."""

from app.platform.web import Blueprint

bp = Blueprint("effect", __name__)
