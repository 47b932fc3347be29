"""The blueprint of reports."""

from app.platform.web import Blueprint

bp = Blueprint("indicators", __name__)
