"""What reports tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class ReportMade(Event):
    """A report that somebody subscribed to is a file now."""

    made_report_id: int
