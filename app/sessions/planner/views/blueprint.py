"""The blueprint of the plan."""

from app.platform.web import Blueprint

bp = Blueprint("planner", __name__)
