"""A whole statement."""

import re
from collections.abc import Iterator
from typing import Any

from app.api.xapi.rules import actors, attachments, contexts, objects, results, values
from app.api.xapi.rules.problems import Malformed, want

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_SUB = frozenset({"objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"})
_WHOLE = (_SUB - {"objectType"}) | {"id", "stored", "authority", "version"}
_VERSIONS = re.compile(r"1\.0(\.\d+)?|2\.0(\.\d+)?")
_OLD_VERSIONS = re.compile(r"1\.0(\.\d+)?")


def check(statement: Any, *, is_new: bool) -> None:
    """A statement as it is sent. `is_new`: by the rules of 2.0, else of 1.0.3. Raises Malformed."""
    values.check_object(statement, "statement", _WHOLE)
    values.check_no_nulls(statement, "statement")
    _check_parts(statement, "statement", is_new=is_new)
    values.check_optional(
        statement,
        {"id": values.check_uuid, "stored": values.check_moment, "authority": actors.check_authority}, "statement",
    )  # fmt: skip
    if "version" in statement:
        known, said = _VERSIONS if is_new else _OLD_VERSIONS, statement["version"]
        want(isinstance(said, str) and known.fullmatch(said) is not None, "statement.version", "is not known here")
    if statement["verb"]["id"] == VOIDED:
        is_reference = statement["object"].get("objectType") == "StatementRef"
        want(is_reference, "statement.object", "must be the statement that is voided")


def _check_parts(statement: dict[str, Any], where: str, *, is_new: bool) -> None:
    for name in ("actor", "verb", "object"):
        want(name in statement, where, f"must have {'a' if name == 'verb' else 'an'} {name}")
    actors.check_actor(statement["actor"], f"{where}.actor")
    objects.check_verb(statement["verb"], f"{where}.verb")
    about = statement["object"]
    values.check_object(about, f"{where}.object")
    if about.get("objectType") == "SubStatement":
        _check_sub(about, f"{where}.object", is_inside=where != "statement", is_new=is_new)
    else:
        objects.check_object(about, f"{where}.object")
    values.check_optional(
        statement,
        {
            "result": results.check_result, "timestamp": values.check_moment,
            "attachments": attachments.check_attachments,
        },
        where,
    )  # fmt: skip
    if "context" in statement:
        about_activity = about.get("objectType", "Activity") == "Activity"
        contexts.check_context(statement["context"], f"{where}.context", about_activity=about_activity, is_new=is_new)


def _check_sub(value: dict[str, Any], where: str, *, is_inside: bool, is_new: bool) -> None:
    want(not is_inside, where, "must not hold another statement inside")
    values.check_object(value, where, _SUB)
    _check_parts(value, where, is_new=is_new)


def checked_batch(sent: Any, *, is_new: bool) -> list[dict[str, Any]]:
    """One statement or many, all of them right and none of them twice. Raises Malformed."""
    batch = sent if isinstance(sent, list) else [sent]
    seen = set()
    for each in batch:
        check(each, is_new=is_new)
        if (statement_id := each.get("id", "").lower()) in seen:
            raise Malformed(f"two statements have the id {statement_id}")
        seen |= {statement_id} - {""}
    return batch


def levels(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The statement, and the one inside it."""
    yield statement
    if statement["object"].get("objectType") == "SubStatement":
        yield statement["object"]


def target(statement: dict[str, Any]) -> str | None:
    """The id of the statement that this one is about, if it is about one."""
    about = statement["object"]
    return about["id"].lower() if about.get("objectType") == "StatementRef" else None


def is_voiding(statement: dict[str, Any]) -> bool:
    """Whether a statement takes another back."""
    return bool(statement["verb"]["id"] == VOIDED)


def settled(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement as it is kept: single activities of a context are lists."""
    for each in levels(statement):
        related = each.get("context", {}).get("contextActivities", {})
        for name, value in related.items():
            if not isinstance(value, list):
                related[name] = [value]
    return statement
