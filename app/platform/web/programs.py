"""Doors for other programs: addresses under which no cookie counts, and nothing is a page or a way to one."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, current_app, request


@dataclass(frozen=True)
class Door:
    """Such addresses. `enter` sets `g.actor` from what the program sends; `failed` answers a status with what happened
    in a sentence, which may be empty.
    """

    leads: Callable[[str], bool]
    enter: Callable[[], None]
    failed: Callable[[int, str], Response]


def door() -> Door | None:
    """The door under which the address of this request lies, whether or not there is anything."""
    doors: tuple[Door, ...] = current_app.extensions.get("program_doors", ())
    return next((each for each in doors if each.leads(request.path)), None)
