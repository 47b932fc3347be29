"""The doors to the log of services."""

from app.improvement.services.views import listing, logging
from app.improvement.services.views.blueprint import bp

__all__ = ["bp", "listing", "logging"]
