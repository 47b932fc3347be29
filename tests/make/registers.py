"""Rooms, interpreters and host accounts of the programme KH unless another is given."""

from datetime import date
from itertools import count
from typing import Any

from app.factories.models import Programme
from app.platform.db import db
from app.sessions.models import HostAccount, Interpreter, Room
from tests.make import factories

_numbers = count(1)


def room(name: str = "", programme: Programme | None = None, **values: object) -> Room:
    """An open room."""
    known = {"address": "Street 271", "province": "Kandal", "places": 30, "factory_id": None, "closed_on": None}
    return _added(Room(programme_id=_in(programme), name=name or f"Room {next(_numbers)}", **{**known, **values}))


def interpreter(name: str = "", programme: Programme | None = None, retired_on: date | None = None) -> Interpreter:
    """Somebody who interprets between Khmer and English."""
    row = Interpreter(
        programme_id=_in(programme), name=name or f"Interpreter {next(_numbers)}", email=None, languages=["km", "en"],
        retired_on=retired_on,
    )
    return _added(row)


def host(name: str = "", programme: Programme | None = None, closed_on: date | None = None) -> HostAccount:
    """An account at a meeting provider."""
    row = HostAccount(
        programme_id=_in(programme), name=name or f"Account {next(_numbers)}", provider="pasted", closed_on=closed_on
    )
    return _added(row)


def _in(programme: Programme | None) -> int:
    return (programme or factories.programme()).id


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
