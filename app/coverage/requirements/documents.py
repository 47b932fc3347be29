"""Rules and scopes as documents in the database, and back. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from app.coverage.requirements.rules import Happening, Kind, Proof, Rule, Scope
from app.factories.rules import CommitteeKind, JobRole


def document(said: Rule | Scope) -> dict[str, Any]:
    """What differs from the defaults, as JSON."""
    values = ((each.name, getattr(said, each.name), each.default) for each in fields(said))
    return {name: list(value) if isinstance(value, tuple) else value for name, value, usual in values if value != usual}


def rule(said: Mapping[str, Any]) -> Rule:
    """The rule of a document. Raises KeyError, TypeError or ValueError for what is none."""
    lists: dict[str, Any] = {"courses": int, "roles": JobRole, "committees": CommitteeKind, "points": str}
    words: dict[str, Any] = {"kind": Kind, "happening": Happening, "proof": Proof}
    values: dict[str, Any] = {
        name: tuple(lists[name](each) for each in value) if name in lists else words.get(name, _same)(value)
        for name, value in said.items()
    }
    return Rule(**values)


def scope(said: Mapping[str, Any]) -> Scope:
    """The scope of a document. Raises TypeError for what is none."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return Scope(**values)


def _same(value: Any) -> Any:
    return value
