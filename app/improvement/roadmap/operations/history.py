"""Writing the history of an action."""

from app.access.actor import Actor
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.rules import Change
from app.platform.clock import now
from app.platform.db import db


def note(action: RoadmapAction, change: Change, actor: Actor | None, **details: object) -> RoadmapChange:
    """One more row; without an actor it moved by itself."""
    row = RoadmapChange(
        action_id=action.id, change=change, state=action.state, started=action.started, completed=action.completed,
        at=now(), account_id=actor.account_id if actor else None, details=details)
    db.session.add(row)
    db.session.flush()  # events need its id
    return row
