"""What sign-in holds of a person."""

import sqlalchemy as sa

from app.accounts.models import NoticeShown, PersonCard, PersonPin, SignIn
from app.factories.merging.rows import Rows, Tables
from app.platform.clock import now
from app.platform.db import db


class AccountsData(Tables):
    """Cards, sign-ins and notices go over. There is one PIN a person: the loser's stays, unless the winner has none."""

    tables = (
        Rows(PersonCard, PersonCard.person_id, hidden=frozenset({"token"})),
        Rows(PersonPin, PersonPin.person_id, (sa.literal("pin"),), hidden=frozenset({"pin_hash"})),
        Rows(SignIn, SignIn.person_id, hidden=frozenset({"token_hash"})),
        Rows(NoticeShown, NoticeShown.person_id),
    )

    def erase(self, person_id: int) -> list[str]:
        """Nobody signs in as this person any more; which notice was shown stays countable."""
        for model in (PersonCard, PersonPin):
            db.session.execute(sa.delete(model).where(model.person_id == person_id))
        live = sa.and_(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        db.session.execute(sa.update(SignIn).where(live).values(ended_at=now()))
        db.session.execute(sa.update(SignIn).where(SignIn.person_id == person_id).values(device=""))
        return []


PERSON_DATA = AccountsData()
