"""When a requirement asks something of a factory: its versions, cut by their scope. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.coverage.ledger.rules import Asked, Stretch
from app.coverage.requirements.rules import Kind, Rule, Scope

T = TypeVar("T")


@dataclass(frozen=True)
class Version(Stretch):
    """What a requirement says until the next version of it begins."""

    rule: Rule
    scope: Scope


@dataclass(frozen=True)
class Place:
    """What scopes look at in a factory. `tiers` and `sizes` are what holds from a day on, in order of days."""

    closed_on: date | None = None
    tiers: Sequence[tuple[date, str]] = ()
    sizes: Sequence[tuple[date, int]] = ()
    products: frozenset[str] = frozenset()
    findings: Mapping[str, Sequence[Stretch]] | None = None
    """Point -> since when until when a finding in it is open."""


def asked(versions: Sequence[Version], place: Place, waived: Sequence[Stretch] = ()) -> tuple[Asked, ...]:
    """When and what, in order of days; `versions` are in their order, and a later one stands before an earlier."""
    found: list[Asked] = []
    for number, version in enumerate(versions):
        nexts = [each.start for each in versions[number + 1 :]]
        ends = [end for end in (version.end, place.closed_on, *nexts) if end is not None]
        pieces = [Stretch(version.start, min(ends, default=None))]
        for others in _in_scope(version, place):
            pieces = both(pieces, others)
        found += [Asked(each.start, each.end, version.rule) for each in without(pieces, waived)]
    return tuple(sorted(found, key=lambda each: each.start))


def both(ones: Iterable[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """The time that lies in one of these and in one of those; those do not overlap."""
    found = []
    for one in ones:
        for other in others:
            ends = [end for end in (one.end, other.end) if end is not None]
            found.append(Stretch(max(one.start, other.start), min(ends, default=None)))
    return [each for each in found if each.end is None or each.start < each.end]


def without(ones: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """What is left of these."""
    left = [each for each in ones if each.end is None or each.start < each.end]
    for hole in holes:
        rest = [Stretch(date.min, hole.start), *([Stretch(hole.end, None)] if hole.end else [])]
        left = both(left, [each for each in rest if each.end != date.min])
    return left


def joined(ones: Iterable[Stretch]) -> list[Stretch]:
    """The same time in stretches that neither overlap nor touch."""
    found: list[Stretch] = []
    for each in sorted(ones, key=lambda each: each.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < each.start):
            found.append(Stretch(each.start, each.end))
        elif last.end is not None:
            found[-1] = Stretch(last.start, None if each.end is None else max(last.end, each.end))
    return found


def _in_scope(version: Version, place: Place) -> Iterable[list[Stretch]]:
    """For each thing that the scope looks at, the time in which the factory fits: what is not known does not."""
    scope, rule = version.scope, version.rule
    if scope.tiers:
        yield [each for value, each in _steps(place.tiers) if value in scope.tiers]
    if scope.products and not place.products.intersection(scope.products):
        yield []
    if scope.smallest is not None or scope.largest is not None:
        yield joined(each for size, each in _steps(place.sizes) if _fits(scope, size))
    if rule.kind is Kind.FINDING:
        yield joined(each for point in rule.points for each in (place.findings or {}).get(point, ()))


def _fits(scope: Scope, size: int) -> bool:
    return (scope.smallest is None or scope.smallest <= size) and (scope.largest is None or size <= scope.largest)


def _steps(values: Sequence[tuple[date, T]]) -> list[tuple[T, Stretch]]:
    ends: list[date | None] = [day for day, _value in values[1:]]
    return [(value, Stretch(day, end)) for (day, value), end in zip(values, [*ends, None], strict=False)]
