"""Who decides about what phones brought and nobody could take down, and who shuts phones out."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.accounts.policy import accounts_wholly_in_scope
from app.sessions.models import TrainingSession
from app.sessions.policy import is_staff, may_take_roll, teaches


def may_settle(actor: Actor, training: TrainingSession) -> bool:
    """Who teaches it, and the staff of its programme: not somebody who only helps."""
    runs = is_staff(actor, training.programme_id) or teaches(actor, training)
    return runs and may_take_roll(actor, training)


def accounts_whose_phones(actor: Actor) -> sa.ColumnElement[bool]:
    """Accounts whose phones the actor sees and shuts out: the own, and those that he manages as a whole."""
    own = Account.id == (actor.account_id or 0)
    return sa.or_(own, accounts_wholly_in_scope(actor)) if actor.may(Permission.ACCOUNTS_INVITE) else own
