"""What the learning records of factories hold of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.factories.consents.models import HistoryConsent
from app.factories.merging.rows import Rows, Tables
from app.factories.models import Employment
from app.learning_record.models import EarlierImport, EarlierTraining, RecordEntry, RecordParticipant
from app.platform.db import db

_SAID = {"course_text": "", "provider": "", "result": "", "certificate_number": "", "proof": ""}


class RecordData(Tables):
    """The timeline is append-only and holds no names: the entries stay, and are shown with the winner's name."""

    tables = (
        Rows(RecordEntry, RecordEntry.person_id, moves=False),
        Rows(RecordParticipant, RecordParticipant.person_id, moves=False),
        Rows(EarlierTraining, EarlierTraining.person_id),
        Rows(HistoryConsent, HistoryConsent.person_id, (HistoryConsent.factory_id,)),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """What lists said of earlier trainings goes, with lists that wait at their factories; the entries stay."""
        here = sa.select(Employment.factory_id).where(Employment.person_id.in_(person_ids))
        waiting = sa.update(EarlierImport).where(EarlierImport.factory_id.in_(here)).values(found={})
        db.session.execute(waiting.execution_options(synchronize_session=False))
        theirs = sa.update(EarlierTraining).where(EarlierTraining.person_id.in_(person_ids))
        db.session.execute(theirs.values(**_SAID).execution_options(synchronize_session=False))
        return []


PERSON_DATA = RecordData()
