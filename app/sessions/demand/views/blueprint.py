"""The blueprint of demand."""

from app.platform.web import Blueprint

bp = Blueprint("demand", __name__)
