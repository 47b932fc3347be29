"""What a room tells that is not there yet: until then no finding is open."""

from collections.abc import Collection, Mapping, Sequence

from app.coverage.ledger.rules import Stretch


def open_findings(
    _factory_ids: Collection[int], _points: Collection[str]
) -> Mapping[int, Mapping[str, Sequence[Stretch]]]:
    """Factory -> point -> since when until when a finding in it was open."""
    return {}
