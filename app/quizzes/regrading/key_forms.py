"""What is right, as a form: one for each kind of question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import DecimalField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.web.forms import PlainForm, offered
from app.quizzes.frozen import question_from
from app.quizzes.gift.questions import Choice, Matching, Numeric, Question, Short, TrueFalse
from app.quizzes.regrading import editing
from app.quizzes.regrading.rules import is_full, right_weights
from app.quizzes.shown import plain, reading_language

_MORE = 2
"""Empty rows for further accepted answers."""
Key = Mapping[str, Any]
Fields = tuple[dict[str, Any], Sequence[tuple[str, ...]]]
"""Fields by name, and how they stand in lines."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the reader's language, its key as it stands, and the one that was published."""

    question: Any
    key: Key
    published: Key


class KeyForm(PlainForm):
    """What is right. Each kind makes its fields in `fields_of` and its key in `made`."""

    rows: ClassVar[Sequence[tuple[str, ...]]] = ()
    """Names of fields that stand in one line."""
    heading: ClassVar[Any] = ""
    key: ClassVar[Key]
    published: ClassVar[Key]

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        """The fields by name, and how they stand in lines."""
        raise NotImplementedError

    def made(self) -> dict[str, Any]:
        """The key that was entered; call it after `validate`."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if is_valid and (fault := self.fault()):
            self.form_errors.append(fault)
            return False
        return is_valid

    def fault(self) -> str:
        """What is wrong with all fields together."""
        return ""

    def line(self, names: Sequence[str]) -> list[Any]:
        return [self[name] for name in names]


class WeightsForm(KeyForm):
    """How much each option is worth."""

    heading = lazy("What each answer is worth, in percent")

    @classmethod
    def fields_of(cls, asked: Asked) -> Fields:
        written = asked.question.format
        fields = {
            f"worth_{number}": _percent(plain(option.words.text, option.words.format or written), option.fraction)
            for number, option in enumerate(asked.question.options)
        }
        return fields, [(name,) for name in fields]

    def made(self) -> dict[str, Any]:
        return editing.weighted(self.key, self._worths())

    def fault(self) -> str:
        question = _source(self.key)
        several = question.type == "multiple"
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
                fields[f"worth_{locale}_{number}"] = _percent(_("Percent for %(name)s", name=label), worth, least=1)
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
            fields[f"value_{number}"] = _decimal(_("Number %(number)s", **which), value, [Optional()])
            fields[f"off_{number}"] = _decimal(_("May be off by (number %(number)s)", **which), off, [NumberRange(0)])
            fields[f"worth_{number}"] = _percent(_("Percent for number %(number)s", **which), worth, least=1)
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


FORMS: Mapping[type[Question], type[KeyForm]] = {
    Choice: WeightsForm, TrueFalse: TruthForm, Short: TextsForm, Numeric: NumbersForm, Matching: PairsForm,
}  # fmt: skip


def key_form(key: Key, published: Key, sent: Any = None) -> KeyForm | None:
    """The form of a question, filled with its key as it stands; None for kinds whose key cannot be changed, only
    withdrawn. Raises nothing for what was sent: validate it.
    """
    language = reading_language(key, [current_language()])
    question = question_from(key, language, language)
    base = FORMS.get(type(question))
    if base is None:
        return None
    fields, rows = base.fields_of(Asked(question, key, published))
    made: type[KeyForm] = type(base.__name__, (base,), {**fields, "rows": rows, "key": key, "published": published})
    return made(sent)


def _source(key: Key) -> Question:
    language = "en" if "en" in key else min(key)
    return question_from(key, language, language)


def _percent(label: Any, default: Decimal, least: int = -100) -> Any:
    wrong = lazy("Write a number between %(min)s and %(max)s.")
    return DecimalField(
        label, [InputRequired(wrong), NumberRange(least, 100, wrong)], default=default, places=None,
        render_kw={"inputmode": "decimal", "dir": "ltr"},
    )  # fmt: skip


def _decimal(label: Any, default: Decimal | None, validators: Sequence[Any]) -> Any:
    return DecimalField(
        label, list(validators), default=default, places=None, render_kw={"inputmode": "decimal", "dir": "ltr"}
    )
