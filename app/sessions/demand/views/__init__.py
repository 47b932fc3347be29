"""The doors to demand."""

from app.sessions.demand.views import interests, listing
from app.sessions.demand.views.blueprint import bp

__all__ = ["bp", "interests", "listing"]
