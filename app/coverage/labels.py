"""Words for one person among those that figures count."""

from typing import Any

from app.factories.rules import Sex
from app.platform.i18n import lazy

ONE_SEX: dict[Sex | None, Any] = {
    Sex.F: lazy("Woman"),
    Sex.M: lazy("Man"),
    Sex.OTHER: lazy("Other"),
    Sex.UNDISCLOSED: lazy("Undisclosed"),
    None: lazy("Not said"),
}
