"""Asking helpers to a training session: they call the roll on its days, and see nothing else."""

from datetime import date

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account
from app.accounts.operations import Wanted
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.rules import MeetingState
from app.sessions.rules.helping import days


def appoint(actor: Actor, training_id: int, *, email: str, name: str, language: str, role: Role) -> Account:
    """Ask somebody to help on the days of a training session; who has no account gets one, and a mail with a link.

    Raises NotFound where the actor may not, Refused for another role, one's own address and a session that is over.
    """
    training = _held(actor, training_id)
    refuse_unless_open(training)
    if not training.meetings:
        raise Refused(_("This training session has no half-days yet. Add one first."))
    starts_on, ends_on = _days(training)
    if ends_on <= now().date():
        raise Refused(_("This training session is over. Nobody can help in it any more."))
    wanted = Wanted(
        role=role,
        programme_id=training.programme_id,
        training_id=training.id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return accounts.invite(actor, email=email, name=name, language=language, wanted=wanted)


def dismiss(actor: Actor, training_id: int, grant_id: int) -> None:
    """A helper helps no more, from today on. Raises NotFound. Dismissing again changes nothing."""
    _held(actor, training_id)
    accounts.withdraw_helper(actor, training_id, grant_id)


def follow(training: TrainingSession) -> None:
    """The half-days are others now: so are the days of the helpers."""
    accounts.move_helpers(training.id, *_days(training))


def _held(actor: Actor, training_id: int) -> TrainingSession:
    training = hold(actor, training_id)
    if not policy.may_appoint(actor, training):
        raise NotFound
    return training


def _days(training: TrainingSession) -> tuple[date, date]:
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    return days((meeting.starts_at, meeting.ends_at) for meeting in planned or training.meetings)
