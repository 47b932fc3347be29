"""Slots of a page that higher rooms fill, without the page's room knowing them: one table in `app.wiring`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class Panel:
    """A titled part of somebody else's page. `template` reads its `context`; `key` is its id and its name in URLs.

    What takes statements is handed over as a callable, which is asked only where the panel is shown: many pages name
    all panels of a thing, and show one.
    """

    key: str
    title: str
    template: str
    content: Mapping[str, Any] | Callable[[], Mapping[str, Any]]

    @cached_property
    def context(self) -> Mapping[str, Any]:
        """What the template reads."""
        return self.content() if callable(self.content) else self.content


Filler = Callable[[Any, Any], Panel | None]
"""Given the actor and the page's thing, answers a panel, or None where there is nothing for this actor."""


def panels(slot: str, actor: Any, thing: Any) -> Sequence[Panel]:
    """The panels of a slot for this actor, in the order of the table."""
    fillers: Mapping[str, Sequence[Filler]] = current_app.extensions["panels"]
    answered = [fill(actor, thing) for fill in fillers.get(slot, ())]
    return [panel for panel in answered if panel is not None]
