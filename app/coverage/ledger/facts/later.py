"""What rooms tell that are not there yet: until then no finding is open and nobody has had a drill."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.coverage.ledger.rules import Stretch


def open_findings(
    _factory_ids: Collection[int], _points: Collection[str]
) -> Mapping[int, Mapping[str, Sequence[Stretch]]]:
    """Factory -> point -> since when until when a finding in it was open."""
    return {}


def drills(_factory_ids: Collection[int]) -> Mapping[int, Sequence[date]]:
    """The days on which each factory had a drill."""
    return {}
