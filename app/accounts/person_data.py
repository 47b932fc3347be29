"""What sign-in holds of a person."""

from dataclasses import replace

import sqlalchemy as sa

from app.accounts.models import NoticeShown, PersonCard, PersonPin, SignIn
from app.accounts.operations.people import end_of_people
from app.factories.merging.rows import Parting, Rows, Tables
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

    def restore(self, parting: Parting) -> None:
        """A PIN that was set since stays. Both are signed out: nobody knows who of the two holds which telephone."""
        unchanged = sa.select(PersonPin.id).where(
            PersonPin.id.in_(parting.moved["moved"].get("person_pin", [])), PersonPin.set_at <= parting.merged_at
        )
        moved = {**parting.moved["moved"], "person_pin": list(db.session.scalars(unchanged))}
        super().restore(replace(parting, moved={"moved": moved}))
        end_of_people([parting.winner_id, parting.loser_id])

    def erase(self, person_id: int) -> list[str]:
        """Nobody signs in as this person any more; which notice was shown stays countable."""
        for model in (PersonCard, PersonPin):
            db.session.execute(sa.delete(model).where(model.person_id == person_id))
        live = sa.and_(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        db.session.execute(sa.update(SignIn).where(live).values(ended_at=now()))
        db.session.execute(sa.update(SignIn).where(SignIn.person_id == person_id).values(device=""))
        return []


PERSON_DATA = AccountsData()
