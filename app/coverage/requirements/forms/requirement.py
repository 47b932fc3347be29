"""One form for each kind of requirement: what it asks, of which factories, on whose word, from when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wtforms import BooleanField, DateField, Field, FloatField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.coverage.requirements import labels
from app.coverage.requirements.checks import Fault, problems
from app.coverage.requirements.rules import Happening, Kind, Proof, Rule, Said, Scope, SourceKind
from app.coverage.requirements.spoken import Titles
from app.factories.labels import ROLES
from app.factories.rules import CommitteeKind, JobRole, TermKind
from app.factories.structure.labels import COMMITTEES, PRODUCTS, VALUES
from app.factories.structure.texts import name_data, names_of, plain, with_names
from app.improvement.findings.shipped import catalogue
from app.platform.i18n import _, lazy, text
from app.platform.web.forms import PlainForm, TickedField, offered

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_MOST_PEOPLE = 1_000_000
_HUNDRED = NumberRange(1, 100, lazy("Write a number from 1 to 100."))
_WRITTEN = InputRequired(lazy("Write a number."))


def _roles() -> list[Any]:
    return offered((role, ROLES[role]) for role in JobRole)


def _points() -> list[Any]:
    return offered((code, f"{code} {title}") for theme in catalogue().themes for code, title in theme.points.items())


def _days(label: Any) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, 3650, lazy("Write a number of days, 0 or more."))])


def _people(label: Any) -> IntegerField:
    bounds = NumberRange(0, _MOST_PEOPLE, lazy("Write a number of people, 0 or more."))
    return IntegerField(label, [Optional(), bounds])


def _months(label: Any, *, needed: bool = True) -> IntegerField:
    bounds = NumberRange(1, 120, lazy("Write a number from 1 to 120."))
    return IntegerField(label, [_WRITTEN if needed else Optional(), bounds])


_COURSES = TickedField(lazy("Courses"), [InputRequired(lazy("Choose at least one course."))], coerce=int, choices=[])
_ROLES = TickedField(lazy("Who"), [Optional()], coerce=JobRole, choices=_roles)
KIND_FIELDS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.ROLE: {"roles": _ROLES, "courses": _COURSES, "within_days": _days(lazy("Days from appointment to get it"))},
    Kind.QUOTA: {
        "roles": _ROLES, "courses": _COURSES,
        "percent": IntegerField(lazy("Percent of the declared headcount"), [_WRITTEN, _HUNDRED]),
    },
    Kind.UNIT: {
        "roles": _ROLES, "courses": _COURSES,
        "per_unit": IntegerField(lazy("People on every line"), [_WRITTEN, _HUNDRED], default=1),
        "per_shift": BooleanField(lazy("In every shift")),
    },
    Kind.BODY: {
        "committees": TickedField(
            lazy("Committee"), [InputRequired(lazy("Choose at least one committee."))], coerce=CommitteeKind,
            choices=offered(COMMITTEES.items())),
        "courses": _COURSES,
    },
    Kind.CADENCE: {
        "happening": RadioField(
            lazy("What is to happen"), [InputRequired(lazy("Choose what is to happen."))], coerce=Happening,
            choices=offered(labels.HAPPENINGS.items())),
        "needed": IntegerField(lazy("How often"), [_WRITTEN, _HUNDRED], default=1),
        "months": _months(lazy("In so many months")),
    },
    Kind.FINDING: {
        "points": TickedField(
            lazy("Points of the findings"), [InputRequired(lazy("Choose at least one point of the findings."))],
            choices=_points),
        "roles": _ROLES, "courses": _COURSES, "within_days": _days(lazy("Days from the finding to get it")),
    },
    Kind.PATHWAY: {
        "courses": _COURSES,
        "needed": IntegerField(lazy("How many of the courses"), [_WRITTEN, _HUNDRED]),
        "months": _months(lazy("In so many months")),
    },
    Kind.LAW: {
        "roles": _ROLES, "courses": _COURSES,
        "hours": FloatField(
            lazy("Hours"), [_WRITTEN, NumberRange(0.5, 1000, lazy("Write how many hours are asked for."))]),
        "months": _months(lazy("Again after so many months"), needed=False),
        "proof": SelectField(lazy("Proof"), [InputRequired()], coerce=Proof, choices=offered(labels.PROOFS.items())),
    },
}
"""What each kind asks for, in the order of the page."""
_FIELD_OF = {
    Fault.NO_COURSE: "courses", Fault.UNKNOWN_COURSE: "courses", Fault.DAYS: "within_days",
    Fault.PERCENT: "percent", Fault.PER_UNIT: "per_unit", Fault.NO_COMMITTEE: "committees",
    Fault.NO_HAPPENING: "happening", Fault.NEEDED: "needed", Fault.MONTHS: "months", Fault.NO_POINT: "points",
    Fault.MORE_THAN_COURSES: "needed", Fault.HOURS: "hours", Fault.NO_PROOF: "proof", Fault.SIZES: "largest",
}  # fmt: skip


class _RequirementForm(PlainForm):
    kind: Kind
    code = StringField(lazy("Code"), [InputRequired(lazy("Write a code."))], filters=[plain])
    tiers = TickedField(
        lazy("Only with this support tier"), [Optional()], choices=offered(VALUES[TermKind.SUPPORT_TIER].items()))
    products = TickedField(lazy("Only if they make"), [Optional()], choices=offered(PRODUCTS.items()))
    smallest = _people(lazy("Fewest people"))
    largest = _people(lazy("Most people"))
    source_kind = SelectField(
        lazy("Who asks for it"), [InputRequired()], coerce=SourceKind, choices=offered(labels.SOURCES.items()))
    source = StringField(
        lazy("Where it is written"),
        [InputRequired(lazy("Write where it can be read.")), Length(max=300, message=lazy("The text is too long."))],
        filters=[plain])
    starts_on = DateField(lazy("Holds from"), [InputRequired(lazy("Choose a day."))])
    review_on = DateField(lazy("To be looked at again on"), [Optional()])

    def validate_code(self, field: Field) -> None:
        if not _CODE.fullmatch(field.data or ""):
            raise ValidationError(_("Use small letters, digits and hyphens only, at most 40."))

    def own_fields(self) -> list[Any]:
        """The fields that only this kind has."""
        return [self[name] for name in KIND_FIELDS[self.kind]]

    def said(self, code: str = "") -> Said:
        """What was written; the form is valid but for what `blame` finds."""
        values = {name: _plainly(self[name].data) for name in KIND_FIELDS[self.kind]}
        rule = Rule(self.kind, **{name: value for name, value in values.items() if value is not None})
        scope = Scope(
            tuple(self.tiers.data or ()), tuple(self.products.data or ()), self.smallest.data, self.largest.data)
        starts_on: Any = self.starts_on.data
        source_kind: Any = self.source_kind.data
        return Said(
            code or str(self.code.data), names_of(self), rule, scope, source_kind, str(self.source.data), starts_on,
            self.review_on.data)

    def blame(self, said: Said, known: Sequence[int]) -> bool:
        """Whether the rule is not sound; the reasons stand at their fields."""
        found = problems(said.rule, known, said.scope)
        for fault in found:
            name = _FIELD_OF[fault]
            self[name if name in self else "source"].errors = [str(labels.FAULTS[fault])]
        return bool(found)


def requirement_form(kind: Kind, languages: Sequence[str], titles: Titles, sent: Any = None, data: Any = None) -> Any:
    """The form of a kind: its own fields, and the title in the languages of the programme."""
    made = type("RequirementForm", (_RequirementForm,), {**KIND_FIELDS[kind], "kind": kind})
    form = with_names(made, languages)(sent, data=data)
    if "courses" in form:
        form.courses.choices = offered((key, text(words)) for key, (_code, words) in titles.items())
    return form


def data_of(said: Said) -> dict[str, Any]:
    """The data with which a form of its kind begins."""
    return {
        **asdict(said.rule), **asdict(said.scope), **name_data(dict(said.title)), "code": said.code,
        "source_kind": said.source_kind, "source": said.source, "starts_on": said.starts_on,
        "review_on": said.review_on,
    }


def _plainly(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
