"""What the living page of the design system shows: the same form in both directions, partly refused.

Its texts are samples, not wording of the product, so they stand here in two languages and are not translated.
"""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.platform.web.design_samples import ARABIC, ENGLISH

LABELS = {
    "en": {
        "person_name": ("Name", "Write the name as on the identity card."),
        "seats": ("Seats", "Choose between 1 and 40 seats."),
        "day": ("Day", ""),
        "start": ("Starts at", ""),
        "language": ("Language", ""),
        "place": ("How do people join?", "Choose one."),
        "rest_days": ("Rest days", ""),
        "remarks": ("Remarks", ""),
        "roster": ("Roster", ""),
        "agreed": ("The factory has agreed to the dates", ""),
    },
    "ar": {
        "person_name": ("الاسم", "اكتب الاسم كما في بطاقة الهوية."),
        "seats": ("المقاعد", "اختر بين 1 و40 مقعدا."),
        "day": ("اليوم", ""),
        "start": ("يبدأ في", ""),
        "language": ("اللغة", ""),
        "place": ("كيف ينضم الناس؟", "اختر واحدا."),
        "rest_days": ("أيام الراحة", ""),
        "remarks": ("ملاحظات", ""),
        "roster": ("قائمة العاملين", ""),
        "agreed": ("وافق المصنع على المواعيد", ""),
    },
}
PLACES = {
    "en": [("room", "In the training room"), ("factory", "In the factory, one screen for all"), ("alone", "Alone")],
    "ar": [("room", "في قاعة التدريب"), ("factory", "في المصنع، شاشة واحدة للجميع"), ("alone", "بمفرده")],
}
DAYS = {
    "en": [("5", "Friday"), ("6", "Saturday"), ("7", "Sunday")],
    "ar": [("5", "الجمعة"), ("6", "السبت"), ("7", "الأحد")],
}


class DesignForm(Form):
    """One field of each kind; it is shown, never sent."""

    person_name = StringField(validators=[validators.InputRequired()])
    seats = IntegerField(validators=[validators.InputRequired(), validators.NumberRange(1, 40)])
    day = DateField(validators=[validators.Optional()])
    start = TimeField(validators=[validators.InputRequired()])
    language = SelectField(
        validators=[validators.InputRequired()],
        choices=[SelectChoice("en", "English"), SelectChoice("km", "ខ្មែរ"), SelectChoice("ar", "العربية")],
    )
    place = RadioField(validators=[validators.InputRequired()])
    rest_days = SelectMultipleField(
        widget=widgets.ListWidget(prefix_label=False), option_widget=widgets.CheckboxInput()
    )
    remarks = TextAreaField()
    roster = FileField()
    agreed = BooleanField()


def design_context() -> dict[str, list[tuple[dict[str, Any], DesignForm]]]:
    """The name that design.html needs: `samples`, the texts and the refused form of each direction."""
    return {"samples": [(texts, _form(texts["language"])) for texts in (ENGLISH, ARABIC)]}


def _form(language: str) -> DesignForm:
    sent = MultiDict({"seats": "400", "start": "08:30", "language": language, "rest_days": "7", "agreed": "y"})
    form = DesignForm(MultiDict({f"{language}-{name}": value for name, value in sent.items()}), prefix=language)
    form.place.choices = [SelectChoice(*place) for place in PLACES[language]]
    form.rest_days.choices = [SelectChoice(*day) for day in DAYS[language]]
    form.validate()
    for name, (label, error) in LABELS[language].items():
        form[name].label.text = label
        form[name].errors = [error] if error else []
    return form
