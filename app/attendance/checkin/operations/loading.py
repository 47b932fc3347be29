"""What the verbs of checking in ask first."""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from app.attendance import labels, queries, rules
from app.attendance.models import CurrentMark
from app.attendance.operations.log import logs_of
from app.attendance.rules import Evidence, Hindrance
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from app.sessions.models import Meeting


def late_after(meeting: Meeting) -> timedelta:
    """How long after the start somebody is late, by the rule of the course version."""
    return timedelta(minutes=queries.rule_of(meeting.training.version).late_after)


def hindrance(meeting: Meeting) -> Hindrance | None:
    """Why nobody can be marked now, or None. A verb asks when it holds the people: closing holds them, too."""
    is_closed = queries.closed_roll_call(meeting.id) is not None
    return rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now(), is_closed=is_closed)


def refuse_hindered(meeting: Meeting) -> None:
    """Raises Refused when nobody can be marked now."""
    if found := hindrance(meeting):
        raise Refused(str(labels.HINDRANCES[found]))


def standing(meeting_id: int, person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Ids of the marks that stand, by person: what whoever settles has in view."""
    decided = {person_id: rules.decide(log) for person_id, log in logs_of(meeting_id, person_ids).items()}
    return {
        person_id: frozenset(said.mark_id for said in each.standing) if each else frozenset()
        for person_id, each in decided.items()
    }


def well_known(meeting_id: int, person_ids: Collection[int]) -> dict[int, bool]:
    """Of people whom somebody of the programme has marked already, without dispute: whether they were there."""
    rows = db.session.execute(
        sa.select(CurrentMark.person_id, CurrentMark.mark, CurrentMark.evidence).where(
            CurrentMark.meeting_id == meeting_id, CurrentMark.person_id.in_(person_ids), ~CurrentMark.is_disputed
        )
    )
    return {
        person_id: mark.counts for person_id, mark, evidence in rows if evidence.strength >= Evidence.ROLL_CALL.strength
    }
