"""What the web layer needs to know of whoever asks."""

from typing import Any, Protocol, cast

from flask import g


class Asker(Protocol):
    """Whoever asks; `app.access.Actor` is one."""

    @property
    def is_signed_in(self) -> bool: ...

    def may(self, permission: Any) -> bool: ...


def asker() -> Asker:
    """Whoever sent this request."""
    return cast("Asker", g.actor)
