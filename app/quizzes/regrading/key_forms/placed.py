"""What belongs together, and what comes first."""

from typing import Any

from wtforms import SelectField

from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_number
from app.platform.i18n.texts import current_language
from app.platform.web.forms import offered
from app.quizzes.frozen import question_from
from app.quizzes.gift.questions import Matching, Ordering
from app.quizzes.regrading import editing
from app.quizzes.regrading.key_forms.base import Asked, Fields, KeyForm
from app.quizzes.shown import reading_language


class PairsForm(KeyForm):
    """Which right side belongs to each left side."""

    heading = lazy("What belongs together")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        language = reading_language(asked.published, [current_language()])
        first = question_from(asked.published, language, language)
        standing = question_from(asked.key, language, language)
        assert isinstance(first, Matching)
        assert isinstance(standing, Matching)
        every = editing.every_right(first)
        fields = {
            f"pair_{number}": SelectField(
                left.text, coerce=int, choices=offered(enumerate(every)), default=every.index(right)
            )
            for number, (left, right) in enumerate(standing.pairs)
        }
        return fields, [(name,) for name in fields]

    def made(self) -> dict[str, Any]:
        return editing.paired(self.published, [self[name].data for (name,) in self.rows])


class OrderForm(KeyForm):
    """The place of each thing."""

    heading = lazy("The place of each line: 1 comes first")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        question: Ordering = asked.question
        places = question.right_places
        choices = offered((place, format_number(place + 1)) for place in range(len(places)))
        fields = {
            f"place_{number}": SelectField(words.text, coerce=int, choices=choices, default=place)
            for number, (words, place) in enumerate(zip(question.items, places, strict=True))
        }
        return fields, [(name,) for _place, name in sorted(zip(places, fields, strict=True))]

    def made(self) -> dict[str, Any]:
        return editing.ordered(self.key, self._places())

    def fault(self) -> str:
        return "" if len({*self._places()}) == len(self.rows) else str(_("Give each line a place of its own."))

    def _places(self) -> list[int]:
        """Of each thing, as they are written."""
        return [self[f"place_{number}"].data for number in range(len(self.rows))]
