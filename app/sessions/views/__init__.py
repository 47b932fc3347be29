"""The doors to training sessions."""

from app.sessions.views import helpers, meetings, nominations, planning, seats, states, trainings
from app.sessions.views.blueprint import bp

__all__ = ["bp", "helpers", "meetings", "nominations", "planning", "seats", "states", "trainings"]
