"""The blueprint of the record."""

from app.platform.web import Blueprint

bp = Blueprint("record", __name__)
