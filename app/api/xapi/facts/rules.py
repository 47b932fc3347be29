"""What is said of a fact. Pure. Verbs and types are those of the vocabularies of ADL and TinCan where they have one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.api.xapi.rules.statements import VOIDED
from app.api.xapi.rules.values import written

ADL = "http://adlnet.gov/expapi"
VERBS = {
    "attended": f"{ADL}/verbs/attended", "skipped": "http://id.tincanapi.com/verb/skipped",
    "attempted": f"{ADL}/verbs/attempted", "passed": f"{ADL}/verbs/passed", "failed": f"{ADL}/verbs/failed",
    "completed": f"{ADL}/verbs/completed", "abandoned": "https://w3id.org/xapi/adl/verbs/abandoned",
    "earned": "http://id.tincanapi.com/verb/earned", "voided": VOIDED,
}  # fmt: skip
TYPES = {
    "meeting": f"{ADL}/activities/meeting", "assessment": f"{ADL}/activities/assessment",
    "course": f"{ADL}/activities/course",
    "certificate": "https://www.opigno.org/en/tincan_registry/activity_type/certificate",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What holds of a thing now. `path` is its address here, `grouping` that of what it belongs to."""

    verb: str
    kind: str
    path: str
    at: datetime
    name: Mapping[str, str] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    grouping: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """Words beside the result, by the last part of their IRI."""


def content(said: Said, actor: Mapping[str, Any], home: str) -> dict[str, Any]:
    """The statement, but for its id."""
    definition: dict[str, Any] = {"type": TYPES[said.kind]}
    if said.name:
        definition["name"] = dict(said.name)
    result = dict(said.result)
    if said.details:
        result["extensions"] = {f"{home}/xapi/extensions/{name}": value for name, value in sorted(said.details.items())}
    statement: dict[str, Any] = {
        "actor": dict(actor), "verb": {"id": VERBS[said.verb], "display": {"en": said.verb}},
        "object": {"objectType": "Activity", "id": f"{home}{said.path}", "definition": definition},
        "timestamp": written(said.at), "context": {"platform": "Seamwise"},
    }  # fmt: skip
    if result:
        statement["result"] = result
    if said.grouping:
        about = {"objectType": "Activity", "id": f"{home}{said.grouping}"}
        statement["context"]["contextActivities"] = {"grouping": [about]}
    return statement


def voiding(statement_id: str, actor: Mapping[str, Any]) -> dict[str, Any]:
    """What takes a statement back."""
    return {
        "actor": dict(actor), "verb": {"id": VOIDED, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": statement_id},
    }  # fmt: skip


def print_of(statement: Mapping[str, Any]) -> str:
    """Tells whether something else is to be said now."""
    return hashlib.sha256(json.dumps(statement, sort_keys=True).encode()).hexdigest()
