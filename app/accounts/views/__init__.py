"""The doors of sign-in and of PINs."""

from app.accounts.views import logbook, pins, sign_in
from app.accounts.views.blueprint import bp, device

__all__ = ["bp", "device", "logbook", "pins", "sign_in"]
