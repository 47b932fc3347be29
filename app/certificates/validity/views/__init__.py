"""The doors to one certificate and to what is to be renewed: importing them fills the blueprint."""

from app.certificates.validity.views import one, renewals
from app.certificates.validity.views.blueprint import bp

__all__ = ["bp", "one", "renewals"]
