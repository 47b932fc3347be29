"""The doors of sign-in, of accounts and of PINs."""

from app.accounts.views import account, factor, links, logbook, managing, people, pins, prints, security, sign_in
from app.accounts.views.blueprint import bp, device

__all__ = [
    "account",
    "bp",
    "device",
    "factor",
    "links",
    "logbook",
    "managing",
    "people",
    "pins",
    "prints",
    "security",
    "sign_in",
]
