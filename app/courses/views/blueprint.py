"""The blueprint of the catalogue."""

from app.platform.web import Blueprint

bp = Blueprint("courses", __name__)
