"""The doors to rooms at meeting providers."""

from app.sessions.links.views import choosing, entering
from app.sessions.links.views.blueprint import bp

__all__ = ["bp", "choosing", "entering"]
