"""The doors of checking in."""

from app.attendance.checkin.views import arrivals, cards, here, paper, screen
from app.attendance.checkin.views.blueprint import bp

__all__ = ["arrivals", "bp", "cards", "here", "paper", "screen"]
