"""The decisions about a training session, one verb each; the table of `rules.moves` says which are allowed.

Doing one again changes nothing and is no fault.
"""

from collections.abc import Collection, Mapping

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.events import (
    MeetingMoved,
    TrainingCancelled,
    TrainingClosed,
    TrainingConfirmed,
    TrainingPostponed,
    TrainingReopened,
    TrainingResumed,
)
from app.sessions.models import Meeting, TrainingSession
from app.sessions.operations import helping, invitations
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.offers import renew_offers
from app.sessions.operations.times import put, refuse_clash
from app.sessions.queries.lookup import facts_of
from app.sessions.rules import MeetingState, TrainingState
from app.sessions.rules.moves import Act, step, unmet
from app.sessions.rules.wall_time import HalfDay
from app.sessions.wording import CONDITIONS, NOT_FROM_HERE

LONGEST_REASON = 500


def announce(actor: Actor, training_id: int) -> TrainingSession:
    """Factories see the draft and can ask for seats. Raises NotFound, Refused."""
    training = _to_decide(actor, training_id)
    if training.state is TrainingState.TENTATIVE:
        return training
    _decide(actor, training, Act.ANNOUNCE)
    return training


def confirm(actor: Actor, training_id: int) -> TrainingSession:
    """It will take place: whoever has a part in it is invited. Raises NotFound, Refused."""
    training = _to_decide(actor, training_id)
    if training.state is TrainingState.CONFIRMED:
        return training
    _decide(actor, training, Act.CONFIRM)
    invitations.settle(training)
    publish(TrainingConfirmed(training.id))
    return training


def postpone(actor: Actor, training_id: int, reason: str) -> TrainingSession:
    """The half-days that have not begun wait for other dates: their entries leave the calendars, seats are kept, the
    factories are told why. Raises NotFound, Refused.
    """
    training = _to_decide(actor, training_id)
    if training.state is TrainingState.POSTPONED:
        return training
    before = training.state
    training.postponed_reason = _decide(actor, training, Act.POSTPONE, reason=reason)
    training.postponed_from = before
    for meeting in training.meetings:
        if meeting.state is MeetingState.PLANNED and meeting.starts_at > now():
            meeting.state = MeetingState.POSTPONED
    invitations.settle(training)
    publish(TrainingPostponed(training.id))
    return training


def resume(actor: Actor, training_id: int, times: Mapping[int, HalfDay]) -> TrainingSession:
    """Give every postponed half-day, by its number, another date. It is again what it was before; calendars follow, the
    factories are told, offers that nobody answered last anew. Raises NotFound, Refused for impossible times and while
    one has none.
    """
    training = _to_decide(actor, training_id)
    waiting = postponed(training)
    if training.state is not TrainingState.POSTPONED and _stands(training, times):
        return training
    if not set(times) <= {meeting.number for meeting in waiting}:
        raise NotFound
    refuse_clash(actor, training, times)
    for meeting in waiting:
        if meeting.number in times:
            put(meeting, times[meeting.number])
            meeting.state = MeetingState.PLANNED
    _decide(actor, training, Act.RESUME, training.postponed_from or TrainingState.TENTATIVE, half_days=sorted(times))
    training.postponed_reason = training.postponed_from = None
    renew_offers(training)
    helping.follow(training)
    invitations.settle(training)
    for meeting in waiting:
        if meeting.number in times:
            publish(MeetingMoved(meeting.id, training.id))
    publish(TrainingResumed(training.id))
    return training


def close(actor: Actor, training_id: int) -> TrainingSession:
    """Nothing can change any more. Only after the last half-day. Raises NotFound, Refused."""
    training = _to_decide(actor, training_id)
    if training.state is TrainingState.CLOSED:
        return training
    _decide(actor, training, Act.CLOSE)
    publish(TrainingClosed(training.id))
    return training


def reopen(actor: Actor, training_id: int, reason: str) -> TrainingSession:
    """A closed one can be corrected again, until it is closed anew. A right of its own. Raises NotFound, Refused."""
    training = hold(actor, training_id)
    if not policy.may_reopen(actor, training):
        raise NotFound
    if training.state is TrainingState.CONFIRMED and training.reopened_reason:
        return training
    training.reopened_reason = _decide(actor, training, Act.REOPEN, reason=reason)
    publish(TrainingReopened(training.id))
    return training


def cancel(actor: Actor, training_id: int, reason: str) -> TrainingSession:
    """It will not take place: entries leave the calendars, and the factories are told why. Raises NotFound, Refused."""
    training = _to_decide(actor, training_id)
    if training.state is TrainingState.CANCELLED:
        return training
    training.cancelled_reason = _decide(actor, training, Act.CANCEL, reason=reason)
    invitations.settle(training)
    publish(TrainingCancelled(training.id))
    return training


def is_over(training: TrainingSession) -> bool:
    """Whether the last half-day that was held has ended. One that waits for dates is not over."""
    if not training.meetings or postponed(training):
        return False
    return all(m.ends_at <= now() for m in training.meetings if m.state is MeetingState.PLANNED)


def postponed(training: TrainingSession) -> list[Meeting]:
    """The half-days that wait for another date."""
    return [meeting for meeting in training.meetings if meeting.state is MeetingState.POSTPONED]


def _to_decide(actor: Actor, training_id: int) -> TrainingSession:
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    return training


def _decide(
    actor: Actor,
    training: TrainingSession,
    act: Act,
    after: TrainingState | None = None,
    *,
    reason: str = "",
    half_days: Collection[int] = (),
) -> str:
    """Make the move, log it, answer the reason as it is kept. Raises Refused where the table or a condition does."""
    row = step(act, training.state, after)
    if row is None:
        if act is not Act.REOPEN:
            refuse_unless_open(training)
        raise Refused(str(NOT_FROM_HERE[act]))
    if missing := unmet(row, facts_of(training)):
        raise Refused(str(CONDITIONS[missing]))
    kept = reason.strip()[:LONGEST_REASON]
    if row.needs_reason and not kept:
        raise Refused(_("Say why."))
    training.state = row.after
    details = {"half_days": list(half_days)} if half_days else {}
    audit.record(actor, f"sessions.{act.value}", f"training:{training.id}", **details)
    return kept


def _stands(training: TrainingSession, times: Mapping[int, HalfDay]) -> bool:
    """A form that was sent twice finds the dates that it asks for."""
    now_planned = {m.number: HalfDay(m.starts, m.ends, m.zone) for m in training.meetings}
    return bool(times) and all(now_planned.get(number) == when for number, when in times.items())
