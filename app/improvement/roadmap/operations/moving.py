"""Actions move by themselves: with what people reach, and back when a correction takes it away."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions import queries as completions
from app.completions.queries import zone_of
from app.courses.models import CourseVersion
from app.improvement.roadmap import queries
from app.improvement.roadmap.events import ActionMoved
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations.history import note
from app.improvement.roadmap.rules import OPEN, Change, Step, reached, standing
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.models import TrainingSession


def settle(completion_id: int) -> None:
    """A completion was reached or withdrawn: every open action of its factory with its course says how far it is."""
    found = completions.completion(completion_id)
    if found.factory_id is not None:
        _settle([found.factory_id], found.course_id)


def settle_seats(training_id: int, factory_ids: Collection[int]) -> None:
    """Seats of these factories in a training session moved."""
    course_id = db.session.scalar(
        sa.select(CourseVersion.course_id).join(TrainingSession, TrainingSession.version_id == CourseVersion.id)
        .where(TrainingSession.id == training_id))
    if course_id is not None:
        _settle(factory_ids, course_id)


def mark_step(actor: Actor, action_id: int, *, is_done: bool) -> RoadmapAction:
    """Say that the step of the management system is done, or that it is to be done again; saying it twice changes
    nothing. Raises NotFound, and Refused for an action that is ended."""
    row = queries.action(actor, action_id, Permission.ROADMAP_WRITE, hold=True)
    if (row.step_done_on is not None) == is_done:
        return row
    if not row.is_open:
        raise Refused(_("This action is ended. Add another one."))
    row.step_done_on = today(row.factory.programme.zone) if is_done else None
    written = note(row, Change.STEP_DONE if is_done else Change.STEP_UNDONE, actor)
    audit.record(actor, "roadmap.mark_step", f"roadmap_action:{row.id}", is_done=is_done)
    publish(ActionMoved(row.id, written.id))
    return row


def _settle(factory_ids: Collection[int], course_id: int) -> None:
    """Hold the open actions, in one order, and count what they ask for."""
    held = (
        sa.select(RoadmapAction)
        .where(
            RoadmapAction.factory_id.in_(factory_ids), RoadmapAction.course_id == course_id,
            RoadmapAction.state.in_(OPEN))
        .order_by(RoadmapAction.id).with_for_update().execution_options(populate_existing=True))
    count_anew(db.session.scalars(held).all())


def count_anew(actions: Sequence[RoadmapAction]) -> None:
    """Count what people have reached for these open actions, and tell of each that moved."""
    places = {(each.factory_id, each.course_id) for each in actions}
    known = {place: _steps(*place) for place in places}
    zones = {factory_id: ZoneInfo(zone_of(factory_id)) for factory_id, _course_id in places}
    for each in actions:
        since = datetime.combine(each.starts_on, time(), zones[each.factory_id])
        now_reached = reached(known[each.factory_id, each.course_id], each.job_roles, since)
        before, each.started, each.completed = each.state, now_reached.started, now_reached.completed
        each.state = standing(each.state, each.people if each.course_id else None, now_reached)
        if each.state is not before:
            publish(ActionMoved(each.id, note(each, Change.MOVED, None, before=before.value).id))
    db.session.flush()  # who reads in this transaction finds it


def _steps(factory_id: int, course_id: int | None) -> list[Step]:
    return queries.steps(factory_id, course_id) if course_id is not None else []
