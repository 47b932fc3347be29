"""The second factor: an authenticator app and recovery codes."""

import pyotp
import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import secrets
from app.accounts.changing import changed_rows
from app.accounts.models import Account, RecoveryCode
from app.accounts.operations.own import own_account
from app.accounts.refusals import note_refused
from app.accounts.site import keys
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.formats import ascii_digits
from app.platform.refusal import Refused

STEP_SECONDS = 30
DRIFT = (0, -1, 1)
"""Time steps of the phone's clock that are accepted (RFC 6238, 5.2)."""
RECOVERY_CODES = 10


def offered_secret(actor: Actor) -> str:
    """The secret that an authenticator app may take in this sign-in."""
    account = own_account(actor)
    return secrets.authenticator_secret(account.id, actor.sign_in_id or 0, keys()[0])


def offered_address(actor: Actor) -> str:
    """What the square code for the authenticator app says."""
    name = own_account(actor).email
    return pyotp.TOTP(offered_secret(actor)).provisioning_uri(name=name, issuer_name=settings().mail_sender_name)


def add_authenticator(actor: Actor, code: str) -> None:
    """Take the offered secret, once its first code proves that the app has it. Raises Refused for a wrong code."""
    account = own_account(actor)
    secret = offered_secret(actor)
    step = _step_of(secret, code)
    if step is None:
        raise Refused(_("This code is not right. Wait for the next one and type that."))
    account.totp_secret, account.totp_step = secret, step
    audit.record(actor, "accounts.add_authenticator", f"account:{account.id}")


def remove_authenticator(actor: Actor) -> None:
    """Forget the authenticator app of the actor."""
    account = own_account(actor)
    account.totp_secret = account.totp_step = None
    audit.record(actor, "accounts.remove_authenticator", f"account:{account.id}")


def give_code(actor: Actor, code: str) -> None:
    """Check a code of the app or a recovery code; each works once. Raises Refused for any other."""
    account = own_account(actor)
    if not (_use_authenticator(account, code) or _use_recovery_code(account.id, code)):
        note_refused("code", account=account.id)
        raise Refused(_("This code is not right. Wait for the next one and type that."))
    audit.record(actor, "accounts.give_factor", f"account:{account.id}")


def _use_authenticator(account: Account, code: str) -> bool:
    step = _step_of(account.totp_secret, code) if account.totp_secret else None
    if step is None:
        return False
    unused = sa.or_(Account.totp_step.is_(None), Account.totp_step < step)
    used = sa.update(Account).where(Account.id == account.id, unused).values(totp_step=step)
    return changed_rows(used) == 1


def _step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, near now."""
    plain = "".join(ascii_digits(code).split())
    current = int(now().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    near = (current + drift for drift in DRIFT)
    return next((step for step in near if pyotp.utils.strings_equal(app.generate_otp(step), plain)), None)


def _use_recovery_code(account_id: int, code: str) -> bool:
    digests = [secrets.hash_recovery_code(code, key) for key in keys()]
    used = (
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash.in_(digests),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
    )
    return changed_rows(used) == 1


def new_recovery_codes(actor: Actor) -> list[str]:
    """Ten fresh codes, told once; the former ones are worth nothing any more."""
    account = own_account(actor)
    codes = [secrets.new_recovery_code() for _number in range(RECOVERY_CODES)]
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.add_all(
        RecoveryCode(account_id=account.id, code_hash=secrets.hash_recovery_code(code, keys()[0]))
        for code in codes
    )
    audit.record(actor, "accounts.new_recovery_codes", f"account:{account.id}")
    return codes


def codes_left(account_id: int) -> int:
    """How many recovery codes were not used yet."""
    left = sa.select(sa.func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0
