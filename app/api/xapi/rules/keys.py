"""By what a statement is found: its verb, its registration, who and what stands in it. Hashed: an index holds no names.

What stands in the main places is found always; the rest only by those who ask for what is related.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from app.api.xapi.rules import actors
from app.api.xapi.rules.contexts import RELATIONS
from app.api.xapi.rules.statements import levels


def key(kind: str, value: str) -> str:
    """128 bits of a hash."""
    return hashlib.blake2b(f"{kind}:{value}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def agent_key(agent: dict[str, Any]) -> str:
    """Of an agent, or a group with an identifier."""
    return key("agent", actors.identity(agent) or "")


def activity_key(iri: str) -> str:
    """Of an activity."""
    return key("activity", iri)


def verb_key(iri: str) -> str:
    """Of a verb."""
    return key("verb", iri)


def registration_key(registration: str) -> str:
    """Of a registration, in small letters."""
    return key("registration", registration.lower())


def keys_of(statement: dict[str, Any]) -> dict[str, bool]:
    """Key -> whether it stands in a main place."""
    found: dict[str, bool] = {}
    for each, is_main in _all(statement):
        found[each] = found.get(each, False) or is_main
    return found


def _all(statement: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield verb_key(statement["verb"]["id"]), True
    if registration := statement.get("context", {}).get("registration"):
        yield registration_key(registration), True
    if authority := statement.get("authority"):
        yield from _actor(authority, is_main=False)
    for depth, each in enumerate(levels(statement)):
        yield from _actor(each["actor"], is_main=not depth)
        yield from _thing(each["object"], is_main=not depth)
        yield from _context(each.get("context", {}))


def _context(context: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for name in ("instructor", "team"):
        if name in context:
            yield from _actor(context[name], is_main=False)
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        for each in context.get(name, ()):
            yield from _actor(each[inner], is_main=False)
    for relation in RELATIONS:
        for activity in context.get("contextActivities", {}).get(relation, ()):
            yield activity_key(activity["id"]), False


def _thing(about: dict[str, Any], *, is_main: bool) -> Iterator[tuple[str, bool]]:
    if actors.is_actor(about):
        yield from _actor(about, is_main=is_main)
    elif about.get("objectType", "Activity") == "Activity":
        yield activity_key(about["id"]), is_main


def _actor(actor: dict[str, Any], *, is_main: bool) -> Iterator[tuple[str, bool]]:
    for identity in actors.identities(actor):
        yield key("agent", identity), is_main
