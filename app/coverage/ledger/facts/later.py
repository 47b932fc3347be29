"""What rooms tell that are not there yet: until then nobody makes a product and no finding is open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.coverage.ledger.rules import Stretch


def products(_factory_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """What each factory makes."""
    return {}


def open_findings(
    _factory_ids: Collection[int], _points: Collection[str]
) -> Mapping[int, Mapping[str, Sequence[Stretch]]]:
    """Factory -> point -> since when until when a finding in it was open."""
    return {}


def drills(_factory_ids: Collection[int]) -> Mapping[int, Sequence[date]]:
    """The days on which each factory had a drill."""
    return {}
