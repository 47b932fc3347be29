"""Rules and scopes as documents in the database, and back. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Protocol

from app.coverage.requirements.rules import Happening, Kind, Proof, Rule, Said, Scope, SourceKind
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


class Spoken(Protocol):
    """A version or a draft: what both say in documents."""

    @property
    def rule(self) -> Mapping[str, Any]: ...
    @property
    def scope(self) -> Mapping[str, Any]: ...
    @property
    def source_kind(self) -> SourceKind: ...
    @property
    def source(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def review_on(self) -> date | None: ...


class Named(Protocol):
    """A requirement or a draft."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> Mapping[str, str]: ...


def said_by(named: Named, spoken: Spoken) -> Said:
    """What a version of a requirement says."""
    return Said(
        named.code, dict(named.title), rule(spoken.rule), scope(spoken.scope), spoken.source_kind, spoken.source,
        spoken.starts_on, spoken.review_on)
