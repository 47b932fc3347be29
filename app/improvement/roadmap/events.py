"""What happens to the actions of a roadmap."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class ActionAdded(Event):
    """A factory is to do something more."""

    action_id: int


@dataclass(frozen=True)
class ActionMoved(Event):
    """An action is further than before or, after a correction, less far; `change_id` is the row of its history. Also
    when its step of the management system was done, or is to be done again."""

    action_id: int
    change_id: int


@dataclass(frozen=True)
class ActionClosed(Event):
    """A person closed an action, or said that it is not gone on with."""

    action_id: int
