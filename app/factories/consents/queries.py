"""Whether a consent stands: one condition for every page, list and mail."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.factories.consents.models import HistoryConsent
from app.factories.models import Employment


def given(person_id: Any, factory_id: Any) -> sa.ColumnElement[bool]:
    """Of rows of `HistoryConsent`: the one that nobody took back."""
    return sa.and_(
        HistoryConsent.person_id == person_id, HistoryConsent.factory_id == factory_id,
        HistoryConsent.withdrawn_at.is_(None))


def has_lapsed() -> sa.ColumnElement[bool]:
    """Of rows of `HistoryConsent`: whether the work there ended since and has begun anew. A consent ends with the work:
    it does not come back to life with a person who is hired again."""
    began, before, unbroken = aliased(Employment), aliased(Employment), aliased(Employment)

    def earlier(row: type[Employment]) -> sa.ColumnElement[bool]:
        return sa.and_(
            row.person_id == began.person_id, row.factory_id == began.factory_id, row.started_on < began.started_on)

    lasted = sa.or_(unbroken.ended_on.is_(None), unbroken.ended_on >= began.started_on)
    later = sa.or_(HistoryConsent.given_on.is_(None), began.started_on > HistoryConsent.given_on)
    return sa.exists().where(
        began.person_id == HistoryConsent.person_id, began.factory_id == HistoryConsent.factory_id, later,
        sa.exists().where(earlier(before)), ~sa.exists().where(earlier(unbroken), lasted))


def shares_history(person_id: Any, factory_id: Any) -> sa.ColumnElement[bool]:
    """Whether a person who works at a factory lets it see what was learned elsewhere; both may be columns."""
    job = aliased(Employment)
    works = sa.exists().where(
        job.person_id == HistoryConsent.person_id, job.factory_id == HistoryConsent.factory_id, job.ended_on.is_(None))
    return sa.exists().where(given(person_id, factory_id), works, ~has_lapsed())
