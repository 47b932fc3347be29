"""Deciding who a participant is. What is decided is remembered for the next report of the programme."""

from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.operations.loading import hold
from app.attendance.reports.models import MeetingReport, ReportAlias, ReportParticipant
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.rules import Choice, Decision
from app.factories.known import roots
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Site


def decide(actor: Actor, meeting_id: int, participant_id: int, choice: Choice | None) -> ReportParticipant:
    """Say who a participant is; None leaves it for later. Nobody is marked yet.

    Raises NotFound, also for a person without a seat and for a site of another training session.
    """
    meeting = hold(actor, meeting_id)
    row = _held(meeting, participant_id)
    if choice is None:
        row.decision = row.person_id = row.site_id = row.decided_by = row.decided_at = None
        audit.record(actor, "reports.decide", f"meeting:{meeting.id}", participant=row.id, decision=None)
        return row
    site = _check(meeting, choice)
    _write(actor, meeting, row, choice, site)
    return row


def confirm_exact(actor: Actor, meeting_id: int) -> int:
    """Say of every participant who is exactly one person that it is that person - unless something else was decided
    about the name before. Answers how many. Raises NotFound.
    """
    meeting = hold(actor, meeting_id)
    view = view_of(around(meeting))
    sure_rows = {each.row.id for each in view.shown if each.is_sure} if view else set()
    of_meeting = sa.select(MeetingReport.id).where(MeetingReport.meeting_id == meeting.id).scalar_subquery()
    rows = db.session.scalars(
        sa.select(ReportParticipant)
        .where(ReportParticipant.report_id == of_meeting, ReportParticipant.decision.is_(None))
        .order_by(ReportParticipant.id)
        .with_for_update()
    ).all()
    leads = roots({each for row in rows for each in row.candidates})
    seats = sessions.seats_of(meeting.training_id, set(leads.values()))
    sure = [(row, leads[row.candidates[0]]) for row in rows if row.id in sure_rows and row.candidates[0] in leads]
    known = [(row, person_id) for row, person_id in sure if person_id in seats]
    for row, person_id in known:
        _write(actor, meeting, row, Choice(Decision.PERSON, person_id), None)
    return len(known)


def _held(meeting: Meeting, participant_id: int) -> ReportParticipant:
    row = db.session.scalar(
        sa.select(ReportParticipant)
        .join(MeetingReport, MeetingReport.id == ReportParticipant.report_id)
        .where(ReportParticipant.id == participant_id, MeetingReport.meeting_id == meeting.id)
        .with_for_update(of=ReportParticipant)
    )
    if row is None:
        raise NotFound
    return row


def _check(meeting: Meeting, choice: Choice) -> Site | None:
    site = next((each for each in meeting.training.sites if each.id == choice.site_id), None)
    if choice.decision is Decision.PERSON:
        person_id = choice.person_id or 0
        if roots([person_id]).get(person_id) != person_id or not sessions.seat_of(meeting.training_id, person_id):
            raise NotFound
    if choice.decision is Decision.ROOM and site is None:
        raise NotFound
    return site


def _write(actor: Actor, meeting: Meeting, row: ReportParticipant, choice: Choice, site: Site | None) -> None:
    row.decision, row.decided_by, row.decided_at = choice.decision, actor.account_id, now()
    row.person_id = choice.person_id if choice.decision is Decision.PERSON else None
    row.site_id = site.id if site and choice.decision is Decision.ROOM else None
    _remember(actor, meeting, row, site)
    details = {"participant": row.id, "decision": choice.decision.value, "person": row.person_id, "site": row.site_id}
    audit.record(actor, "reports.decide", f"meeting:{meeting.id}", **details)


def _remember(actor: Actor, meeting: Meeting, row: ReportParticipant, site: Site | None) -> None:
    """The last word about a name holds. A guest of one half-day is nobody to remember."""
    if row.decision is Decision.GUEST:
        return
    said: dict[str, Any] = {
        "decision": row.decision, "person_id": row.person_id, "site_name": site.name if site else None,
        "account_id": actor.account_id, "at": now(),
    }  # fmt: skip
    new = insert(ReportAlias).values(programme_id=meeting.training.programme_id, key=row.key, **said)
    db.session.execute(new.on_conflict_do_update(index_elements=["programme_id", "key"], set_=said))
