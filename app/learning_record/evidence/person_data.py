"""What packs of evidence hold of a person: what he or she was called when the first of a time and day was made."""

from collections.abc import Collection

import sqlalchemy as sa

from app.factories.merging.rows import Rows, Tables
from app.learning_record.evidence.models import EvidencePerson
from app.platform.db import db


class EvidenceData(Tables):
    """Packs of a day go on saying what was said when two turn out to be one person, until that one is erased."""

    tables = (Rows(EvidencePerson, EvidencePerson.person_id),)

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Names and numbers, of every pack that is made from now on; a file that was made already is gone in a day."""
        theirs = sa.update(EvidencePerson).where(EvidencePerson.person_id.in_(person_ids))
        db.session.execute(theirs.values(texts=[]).execution_options(synchronize_session=False))
        return []


PERSON_DATA = EvidenceData()
