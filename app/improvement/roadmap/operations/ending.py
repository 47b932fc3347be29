"""A person closes an action, or says why it is not gone on with."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.improvement.roadmap import queries
from app.improvement.roadmap.events import ActionClosed
from app.improvement.roadmap.labels import OBSTACLES
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations.history import note
from app.improvement.roadmap.rules import ActionState, Change, DropReason, Obstacle, obstacle
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.refusal import Refused

_CLOSE = Permission.ROADMAP_CLOSE


def close(actor: Actor, action_id: int) -> RoadmapAction:
    """An action is done. Closing it again changes nothing. Raises NotFound, and Refused while people are still to be
    trained or its step of the management system is still to be done."""
    row = queries.action(actor, action_id, _CLOSE, hold=True)
    if row.state is ActionState.DONE:
        return row
    wrong = obstacle(row.state, has_course=row.course_id is not None, step_is_done=row.step_done_on is not None)
    if wrong is not None:
        raise Refused(str(OBSTACLES[wrong]))
    return _end(actor, row, ActionState.DONE, Change.CLOSED)


def drop(actor: Actor, action_id: int, reason: DropReason) -> RoadmapAction:
    """An action is not gone on with. Dropping it again changes nothing. Raises NotFound, and Refused for one that is
    done."""
    row = queries.action(actor, action_id, _CLOSE, hold=True)
    if row.state is ActionState.DROPPED:
        return row
    if row.state is ActionState.DONE:
        raise Refused(str(OBSTACLES[Obstacle.ENDED]))
    row.reason = reason
    return _end(actor, row, ActionState.DROPPED, Change.DROPPED)


def _end(actor: Actor, row: RoadmapAction, state: ActionState, change: Change) -> RoadmapAction:
    row.state, row.ended_at = state, now()
    details = {"reason": row.reason.value} if row.reason else {}
    note(row, change, actor, **details)
    audit.record(actor, f"roadmap.{change.value}", f"roadmap_action:{row.id}", **details)
    publish(ActionClosed(row.id))
    return row
