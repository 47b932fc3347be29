"""When two statements are the same: the same id may be sent twice, but never with another content."""

import hashlib
import json
from typing import Any

from app.api.xapi.rules import values

_LRS_OWNED = frozenset({"id", "authority", "stored", "version"})
"""What the store may set itself says nothing of the content."""


def fingerprint(statement: dict[str, Any]) -> str:
    """SHA-256 of what makes a statement what it is. The names of verbs and activities, the order of members, fractions
    finer than a hundredth of a second of a duration, and in which offset a moment is written do not count.
    """
    return hashlib.sha256(_plain(_essence(statement, _LRS_OWNED)).encode("utf-8", "surrogatepass")).hexdigest()


def is_signed_form(statement: dict[str, Any], payload: dict[str, Any]) -> bool:
    """Whether a signature speaks of this statement: the payload is the statement before the signature came with it."""
    owned = _LRS_OWNED | {"attachments"} | ({"timestamp"} - payload.keys())
    return _plain(_essence(statement, owned)) == _plain(_essence(payload, owned))


def _essence(statement: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    kept = {name: value for name, value in statement.items() if name not in left_out}
    kept["verb"] = {"id": kept["verb"]["id"]}
    about = kept["object"]
    if about.get("objectType") == "SubStatement":
        kept["object"] = _essence(about, frozenset())
    else:
        kept["object"] = _thing(about)
    kept["actor"] = _thing(kept["actor"])
    if "timestamp" in kept:
        kept["timestamp"] = values.written(values.moment(kept["timestamp"], "timestamp"))
    if "duration" in kept.get("result", {}):
        kept["result"] = {**kept["result"], "duration": values.coarse(kept["result"]["duration"])}
    if "context" in kept:
        kept["context"] = _context(kept["context"])
    return kept


def _context(context: dict[str, Any]) -> dict[str, Any]:
    kept = {name: _thing(value) if name in {"instructor", "team"} else value for name, value in context.items()}
    if "contextActivities" in kept:
        kept["contextActivities"] = {
            name: sorted(activity["id"] for activity in (value if isinstance(value, list) else [value]))
            for name, value in kept["contextActivities"].items()
        }
    return kept


def _thing(thing: dict[str, Any]) -> dict[str, Any]:
    """An activity is its id; a group has its members in no order; an agent is an agent without saying so."""
    kind = thing.get("objectType")
    if "id" in thing and kind in {None, "Activity"}:
        return {"id": thing["id"]}
    if kind == "Group" and "member" in thing:
        members = sorted((_thing(each) for each in thing["member"]), key=_plain)
        return {**thing, "member": members}
    return {name: value for name, value in thing.items() if (name, value) != ("objectType", "Agent")}


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
