"""Making a training session of another: a copy on other days, a copy every few weeks."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.queries import accounts_by_id
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.links import rooms
from app.sessions.links.addresses import rooms_of
from app.sessions.models import Meeting, Site, Trainer, TrainingSession
from app.sessions.operations.half_days import set_interpreters, set_sites
from app.sessions.operations.loading import hold
from app.sessions.operations.planning import free_code
from app.sessions.operations.times import put, refuse_clash
from app.sessions.rules import MeetingState, TrainingState
from app.sessions.rules.wall_time import HalfDay

MOST_COPIES, MOST_WEEKS = 26, 52
_RULES = (
    "programme_id", "version_id", "language", "capacity_in_person", "capacity_virtual", "group_id", "waiting_policy",
    "offer_hours", "needs_approval", "most_per_factory", "least_people", "names_due_days", "cut_off_days",
)  # fmt: skip
"""What one that is made of another has from it."""


def copy(actor: Actor, training_id: int, starts_on: date, *, is_draft: bool = True) -> TrainingSession:
    """The same plan with its first half-day on another day and the others as far behind it: half-days, trainers, sites
    and rules, without people. One that was copied to these days before is found. Raises NotFound, Refused.
    """
    origin = _to_copy(actor, training_id)
    return _copied(actor, origin, starts_on - _first_day(origin), is_draft=is_draft)


def repeat(
    actor: Actor, training_id: int, *, weeks: int, times: int, is_draft: bool = True
) -> list[TrainingSession]:
    """So many copies, every so many weeks, each a training session of its own. Raises NotFound, Refused."""
    origin = _to_copy(actor, training_id)
    if not (1 <= weeks <= MOST_WEEKS and 1 <= times <= MOST_COPIES):
        raise Refused(_("Repeat it at most 26 times, at most 52 weeks apart."))
    return [
        _copied(actor, origin, timedelta(weeks=weeks * number), is_draft=is_draft) for number in range(1, times + 1)
    ]


def alike(origin: TrainingSession, shift: timedelta, state: TrainingState) -> TrainingSession:
    """Another one with the same plan, so many days later, with its parts written. Nothing of it is logged."""
    training = TrainingSession(
        **{name: getattr(origin, name) for name in _RULES},
        code=free_code(), state=state, origin_id=origin.origin_id or origin.id, created_at=now(), meetings=[],
    )  # fmt: skip
    kept = kept_half_days(origin)
    sites = {site.id: _site(site) for site in origin.sites}
    training.meetings = [_meeting(number, meeting, shift) for number, meeting in enumerate(kept, 1)]
    training.sites = list(sites.values())
    training.trainers = _trainers(origin)
    db.session.add(training)
    db.session.flush()  # the parts of half-days need ids
    carried = rooms_of([known.id for known in kept])
    for meeting, known in zip(training.meetings, kept, strict=True):
        if known.id in carried:
            rooms.want(meeting, carried[known.id].provider)  # a room is of one half-day alone
        set_interpreters(meeting, [each.id for each in known.interpreters])
        set_sites(meeting, [sites[site.id].id for site in known.sites])
    return training


def kept_half_days(training: TrainingSession) -> list[Meeting]:
    """Those that were not left out, in order of time."""
    kept = (meeting for meeting in training.meetings if meeting.state is not MeetingState.CANCELLED)
    return sorted(kept, key=lambda meeting: (meeting.starts, meeting.number))


def shifted(meeting: Meeting, shift: timedelta) -> HalfDay:
    """The same time of the clock on the wall, so many days later."""
    return HalfDay(meeting.starts + shift, meeting.ends + shift, meeting.zone)


def _copied(actor: Actor, origin: TrainingSession, shift: timedelta, *, is_draft: bool) -> TrainingSession:
    first = kept_half_days(origin)[0].starts + shift
    if known := _made_before(origin, first):
        return known
    state = TrainingState.DRAFT if is_draft else TrainingState.TENTATIVE
    training = alike(origin, shift, state)
    training.created_by = actor.account_id
    times = {meeting.number: HalfDay(meeting.starts, meeting.ends, meeting.zone) for meeting in training.meetings}
    refuse_clash(actor, training, times)
    audit.record(actor, "sessions.copy", f"training:{training.id}", origin=origin.id)
    return training


def _made_before(origin: TrainingSession, first: datetime) -> TrainingSession | None:
    """A form that was sent twice finds what it made."""
    return db.session.scalar(
        sa.select(TrainingSession)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(TrainingSession.origin_id == (origin.origin_id or origin.id), TrainingSession.id != origin.id)
        .where(TrainingSession.state != TrainingState.CANCELLED, TrainingSession.cohort.is_(None))
        .where(Meeting.number == 1, Meeting.starts == first)
        .order_by(TrainingSession.id)
        .limit(1)
    )


def _to_copy(actor: Actor, training_id: int) -> TrainingSession:
    """Held: of two who copy at once, the second finds the copy of the first."""
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    if not kept_half_days(training):
        raise Refused(_("It has no half-days that could be copied."))
    return training


def _first_day(training: TrainingSession) -> date:
    return kept_half_days(training)[0].starts.date()


def _meeting(number: int, known: Meeting, shift: timedelta) -> Meeting:
    meeting = Meeting(
        number=number, modality=known.modality, join_url=known.join_url, state=MeetingState.PLANNED,
        language=known.language, host_id=known.host_id,
    )  # fmt: skip
    put(meeting, shifted(known, shift))
    return meeting


def _site(known: Site) -> Site:
    return Site(
        kind=known.kind, name=known.name, factory_id=known.factory_id, room_id=known.room_id,
        focal_account_id=known.focal_account_id,
    )  # fmt: skip


def _trainers(origin: TrainingSession) -> list[Trainer]:
    """Whose account was ended teaches no more."""
    found = accounts_by_id([trainer.account_id for trainer in origin.trainers])
    return [Trainer(account_id=each) for each, account in sorted(found.items()) if account.disabled_at is None]
