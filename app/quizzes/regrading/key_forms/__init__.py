"""What is right, as a form: one for each kind of question."""

from collections.abc import Mapping
from typing import Any

from app.platform.i18n.texts import current_language
from app.quizzes.frozen import question_from
from app.quizzes.gift.questions import Choice, Matching, Numeric, Ordering, Question, Short, TrueFalse
from app.quizzes.regrading.key_forms.base import Asked, Key, KeyForm
from app.quizzes.regrading.key_forms.chosen import TruthForm, form_of_choice
from app.quizzes.regrading.key_forms.placed import OrderForm, PairsForm
from app.quizzes.regrading.key_forms.written import NumbersForm, TextsForm
from app.quizzes.shown import reading_language

__all__ = ["KeyForm", "key_form"]

_FORMS: Mapping[type[Question], type[KeyForm]] = {
    TrueFalse: TruthForm, Short: TextsForm, Numeric: NumbersForm, Matching: PairsForm, Ordering: OrderForm,
}  # fmt: skip


def key_form(key: Key, published: Key, sent: Any = None) -> KeyForm | None:
    """The form of a question, filled with its key as it stands; None for open answers and texts, which have none.
    Raises nothing for what was sent: validate it.
    """
    language = reading_language(key, [current_language()])
    question = question_from(key, language, language)
    base = form_of_choice(question) if isinstance(question, Choice) else _FORMS.get(type(question))
    if base is None:
        return None
    fields, rows = base.fields_of(Asked(question, key, published))
    made: type[KeyForm] = type(base.__name__, (base,), {**fields, "rows": rows, "key": key, "published": published})
    return made(sent)
