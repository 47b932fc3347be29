"""Cards that people carry: each opens one person's door, and only with the PIN."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import secrets
from app.accounts.models import PersonCard
from app.factories.queries import person
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db

_ROWS = 500


def issue_missing(person_ids: Sequence[int]) -> None:
    """Give each of these people who has none a card. The caller keeps others from doing so at the same moment."""
    for start in range(0, len(person_ids), _ROWS):
        ids = person_ids[start : start + _ROWS]
        held = sa.select(PersonCard.person_id).where(PersonCard.person_id.in_(ids), PersonCard.revoked_at.is_(None))
        without = set(ids) - set(db.session.scalars(held))
        db.session.add_all(
            PersonCard(person_id=each, token=secrets.new_card_token(), issued_at=now()) for each in sorted(without)
        )
    db.session.flush()


def revoke_card(actor: Actor, person_id: int) -> None:
    """Make the person's card worthless, at once. Without a card nothing changes. Raises NotFound."""
    person(actor, person_id, Permission.PEOPLE_PIN)
    revoked = db.session.scalars(
        sa.update(PersonCard)
        .where(PersonCard.person_id == person_id, PersonCard.revoked_at.is_(None))
        .values(revoked_at=now())
        .returning(PersonCard.id)
    ).all()
    if revoked:
        audit.record(actor, "accounts.revoke_card", f"person:{person_id}", cards=list(revoked))
