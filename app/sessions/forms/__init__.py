"""Shapes of the forms of training sessions. Whether times are possible, the rules say; here it is put at its field."""

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.sessions.forms.changing import DetailsForm, RoomForm, TrainersForm, VenueForm
from app.sessions.forms.copying import CopyForm, RepeatForm, SplitForm
from app.sessions.forms.half_days import HalfDayForm, TimesForm
from app.sessions.forms.helping import HelperForm
from app.sessions.forms.links import LinkForm
from app.sessions.forms.nominating import NominationForm
from app.sessions.forms.parts import FaultyFields, OwnForm
from app.sessions.forms.patterns import PatternForm
from app.sessions.forms.reasons import CancellationForm, PostponementForm, ReopeningForm
from app.sessions.forms.resuming import ResumptionForm
from app.sessions.forms.schedule import ScheduleForm
from app.sessions.forms.switching import SwitchForm

__all__ = [
    "CancellationForm",
    "CopyForm",
    "DetailsForm",
    "FaultyFields",
    "HalfDayForm",
    "HelperForm",
    "LinkForm",
    "NominationForm",
    "OwnForm",
    "PatternForm",
    "PostponementForm",
    "ReopeningForm",
    "RepeatForm",
    "ResumptionForm",
    "RoomForm",
    "ScheduleForm",
    "SelectChoice",
    "SplitForm",
    "SwitchForm",
    "TimesForm",
    "TrainersForm",
    "VenueForm",
]
