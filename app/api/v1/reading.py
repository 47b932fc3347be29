"""From the query of an address to what was asked for."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from app.api.v1.asked import CONFLICT, Asked


class Misunderstood(Exception):
    """The query is refused; `faults` says what is wrong with which parameter. It is a conflict when each of them is as
    described and they do not go together.
    """

    def __init__(self, faults: list[dict[str, str]], *, is_conflict: bool = False) -> None:
        super().__init__(faults)
        self.faults, self.is_conflict = faults, is_conflict


def read(kind: type[Asked], query: MultiDict[str, str]) -> Any:
    """What was asked for. A parameter that is not known or given twice is a mistake of who asks, never left out.

    Raises Misunderstood.
    """
    twice = [name for name, values in query.lists() if len(values) > 1]
    if twice:
        raise Misunderstood([{"name": name, "detail": "Give it once."} for name in twice])
    try:
        return kind.model_validate(query.to_dict())
    except ValidationError as error:
        faults = error.errors(include_url=False)
        is_conflict = all(each["type"] == CONFLICT for each in faults)
        raise Misunderstood([_fault(each) for each in faults], is_conflict=is_conflict) from None


_SAID = {
    "extra_forbidden": "There is no such parameter.",
    "string_pattern_mismatch": "Give `next_cursor` of an answer of this list, as it came.",
}
"""Nothing but a cursor has a pattern."""


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    detail = _SAID.get(error["type"], error["msg"])
    return {"name": str(error["loc"][0]) if error["loc"] else "", "detail": detail.removeprefix("Value error, ")}
