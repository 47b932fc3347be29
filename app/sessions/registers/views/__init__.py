"""The doors to the registers."""

from app.sessions.registers.views import hosts, interpreters, rooms, ruling, trainers
from app.sessions.registers.views.blueprint import bp

__all__ = ["bp", "hosts", "interpreters", "rooms", "ruling", "trainers"]
