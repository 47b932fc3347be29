"""Shapes of what somebody sends about a drill."""

import re
from secrets import token_hex
from typing import Any

from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.improvement.cascade.forms import WholeField, day_of
from app.improvement.drills.labels import KINDS, LEARNT, SHIFTS
from app.improvement.drills.operations import Said
from app.improvement.drills.rules import MOST_MINUTES, MOST_PEOPLE, DrillKind, Learnt, Shift
from app.improvement.evidence import cleaned, photo_field
from app.platform.files.photos import Photo
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, TickedField, offered

_SENT = re.compile(r"[0-9a-f]{32}")


class DrillForm(PlainForm):
    """A drill that was held."""

    sent_id = HiddenField()
    kind = SelectField(lazy("What was practised"), choices=offered(KINDS.items()), coerce=DrillKind)
    held_on = DateField(lazy("Day"), [InputRequired(lazy("Choose a day."))])
    shift = SelectField(lazy("Shift"), choices=offered(SHIFTS.items()), coerce=Shift)
    people = WholeField(
        lazy("People who took part"),
        [
            InputRequired(lazy("Say how many people took part.")),
            NumberRange(1, MOST_PEOPLE, lazy("Write a number from 1 to 50,000.")),
        ],
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    minutes = WholeField(
        lazy("Minutes until everybody was out or safe"),
        [Optional(), NumberRange(0, MOST_MINUTES, lazy("Write a number of minutes from 0 to 240."))],
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    learnt = TickedField(lazy("What did you learn?"), choices=offered(LEARNT.items()), coerce=Learnt)
    evidence = photo_field(lazy("Photo of the list or of the meeting point"))

    kept_photo: Photo | None = None

    def validate_evidence(self, field: Any) -> None:
        self.kept_photo = cleaned(field)

    def said(self) -> Said:
        """What it says. Only of a valid form."""
        sent = self.sent_id.data or ""
        return Said(
            sent_id=sent if _SENT.fullmatch(sent) else token_hex(16), kind=self.kind.data, held_on=day_of(self.held_on),
            shift=self.shift.data, people=self.people.data or 0, minutes=self.minutes.data,
            learnt=self.learnt.data or (), photo=self.kept_photo,
        )  # fmt: skip
