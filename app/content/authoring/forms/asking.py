"""A form without right answers, as course.yaml names it, as a form."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from pydantic import ValidationError
from wtforms import Field, HiddenField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import ValidationError as Invalid

from app.content.authoring.forms.texts import own_name, text_field
from app.content.authoring.labels import FORM_KINDS
from app.content.authoring.rules import is_code
from app.content.schema import SOURCE_LOCALE, FormFacts
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered


class _AskingForm(PlainForm):
    """What every such form has; titles are added by `asking_form`."""

    code = text_field(lazy("Code"), lazy("Write a code."))
    kind = SelectField(lazy("Kind"), [InputRequired()], choices=offered(FORM_KINDS.items()))
    seen = HiddenField()

    taken: Collection[str] = ()
    """Codes of the other forms."""

    def validate_code(self, field: Field) -> None:
        if not is_code(field.data or ""):
            raise Invalid(_("Use small letters, digits and hyphens, such as evaluation."))
        if field.data in self.taken:
            raise Invalid(_("Another form has this code."))


def asking_form(languages: Iterable[str], taken: Collection[str], sent: Any = None) -> Any:
    """The form for a new form without right answers."""
    fields = {f"title_{locale}": _title(locale) for locale in languages}
    form = type("AskingForm", (_AskingForm,), fields)(sent)
    form.taken = taken
    return form


def asked_of(form: Any, languages: Iterable[str]) -> FormFacts | None:
    """What the form describes; None, with a sentence on the form, when it cannot be so."""
    titles = {locale: said for locale in languages if (said := form[f"title_{locale}"].data)}
    value = {"id": form.code.data, "kind": form.kind.data, "titles": titles}
    try:
        return FormFacts.model_validate_json(json.dumps(value))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def _title(locale: str) -> Any:
    needed = lazy("Write the title in English.") if locale == SOURCE_LOCALE else None
    return text_field(lazy("Title in %(language)s", language=own_name(locale)), needed, locale=locale)
