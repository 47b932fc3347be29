"""What pages show of a snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.factories.headcounts import labels, queries
from app.factories.headcounts.models import Headcount
from app.factories.headcounts.rules import Effect, Said, is_old
from app.factories.labels import ROLES, SEXES
from app.factories.models import Factory
from app.factories.rules import Sex
from app.platform.clock import today


@dataclass(frozen=True)
class Shown:
    """A snapshot as pages show it; `sexes` are those of which it counts anybody."""

    row: Headcount
    said: Said
    sexes: Sequence[Sex | None]
    source: str
    age: str
    is_old: bool


@dataclass(frozen=True)
class Words:
    """What roles, sexes and sources are called."""

    roles: Mapping[Any, Any]
    sexes: Mapping[Any, Any]
    source: Any
    effects: Mapping[Effect, tuple[Any, str]]


WORDS = Words(ROLES, SEXES, labels.source, labels.EFFECTS)


def show(factory: Factory, row: Headcount) -> Shown:
    """A snapshot with its age today in the zone of the factory. Women and men are always told, others where any are."""
    said, day = queries.said(row), today(factory.programme.zone)
    sexes = [sex for sex in SEXES if sex in said.heads.sexes]
    old = is_old(row.as_of, day, factory.programme.headcount_months)
    return Shown(row, said, sexes, labels.source(row.source), labels.age(row.as_of, day), old)
