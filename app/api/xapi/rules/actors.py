"""Agents and groups: who did it, who taught, whose account it is."""

from typing import Any

from app.api.xapi.rules import values
from app.api.xapi.rules.problems import Malformed, want

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_AGENT = frozenset({"objectType", "name", *IDENTIFIERS})
_GROUP = _AGENT | {"member"}


def check_actor(value: Any, where: str) -> None:
    """An agent or a group; what says nothing of its type is an agent."""
    values.check_object(value, where)
    if value.get("objectType") == "Group":
        check_group(value, where)
    else:
        check_agent(value, where)


def check_agent(value: Any, where: str) -> None:
    """Somebody with exactly one identifier."""
    values.check_object(value, where, _AGENT)
    want(value.get("objectType", "Agent") == "Agent", where, 'must be of the type "Agent"')
    want(_check_identifiers(value, where) == 1, where, "must have exactly one identifier")


def check_group(value: Any, where: str) -> None:
    """A group with one identifier, or an anonymous one with members."""
    values.check_object(value, where, _GROUP)
    want(value.get("objectType") == "Group", where, 'must be of the type "Group"')
    identifiers = _check_identifiers(value, where)
    want(identifiers <= 1, where, "must have no more than one identifier")
    if "member" not in value:
        want(identifiers == 1, where, "must have an identifier or members")
        return
    want(isinstance(value["member"], list), f"{where}.member", "must be a list")
    want(bool(value["member"]) or identifiers == 1, f"{where}.member", "must not be empty")
    for each in value["member"]:
        check_agent(each, f"{where}.member")


def _check_identifiers(value: dict[str, Any], where: str) -> int:
    """How many there are."""
    values.check_optional(
        value,
        {
            "name": values.check_text, "mbox": values.check_mailbox, "mbox_sha1sum": values.check_sha1,
            "openid": values.check_iri, "account": _check_account,
        },
        where,
    )  # fmt: skip
    return sum(name in value for name in IDENTIFIERS)


def _check_account(value: Any, where: str) -> None:
    values.check_object(value, where, ("homePage", "name"))
    values.check_iri(value.get("homePage"), f"{where}.homePage")
    values.check_text(value.get("name"), f"{where}.name")


def check_authority(value: Any, where: str) -> None:
    """An agent, or an anonymous group of two: a program and the person for whom it writes."""
    check_actor(value, where)
    if value.get("objectType") != "Group":
        return
    want(not any(name in value for name in IDENTIFIERS), where, "must be an agent or an anonymous group")
    want(len(value["member"]) == 2, where, "must have two members")


def identity(actor: dict[str, Any]) -> str | None:
    """What tells this actor from all others, as text; None for an anonymous group."""
    if account := actor.get("account"):
        return f"account:{account['homePage']}:{account['name']}"
    if "mbox" in actor:
        return str(actor["mbox"])
    if "mbox_sha1sum" in actor:
        return f"sha1:{actor['mbox_sha1sum'].lower()}"
    return f"openid:{actor['openid']}" if "openid" in actor else None


def identities(actor: dict[str, Any]) -> list[str]:
    """Those of an actor, and of everybody in a group."""
    found = [identity(actor), *(identity(each) for each in actor.get("member", ()))]
    return [each for each in found if each is not None]


def is_actor(value: dict[str, Any]) -> bool:
    """Whether the object of a statement is an agent or a group."""
    return value.get("objectType") in ("Agent", "Group")


def only_agent(value: Any) -> dict[str, Any]:
    """The agent of a parameter, checked."""
    check_actor(value, "agent")
    found: dict[str, Any] = value
    if identity(found) is None:
        raise Malformed("agent must have an identifier")
    return found
