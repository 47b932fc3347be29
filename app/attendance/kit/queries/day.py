"""The next half-days of a trainer, as a phone takes them along."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.attendance.kit.models import KitDevice, KitSheet
from app.attendance.kit.queries.sheets import Sheet, load, sheet, state_of, told
from app.attendance.kit.rules import PASS_LASTS
from app.attendance.kit.sealing import SiteKey
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.texts import current_language
from app.sessions.models import Meeting, Trainer, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.rules import MeetingState, TrainingState

MOST = 3
AFTER = timedelta(hours=12)
"""So long after its end a half-day is still taken along."""
_SOME = 40


def next_sheets(actor: Actor) -> list[Sheet]:
    """At most three half-days, the next first: those that the actor teaches or helps in; to whoever teaches none, those
    of the programmes that he runs.
    """
    meetings = [meeting for meeting in load(_own(actor)) if may_take_roll(actor, meeting.training)]
    if not meetings:
        meetings = [meeting for meeting in load(_of_programmes(actor)) if may_take_roll(actor, meeting.training)]
    return [sheet(meeting) for meeting in meetings[:MOST]]


def answer(device: KitDevice, actor: Actor, key: SiteKey, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The whole answer as JSON (docs/offline.md, 2)."""
    language = current_language()
    return {
        "v": 1, "now": int(now().timestamp()), "account": actor.name, "until": int((now() + PASS_LASTS).timestamp()),
        "key": {"kid": key.kid, "jwk": key.jwk}, "sheets": [told(each, language) for each in sheets],
        "others": _others(device, {each.meeting.id for each in sheets}),
    }  # fmt: skip


def revisions(actor: Actor | None, meeting_ids: Sequence[int]) -> dict[str, str]:
    """How half-days stand now, for a phone that has just delivered; only those that its account may mark."""
    if actor is None:
        return {}
    meetings = [meeting for meeting in load(meeting_ids) if may_take_roll(actor, meeting.training)]
    return {str(meeting.id): sheet(meeting).revision for meeting in meetings}


def _own(actor: Actor) -> Sequence[int]:
    teaches = sa.select(Trainer.training_id).where(Trainer.account_id == (actor.account_id or 0))
    helps = actor.scope(Permission.ATTENDANCE_MARK).trainings
    return _next(sa.or_(Meeting.training_id.in_(teaches), Meeting.training_id.in_(helps)))


def _of_programmes(actor: Actor) -> Sequence[int]:
    scope = actor.scope(Permission.ATTENDANCE_MARK)
    return _next(sa.true() if scope.everything else TrainingSession.programme_id.in_(scope.programmes))


def _next(which: sa.ColumnElement[bool]) -> Sequence[int]:
    coming = (
        sa.select(Meeting.id)
        .join(Meeting.training)
        .where(
            which, Meeting.ends_at > now() - AFTER, Meeting.state == MeetingState.PLANNED,
            TrainingSession.state == TrainingState.CONFIRMED,
        )
    )  # fmt: skip
    return db.session.scalars(coming.order_by(Meeting.starts_at, Meeting.id).limit(_SOME)).all()


def _others(device: KitDevice, but: set[int]) -> dict[str, str]:
    """How half-days stand that the phone took along in the last week and that are not among the next any more."""
    before = sa.select(KitSheet.meeting_id).where(
        KitSheet.device_id == device.id, KitSheet.at > now() - timedelta(days=7), KitSheet.meeting_id.not_in(but)
    )
    found = load(db.session.scalars(before.distinct()).all())
    return {str(meeting.id): state_of(meeting) for meeting in found}
