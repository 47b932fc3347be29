"""What the numbers of partners are called."""

from collections.abc import Mapping
from typing import Any

from app.platform.i18n import lazy, ngettext
from app.reports.definitions import DEFINITIONS
from app.reports.rules.figures import Indicator
from app.reports.sharing.labels import CERTIFIED
from app.reports.sharing.partners.rules import Line, Why

_SAME = {
    Line.FACTORIES: Indicator.FACTORIES, Line.PERSONS: Indicator.PERSONS,
    Line.PARTICIPATIONS: Indicator.PARTICIPATIONS, Line.CERTIFICATION: Indicator.CERTIFICATION,
    Line.COVERAGE: Indicator.COVERAGE,
}  # fmt: skip
TITLES: Mapping[Line, Any] = {line: DEFINITIONS[indicator].title for line, indicator in _SAME.items()}
TEXTS: Mapping[Line, Any] = {
    **{line: DEFINITIONS[indicator].text for line, indicator in _SAME.items()},
    Line.CERTIFICATION: CERTIFIED,
    Line.FACTORIES: lazy("Factories of which at least five people took part in training sessions within one quarter."),
}
WHY: Mapping[Why, Any] = {
    Why.FACTORIES: lazy("too few factories to say"),
    Why.GUARD: lazy("not shown, as it would tell of another number"),
}


def unsaid(number: int) -> str:
    """That there are more requirements than those with a number."""
    return str(
        ngettext(
            "Of one requirement nothing is said: too few factories stand behind it.",
            "Of %(num)s requirements nothing is said: too few factories stand behind each.", number,
        )
    )  # fmt: skip
