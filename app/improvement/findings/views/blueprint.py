"""The blueprint of findings."""

from app.platform.web import Blueprint

bp = Blueprint("findings", __name__)
