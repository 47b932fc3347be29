"""What a factory does about findings and needs."""

from datetime import datetime

from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.rules import ActionState
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note
from app.platform.db import db

_ENDED = {ActionState.DONE: EntryKind.ACTION_CLOSED, ActionState.DROPPED: EntryKind.ACTION_DROPPED}


def note_action(action_id: int) -> None:
    """An action was added."""
    one = db.session.get_one(RoadmapAction, action_id)
    _note(one, EntryKind.ACTION_ADDED, f"roadmap_action:{one.id}:added", one.created_at)


def note_action_moved(action_id: int, change_id: int) -> None:
    """An action is further, or less far, than before."""
    one, change = db.session.get_one(RoadmapAction, action_id), db.session.get_one(RoadmapChange, change_id)
    _note(one, EntryKind.ACTION_MOVED, f"roadmap_change:{change.id}", change.at, change=change.change.value)


def note_action_ended(action_id: int) -> None:
    """A person closed an action, or said that it is not gone on with."""
    one = db.session.get_one(RoadmapAction, action_id)
    if one.ended_at is not None:
        _note(one, _ENDED[one.state], f"roadmap_action:{one.id}:ended", one.ended_at)


def _note(one: RoadmapAction, kind: EntryKind, source: str, at: datetime, **details: object) -> None:
    said = {
        "action_id": one.id, "theme": one.theme, "point": one.point, "state": one.state.value, "asked": one.people,
        "completed": one.completed, **details}
    note(factory_id=one.factory_id, kind=kind, source=source, at=at, course_id=one.course_id, details=said)
