"""What improvement holds of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.factories.merging.rows import Rows, Tables
from app.improvement import retention
from app.improvement.ambassadors.models import Ambassador, TaskVerdict
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.samples.models import SampleItem
from app.lessons.models import PracticeLog

_WHOSE_LOG = sa.select(PracticeLog.person_id).where(PracticeLog.id == TaskVerdict.log_id).scalar_subquery()
_WHO_LED = sa.select(Ambassador.person_id).where(Ambassador.id == CascadeSession.ambassador_id).scalar_subquery()


class ImprovementData(Tables):
    """Terms, places on rosters and in samples go over; where both stand on one roster, both stay and count once.

    What was said of a task belongs to its log, and a session to the ambassador who led it: they follow by themselves.
    """

    tables = (
        Rows(Ambassador, Ambassador.person_id, (Ambassador.factory_id, Ambassador.starts_on)),
        Rows(TaskVerdict, _WHOSE_LOG, moves=False),
        Rows(CascadeSession, _WHO_LED, moves=False),
        Rows(CascadePerson, CascadePerson.person_id, (CascadePerson.cascade_id,)),
        Rows(SampleItem, SampleItem.person_id),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """What was said of sessions that these people led or attended goes, with photos of lists on which nobody else
        is left; ids, days and numbers stay."""
        retention.forget_topics(person_ids)
        return retention.forget_sessions(retention.of_nobody_else(person_ids))


PERSON_DATA = ImprovementData()
