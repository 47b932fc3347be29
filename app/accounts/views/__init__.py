"""The doors of sign-in and of PINs."""

from app.accounts.views import pins, sign_in
from app.accounts.views.blueprint import bp, device

__all__ = ["bp", "device", "pins", "sign_in"]
