"""The texts of course.yaml in another language, a new language, and the day of its review."""

from collections.abc import Collection, Sequence
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.content.authoring.forms.texts import list_field, text_field
from app.content.authoring.progress import TextRow
from app.platform.clock import now
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, offered

_LABELS = {
    "titles": lazy("Title"), "summary": lazy("Summary"),
    "objectives": lazy("What people can do afterwards, one sentence a line"),
}  # fmt: skip


class _Texts(PlainForm):
    seen = HiddenField()
    is_current = BooleanField(lazy("They say everything that the English texts say now"), default=True)


class ReviewForm(PlainForm):
    """The day on which a native speaker and expert reviewed a language."""

    seen = HiddenField()
    reviewed = DateField(lazy("Reviewed on"), [Optional()])

    def validate_reviewed(self, field: Any) -> None:
        if field.data and field.data > now().date():
            raise ValidationError(_("This day is not yet over."))


def texts_form(rows: Sequence[TextRow], language: str, sent: Any = None, seen: int = 0) -> Any:
    """A field for each text; of a list it has as many lines as the source."""
    fields: dict[str, Any] = {}
    for row in rows:
        label = _LABELS[row.name.rpartition("-")[2]]
        long = 3 if len(row.source) > 80 else 0
        made = list_field(label, locale=language) if row.is_list else text_field(label, locale=language, rows=long)
        fields[row.name] = made
        if row.is_list:
            fields[f"validate_{row.name}"] = _as_many(len(row.source.split("\n")))
    form = type("TextsForm", (_Texts,), fields)(sent, data={row.name: row.target for row in rows} | {"seen": seen})
    for row in rows:
        form[row.name].flags.required = True  # asked for, but nobody has to write all of them in one go
    return form


def language_form(taken: Collection[str], sent: Any = None, seen: int = 0) -> Any:
    """The choice of one more language."""
    choices = [(code, each.own_name) for code, each in LANGUAGES.items() if code not in taken]
    language = SelectField(lazy("Language"), [InputRequired()], choices=offered(choices))
    return type("LanguageForm", (PlainForm,), {"seen": HiddenField(), "language": language})(sent, data={"seen": seen})


def _as_many(number: int) -> Any:
    def check(_form: Any, field: Any) -> None:
        lines = [line for line in (field.data or "").split("\n") if line.strip()]
        if lines and len(lines) != number:
            raise ValidationError(
                _("English has %(number)s sentences, here are %(here)s. Write one a line.",
                  number=number, here=len(lines))
            )  # fmt: skip

    return check
