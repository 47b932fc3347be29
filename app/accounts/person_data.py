"""What sign-in holds of a person."""

from collections.abc import Collection, Set
from dataclasses import replace

import sqlalchemy as sa

from app.accounts.models import NoticeShown, PersonCard, PersonPin, PrintOrder, SignIn
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

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Nobody signs in as these people any more; which notice was shown stays countable."""
        for model in (PersonCard, PersonPin):
            db.session.execute(sa.delete(model).where(model.person_id.in_(person_ids)))
        mine = SignIn.person_id.in_(person_ids)
        db.session.execute(sa.update(SignIn).where(mine, SignIn.ended_at.is_(None)).values(ended_at=now()))
        db.session.execute(sa.update(SignIn).where(mine).values(device=""))
        return _forget_prints(set(person_ids))


def _forget_prints(person_ids: Set[int]) -> list[str]:
    """Papers of today that name one of them are printed anew, if at all."""
    orders = db.session.scalars(sa.select(PrintOrder).where(PrintOrder.file_key.is_not(None)))
    naming = [order for order in orders if not person_ids.isdisjoint(order.people)]
    keys = [order.file_key for order in naming if order.file_key]
    for order in naming:
        order.file_key = None
    return keys


PERSON_DATA = AccountsData()
