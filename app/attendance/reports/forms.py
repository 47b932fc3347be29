"""Shapes of the forms of a meeting report."""

from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField, SelectField
from wtforms.validators import Optional, ValidationError

from app.attendance.reports.moments import ORDERS
from app.attendance.reports.opening import LIMITS
from app.attendance.reports.queries import Around
from app.attendance.reports.rules import Choice, Decision
from app.factories.roster.numbers import number_key
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, number, offered

MOST_FILES = 10
LONGEST_NAME = 200
ORDER_WORDS = {
    "": lazy("As the file shows it"),
    "dmy": lazy("Day, month, year"),
    "mdy": lazy("Month, day, year"),
    "ymd": lazy("Year, month, day"),
}


class FilesForm(PlainForm):
    """The files of one meeting, and what the person knows who downloaded them."""

    files = MultipleFileField(lazy("Report files"), render_kw={"accept": ".csv,.tsv,.txt,.xlsx,.ods", "required": True})
    zone = SelectField(lazy("Time zone of whoever downloaded it"))
    date_order = SelectField(
        lazy("Order of the date"), [Optional()], choices=offered((each, ORDER_WORDS[each]) for each in ("", *ORDERS))
    )

    def offer(self, zones: list[str]) -> None:
        """The zones to choose from, the likeliest first."""
        self.zone.choices = offered((zone, zone) for zone in dict.fromkeys(zones))
        if not self.zone.data:
            self.zone.data = zones[0]

    def validate_files(self, field: Any) -> None:
        sent = [each for each in field.data or () if isinstance(each, FileStorage) and each.filename]
        if not sent:
            raise ValidationError(_("Choose a file."))
        if len(sent) > MOST_FILES:
            raise ValidationError(_("Choose at most %(most)s files.", most=MOST_FILES))
        field.data = sent

    def read(self) -> list[tuple[str, bytes]]:
        """Names and contents, also when the request runs a second time; of what is too large, as much as shows it."""
        found = []
        for each in self.files.data:
            each.stream.seek(0)
            found.append((str(each.filename)[-LONGEST_NAME:], each.stream.read(LIMITS.unpacked_bytes + 1)))
        return found

    @property
    def chosen_zone(self) -> str:
        return ZoneInfo(str(self.zone.data)).key


class UnclearChoice(ValueError):
    """Nobody was chosen, or somebody whom the list does not have."""


def choice_of(sent: Any, found: Around) -> Choice | None:
    """What was chosen for a participant: None leaves it for later. Raises UnclearChoice."""
    written = str(sent.get("number", "")).strip()
    if sent.get("who") == "other":
        return _numbered(written, found)
    what, _colon, thing = str(sent.get("who", "")).partition(":")
    if what == "later":
        return None
    try:
        decision = Decision(what)
    except ValueError:
        raise UnclearChoice(_("Choose who it is, or choose “Later”.")) from None
    about = number(thing)
    if decision is Decision.PERSON:
        return Choice(decision, person_id=about or 0)
    return Choice(decision, site_id=about or 0) if decision is Decision.ROOM else Choice(decision)


def _numbered(written: str, found: Around) -> Choice:
    """Somebody else of the list, by employee number or by the whole name as the list of suggestions writes it."""
    wanted = number_key(written.split(" ", maxsplit=1)[0]) if written else ""
    fits = [
        seat.person_id
        for seat, person in zip(found.seats, found.listed, strict=True)
        if wanted and number_key(person.employee_number) == wanted
    ]
    if len(fits) != 1:
        raise UnclearChoice(_("Write the employee number of somebody with a booked seat."))
    return Choice(Decision.PERSON, person_id=fits[0])
