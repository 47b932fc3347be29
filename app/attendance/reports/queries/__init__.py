"""Reading reports of half-days, and what a report is read with."""

from app.attendance.reports.queries.kept import Shown, View, report_of, view_of
from app.attendance.reports.queries.known import Around, around, remembered, zones

__all__ = ["Around", "Shown", "View", "around", "remembered", "report_of", "view_of", "zones"]
