"""The words for the views of the plan, in the reader's language when they are shown."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.planner.rules import View

VIEWS: dict[View, Any] = {
    View.MONTH: lazy("Month"),
    View.WEEK: lazy("Week"),
    View.AGENDA: lazy("List"),
}
