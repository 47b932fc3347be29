"""Taking out everything personal, room by room."""

from app.factories.merging.queries import aliases
from app.factories.merging.rows import person_data
from app.platform.db import db


def erase(person_id: int) -> list[str]:
    """Pseudonymise a person and every entry that turned out to be this person; answers files no longer needed.

    From the highest room down: the lower ones still say then whom a mail or a certificate names.
    """
    keys = []
    for each in (person_id, *aliases(person_id)):
        for data in reversed(list(person_data().values())):
            keys += data.erase(each)
            db.session.flush()  # rooms write past the session
            db.session.expire_all()
    return keys
