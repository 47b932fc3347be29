"""What rhythms, files and failures are called."""

from typing import Any

from app.platform.i18n import lazy
from app.reports.rules.period import Ending, Every, Failure

RHYTHMS: dict[Every, Any] = {Every.MONTH: lazy("Every month"), Every.QUARTER: lazy("Every quarter")}
ENDINGS: dict[Ending, Any] = {Ending.PDF: lazy("PDF"), Ending.XLSX: lazy("Excel, told apart by everything")}
FAILURES: dict[Failure, Any] = {
    Failure.NO_ROOM: lazy("The disk of the server is full. Tell your programme office."),
    Failure.GIVEN_UP: lazy("It was not finished within a day. Open the report itself, and tell your programme office."),
    Failure.NOT_PERMITTED: lazy("You may no longer read this report, so it is not sent any more."),
}
