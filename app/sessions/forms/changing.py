"""Changing a training session after it was planned: sites, trainers, the details of a half-day."""

from wtforms import SelectField, StringField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import TickedField
from app.sessions.forms.parts import AT_MOST_200, OwnForm, number_or_none, plain, text_or_none


class DetailsForm(OwnForm):
    """Of one half-day. The lists are filled by the view."""

    language = SelectField(lazy("Language of this half-day"), [validators.Optional()], coerce=text_or_none)
    interpreters = TickedField(lazy("Interpreters"), coerce=int)
    host = SelectField(lazy("Account that opens the link"), [validators.Optional()], coerce=number_or_none)
    sites = TickedField(lazy("Only these sites"), coerce=int)


class VenueForm(OwnForm):
    """One room more that people come to."""

    room = SelectField(lazy("Room of the register"), [validators.Optional()], coerce=number_or_none)
    venue = StringField(lazy("Training room"), [validators.Optional(), AT_MOST_200], filters=[plain])

    def is_filled(self) -> bool:
        """Whether one of the two was given; it is said when none was."""
        if self.room.data or self.venue.data:
            return True
        self.venue.errors = [_("Choose a room of the register or write its name.")]
        return False


class RoomForm(OwnForm):
    """The meeting room of one factory more."""

    factory = SelectField(lazy("Factory"), [validators.InputRequired(lazy("Choose a factory."))], coerce=int)


class TrainersForm(OwnForm):
    """Who teaches."""

    trainers = TickedField(
        lazy("Trainers"), [validators.InputRequired(lazy("Choose who teaches."))], coerce=int
    )
