"""The facts of a course as a form: its fields, what they begin with, and the facts that they make."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from wtforms import BooleanField, DateField, Field, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, Regexp
from wtforms.validators import ValidationError as Invalid

from app.content.authoring import labels as words
from app.content.authoring.forms.texts import (
    in_lines,
    lines,
    list_field,
    number_field,
    own_name,
    percent,
    plain,
    share,
    shown,
    text_field,
)
from app.content.schema import SOURCE_LOCALE, CourseFacts
from app.courses import labels
from app.courses.rules import AttendanceBy, UnitKind
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, TickedField, offered

_TEXTS = ("title", "summary", "objectives")
THEMES = {**labels.THEMES, **labels.POINTS}


class _FactsForm(PlainForm):
    """What is the same for every course; the texts of each language are added by `facts_form`."""

    version = StringField(
        lazy("Number of the next version"),
        [
            InputRequired(lazy("Write a number.")),
            Regexp(r"^[0-9]+(\.[0-9]+)*$", message=lazy("Write a number, such as 2 or 2.1.")),
        ],
        filters=[plain],
    )
    category = SelectField(lazy("Category"), [InputRequired()], choices=offered(labels.CATEGORIES.items()))
    audience = TickedField(
        lazy("Who it is for"), [InputRequired(lazy("Tick at least one."))], choices=offered(labels.ROLES.items())
    )
    themes = TickedField(lazy("Themes"), [Optional()], choices=offered(THEMES.items()))
    hours = number_field(lazy("Hours"), 0.01, 1000)
    group_min = number_field(lazy("Smallest group"), 1, 1000)
    group_max = number_field(lazy("Largest group"), 1, 1000)
    modalities = TickedField(
        lazy("Modality"), [InputRequired(lazy("Tick at least one."))], choices=offered(labels.MODALITIES.items())
    )
    languages = TickedField(lazy("Languages"), [InputRequired(lazy("Tick at least English."))], choices=[])
    attendance = number_field(lazy("Share of the half-days to attend, in per cent"), 0, 100)
    attendance_by = SelectField(lazy("It is a share of"), [Optional()], choices=offered(words.ATTENDANCE_BY.items()))
    present_from = number_field(
        lazy("Share of the minutes of a half-day that makes present, in per cent"), 1, 100, is_needed=False
    )
    late_after = number_field(lazy("Minutes after the start from which somebody is late"), 0, 240, is_needed=False)
    test_unit = SelectField(lazy("Test to pass"), [Optional()], choices=[])
    test_share = number_field(lazy("Share of the points to reach, in per cent"), 0, 100, is_needed=False)
    evaluation = BooleanField(lazy("The evaluation has to be handed in"))
    validity_months = number_field(lazy("Months for which it is valid"), 1, 240, is_needed=False)
    valid_from = SelectField(lazy("The months count from"), [Optional()], choices=offered(words.VALID_FROM.items()))
    fixed_day = StringField(
        lazy("Day of the year on which it always ends"),
        [Optional(), Regexp(r"^[0-9]{2}-[0-9]{2}$", message=lazy("Write month-day, such as 12-31."))],
        filters=[plain],
    )
    refresher = SelectField(lazy("Course that renews it"), [Optional()], choices=[])
    sources = list_field(lazy("Sources"), lazy("Name at least one source."))
    review_by = DateField(lazy("To be reviewed by"), [InputRequired(lazy("Choose a day."))])
    seen = HiddenField()

    def validate_languages(self, field: Field) -> None:
        if SOURCE_LOCALE not in (field.data or ()):
            raise Invalid(_("English stays: it is the source of all translations."))

    def validate_group_max(self, field: Any) -> None:
        least = self.group_min.number
        if field.number is not None and least is not None and field.number < least:
            raise Invalid(_("This is less than the smallest group."))

    def validate_test_share(self, field: Any) -> None:
        if self.test_unit.data and field.number is None:
            raise Invalid(_("Write the share that passes the test."))

    def validate_valid_from(self, field: Field) -> None:
        if (field.data == "fixed_day" and bool(self.validity_months.data)) != bool(self.fixed_day.data):
            raise Invalid(_("A fixed day goes with months that count up to a fixed day, and only with them."))


def facts_form(facts: CourseFacts, courses: Iterable[tuple[str, str]], sent: Any = None) -> Any:
    """The form of these facts, as sent or as they are. `courses` are (code, title) of those that may renew this one."""
    fields = {name: field for locale in facts.languages for name, field in _texts(locale)}
    form = type("FactsForm", (_FactsForm,), fields)(sent, data=_data(facts))
    form.languages.choices = offered((locale, own_name(locale)) for locale in {**LANGUAGES, **facts.languages})
    quizzes = [(unit.id, unit.titles[SOURCE_LOCALE]) for unit in facts.units if unit.kind is UnitKind.QUIZ]
    form.test_unit.choices = offered([("", _("None")), *quizzes])
    renewing = {"": _("The course itself"), **({facts.refresher: facts.refresher} if facts.refresher else {})}
    renewing |= {code: title for code, title in courses if code != facts.id}
    form.refresher.choices = offered(renewing.items())
    return form


def facts_of(form: Any, facts: CourseFacts) -> CourseFacts | None:
    """These facts with what the form says; None, with a sentence on the form, when no course can be so."""
    value = facts.model_dump(mode="json", exclude={"languages"})
    value |= _values(form)
    value["languages"] = {locale: {"reviewed": _reviewed(form, locale)} for locale in _ordered(form, facts)}
    for name in _TEXTS:
        for locale in facts.languages:
            _set(value, name, locale, form[f"{name}_{locale}"].data)
    try:
        return CourseFacts.model_validate_json(json.dumps(value))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def _texts(locale: str) -> Iterable[tuple[str, Any]]:
    name, is_source = {"language": own_name(locale)}, locale == SOURCE_LOCALE
    needed = lazy("This is needed in English.") if is_source else None
    yield f"title_{locale}", text_field(lazy("Title in %(language)s", **name), needed, locale=locale)
    yield f"summary_{locale}", text_field(lazy("Summary in %(language)s", **name), needed, locale=locale, rows=3)
    sentences = lazy("What people can do afterwards, in %(language)s", **name)
    yield f"objectives_{locale}", list_field(sentences, needed, locale=locale)
    yield f"reviewed_{locale}", DateField(lazy("Reviewed by an expert and native speaker on"), [Optional()])


def _data(facts: CourseFacts) -> dict[str, Any]:
    rule, validity = facts.pass_rule, facts.validity
    data: dict[str, Any] = {
        "version": facts.version, "category": facts.category, "audience": list(facts.audience),
        "themes": list(facts.themes), "hours": shown(facts.hours), "group_min": shown(facts.group_size.min),
        "group_max": shown(facts.group_size.max), "modalities": list(facts.modalities),
        "languages": list(facts.languages), "attendance": percent(rule.attendance),
        "attendance_by": rule.attendance_by or AttendanceBy.HALF_DAYS, "present_from": percent(rule.present_from),
        "late_after": shown(rule.late_after),
        "test_unit": rule.test.unit if rule.test else "", "test_share": percent(rule.test.share if rule.test else None),
        "evaluation": rule.evaluation, "validity_months": shown(validity.months if validity else None),
        "valid_from": validity.counts_from if validity else "completion",
        "fixed_day": validity.fixed_day if validity else "", "refresher": facts.refresher or "",
        "sources": in_lines(facts.sources), "review_by": facts.review_by,
    }  # fmt: skip
    for locale, language in facts.languages.items():
        data[f"title_{locale}"] = facts.titles.get(locale, "")
        data[f"summary_{locale}"] = facts.summary.get(locale, "")
        data[f"objectives_{locale}"] = in_lines(facts.objectives.get(locale, ()))
        data[f"reviewed_{locale}"] = language.reviewed
    return data


def _values(form: Any) -> Mapping[str, Any]:
    months, day = form.validity_months.number, form.fixed_day.data or None
    validity = {"months": int(months or 0), "counts_from": form.valid_from.data, "fixed_day": day}
    test = {"unit": form.test_unit.data, "share": share(form.test_share.number)}
    return {
        "version": form.version.data, "category": form.category.data, "audience": form.audience.data,
        "themes": form.themes.data or [], "hours": form.hours.number,
        "group_size": {"min": int(form.group_min.number), "max": int(form.group_max.number)},
        "modalities": form.modalities.data,
        "pass_rule": {
            "attendance": share(form.attendance.number), **_counting(form),
            "test": test if form.test_unit.data else None, "evaluation": bool(form.evaluation.data),
        },
        "validity": validity if months else None, "refresher": form.refresher.data or None,
        "sources": lines(form.sources.data), "review_by": form.review_by.data.isoformat(),
    }  # fmt: skip


def _counting(form: Any) -> Mapping[str, Any]:
    """What counts as attended, as far as it is not as everywhere."""
    by, late_after = form.attendance_by.data, form.late_after.number
    return {
        "attendance_by": None if by in {None, "", AttendanceBy.HALF_DAYS} else by,
        "present_from": share(form.present_from.number),
        "late_after": None if late_after is None else int(late_after),
    }


def _ordered(form: Any, facts: CourseFacts) -> list[str]:
    """The ticked languages: those of the course in their order, then new ones."""
    ticked = form.languages.data
    kept = [locale for locale in facts.languages if locale in ticked]
    return [*kept, *(locale for locale in ticked if locale not in kept)]


def _reviewed(form: Any, locale: str) -> str | bool:
    name = f"reviewed_{locale}"
    return form[name].data.isoformat() if name in form and form[name].data else False


def _set(value: dict[str, Any], name: str, locale: str, written: str | None) -> None:
    by_locale = value[{"title": "titles"}.get(name, name)]
    said = list(lines(written)) if name == "objectives" else written
    if said:
        by_locale[locale] = said
    else:
        by_locale.pop(locale, None)
