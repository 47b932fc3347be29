"""What the forms of all kinds of question share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import DecimalField
from wtforms.validators import InputRequired, NumberRange

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm
from app.quizzes.frozen import question_from
from app.quizzes.gift.questions import Question

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


def source(key: Key) -> Question:
    """The question in the language that the others were translated from."""
    language = "en" if "en" in key else min(key)
    return question_from(key, language, language)


def percent(label: Any, default: Decimal, least: int = -100) -> Any:
    """A field for a number of percent."""
    wrong = lazy("Write a number between %(min)s and %(max)s.")
    return DecimalField(
        label, [InputRequired(wrong), NumberRange(least, 100, wrong)], default=default, places=None,
        render_kw={"inputmode": "decimal", "dir": "ltr"},
    )  # fmt: skip


def decimal(label: Any, default: Decimal | None, validators: Sequence[Any]) -> Any:
    """A field for any number."""
    return DecimalField(
        label, list(validators), default=default, places=None, render_kw={"inputmode": "decimal", "dir": "ltr"}
    )
