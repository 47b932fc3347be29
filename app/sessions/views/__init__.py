"""The doors to training sessions."""

from app.sessions.views import helping, meetings, nominations, planning, seats, states, trainings
from app.sessions.views.blueprint import bp

__all__ = ["bp", "helping", "meetings", "nominations", "planning", "seats", "states", "trainings"]
