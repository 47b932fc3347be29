"""What a statement is about: an activity, an actor, another statement, or a statement inside."""

from typing import Any

from app.api.xapi.rules import values
from app.api.xapi.rules.actors import check_actor
from app.api.xapi.rules.problems import Malformed, want

_INTERACTIONS = {
    "true-false": (), "fill-in": (), "long-fill-in": (), "numeric": (), "other": (),
    "choice": ("choices",), "sequencing": ("choices",), "likert": ("scale",), "performance": ("steps",),
    "matching": ("source", "target"),
}  # fmt: skip
_COMPONENTS = ("choices", "scale", "source", "target", "steps")
_DEFINITION = frozenset(
    {
        "name", "description", "type", "moreInfo", "interactionType", "correctResponsesPattern", "extensions",
        *_COMPONENTS,
    }
)  # fmt: skip


def check_verb(value: Any, where: str) -> None:
    """What was done: an IRI, with words for people."""
    values.check_object(value, where, ("id", "display"))
    values.check_iri(value.get("id"), f"{where}.id")
    values.check_optional(value, {"display": values.check_language_map}, where)


def check_activity(value: Any, where: str) -> None:
    """Something that was done, with its definition where it is given."""
    values.check_object(value, where, ("objectType", "id", "definition"))
    want(value.get("objectType", "Activity") == "Activity", where, 'must be of the type "Activity"')
    values.check_iri(value.get("id"), f"{where}.id")
    if "definition" in value:
        check_definition(value["definition"], f"{where}.definition")


def check_definition(value: Any, where: str) -> None:
    """What an activity is called and, for a question, how it is answered."""
    values.check_object(value, where, _DEFINITION)
    values.check_optional(
        value,
        {
            "name": values.check_language_map, "description": values.check_language_map, "type": values.check_iri,
            "moreInfo": values.check_iri, "extensions": values.check_extensions,
            "correctResponsesPattern": _check_texts,
        },
        where,
    )  # fmt: skip
    has_parts = any(name in value for name in ("correctResponsesPattern", *_COMPONENTS))
    kind = value.get("interactionType")
    if kind is None:
        want(not has_parts, where, "must have an interactionType for its answers")
        return
    if not isinstance(kind, str) or kind not in _INTERACTIONS:
        raise Malformed(f"{where}.interactionType is unknown")
    for name in _COMPONENTS:
        if name in value:
            want(name in _INTERACTIONS[kind], f"{where}.{name}", f"does not belong to {kind}")
            _check_components(value[name], f"{where}.{name}")


def _check_texts(value: Any, where: str) -> None:
    want(isinstance(value, list) and all(isinstance(each, str) for each in value), where, "must be a list of strings")


def _check_components(value: Any, where: str) -> None:
    want(isinstance(value, list), where, "must be a list")
    for each in value:
        values.check_object(each, where, ("id", "description"))
        values.check_text(each.get("id"), f"{where}.id")
        values.check_optional(each, {"description": values.check_language_map}, where)
    want(len({each["id"] for each in value}) == len(value), where, "must have each id once")


def check_reference(value: Any, where: str) -> None:
    """Another statement, by its id."""
    values.check_object(value, where, ("objectType", "id"))
    want(value.get("objectType") == "StatementRef", where, 'must be of the type "StatementRef"')
    values.check_uuid(value.get("id"), f"{where}.id")


def check_object(value: Any, where: str) -> None:
    """What a statement is about, but for statements inside, which `statements` checks."""
    values.check_object(value, where)
    kind = value.get("objectType", "Activity")
    if kind == "Activity":
        check_activity(value, where)
    elif kind == "Agent" or kind == "Group":
        check_actor(value, where)
    elif kind == "StatementRef":
        check_reference(value, where)
    else:
        raise Malformed(f"{where}.objectType is unknown")
