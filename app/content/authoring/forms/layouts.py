"""A way to run a course as a form: its name, and its sittings with the units that fill them."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from wtforms import Field, HiddenField
from wtforms.validators import Optional
from wtforms.validators import ValidationError as Invalid

from app.content.authoring.forms.texts import number_field, own_name, shown, text_field
from app.content.authoring.rules import is_code
from app.content.schema import SOURCE_LOCALE, CourseFacts, Layout
from app.platform.i18n import _, lazy, text
from app.platform.web.forms import PlainForm, TickedField, offered

MORE_PARTS = 2
"""Empty sittings that a form offers beside those that are there."""


class _LayoutForm(PlainForm):
    """What every way to run a course has; titles and sittings are added by `layout_form`."""

    code = text_field(lazy("Code"), lazy("Write a code."))
    seen = HiddenField()

    taken: Collection[str] = ()
    """Codes of the other ways."""
    parts = 0
    """How many sittings the form offers."""

    def validate_code(self, field: Field) -> None:
        if not is_code(field.data or ""):
            raise Invalid(_("Use small letters, digits and hyphens, such as two-days."))
        if field.data in self.taken:
            raise Invalid(_("Another way has this code."))

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Each sitting has a title, minutes and units, or nothing of it; there is at least one."""
        is_valid = super().validate(*arguments, **options)
        for number in range(self.parts):
            is_valid = _is_whole(self, number) and is_valid
        if not any(is_used(self, number) for number in range(self.parts)):
            self.form_errors.append(_("Describe at least one sitting."))
            return False
        return is_valid


def layout_form(facts: CourseFacts, layout: Layout | None, taken: Collection[str], sent: Any = None) -> Any:
    """The form of a way to run a course, as sent or as it is; of a new one when `layout` is None."""
    count = (len(layout.parts) if layout else 0) + MORE_PARTS
    units = [(unit.id, text(unit.titles)) for unit in facts.units]
    fields = dict(_titles("title", facts.languages, is_needed=True))
    for number in range(count):
        fields |= _titles(f"part{number}_title", facts.languages, is_needed=False)
        fields[f"part{number}_minutes"] = number_field(lazy("Minutes"), 1, 9999, is_needed=False)
        fields[f"part{number}_units"] = TickedField(lazy("Units"), [Optional()], choices=offered(units))
    form = type("LayoutForm", (_LayoutForm,), fields)(sent, data=_data(layout) if layout else None)
    form.taken, form.parts = taken, count
    return form


def layout_of(form: Any, facts: CourseFacts, layout: Layout | None) -> Layout | None:
    """The way that the form describes; None, with a sentence on the form, when none can be so."""
    value = {
        "id": form.code.data,
        "titles": _said(form, "title", facts.languages, layout.titles if layout else {}),
        "parts": [_part(form, number, facts, layout) for number in range(form.parts) if is_used(form, number)],
    }
    try:
        return Layout.model_validate_json(json.dumps(value))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def is_used(form: Any, number: int) -> bool:
    """Whether anything of a sitting is written."""
    prefix = f"part{number}_"
    return any(field.data for field in form if field.name.startswith(prefix))


def _is_whole(form: Any, number: int) -> bool:
    if not is_used(form, number):
        return True
    needed = {
        f"part{number}_title_{SOURCE_LOCALE}": _("Write the title in English."),
        f"part{number}_minutes": _("Write a number of minutes."),
        f"part{number}_units": _("Tick at least one unit."),
    }
    missing = [name for name in needed if not form[name].data]
    for name in missing:
        form[name].errors = [needed[name]]
    return not missing


def _titles(prefix: str, languages: Iterable[str], *, is_needed: bool) -> Iterable[tuple[str, Any]]:
    for locale in languages:
        sentence = lazy("Write the title in English.") if is_needed and locale == SOURCE_LOCALE else None
        label = lazy("Title in %(language)s", language=own_name(locale))
        yield f"{prefix}_{locale}", text_field(label, sentence, locale=locale)


def _data(layout: Layout) -> dict[str, Any]:
    data: dict[str, Any] = {"code": layout.id}
    data |= {f"title_{locale}": title for locale, title in layout.titles.items()}
    for number, part in enumerate(layout.parts):
        data |= {f"part{number}_title_{locale}": title for locale, title in part.titles.items()}
        data |= {f"part{number}_minutes": shown(part.minutes), f"part{number}_units": list(part.units)}
    return data


def _part(form: Any, number: int, facts: CourseFacts, layout: Layout | None) -> dict[str, Any]:
    before = layout.parts[number] if layout and number < len(layout.parts) else None
    titles = _said(form, f"part{number}_title", facts.languages, before.titles if before else {})
    units = _in_order(form[f"part{number}_units"].data, before.units if before else ())
    return {"titles": titles, "minutes": int(form[f"part{number}_minutes"].number), "units": units}


def _in_order(ticked: Sequence[str], before: Sequence[str]) -> list[str]:
    """The ticked units: those of before in their order, then the new ones."""
    kept = [unit for unit in before if unit in ticked]
    return [*kept, *(unit for unit in ticked if unit not in kept)]


def _said(form: Any, prefix: str, languages: Iterable[str], before: Any) -> dict[str, str]:
    """Titles by language; those of languages that the form does not show stay."""
    titles = {locale: title for locale, title in before.items() if locale not in set(languages)}
    return {**titles, **{locale: said for locale in languages if (said := form[f"{prefix}_{locale}"].data)}}
