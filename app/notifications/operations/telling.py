"""The log of what was told: first the row, which only one can write, then the telling."""

from typing import Any

from app.access.actor import Actor
from app.notifications.models import Telling
from app.notifications.notices.queries import factory_to_tell
from app.notifications.rules import TellingKind, Way
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.refusal import NotFound
from app.sessions import policy


def claim(key: str, kind: TellingKind, way: Way, **about: int | None) -> int | None:
    """Write down that this is told now; the id of the row, or None when it was told before - then nothing is said.

    `about` are training_id, factory_id, account_id, person_id, told_by.
    """
    values: dict[str, Any] = {"key": key, "kind": kind, "way": way, "at": now(), **about}
    statement = insert(Telling).values(**values).on_conflict_do_nothing(index_elements=["key"])
    row_id: int | None = db.session.scalar(statement.returning(Telling.id))
    return row_id


def note_told(actor: Actor, training_id: int, code: str, way: Way) -> None:
    """The factory was told on paper or in its chat group. A second time on one day changes nothing. Raises NotFound."""
    training, factory = factory_to_tell(actor, training_id, code)
    if way is Way.MAIL or not policy.may_nominate(actor, factory.programme_id, factory.id):
        raise NotFound
    day = today(factory.programme.zone)
    key = f"notice:{training.id}:factory:{factory.id}:{way}:{day}"
    by = {"training_id": training.id, "factory_id": factory.id, "told_by": actor.account_id}
    if claim(key, TellingKind.NOTICE, way, **by) is not None:
        audit.record(actor, "notifications.told", f"training:{training.id}", factory=factory.id, way=way.value)
