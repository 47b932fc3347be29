"""Making half-days: those of a new plan, and one more later."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.events import MeetingAdded
from app.sessions.links import rooms
from app.sessions.links.rules import Provider
from app.sessions.models import Meeting, MeetingInterpreter, MeetingSite, Site, TrainingSession
from app.sessions.operations import helping, invitations
from app.sessions.operations.loading import meeting_of, to_plan
from app.sessions.operations.plans import PlannedHalfDay, Settings, Where, room_of
from app.sessions.operations.times import put, refuse_clash
from app.sessions.queries.registers import refuse_unknown
from app.sessions.rules import MeetingState, Modality, SiteKind, TrainingState
from app.sessions.rules.wall_time import HalfDay

MOST_HALF_DAYS = 24


def made(number: int, planned: PlannedHalfDay) -> Meeting:
    """The half-day, without its interpreters and sites."""
    meeting = Meeting(
        number=number,
        modality=planned.modality,
        join_url=planned.join_url if planned.modality is not Modality.IN_PERSON else None,
        state=MeetingState.PLANNED,
        language=planned.language,
        host_id=planned.host_id,
    )
    put(meeting, planned.when)
    return meeting


def furnish(training: TrainingSession, half_days: Mapping[int, PlannedHalfDay]) -> None:
    """Write interpreters, sites and rooms at providers of new half-days, by number. All of them have their ids."""
    names = {name_of(site): site.id for site in training.sites}
    for meeting in training.meetings:
        if planned := half_days.get(meeting.number):
            if planned.interpreter_ids:
                set_interpreters(meeting, planned.interpreter_ids)
            if planned.sites:
                set_sites(meeting, [names[name] for name in planned.sites if name in names])
            if planned.provider is not Provider.PASTED and planned.modality is not Modality.IN_PERSON:
                rooms.want(meeting, planned.provider)


def add_half_day(actor: Actor, training_id: int, planned: PlannedHalfDay) -> Meeting:
    """One half-day more; calendars follow. Raises NotFound, Refused for an impossible time."""
    training = to_plan(actor, training_id)
    if same := next((meeting for meeting in training.meetings if is_at(meeting, planned.when)), None):
        return same
    if training.state is TrainingState.POSTPONED:
        raise Refused(_("This training session is postponed. Give it new dates first."))
    if len(training.meetings) >= MOST_HALF_DAYS:
        raise Refused(_("A training session has at most %(most)s half-days.", most=MOST_HALF_DAYS))
    number = max((meeting.number for meeting in training.meetings), default=0) + 1
    refuse_clash(actor, training, {number: planned.when})
    refuse_unknown(training.programme_id, planned.interpreter_ids, [planned.host_id] if planned.host_id else [])
    meeting = made(number, planned)
    training.meetings.append(meeting)
    training.expected_on = None
    db.session.flush()  # the log needs its id, and so do its parts
    furnish(training, {number: planned})
    audit.record(actor, "sessions.add_half_day", f"meeting:{meeting.id}", starts=planned.when.starts.isoformat())
    helping.follow(training)
    invitations.settle(training)
    publish(MeetingAdded(meeting.id, training.id))
    return meeting


def edit_meeting(actor: Actor, training_id: int, number: int, settings: Settings) -> Meeting:
    """Change language, interpreters, host account and sites of a half-day; calendars follow where they show it.

    Raises NotFound for what the programme or the training session does not have, Refused.
    """
    training = to_plan(actor, training_id)
    meeting = meeting_of(training, number)
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(_("This half-day is cancelled. Nothing was changed."))
    kept_host = [] if settings.host_id in {None, meeting.host_id} else [settings.host_id or 0]
    new = set(settings.interpreter_ids) - {each.id for each in meeting.interpreters}
    refuse_unknown(training.programme_id, new, kept_host)
    if not set(settings.site_ids) <= {site.id for site in training.sites}:
        raise NotFound
    meeting.language = settings.language if settings.language != training.language else None
    meeting.host_id = settings.host_id
    set_interpreters(meeting, settings.interpreter_ids)
    set_sites(meeting, settings.site_ids)
    audit.record(actor, "sessions.edit_meeting", f"meeting:{meeting.id}", host=settings.host_id)
    invitations.settle(training)
    return meeting


def set_interpreters(meeting: Meeting, ids: Iterable[int]) -> None:
    """Exactly these interpret."""
    db.session.execute(sa.delete(MeetingInterpreter).where(MeetingInterpreter.meeting_id == meeting.id))
    db.session.add_all(MeetingInterpreter(meeting_id=meeting.id, interpreter_id=each) for each in dict.fromkeys(ids))
    _reread(meeting, "interpreters")


def set_sites(meeting: Meeting, ids: Iterable[int]) -> None:
    """It uses exactly these; none stands for all."""
    db.session.execute(sa.delete(MeetingSite).where(MeetingSite.meeting_id == meeting.id))
    db.session.add_all(MeetingSite(meeting_id=meeting.id, site_id=each) for each in dict.fromkeys(ids))
    _reread(meeting, "sites")


def _reread(meeting: Meeting, name: str) -> None:
    db.session.flush()  # the list is read anew from what is written
    db.session.expire(meeting, [name])


def name_of(site: Site) -> str:
    """How a plan names a site."""
    if site.factory_id is not None:
        return room_of(site.factory_id)
    return Where.VENUE if site.kind is SiteKind.VENUE else Where.REMOTE


def is_at(meeting: Meeting, when: HalfDay) -> bool:
    """Whether it takes place then: a form that was sent twice finds its half-day."""
    is_planned = meeting.state is MeetingState.PLANNED
    return is_planned and (meeting.starts, meeting.ends, meeting.zone) == (when.starts, when.ends, when.zone)
