"""Shapes of the forms of demand."""

from datetime import date

from wtforms import IntegerField, SelectField, TextAreaField, validators

from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, number, offered
from app.sessions.demand.operations import Wish
from app.sessions.demand.rules import LONGEST_NOTE, MOST_PEOPLE, months_from
from app.sessions.rules import Modality
from app.sessions.wording import MODALITIES

_HOW_MANY = lazy("Write a number from 1 to 5000.")


class InterestForm(PlainForm):
    """What a factory wants. The choices are those of the course."""

    factory = SelectField(lazy("Factory"))
    people = IntegerField(
        lazy("How many people?"),
        [validators.InputRequired(lazy("Say for how many people.")), validators.NumberRange(1, MOST_PEOPLE, _HOW_MANY)],
    )
    month = SelectField(lazy("When would it suit you?"))
    modality = SelectField(lazy("How would you like to meet?"))
    language = SelectField(lazy("In which language?"))
    note = TextAreaField(
        lazy("What else should the planners know?"),
        [validators.Length(max=LONGEST_NOTE, message=lazy("Use at most 500 letters."))],
    )

    def offer(self, version: CourseVersion, factories: list[Factory], today: date, kept: date | None) -> None:
        """Say what can be chosen; `kept` is the month that was chosen before, which may be over by now."""
        months = months_from(today)
        if kept and kept not in months:
            months.insert(0, kept)
        self.factory.choices = offered((each.code, each.name) for each in factories)
        self.month.choices = offered(
            [("", _("At any time")), *((each.isoformat(), format_date(each, style="LLLL y")) for each in months)]
        )
        modes = [(each, MODALITIES[Modality(each)]) for each in version.modalities]
        self.modality.choices = offered([("", _("Either way")), *modes])
        self.language.choices = offered(
            (code, LANGUAGES[code].own_name) for code in version.languages if code in LANGUAGES
        )

    def wish(self) -> Wish:
        """What was filled in; only for a valid form."""
        return Wish(
            people=self.people.data or 0,
            month=date.fromisoformat(self.month.data) if self.month.data else None,
            modality=Modality(self.modality.data) if self.modality.data else None,
            language=self.language.data,
            note=(self.note.data or "").strip(),
        )


def chosen_training(sent: str) -> int | None:
    """The number of a training session as the page of an interest sends it; None for none."""
    return number(sent)
