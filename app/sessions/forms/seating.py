"""How many places there are, seats without a name, and what becomes of a seat."""

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.platform.i18n import lazy
from app.sessions.forms.parts import OwnForm, plain
from app.sessions.operations.places import Places
from app.sessions.operations.seats.settling import LONGEST_REASON
from app.sessions.rules import WaitingPolicy
from app.sessions.wording import POLICIES

_LARGEST = 500
_HOW_MANY = validators.NumberRange(0, _LARGEST, lazy("Write a number from 0 to 500."))
_AT_LEAST_ONE = validators.NumberRange(1, _LARGEST, lazy("Write a number from 1 to 500."))
_NEEDED = validators.InputRequired(lazy("Write a number, 0 for none."))
_DAYS = validators.NumberRange(0, 60, lazy("Write a number of days from 0 to 60."))
_HOURS = validators.NumberRange(1, 336, lazy("Write a number of hours from 1 to 336."))


class PlacesForm(OwnForm):
    """The places of a training session and the rules by which they are given."""

    capacity_in_person = IntegerField(lazy("Places in the training room"), [_NEEDED, _HOW_MANY])
    capacity_virtual = IntegerField(lazy("Places by link"), [_NEEDED, _HOW_MANY])
    needs_approval = BooleanField(lazy("Somebody must approve each nomination"))
    waiting_policy = SelectField(
        lazy("Who gets a place that becomes free?"),
        choices=[SelectChoice(policy.value, words) for policy, words in POLICIES.items()],
    )
    offer_hours = IntegerField(lazy("Hours for which an offered place is held"), [validators.Optional(), _HOURS])
    most_per_factory = IntegerField(
        lazy("Seats that one factory can have at most"), [validators.Optional(), _AT_LEAST_ONE]
    )
    least_people = IntegerField(lazy("People that it needs at least"), [validators.Optional(), _AT_LEAST_ONE])
    names_due_days = IntegerField(
        lazy("Working days before the start on which seats without a name are given free"),
        [validators.Optional(), _DAYS],
    )
    cut_off_days = IntegerField(
        lazy("Working days before the start from which factories cannot ask"), [validators.Optional(), _DAYS]
    )

    def places(self, offer_hours: int) -> Places:
        """What was entered; hours that were left out stay as they are."""
        return Places(
            capacity_in_person=self.capacity_in_person.data or 0,
            capacity_virtual=self.capacity_virtual.data or 0,
            waiting_policy=WaitingPolicy(self.waiting_policy.data),
            offer_hours=self.offer_hours.data or offer_hours,
            needs_approval=self.needs_approval.data,
            most_per_factory=self.most_per_factory.data,
            least_people=self.least_people.data,
            names_due_days=self.names_due_days.data,
            cut_off_days=self.cut_off_days.data,
        )


class SiteForm(OwnForm):
    """From where somebody joins. The list is filled by the view."""

    site = RadioField(
        lazy("Where will they join from?"),
        [validators.InputRequired(lazy("Choose where they join from."))],
        coerce=int,
    )


class ReservationForm(OwnForm):
    """So many seats without a name. The list is filled by the view."""

    count = IntegerField(
        lazy("How many seats?"), [validators.InputRequired(lazy("Say how many seats.")), _AT_LEAST_ONE]
    )
    reserved_site = RadioField(
        lazy("Where will they join from?"),
        [validators.InputRequired(lazy("Choose where they join from."))],
        coerce=int,
    )


class DeclineForm(OwnForm):
    """Why a request is declined."""

    reason = TextAreaField(
        lazy("Reason"),
        [
            validators.DataRequired(lazy("Say why. The factory will read it.")),
            validators.Length(max=LONGEST_REASON, message=lazy("Say it in at most 500 characters.")),
        ],
        filters=[plain],
    )


class PersonForm(OwnForm):
    """One person of the roster. The list is filled by the view."""

    person = SelectField(lazy("Who comes instead?"), [validators.InputRequired(lazy("Choose a person."))], coerce=int)


class WalkInForm(SiteForm):
    """Somebody at the door. The lists are filled by the view."""

    person = RadioField(lazy("Person"), [validators.InputRequired(lazy("Choose a person."))], coerce=int)
