"""The blueprint, and what several pages need."""

from collections.abc import Sequence
from typing import Any

from flask import request

from app.coverage.requirements.pages import Shown
from app.coverage.requirements.previews import Preview
from app.platform.web import Blueprint
from app.platform.web.addresses import neighbours
from app.platform.web.paging import Slice

bp = Blueprint("requirements", __name__)

SIZE = 50


def sliced(rows: Sequence[Any], number: int) -> Slice[Any]:
    """One page of a list that is there already."""
    number = max(1, number)
    return Slice(rows[(number - 1) * SIZE : number * SIZE], number, len(rows) > number * SIZE)


def factories_of(found: Preview) -> Shown:
    """The page of factories that the address asks for."""
    part = sliced(found.factories, request.args.get("page", 1, type=int))
    return shown(part, part.rows)


def shown(part: Slice[Any], rows: Sequence[Any]) -> Shown:
    """A page of rows, with the ways to those before and after."""
    return Shown(rows, *neighbours(part), part.number)
