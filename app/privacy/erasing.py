"""Taking out everything personal, room by room."""

from collections.abc import Collection

from app.factories.erasing import hold
from app.factories.merging.queries import entries
from app.factories.merging.rows import person_data
from app.platform.db import db


def erase(person_ids: Collection[int]) -> list[str]:
    """Pseudonymise people and every entry that turned out to be one of them; answers files no longer needed.

    From the highest room down: the lower ones still say then whom a mail or a certificate names.
    """
    keys, everyone = [], hold_people(person_ids)
    for data in reversed(list(person_data().values())):
        keys += data.erase(everyone)
        db.session.flush()  # rooms write past the session
        db.session.expire_all()
    return keys


def hold_people(person_ids: Collection[int]) -> list[int]:
    """Hold everything that erasing these people has to wait for; answers every entry that turned out to be one."""
    everyone = entries(person_ids)
    hold(everyone)
    return everyone
