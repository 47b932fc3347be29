"""Shapes of the forms of designs."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import DateField, Field, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.certificates.designs import labels
from app.certificates.designs.colours import (
    INK_CONTRAST,
    PAPER,
    THREAD_CONTRAST,
    WHITE,
    contrast,
    darker,
    is_colour,
)
from app.certificates.designs.content import Content
from app.certificates.designs.examples import Example
from app.certificates.designs.models import CertificateSignatory
from app.certificates.designs.operations import SignatoryFacts
from app.certificates.designs.rules import LONGEST, Part, text_fault
from app.certificates.paper.look import Picture
from app.certificates.rules import Form
from app.factories.structure.texts import plain
from app.platform.i18n import _, lazy, text
from app.platform.i18n.formats import format_number
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, number, offered

NOBODY = ""
_TOO_LONG = Length(max=200, message=lazy("The text is too long."))
_DAY = lazy("Choose a day.")
_COLOUR = lazy("Choose a colour.")


def small(value: Any) -> Any:
    """A colour as it is kept."""
    return value.strip().lower() if isinstance(value, str) else value


class _Colour:
    """#rrggbb that can be read on a ground."""

    def __init__(self, ground: str, wanted: float) -> None:
        self.ground, self.wanted = ground, wanted

    def __call__(self, _form: Any, field: Field) -> None:
        colour = field.data or ""
        if not is_colour(colour):
            raise ValidationError(_("Write the colour as # and six digits or letters from a to f."))
        if contrast(colour, self.ground) < self.wanted:
            found, needed = (round(each, 1) for each in (contrast(colour, self.ground) - 0.05, self.wanted))
            raise ValidationError(
                _(
                    "On paper this colour is too pale: its contrast is %(found)s to 1, it needs %(needed)s. "
                    "%(darker)s would do.",
                    found=format_number(found), needed=format_number(needed),
                    darker=darker(colour, self.ground, self.wanted),
                )
            )


class _Sound:
    """A text whose placeholders can be filled."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def __call__(self, _form: Any, field: Field) -> None:
        if found := text_fault(field.data or "", LONGEST[self.part]):
            raise ValidationError(labels.refusal(found, self.part))


class NewForm(PlainForm):
    """A new design."""

    course = SelectField(lazy("For"))
    name = StringField(lazy("Name"), [InputRequired(lazy("Write a name.")), _TOO_LONG], filters=[plain])


class NameForm(PlainForm):
    """Another name for a design."""

    name = StringField(lazy("Name"), [InputRequired(lazy("Write a name.")), _TOO_LONG], filters=[plain])


class _Needed:
    """Marks a field whose file the view looks for."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, _form: Any, _field: Field) -> None:
        """The view says what is wrong with the file."""


class LogoForm(PlainForm):
    """A logo, and what it shows to whoever cannot see it."""

    file = FileField(lazy("SVG or PNG"), [_Needed()], render_kw={"accept": ".svg,.png,image/svg+xml,image/png"})
    alt = StringField(
        lazy("What the logo shows"), [InputRequired(lazy("Say in a few words what it shows.")), _TOO_LONG],
        filters=[plain],
    )  # fmt: skip


class DesignForm(PlainForm):
    """A draft, and what its preview shows; texts are added by `design_form`."""

    seen = HiddenField()
    layout = RadioField(lazy("Form"), choices=offered(labels.FORMS.items()), coerce=Form)
    ink = StringField(
        lazy("Colour of titles and cloth"), [InputRequired(_COLOUR), _Colour(PAPER, INK_CONTRAST)], filters=[small],
        render_kw={"type": "color", "list": "inks"},
    )  # fmt: skip
    thread = StringField(
        lazy("Colour of stitches"), [InputRequired(_COLOUR), _Colour(WHITE, THREAD_CONTRAST)], filters=[small],
        render_kw={"type": "color", "list": "threads"},
    )  # fmt: skip
    first = SelectField(lazy("Signs first"))
    second = SelectField(lazy("Signs second"))
    language = SelectField(lazy("Language of the preview"))
    example = SelectField(lazy("Name in the preview"), choices=offered(labels.EXAMPLES.items()), coerce=Example)

    def validate_second(self, field: Field) -> None:
        if field.data != NOBODY and field.data == self.first.data:
            raise ValidationError(_("Choose somebody else, or nobody."))

    def content(self, logo: Picture | None) -> Content:
        """What the fields say."""
        texts = {code: {part.value: fields[part].data or "" for part in Part} for code, fields in text_fields(self)}
        chosen = [number(each) for each in (self.first.data, self.second.data)]
        return Content(
            form=self.layout.data, ink=self.ink.data or "", thread=self.thread.data or "", logo=logo, texts=texts,
            signatories=tuple(each for each in chosen if each is not None),
        )  # fmt: skip


def design_form(
    languages: Sequence[str], signatories: Sequence[CertificateSignatory], sent: Any = None, data: Any = None
) -> DesignForm:
    """The form with a field for each text in each language, and these people to choose from."""
    fields = {f"{part.value}_{code}": _text(part, code) for code in languages for part in Part}
    form: DesignForm = type("DesignForm", (DesignForm,), fields)(sent, data=data)
    people = [(str(row.id), text(row.names)) for row in signatories]
    form.first.choices = offered([(NOBODY, _("The trainers")), *people])
    form.second.choices = offered([(NOBODY, _("Nobody")), *people])
    form.language.choices = offered((code, LANGUAGES[code].own_name) for code in languages)
    return form


def design_data(content: Content, seen: str, language: str, example: str) -> dict[str, Any]:
    """The data with which the form begins."""
    texts = {f"{part}_{code}": said for code, parts in content.texts.items() for part, said in parts.items()}
    first, second = (*map(str, content.signatories), NOBODY, NOBODY)[:2]
    return {
        "seen": seen, "layout": content.form, "ink": content.ink, "thread": content.thread, "first": first,
        "second": second, "language": language, "example": Example(example), **texts,
    }  # fmt: skip


def text_fields(form: DesignForm) -> list[tuple[str, dict[Part, Field]]]:
    """The fields of the texts: language -> part."""
    codes = [name.removeprefix("title_") for name in form.data if name.startswith("title_")]
    return [(code, {part: form[f"{part.value}_{code}"] for part in Part}) for code in codes]


def _text(part: Part, code: str) -> Any:
    field = StringField if part is Part.TITLE else TextAreaField
    kept = {"lang": code, "dir": LANGUAGES[code].direction, "maxlength": LONGEST[part]}
    if part is not Part.TITLE:
        kept["rows"] = 3
    return field(labels.PARTS[part], [Optional(), _Sound(part)], filters=[plain], render_kw=kept)


class SignatoryForm(PlainForm):
    """Somebody who signs; names and roles by language are added by `signatory_form`."""

    revision = HiddenField()
    valid_from = DateField(lazy("First day"), [InputRequired(_DAY)])
    valid_to = DateField(lazy("Last day"), [Optional()])

    def validate_valid_to(self, field: Field) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("The last day is before the first."))

    def facts(self) -> SignatoryFacts:
        """What the fields say."""
        said: dict[str, dict[str, str]] = {"called": {}, "role": {}}
        for name, value in self.data.items():
            kind, _dash, code = name.partition("_")
            if kind in said and value:
                said[kind][code] = value
        if self.valid_from.data is None:
            raise ValueError("the form was not validated")
        return SignatoryFacts(said["called"], said["role"], self.valid_from.data, self.valid_to.data)


def signatory_form(languages: Sequence[str], sent: Any = None, data: Any = None) -> SignatoryForm:
    """The form with a name and a role in English and in each of the languages."""
    codes = list(dict.fromkeys(("en", *languages)))
    fields = {f"called_{code}": _said(lazy("Name"), code) for code in codes}
    fields |= {f"role_{code}": _said(lazy("Role"), code) for code in codes}
    form: SignatoryForm = type("SignatoryForm", (SignatoryForm,), fields)(sent, data=data)
    return form


def signatory_data(row: CertificateSignatory) -> dict[str, Any]:
    """The data with which that form begins."""
    names = {f"called_{code}": name for code, name in row.names.items()}
    roles = {f"role_{code}": role for code, role in row.roles.items()}
    return {"revision": row.revision, "valid_from": row.valid_from, "valid_to": row.valid_to, **names, **roles}


def signatory_fields(form: SignatoryForm) -> list[tuple[str, Field, Field]]:
    """Language, name and role."""
    codes = [name.removeprefix("called_") for name in form.data if name.startswith("called_")]
    return [(code, form[f"called_{code}"], form[f"role_{code}"]) for code in codes]


def _said(label: Any, code: str) -> Any:
    needed = [InputRequired(lazy("Write it in English at least."))] if code == "en" else [Optional()]
    kept = {"lang": code, "dir": LANGUAGES[code].direction}
    return StringField(label, [*needed, _TOO_LONG], filters=[plain], render_kw=kept)
