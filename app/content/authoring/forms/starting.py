"""How a draft begins."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import Field, FileField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from app.content.authoring.forms.texts import line_ends, lines, list_field, number_field, plain, text_field
from app.content.authoring.rules import Blank, is_code
from app.courses import labels
from app.courses.rules import Category
from app.factories.rules import JobRole
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, TickedField, offered


class BlankForm(PlainForm):
    """What has to be known of a new course; texts in English."""

    title = text_field(lazy("Title in English"), lazy("Write the title."))
    code = text_field(lazy("Code"), lazy("Write a code."))
    category = SelectField(
        lazy("Category"), [InputRequired()], choices=offered(labels.CATEGORIES.items()), coerce=Category
    )
    summary = text_field(lazy("Summary in English"), lazy("Write one or two sentences."), rows=3)
    objectives = list_field(lazy("What people can do afterwards"), lazy("Write at least one sentence."))
    audience = TickedField(
        lazy("Who it is for"), [InputRequired(lazy("Tick at least one."))], choices=offered(labels.ROLES.items())
    )
    hours = number_field(lazy("Hours"), 0.25, 1000)
    sources = list_field(lazy("Sources"), lazy("Name at least one source."))

    def validate_code(self, field: Field) -> None:
        if not is_code(field.data or ""):
            raise ValidationError(_("Use small letters, digits and hyphens, such as fire-safety."))

    def blank(self) -> Blank:
        """What was written; the form is valid."""
        return Blank(
            code=str(self.code.data),
            title=str(self.title.data),
            category=self.category.data,
            summary=str(self.summary.data),
            objectives=lines(self.objectives.data),
            audience=tuple(JobRole(role) for role in self.audience.data or ()),
            hours=self.hours.number,
            sources=lines(self.sources.data),
        )


class ArchiveForm(PlainForm):
    """A ZIP of a course folder."""

    file = FileField(lazy("ZIP file"), [InputRequired(lazy("Choose a file."))], render_kw={"accept": ".zip"})

    def validate_file(self, field: Any) -> None:
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_("Choose a file."))

    def read(self) -> bytes:
        """The bytes of the file, also when the request runs a second time."""
        return _read(self.file)


class MediaForm(PlainForm):
    """A picture or sound."""

    file = FileField(
        lazy("Picture or sound"),
        [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": ".svg,.png,.jpg,.jpeg,.webp,.opus,.ogg,.mp3,.m4a"},
    )
    name = text_field(lazy("Name in the course"))

    def validate_file(self, field: Any) -> None:
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_("Choose a file."))

    @property
    def file_name(self) -> str:
        """The name that was given, else that of the file, as a course can have it."""
        sent = str(self.file.data.filename).replace("\\", "/").rpartition("/")[2]
        return str(plain(self.name.data) or sent.lower().replace(" ", "-"))

    def read(self) -> bytes:
        """The bytes of the file, also when the request runs a second time."""
        return _read(self.file)


class TextForm(PlainForm):
    """The text of a file, and which revision of it was seen."""

    text = TextAreaField(lazy("Text"), filters=[line_ends], render_kw={"rows": 24, "spellcheck": "true", "dir": "auto"})
    seen = HiddenField()


class NoteForm(PlainForm):
    """Why something is done, for the history of the course."""

    note = text_field(lazy("What is new, and why"), lazy("Say in one or two sentences what is new."), rows=3)
    seen = HiddenField()


class ReasonForm(PlainForm):
    """Why a course is no longer offered."""

    why = text_field(lazy("Why"), lazy("Say in one or two sentences why."), rows=2)


def _read(field: Any) -> bytes:
    field.data.stream.seek(0)
    return bytes(field.data.read())
