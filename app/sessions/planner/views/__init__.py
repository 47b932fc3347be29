"""The doors to the plan."""

from app.sessions.planner.views import calendar, load
from app.sessions.planner.views.blueprint import bp

__all__ = ["bp", "calendar", "load"]
