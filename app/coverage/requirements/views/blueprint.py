"""The blueprint, and what several pages need."""

from collections.abc import Sequence
from typing import Any

from flask import request

from app.coverage.requirements.pages import Shown
from app.coverage.requirements.previews import Preview
from app.factories.labels import ROLES
from app.factories.structure.labels import SIDES
from app.improvement.ambassadors.labels import KINDS
from app.platform.web import Blueprint
from app.platform.web.addresses import page_address
from app.platform.web.paging import Slice

bp = Blueprint("requirements", __name__)

SIZE = 50
PARTS: dict[Any, Any] = {**ROLES, **SIDES, **KINDS}
"""What people are counted as: a role, a side of a committee, or an ambassador."""


def sliced(rows: Sequence[Any], number: int) -> Slice[Any]:
    """One page of a list that is there already."""
    number = max(1, number)
    return Slice(rows[(number - 1) * SIZE : number * SIZE], number, len(rows) > number * SIZE)


def factories_of(found: Preview) -> Shown:
    """The page of factories that the address asks for."""
    part = sliced(found.factories, request.args.get("page", 1, type=int))
    return Shown(part.rows, *urls(part), part.number)


def urls(part: Slice[Any]) -> tuple[str, str]:
    """Addresses of the page before and the page after; empty where there is none."""
    before = page_address(part.number - 1) if part.number > 1 else ""
    return before, page_address(part.number + 1) if part.has_more else ""
