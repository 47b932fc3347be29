"""Passkeys (WebAuthn): adding one, answering with one. It checks its owner, so it stands for both factors."""

import hashlib
import json
from urllib.parse import urlsplit

import sqlalchemy as sa
import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.access.actor import Actor
from app.accounts.changing import changed_rows
from app.accounts.models import Account, Passkey
from app.accounts.operations.own import own_account
from app.accounts.operations.sign_ins import renew
from app.accounts.refusals import note_refused
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_FAULTS = (WebAuthnException, ValueError, TypeError, KeyError, RecursionError)
"""What the library raises at words that no browser would send."""


def offer(actor: Actor, challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON."""
    account = own_account(actor)
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=settings().mail_sender_name,
        user_id=hashlib.sha256(f"{settings().base_url}:account:{account.id}".encode()).digest(),
        user_name=account.email,
        user_display_name=account.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_known(account.id),
    )
    return webauthn.options_to_json(options)


def add(actor: Actor, credential: str, challenge: bytes, name: str) -> Passkey:
    """Keep the passkey that the browser made. Raises Refused for one that does not answer this challenge."""
    account = own_account(actor)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=settings().base_url,
            require_user_verification=True,
        )
    except _FAULTS:
        raise Refused(_("This passkey could not be added. Try again.")) from None
    taken = db.session.scalar(sa.select(Passkey.id).where(Passkey.credential_id == made.credential_id))
    if taken is not None:
        raise Refused(_("This passkey could not be added. Try again."))
    passkey = Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=now(),
    )
    db.session.add(passkey)
    db.session.flush()  # the log needs the id
    audit.record(actor, "accounts.add_passkey", f"account:{account.id}", passkey=passkey.id)
    return passkey


def question(account_id: int | None, challenge: bytes) -> str:
    """What the browser needs to ask for a passkey - of this account, or whichever the person picks -, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=challenge,
        allow_credentials=_known(account_id) if account_id is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def sign_in_with_passkey(actor: Actor, credential: str, challenge: bytes, device: str) -> tuple[str, Account]:
    """Begin a sign-in with a passkey and answer its token and whose it is. Raises Refused when it proves nobody.

    Whoever has given a password before (`actor`) must prove that same account.
    """
    passkey, account = _owner(credential)
    if account.disabled_at is not None or actor.account_id not in {None, account.id}:
        raise _refusal(account.id)
    try:
        proof = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=settings().base_url,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _FAULTS:
        raise _refusal(account.id) from None
    passkey.sign_count = proof.new_sign_count
    return renew(actor.sign_in_id, account.id, device), account


def remove(actor: Actor, passkey_id: int) -> None:
    """Forget one of the actor's passkeys. Raises NotFound for anybody else's."""
    account = own_account(actor)
    gone = sa.delete(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account.id)
    if not changed_rows(gone):
        raise NotFound
    audit.record(actor, "accounts.remove_passkey", f"account:{account.id}", passkey=passkey_id)


def own_passkeys(actor: Actor) -> list[Passkey]:
    """The actor's passkeys, the oldest first."""
    statement = sa.select(Passkey).where(Passkey.account_id == own_account(actor).id).order_by(Passkey.id)
    return list(db.session.scalars(statement))


def _owner(credential: str) -> tuple[Passkey, Account]:
    try:
        credential_id = base64url_to_bytes(json.loads(credential)["id"])
    except (*_FAULTS, AttributeError):
        raise _refusal() from None
    statement = sa.select(Passkey, Account).join(Account, Account.id == Passkey.account_id)
    row = db.session.execute(statement.where(Passkey.credential_id == credential_id)).first()
    if row is None:
        raise _refusal()
    return row.Passkey, row.Account


def _refusal(account_id: int | None = None) -> Refused:
    note_refused("passkey", account=account_id)
    return Refused(_("This passkey is not known here. Sign in with your password."))


def _known(account_id: int) -> list[PublicKeyCredentialDescriptor]:
    ids = db.session.scalars(sa.select(Passkey.credential_id).where(Passkey.account_id == account_id))
    return [PublicKeyCredentialDescriptor(id=each) for each in ids]


def _host() -> str:
    return urlsplit(settings().base_url).hostname or ""
