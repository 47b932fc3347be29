"""The form of a diagnostic: one choice for each of its questions."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.improvement.diagnostics.labels import ANSWERS
from app.improvement.diagnostics.rules import Answer, Form
from app.platform.i18n import lazy, text
from app.platform.web.forms import PlainForm, offered

_PREFIX = "q_"


def answer_form(asked: Form, sent: Any = None) -> PlainForm:
    """The questions of a theme, in the reader's language as far as there is a text in it."""
    fields = {
        f"{_PREFIX}{question.id}": RadioField(
            text(question.texts), [InputRequired(lazy("Choose an answer."))],
            choices=offered((answer.value, label) for answer, (label, _look) in ANSWERS.items()))
        for question in asked.questions}
    made: PlainForm = type("AnswerForm", (PlainForm,), fields)(sent)
    return made


def answers(form: PlainForm) -> dict[str, Answer]:
    """What was chosen."""
    return {field.name.removeprefix(_PREFIX): Answer(field.data) for field in form}
