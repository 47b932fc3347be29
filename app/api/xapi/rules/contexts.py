"""Where and with whom it was done."""

from typing import Any

from app.api.xapi.rules import actors, objects, values
from app.api.xapi.rules.problems import want

RELATIONS = ("parent", "grouping", "category", "other")
_OLD = frozenset(
    {
        "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
        "extensions",
    }
)  # fmt: skip
_NEW = _OLD | {"contextAgents", "contextGroups"}


def check_context(value: Any, where: str, *, about_activity: bool, is_new: bool) -> None:
    """`about_activity`: whether the statement is about one, as revision and platform belong to it alone. `is_new`: 2.0,
    which knows agents and groups of the context.
    """
    values.check_object(value, where, _NEW if is_new else _OLD)
    values.check_optional(
        value,
        {
            "registration": values.check_uuid, "instructor": actors.check_actor, "team": actors.check_group,
            "contextActivities": _check_activities, "revision": values.check_text, "platform": values.check_text,
            "language": values.check_language, "statement": objects.check_reference,
            "extensions": values.check_extensions, "contextAgents": _check_agents, "contextGroups": _check_groups,
        },
        where,
    )  # fmt: skip
    for name in ("revision", "platform"):
        want(about_activity or name not in value, f"{where}.{name}", "belongs to activities alone")


def _check_activities(value: Any, where: str) -> None:
    values.check_object(value, where, RELATIONS)
    for name, each in value.items():
        for activity in each if isinstance(each, list) else [each]:
            objects.check_activity(activity, f"{where}.{name}")


def _check_agents(value: Any, where: str) -> None:
    want(isinstance(value, list), where, "must be a list")
    for each in value:
        values.check_object(each, where, ("objectType", "agent", "relevantTypes"))
        want(each.get("objectType") == "contextAgent", where, 'must be of the type "contextAgent"')
        actors.check_agent(each.get("agent"), f"{where}.agent")
        _check_types(each, where)


def _check_groups(value: Any, where: str) -> None:
    want(isinstance(value, list), where, "must be a list")
    for each in value:
        values.check_object(each, where, ("objectType", "group", "relevantTypes"))
        want(each.get("objectType") == "contextGroup", where, 'must be of the type "contextGroup"')
        actors.check_group(each.get("group"), f"{where}.group")
        _check_types(each, where)


def _check_types(value: dict[str, Any], where: str) -> None:
    if "relevantTypes" not in value:
        return
    types = value["relevantTypes"]
    want(isinstance(types, list) and bool(types), f"{where}.relevantTypes", "must be a list with an IRI")
    for each in types:
        values.check_iri(each, f"{where}.relevantTypes")
