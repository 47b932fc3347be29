"""What came of it."""

from typing import Any

from app.api.xapi.rules import values
from app.api.xapi.rules.problems import want


def check_result(value: Any, where: str) -> None:
    """Score, success, completion, response, duration."""
    values.check_object(value, where, ("score", "success", "completion", "response", "duration", "extensions"))
    values.check_optional(
        value,
        {
            "score": _check_score, "success": values.check_bool, "completion": values.check_bool,
            "response": values.check_text, "duration": values.check_duration, "extensions": values.check_extensions,
        },
        where,
    )  # fmt: skip


def _check_score(value: Any, where: str) -> None:
    values.check_object(value, where, ("scaled", "raw", "min", "max"))
    for name, each in value.items():
        want(values.is_number(each), f"{where}.{name}", "must be a number")
    want(-1 <= value.get("scaled", 0) <= 1, f"{where}.scaled", "must be between -1 and 1")
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None:
        want(low < high, where, "must have a min below its max")
    if "raw" in value:
        want(low is None or value["raw"] >= low, f"{where}.raw", "must not be below min")
        want(high is None or value["raw"] <= high, f"{where}.raw", "must not be above max")
