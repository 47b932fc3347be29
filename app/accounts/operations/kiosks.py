"""Making a tablet a kiosk, and an ordinary tablet again."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import kiosks
from app.accounts.models import SignIn
from app.accounts.operations.sign_ins import begin, end
from app.accounts.persons import Kiosk
from app.platform import audit
from app.platform.db import db
from app.platform.refusal import NotFound


def begin_kiosk(actor: Actor, training_id: int, device: str) -> str:
    """Make this device a kiosk of a training session and answer its token; the actor's own sign-in here ends.

    The caller has checked that the actor may see the training session.
    """
    if actor.account_id is None or actor.sign_in_id is None:
        raise NotFound
    token = begin(device, hours=kiosks.HOURS, account_id=actor.account_id, training_id=training_id, is_kiosk=True)
    audit.record(actor, "accounts.begin_kiosk", f"training:{training_id}")
    end(actor.sign_in_id)
    return token


def end_kiosk(actor: Actor, kiosk: Kiosk) -> None:
    """The device is an ordinary one again."""
    end(kiosk.sign_in_id)
    audit.record(actor, "accounts.end_kiosk", f"training:{kiosk.training_id}", sign_in=kiosk.sign_in_id)


def attend(sign_in_id: int, training_id: int) -> None:
    """The person takes part in this training session now. The caller has checked the seat."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id.is_not(None)).values(training_id=training_id)
    )
