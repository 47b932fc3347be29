"""What other rooms keep no history of is kept with the first pack of a time and day; later ones say the same."""


from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.factories.models import Factory
from app.learning_record.evidence.members import coverage, rosters, sessions, tests
from app.learning_record.evidence.models import EvidenceState
from app.learning_record.evidence.source import About
from app.platform.clock import now
from app.platform.db import db, insert


def kept(about: About) -> dict[str, Any] | None:
    """What was kept of this time and day, None before the first pack."""
    found: dict[str, Any] | None = db.session.scalar(sa.select(EvidenceState.kept).where(*_whose(about)))
    return found


def said_now(about: About, factory: Factory) -> dict[str, Any]:
    """What there is to keep."""
    return {
        "roster": rosters.keep(about), "meetings": sessions.keep(about),
        "tests": tests.keep(about), "coverage": coverage.keep(about, factory),
        "adjustments": coverage.keep_adjustments(about, factory),
    }  # fmt: skip


def keep(about: About, said: dict[str, Any], session: Session) -> dict[str, Any]:
    """Keep it; what somebody else kept a moment earlier holds."""
    values = {
        "factory_id": about.factory_id, "since": about.period.since, "until": about.period.until,
        "as_of": about.period.at, "language": about.language, "kept": said, "taken_at": now(),
    }  # fmt: skip
    session.execute(insert(EvidenceState).values(values).on_conflict_do_nothing())
    found: dict[str, Any] = session.scalars(sa.select(EvidenceState.kept).where(*_whose(about))).one()
    return found


def _whose(about: About) -> tuple[sa.ColumnElement[bool], ...]:
    period = about.period
    return (
        EvidenceState.factory_id == about.factory_id, EvidenceState.since == period.since,
        EvidenceState.until == period.until, EvidenceState.as_of == period.at,
        EvidenceState.language == about.language,
    )  # fmt: skip
