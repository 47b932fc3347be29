"""Verbs of sign-in, accounts, roles and one-time links. Never commit."""

from app.accounts.operations.accounts import create_account
from app.accounts.operations.people import give_new_pin, set_pin, sign_in_person
from app.accounts.operations.sign_ins import _begin, end, sign_in_account

__all__ = ["_begin", "create_account", "end", "give_new_pin", "set_pin", "sign_in_account", "sign_in_person"]
