"""The doors of sign-in, of accounts and of PINs."""

from app.accounts.views import account, factor, links, logbook, managing, people, pins, prints, security, sign_in
from app.accounts.views.blueprint import bp

__all__ = [
    "account",
    "bp",
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
