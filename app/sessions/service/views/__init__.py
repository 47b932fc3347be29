"""The doors to service and entitlement."""

from app.sessions.service.views import charging, entitlement, keeping, listing
from app.sessions.service.views.blueprint import bp

__all__ = ["bp", "charging", "entitlement", "keeping", "listing"]
