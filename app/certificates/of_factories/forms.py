"""Shapes of the forms for factories' certificates."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.access.small_numbers import FEWEST
from app.certificates.of_factories.models import FactoryRule
from app.certificates.of_factories.operations.ruling import Settings
from app.certificates.of_factories.rules import Condition
from app.coverage.queries import Required
from app.factories.labels import ROLES
from app.factories.rules import JobRole
from app.factories.structure.texts import name_data, names_of, plain, with_names
from app.platform.i18n import _, lazy, text
from app.platform.web.forms import PlainForm, TickedField, offered

MOST_CONDITIONS = 4
_PARTS = ("course", "roles", "share", "least", "each_sex")


class ReasonForm(PlainForm):
    """Why a certificate is revoked or under review."""

    reason = StringField(
        lazy("Reason"),
        [
            DataRequired(lazy("Write the reason. Whoever checks the certificate reads it.")),
            Length(max=300, message=lazy("The text is too long.")),
        ],
        filters=[plain],
    )


class _RuleForm(PlainForm):
    months = IntegerField(
        lazy("Valid for so many months"),
        [InputRequired(lazy("Write a number.")), NumberRange(1, 60, lazy("Write a number from 1 to 60."))],
    )
    grace_days = IntegerField(
        lazy("Days before it ends when the rule is no longer met"),
        [
            InputRequired(lazy("Write a number, 0 for none.")),
            NumberRange(0, 180, lazy("Write a number from 0 to 180.")),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        sound = bool(super().validate(extra_validators))
        for row in condition_rows(self):
            if row["course"].data and not row["roles"].data:
                row["roles"].errors = [_("Choose one or more roles.")]
                sound = False
        if sound and not any(row["course"].data for row in condition_rows(self)):
            condition_rows(self)[0]["course"].errors = [_("Choose the course of one condition at least.")]
            return False
        return sound


def rule_form(
    languages: Sequence[str], requirements: Sequence[Required], sent: Any = None, rule: FactoryRule | None = None
) -> Any:
    """The form of a rule, empty, as it was sent, or as a rule is."""
    fields: dict[str, Any] = {}
    for number in range(MOST_CONDITIONS):
        fields |= {f"{part}_{number}": field for part, field in _condition(requirements).items()}
    made = type("RuleForm", (with_names(_RuleForm, languages),), fields)
    return made(sent, data=_data(rule))


def _condition(requirements: Sequence[Required]) -> dict[str, Any]:
    courses = [("", lazy("No condition")), *((str(row.course_id), text(row.titles)) for row in requirements)]
    wanted = {role for row in requirements for role in row.roles}
    roles = [(role.value, ROLES[role]) for role in JobRole if role in wanted]
    return {
        "course": SelectField(lazy("Course"), [Optional()], choices=offered(courses)),
        "roles": TickedField(lazy("Roles"), [Optional()], choices=offered(roles)),
        "share": IntegerField(
            lazy("At least so many per cent"),
            [InputRequired(lazy("Write a number.")), NumberRange(1, 100, lazy("Write a number from 1 to 100."))],
            default=80,
        ),
        "least": IntegerField(
            lazy("At least so many people"),
            [
                InputRequired(lazy("Write a number.")),
                NumberRange(FEWEST, 10_000, lazy("Write a number from 5 on: fewer people could be recognised.")),
            ],
            default=FEWEST,
        ),
        "each_sex": BooleanField(lazy("Women and men must each reach it")),
    }


def _data(rule: FactoryRule | None) -> dict[str, Any]:
    if rule is None:
        return {"months": 12, "grace_days": 30}
    found: dict[str, Any] = {"months": rule.months, "grace_days": rule.grace_days, **name_data(rule.name)}
    for number, each in enumerate(rule.asked[:MOST_CONDITIONS]):
        values = (str(each.course_id), [role.value for role in each.roles], each.share, each.least, each.each_sex)
        found |= {f"{part}_{number}": value for part, value in zip(_PARTS, values, strict=True)}
    return found


def condition_rows(form: Any) -> list[dict[str, Any]]:
    """The fields of each condition."""
    return [{part: form[f"{part}_{number}"] for part in _PARTS} for number in range(MOST_CONDITIONS)]


def settings_of(form: Any) -> Settings:
    """What the form says; only after it was found sound."""
    return Settings(names_of(form), tuple(conditions_of(form)), form.months.data, form.grace_days.data)


def conditions_of(form: Any) -> list[Condition]:
    """The conditions for which a course is chosen."""
    return [
        Condition(
            course_id=int(row["course"].data),
            roles=tuple(JobRole(role) for role in row["roles"].data),
            share=row["share"].data,
            least=row["least"].data,
            each_sex=row["each_sex"].data,
        )
        for row in condition_rows(form)
        if row["course"].data
    ]
