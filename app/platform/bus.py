"""Events go up: a verb publishes a fact, one table in `app.wiring` says who reacts, in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened, told by ids. Subclasses say in their docstring when it is published."""


Handlers = Mapping[type[Event], Sequence[Callable[[Any], None]]]
_handlers: Handlers = {}


def connect(table: Handlers) -> None:
    """Make `table` the one table of reactions. Called once, at boot."""
    global _handlers  # noqa: PLW0603 - one process has one table, set at boot
    _handlers = table


def publish(event: Event) -> None:
    """Run every reaction, in table order, inside the caller's transaction. A failing reaction fails the whole."""
    for handle in _handlers.get(type(event), ()):
        handle(event)
