"""What of several things is right."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, SelectField

from app.platform.i18n import _, lazy
from app.platform.web.forms import offered
from app.quizzes.gift.questions import Choice
from app.quizzes.gift.tagged import areas_of
from app.quizzes.regrading import editing
from app.quizzes.regrading.key_forms.base import Asked, Fields, KeyForm, percent, source
from app.quizzes.regrading.rules import right_weights
from app.quizzes.shown import plain

_ALL, _NOTHING = Decimal(100), Decimal(0)


class WeightsForm(KeyForm):
    """How much each option is worth."""

    heading = lazy("What each answer is worth, in percent")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        written = asked.question.format
        fields = {
            f"worth_{number}": percent(plain(option.words.text, option.words.format or written), option.fraction)
            for number, option in enumerate(asked.question.options)
        }
        return fields, [(name,) for name in fields]

    def made(self) -> dict[str, Any]:
        return editing.weighted(self.key, self._worths())

    def fault(self) -> str:
        several = source(self.key).type != "single"
        if right_weights(self._worths(), several=several):
            return ""
        if several:
            return str(_("The right answers together must be worth 100 percent."))
        return str(_("One answer must be worth 100 percent, and none more."))

    def _worths(self) -> list[Decimal]:
        return [self[name].data for (name,) in self.rows]


class TruthForm(KeyForm):
    """True or false."""

    heading = lazy("What is right")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        choices = offered([("true", lazy("True")), ("false", lazy("False"))])
        default = "true" if asked.question.correct else "false"
        return {"correct": SelectField(lazy("The sentence is"), choices=choices, default=default)}, [("correct",)]

    def made(self) -> dict[str, Any]:
        return editing.answered(self.key, correct=self["correct"].data == "true")


class CriteriaForm(WeightsForm):
    """How much each thing is worth that a trainer sees in a task."""

    heading = lazy("What each thing that the trainer sees is worth, in percent")

    def fault(self) -> str:
        fault = super().fault()
        return str(_("All that should be seen together must be worth 100 percent.")) if fault else ""


class AreasForm(KeyForm):
    """Which areas of a picture are right, where one is chosen and each is right or wrong."""

    heading = lazy("Right areas of the picture")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        written = asked.question.format
        fields = {
            f"area_{number}": BooleanField(
                plain(option.words.text, option.words.format or written), default=option.fraction == _ALL
            )
            for number, option in enumerate(asked.question.options)
        }
        return fields, [(name,) for name in fields]

    def made(self) -> dict[str, Any]:
        return editing.weighted(self.key, [_ALL if self[name].data else _NOTHING for (name,) in self.rows])

    def fault(self) -> str:
        is_any = any(self[name].data for (name,) in self.rows)
        return "" if is_any else str(_("Tick at least one area."))


def form_of_choice(question: Choice) -> type[KeyForm]:
    """Percentages, but for what is watched and for areas of a picture that are right or wrong."""
    if question.type == "observed":
        return CriteriaForm
    is_plain = question.type == "single" and {option.fraction for option in question.options} <= {_ALL, _NOTHING}
    return AreasForm if is_plain and areas_of(question) else WeightsForm
