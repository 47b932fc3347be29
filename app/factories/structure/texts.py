"""Fields for a text in several languages: one for English, which everybody can fall back on, one for each other."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.platform.i18n import lazy
from app.platform.i18n.languages import LANGUAGES

LONGEST = 200
_PREFIX = "name_"


def with_names(form: type[Form], languages: Sequence[str]) -> Any:
    """The form with a field `name_<language>` for English and for each of the languages."""
    fields = {f"{_PREFIX}{code}": _field(code) for code in dict.fromkeys(("en", *languages)) if code in LANGUAGES}
    return type(form.__name__, (form,), fields)


def _field(code: str) -> Any:
    label = lazy("Name in %(language)s", language=LANGUAGES[code].own_name)
    needed = [InputRequired(lazy("Write the name in English."))] if code == "en" else [Optional()]
    kept = {"lang": code, "dir": LANGUAGES[code].direction}
    too_long = Length(max=LONGEST, message=lazy("The name is too long."))
    return StringField(label, [*needed, too_long], filters=[plain], render_kw=kept)


def plain(text: Any) -> Any:
    """Without spaces at the ends."""
    return text.strip() if isinstance(text, str) else text


def names_of(form: Form) -> dict[str, str]:
    """What the fields hold, by language; languages without a name are left out."""
    found = {field.name.removeprefix(_PREFIX): field.data for field in form if field.name.startswith(_PREFIX)}
    return {code: name for code, name in found.items() if name}


def name_data(texts: dict[str, str]) -> dict[str, str]:
    """The data with which such a form begins."""
    return {f"{_PREFIX}{code}": name for code, name in texts.items()}


def name_fields(form: Form) -> list[Any]:
    """The fields of the name, English first."""
    return [field for field in form if field.name.startswith(_PREFIX)]
