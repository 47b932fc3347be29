"""How a report file is refused."""

from app.attendance.reports import labels
from app.attendance.reports.results import Report
from app.platform.refusal import Refused


class ReportFileRefused(Refused):
    """The files cannot be used; `report.reason` is the code, the text says it in plain words."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.refused_file}: {labels.reason(report.reason)}")
        self.report = report
