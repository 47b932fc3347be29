"""Shapes of what is sent about anonymous forms."""

from collections.abc import Iterable, Mapping, Sequence

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.factories.models import Factory
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, number, offered
from app.quizzes.surveys.labels import PHASES
from app.quizzes.surveys.operations.windows import LONGEST_HOURS
from app.quizzes.surveys.rules import Item, SurveyPhase

_LARGEST_TICKET = 2**63 - 1
_PREFIX = "item-"


class SurveyForm(PlainForm):
    """Which workers are asked, when, and for how long."""

    factory = SelectField(lazy("Factory"), coerce=int)
    phase = SelectField(
        lazy("When"), choices=offered((phase.value, words) for phase, words in PHASES.items()),
        default=SurveyPhase.PRE.value,
    )  # fmt: skip
    hours = IntegerField(
        lazy("Hours"),
        [
            InputRequired(lazy("Enter the hours.")),
            NumberRange(1, LONGEST_HOURS, lazy("Choose between 1 and %(max)s hours.")),
        ],
        default=4,
    )

    def offer(self, factories: Sequence[Factory]) -> "SurveyForm":
        """Fill the list of factories."""
        self.factory.choices = offered((each.id, each.name) for each in factories)
        return self


def ticked(people: Iterable[str]) -> list[int]:
    """The people who were ticked; what is no number of one is left out."""
    return [found for each in people if (found := number(each)) is not None]


def said(values: Mapping[str, str], items: Sequence[Item]) -> dict[str, str]:
    """What was sent, item by item."""
    return {item.id: values.get(field_name(item.id), "") for item in items}


def field_name(item_id: str) -> str:
    """How the field of an item is called."""
    return f"{_PREFIX}{item_id}"


def ticket(text: str | None) -> int | None:
    """The number of a ticket, or None."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(_LARGEST_TICKET)):
        return None
    return int(text) if 0 < int(text) <= _LARGEST_TICKET else None
