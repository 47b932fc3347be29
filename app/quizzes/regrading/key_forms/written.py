"""Words and numbers that are accepted."""

from decimal import Decimal
from typing import Any

from wtforms import StringField
from wtforms.validators import Length, NumberRange, Optional

from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.quizzes.frozen import question_from
from app.quizzes.gift.questions import Short
from app.quizzes.regrading import editing
from app.quizzes.regrading.key_forms.base import Asked, Fields, KeyForm, decimal, percent
from app.quizzes.regrading.rules import is_full

_MORE = 2
"""Empty rows for further accepted answers."""


class TextsForm(KeyForm):
    """The words that are accepted in each language."""

    heading = lazy("Accepted words. A star stands for anything. Leave a line empty to take it out.")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        fields: dict[str, Any] = {}
        for locale in asked.key:
            known = question_from(asked.key, locale, locale)
            assert isinstance(known, Short)
            options = [(option.words.text, option.fraction) for option in known.options] + [("", Decimal(100))] * _MORE
            for number, (text, worth) in enumerate(options):
                label = f"{LANGUAGES[locale].own_name} {number + 1}"
                fields[f"text_{locale}_{number}"] = StringField(
                    label, [Length(max=500)], default=text, render_kw={"dir": "auto", "lang": locale}
                )
                fields[f"worth_{locale}_{number}"] = percent(_("Percent for %(name)s", name=label), worth, least=1)
        names = list(fields)
        return fields, list(zip(names[::2], names[1::2], strict=True))

    def made(self) -> dict[str, Any]:
        return editing.accepting(self.key, self._texts())

    def fault(self) -> str:
        full = all(is_full(worth for _text, worth in accepted) for accepted in self._texts().values())
        return "" if full else str(_("In each language one accepted answer must be worth 100 percent."))

    def _texts(self) -> dict[str, list[tuple[str, Decimal]]]:
        found: dict[str, list[tuple[str, Decimal]]] = {locale: [] for locale in self.key}
        for text, worth in self.rows:
            if written := (self[text].data or "").strip():
                found[text.split("_")[1]].append((written, self[worth].data))
        return found


class NumbersForm(KeyForm):
    """The numbers that are accepted."""

    heading = lazy("Accepted numbers, and how far off an answer may be. Leave a line empty to take it out.")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        known: list[tuple[Decimal | None, Decimal, Decimal]] = [
            ((each.low + each.high) / 2 if each.value is None else each.value, each.tolerance, each.fraction)
            for each in asked.question.numbers
        ]
        fields: dict[str, Any] = {}
        for number, (value, off, worth) in enumerate([*known, (None, Decimal(0), Decimal(100))]):
            which = {"number": number + 1}
            fields[f"value_{number}"] = decimal(_("Number %(number)s", **which), value, [Optional()])
            fields[f"off_{number}"] = decimal(_("May be off by (number %(number)s)", **which), off, [NumberRange(0)])
            fields[f"worth_{number}"] = percent(_("Percent for number %(number)s", **which), worth, least=1)
        names = list(fields)
        return fields, list(zip(names[::3], names[1::3], names[2::3], strict=True))

    def made(self) -> dict[str, Any]:
        return editing.numbered(self.key, self._numbers())

    def fault(self) -> str:
        full = is_full(worth for _value, _off, worth in self._numbers())
        return "" if full else str(_("One accepted answer must be worth 100 percent."))

    def _numbers(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        lines = [[self[name].data for name in names] for names in self.rows]
        return [(value, off, worth) for value, off, worth in lines if value is not None]
