"""A question as a form: rows for its answers, and what is typed in them as fields."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from wtforms import DateField, FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.content.authoring.forms.texts import list_field, text_field
from app.content.authoring.questions.fields import RIGHT, WRONG
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered

MOST_ROWS = 20
FEWEST_ROWS = 4
KINDS: Mapping[str, Any] = {
    "single": lazy("One best answer"),
    "multiple": lazy("Several right answers"),
    "true_false": lazy("True or false"),
    "matching": lazy("Match pairs"),
    "ordering": lazy("Bring into order"),
    "numeric": lazy("A number"),
    "short": lazy("A word"),
    "essay": lazy("Free text"),
    "observed": lazy("A task that the trainer watches"),
    "description": lazy("Text without a question"),
}
_WORTHS: Mapping[str, Mapping[str, Any]] = {
    "single": {"100": lazy("Best"), "50": lazy("Weak"), "0": lazy("Harmful")},
    "multiple": {RIGHT: lazy("Right"), WRONG: lazy("Wrong: takes as much away"), "0": lazy("Counts nothing")},
    "observed": {RIGHT: lazy("Counts"), "0": lazy("Counts nothing")},
    "short": {"100": lazy("Right"), "50": lazy("Half right"), "0": lazy("Wrong")},
    "numeric": {"100": lazy("Right"), "50": lazy("Half right")},
}
_NEW_ROWS: Mapping[str, Sequence[str]] = {
    "single": ("100", "50", "0", "0"), "multiple": (RIGHT, RIGHT, WRONG, WRONG), "short": ("100",) * 4,
    "observed": (RIGHT,) * 4,
    "numeric": ("100", "50"),
}  # fmt: skip
FAULTS: Mapping[str, Any] = {
    "text": lazy("Write the question."),
    "feedback_alone": lazy("There is an explanation for an answer that is not written."),
    "few_answers": lazy("Write more answers: one to type, two to choose from."),
    "no_right": lazy("No answer gives full points."),
    "all_right": lazy("One answer is the best one; say of the others that they are weak or harmful."),
    "many_right": lazy("At most ten answers can be right."),
    "worth": lazy("Choose what each answer is worth from its list."),
    "number": lazy("Write numbers as digits, such as 12 or 12.5."),
    "range": lazy("The lowest number is more than the highest."),
    "no_partner": lazy("A left side has no right side."),
    "arrow": lazy("Leave out the arrow -> on the left side."),
    "few_pairs": lazy("Write at least two pairs."),
    "few_things": lazy("Write at least two lines to bring into order."),
    "untranslated": lazy("Write every text that the English question has."),
    "unwritten": lazy("A quiz file cannot keep this. In the source leave out square brackets and the word review."),
    "gone": lazy("Somebody took this question away meanwhile. Saving adds it as the last one."),
}


class _Base(PlainForm):
    """What every form of a question carries along: the revision that was seen, and what the question was called."""

    seen = HiddenField()
    was = HiddenField()
    taken: Collection[str | None] = ()
    """Titles of the other questions."""

    def fields(self) -> dict[str, Any]:
        """What was typed, as the rules take it."""
        data = {name: value for name, value in self.data.items() if name not in {"seen", "was", "topic", "review"}}
        review = self.data.get("review")
        return {**data, "review": review.isoformat() if isinstance(review, date) else ""}

    def fault(self, code: str) -> None:
        """Say what is wrong with the whole."""
        self.form_errors.append(FAULTS[code])


def question_form(
    kind: str, language: str, data: Mapping[str, Any], sent: Any = None, *, is_translation: bool = False,
    topics: Collection[str] = (),
) -> Any:
    """The form of a question of a kind, as sent or with its fields. A translation has no more than words to write."""
    asked = text_field(lazy("Question"), lazy("Write the question."), locale=language, rows=3)
    fields: dict[str, Any] = {"text": asked}
    if not is_translation:
        fields |= _notes(topics)
    fields |= _answers(kind, language, data, is_translation=is_translation)
    if kind != "description":
        fields["general"] = text_field(lazy("What everybody reads afterwards"), locale=language, rows=2)
    if not is_translation or data.get("alt") is not None:
        fields["alt"] = text_field(lazy("What its picture shows"), locale=language)
    form = type("QuestionForm", (_Base,), fields)(sent, data=_shown(data, topics))
    if is_translation and kind in {"single", "multiple", "observed"}:
        for row in form.answers:
            row.form.text.flags.required = True
    return form


def tags_of(form: Any, before: Sequence[str], topics: Collection[str]) -> str:
    """The tags, with the topic of the blueprint where it stood before, else first."""
    others = [tag for tag in (form.tags.data or "").split("\n") if tag.strip()]
    if topics and form.topic.data:
        at = next((at for at, tag in enumerate(before) if tag in topics), 0)
        others.insert(at, form.topic.data)
    return "\n".join(others)


def _notes(topics: Collection[str]) -> dict[str, Any]:
    """What an author says about a question."""
    fields: dict[str, Any] = {"title": text_field(lazy("Title"), lazy("Write a title.")), "validate_title": _is_own}
    if topics:
        choices = offered([("", lazy("Not said")), *((topic, topic) for topic in topics)])
        fields["topic"] = SelectField(lazy("Topic of the quiz"), [Optional()], choices=choices)
    return fields | {
        "tags": list_field(lazy("Tags")),
        "source": text_field(lazy("Source")),
        "review": DateField(lazy("Look at it again on"), [Optional()]),
    }


def _is_own(form: Any, field: Any) -> None:
    if field.data in form.taken:
        raise ValidationError(_("Another question of this quiz has this title."))


def _answers(kind: str, language: str, data: Mapping[str, Any], *, is_translation: bool) -> dict[str, Any]:
    fixed = is_translation and kind != "short"
    explained: dict[str, Any] = {"locale": language, "rows": 2}
    match kind:
        case "ordering":
            row = {"text": text_field(lazy("Line"), locale=language)}
            return {"things": _rows(row, data, "things", fixed)}
        case "single" | "multiple" | "observed" | "short":
            row = {"text": text_field(lazy("Answer"), locale=language, rows=2)}
            row |= _worth(kind, data.get("answers", ()), fixed)
            row["feedback"] = text_field(lazy("Explanation"), **explained)
            return {"answers": _rows(row, data, "answers", fixed)}
        case "numeric":
            row = {} if fixed else {"low": _decimal(lazy("From")), "high": _decimal(lazy("to"))}
            row |= _worth(kind, data.get("numbers", ()), fixed)
            row["feedback"] = text_field(lazy("Explanation"), **explained)
            wrong = text_field(lazy("What is said to all other numbers"), **explained)
            return {"numbers": _rows(row, data, "numbers", fixed), "wrong": wrong}
        case "true_false":
            sides = {
                "right": text_field(lazy("What is said to the right answer"), **explained),
                "wrong": text_field(lazy("What is said to the wrong answer"), **explained),
            }
            truth = offered([("true", lazy("True")), ("false", lazy("False"))])
            return sides if fixed else {"correct": RadioField(lazy("It is"), [InputRequired()], choices=truth), **sides}
        case "matching":
            names = {"left": lazy("First side"), "right": lazy("Second side")}
            row = {side: text_field(name, locale=language) for side, name in names.items()}
            return {"pairs": _rows(row, data, "pairs", fixed)}
        case _:
            return {}


def _rows(row: dict[str, Any], data: Mapping[str, Any], name: str, fixed: bool) -> Any:
    known = len(data.get(name, ()))
    least = known if fixed else min(max(FEWEST_ROWS, known + 1), MOST_ROWS)
    return FieldList(FormField(type("Row", (PlainForm,), row)), min_entries=least, max_entries=max(least, MOST_ROWS))


def _worth(kind: str, rows: Sequence[Mapping[str, Any]], fixed: bool) -> dict[str, Any]:
    if fixed:
        return {}
    usual = dict(_WORTHS[kind])
    odd = {row["worth"]: f"{row['worth']} %" for row in rows if row["worth"] not in usual}
    choices = offered([*usual.items(), *odd.items()])
    return {"worth": SelectField(lazy("Worth"), [Optional()], choices=choices, default=_NEW_ROWS[kind][-1])}


def _decimal(label: Any) -> Any:
    field = text_field(label)
    field.kwargs["render_kw"] = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}
    return field


def _shown(data: Mapping[str, Any], topics: Collection[str]) -> dict[str, Any]:
    tags = str(data.get("tags", "")).split("\n")
    topic = next((tag for tag in tags if tag in topics), "")
    review = None
    with suppress(ValueError):
        review = date.fromisoformat(str(data.get("review", "")))
    others = "\n".join(tag for number, tag in enumerate(tags) if not (topic and number == tags.index(topic)))
    return {**data, "tags": others, "topic": topic, "review": review}


def new_fields(kind: str, title: str) -> dict[str, Any]:
    """What the form of a new question begins with."""
    rows = [{"text": "", "worth": worth, "feedback": "", "low": "", "high": ""} for worth in _NEW_ROWS.get(kind, ())]
    return {"title": title, "text": "", "correct": "true", "answers": rows, "numbers": rows, "pairs": [],
            "things": [], "alt": ""}
