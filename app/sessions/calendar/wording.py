"""A half-day in words, line by line: what a mail says of it, and what the entry in the calendar and the feed say."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import force_locale

from app.platform.i18n import _, lazy
from app.platform.i18n.calendars import own_date, own_span
from app.platform.i18n.formats import format_date, format_time
from app.platform.i18n.languages import best
from app.platform.i18n.texts import current_language
from app.sessions.calendar.facts import Facts, Part
from app.sessions.calendar.zones import moment, zone
from app.sessions.rules.states import Modality
from app.sessions.wording import MODALITIES

PARTS: dict[Part, Any] = {
    Part.TITLE: lazy("the title"),
    Part.TIME: lazy("the time"),
    Part.PLACE: lazy("the place"),
    Part.LINK: lazy("the link"),
    Part.MODALITY: lazy("how it is held"),
}
_ETHIOPIA = "Africa/Addis_Ababa"


class Line(NamedTuple):
    """One fact in words, and what it was before, when it has changed."""

    label: str
    value: str
    before: str | None = None
    is_link: bool = False


class Reader(NamedTuple):
    """Whom the words are for. `home` is the zone in which the reader lives; None where nobody knows."""

    language: str
    home: str | None


class Labels(NamedTuple):
    """The words that stand in every entry, in one language."""

    when: str
    how: str
    where: str
    link: str
    code: str
    modalities: dict[Modality, str]


@lru_cache(maxsize=32)
def _labels(_language: str) -> Labels:
    """In the language that is spoken now; its code is what they are remembered by."""
    modalities = {modality: str(words) for modality, words in MODALITIES.items()}
    return Labels(
        _("When:"), _("How:"), _("Where:"), _("Join by this link:"), _("Code of the session:"), modalities
    )


@lru_cache(maxsize=512)
def description(facts: Facts, code: str, reader: Reader) -> str:
    """What the entry in a calendar says below its title, in the reader's language."""
    return "\n".join(f"{line.label} {line.value}" for line in lines(facts, code, reader))


def lines(facts: Facts, code: str, reader: Reader, was: Facts | None = None) -> list[Line]:
    """Everything that somebody needs to know of a half-day. `was` is what the reader was told before."""
    with _in_language_of(reader):
        labels = _labels(current_language())
        told, old = _parts(facts, reader, labels), _parts(was, reader, labels) if was else {}
        renamed = [Line(_("Title:"), facts.title, was.title)] if was and was.title != facts.title else []
        found = [
            Line(label, value, old.get(label) if old.get(label) != value else None, is_link=value == facts.join_url)
            for label, value in told.items()
        ]
        if was is None:
            return [*found, Line(labels.code, code)]
        can_go = [label for label in (labels.where, labels.link) if label in old.keys() - told.keys()]
        gone = [Line(label, _("no longer"), old[label]) for label in can_go]
        return [*renamed, *found, *gone, Line(labels.code, code)]


def _in_language_of(reader: Reader) -> AbstractContextManager[None]:
    """Changing the language costs more than a line: a whole calendar changes it once."""
    locale = best([reader.language])
    return nullcontext() if current_language() == locale else force_locale(locale)


def _parts(facts: Facts, reader: Reader, labels: Labels) -> dict[str, str]:
    said = {labels.when: _when(facts.starts, facts.ends, facts.zone)}
    if at_home := _at_home(facts, reader.home):
        said[_("Your local time:")] = _when(*at_home)
    if _ETHIOPIA in {facts.zone, reader.home} or reader.language == "am":
        said[_("Ethiopian calendar and clock:")] = _ethiopian(facts, reader.language)
    said[labels.how] = labels.modalities[facts.modality]
    if facts.places:
        said[labels.where] = ", ".join(facts.places)
    if facts.join_url:
        said[labels.link] = facts.join_url
    return said


def _when(starts: datetime, ends: datetime, name: str) -> str:
    span = _("%(start)s to %(end)s", start=format_time(starts), end=format_time(ends))
    day = format_date(starts, style="full")
    return _("%(day)s, %(span)s (local time, %(zone)s)", day=day, span=span, zone=name)


def _at_home(facts: Facts, home: str | None) -> tuple[datetime, datetime, str] | None:
    """Start and end on the clock of the reader's home, unless it shows the same."""
    if home in {None, facts.zone}:
        return None
    starts, ends = (
        moment(facts.zone, wall).astimezone(zone(home)).replace(tzinfo=None) for wall in (facts.starts, facts.ends)
    )
    return None if (starts, ends) == (facts.starts, facts.ends) else (starts, ends, home)


def _ethiopian(facts: Facts, language: str) -> str:
    """As people say it in Ethiopia, whatever the zone of the half-day."""
    starts, ends, _name = _at_home(facts, _ETHIOPIA) or facts.when
    return f"{own_date('ET', starts.date(), language)}, {own_span('ET', starts, ends, language)}"
