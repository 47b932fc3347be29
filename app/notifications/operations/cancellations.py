"""A training session that will not take place, is held later, or has dates again, told to the factories in it."""

from collections.abc import Collection
from typing import Any

from app.notifications.operations.concerned import Concerned, concerned
from app.notifications.posting import post
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _, text
from app.sessions.models import TrainingSession
from app.sessions.queries import held_meetings
from app.sessions.rules import SiteKind


def tell_cancellation(training_id: int) -> None:
    """That it will not take place, and why."""
    training = db.session.get_one(TrainingSession, training_id)
    for one in concerned(training_id):
        _tell(training, one, "called_off", reason=training.cancelled_reason)


def tell_postponement(training_id: int) -> None:
    """Why it is held later, and that seats are kept."""
    training = db.session.get_one(TrainingSession, training_id)
    for one in concerned(training_id):
        _tell(training, one, "postponed", reason=training.postponed_reason)


def tell_new_dates(training_id: int) -> None:
    """When it is held instead."""
    training = db.session.get_one(TrainingSession, training_id)
    coming = [meeting for meeting in held_meetings(training_id) if meeting.ends_at > now()]
    for one in concerned(training_id):
        _tell(training, one, "new_dates", meetings=coming)


def tell_switch(training_id: int, meeting_ids: Collection[int]) -> None:
    """How its half-days are held from now on. The link is told in invitations alone, to those who join by it."""
    training = db.session.get_one(TrainingSession, training_id)
    meetings = [meeting for meeting in training.meetings if meeting.id in meeting_ids]
    venues = [site.name for site in training.sites if site.kind is SiteKind.VENUE]
    for one in concerned(training_id):
        _tell(training, one, "switched", meetings=meetings, venues=venues)


def _tell(training: TrainingSession, one: Concerned, template: str, **context: Any) -> None:
    title = text(training.version.titles, one.point.language)
    post(
        template, one.point, lambda: _subject(template, " ".join(title.split())), kind=f"sessions.{template}",
        about=f"training:{training.id}", title=title, code=training.code, seats=one.seats, unnamed=one.unnamed,
        page=f"{settings().base_url}/sessions/{training.id}", **context,
    )  # fmt: skip


def _subject(template: str, title: str) -> str:
    if template == "postponed":
        return str(_("Postponed: %(title)s", title=title))
    if template == "switched":
        return str(_("Held in another way: %(title)s", title=title))
    if template == "new_dates":
        return str(_("New dates: %(title)s", title=title))
    return str(_("Cancelled: %(title)s", title=title))
