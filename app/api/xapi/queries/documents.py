"""Documents of an account: nobody else's are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Permission
from app.api.tokens.entering import Entered
from app.api.xapi.models import Document
from app.api.xapi.rules import actors, keys
from app.factories.models import Employment, Factory
from app.factories.queries import visible_factories
from app.platform.db import db

STATE, ACTIVITY, AGENT = "state", "activity", "agent"


@dataclass(frozen=True)
class Address:
    """Where a document lies; without a name, all of the same owner."""

    kind: str
    activity: str | None = None
    agent: dict[str, Any] | None = None
    registration: str | None = None
    name: str | None = None

    @property
    def owner_key(self) -> str:
        who = actors.identity(self.agent) if self.agent else ""
        return keys.key(self.kind, f"{self.activity or ''}\n{who}")

    @property
    def key(self) -> str:
        return keys.key("document", f"{self.owner_key}\n{self.registration or ''}\n{self.name}")

    def conditions(self, entered: Entered) -> list[sa.ColumnElement[bool]]:
        """Rows of the sender at this address that the token reaches: the tokens of an account share their documents,
        and a narrowed one still learns nothing beyond itself.
        """
        return [*self.at(entered), _is_reached(entered)]

    def at(self, entered: Entered) -> list[sa.ColumnElement[bool]]:
        """Rows of the sender at this address, whoever they are of."""
        mine = [Document.account_id == entered.actor.account_id, Document.kind == self.kind]
        if self.name is not None:
            return [*mine, Document.key == self.key]
        mine.append(Document.owner_key == self.owner_key)
        return mine if self.registration is None else [*mine, Document.registration == self.registration]


def _is_reached(entered: Entered) -> sa.ColumnElement[bool]:
    """Of nobody of ours, or of somebody whom the token reaches."""
    actor = entered.actor
    if actor.scope(Permission.FACTORIES_READ).everything:
        return sa.true()
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    is_seen = sa.exists().where(Employment.person_id == Document.person_id, Employment.factory_id.in_(seen))
    return sa.or_(Document.person_id.is_(None), is_seen)


def found(entered: Entered, address: Address, *, for_update: bool = False) -> Document | None:
    """The document at an address."""
    statement = sa.select(Document).where(*address.conditions(entered))
    return db.session.scalar(statement.with_for_update() if for_update else statement)


def listed(entered: Entered, address: Address, since: datetime | None) -> Sequence[Document]:
    """Documents of an owner, those that changed after a moment alone when one is given; without their content."""
    statement = sa.select(Document).options(sa.orm.defer(Document.content)).where(*address.conditions(entered))
    if since is not None:
        statement = statement.where(Document.updated_at > since)
    return db.session.scalars(statement.order_by(Document.updated_at, Document.id)).all()


def is_taken(entered: Entered, address: Address) -> bool:
    """Whether a document lies there that the token does not reach, so that none can be written in its place."""
    beyond = sa.exists().where(*address.at(entered), ~_is_reached(entered))
    return bool(db.session.scalar(sa.select(beyond)))
