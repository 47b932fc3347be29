"""Verbs of sign-in, accounts, roles and one-time links. Never commit."""

from app.accounts.operations.accounts import create_account
from app.accounts.operations.factors import (
    add_authenticator,
    codes_left,
    give_code,
    new_recovery_codes,
    offered_address,
    offered_secret,
    remove_authenticator,
)
from app.accounts.operations.granting import Wanted, grant, invite, move_helpers, withdraw, withdraw_helper
from app.accounts.operations.links import (
    accept_invitation,
    account_of_link,
    ask_for_link,
    is_live_link,
    issue_link,
    reset_password,
    sign_in_by_link,
)
from app.accounts.operations.managing import account_in_scope, disable, enable, resend_invitation, reset_factors
from app.accounts.operations.own import change_password, confirm_password, describe, email_of, own_account, own_sign_ins
from app.accounts.operations.people import give_new_pin, set_pin, sign_in_person
from app.accounts.operations.sign_ins import begin, end, end_all, end_everywhere, end_own, renew, sign_in_account

__all__ = [
    "Wanted",
    "accept_invitation",
    "account_in_scope",
    "account_of_link",
    "add_authenticator",
    "ask_for_link",
    "begin",
    "change_password",
    "codes_left",
    "confirm_password",
    "create_account",
    "describe",
    "disable",
    "email_of",
    "enable",
    "end",
    "end_all",
    "end_everywhere",
    "end_own",
    "give_code",
    "give_new_pin",
    "grant",
    "invite",
    "is_live_link",
    "issue_link",
    "move_helpers",
    "new_recovery_codes",
    "offered_address",
    "offered_secret",
    "own_account",
    "own_sign_ins",
    "remove_authenticator",
    "renew",
    "resend_invitation",
    "reset_factors",
    "reset_password",
    "set_pin",
    "sign_in_account",
    "sign_in_by_link",
    "sign_in_person",
    "withdraw",
    "withdraw_helper",
]
