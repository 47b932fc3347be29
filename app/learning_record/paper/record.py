"""The record of a factory on paper, as its sheet to print says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.factories.models import Factory
from app.learning_record.labels import LEVELS_APART
from app.learning_record.pages import Entries, Words
from app.learning_record.queries import Figure
from app.learning_record.rules import EvidenceLevel
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.pages import page_words
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n import _, ngettext, text
from app.platform.i18n.formats import format_date, format_number
from app.platform.i18n.texts import current_language

_LAYOUT = Path(__file__).parents[1] / "layouts" / "record.typ"
_TIMES = 3
"""A long record may take so many times what one page may."""
_Line = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What stands on it. `asked` are the words of the filter, `figures` empty where they say nothing."""

    factory: Factory
    asked: Sequence[str]
    figures: Mapping[EvidenceLevel, Figure]
    entries: Entries
    words: Words
    day: date
    is_cut: bool
    """Whether older entries are left out."""


def draw(sheet: Sheet, *, fonts: Path) -> bytes:
    """The record as PDF. Names that no font can draw stand there in Latin letters alone. Raises DocumentFailed."""
    try:
        return render(_LAYOUT, _data(sheet, with_local_names=True), fonts=fonts, times=_TIMES)
    except DocumentRefused:
        return render(_LAYOUT, _data(sheet, with_local_names=False), fonts=fonts, times=_TIMES)


def _data(sheet: Sheet, *, with_local_names: bool) -> dict[str, object]:
    locale, factory = current_language(), sheet.factory
    rows = [_row(sheet.words, *entry, with_local_names=with_local_names) for entry in sheet.entries]
    local = (factory.local_name or "") if with_local_names else ""
    languages = {factory.language, *(line["language"] for row in rows for cell in row for line in cell)} - {""}
    return {
        "title": clean(f"{_('Learning record')}: {factory.name}"),
        "date": sheet.day.isoformat(), "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT, **page_words(),
        "scripts": {each: script_of(each) for each in languages},
        "heading": _("Learning record"), "name": clean(factory.name),
        "local": _line(local, factory.language),
        "of": clean(f"{text(factory.programme.name)} · {factory.code}"),
        "as-of": _("As of %(day)s", day=format_date(sheet.day)),
        "asked": [clean(f"{_('Only:')} {' · '.join(sheet.asked)}")] if sheet.asked else [],
        "figures": {
            "heading": _("Taught, by level of evidence"),
            "head": [_("Evidence level"), _("Participations"), _("Women"), _("People by name"), _("From lists")],
            "rows": [_figure(sheet.words, level, figure) for level, figure in sheet.figures.items()],
            "note": str(LEVELS_APART),
        },
        "entries": {
            "heading": _("Entries"), "none": _("There is no such entry"),
            "head": [_("Day"), _("What happened"), _("Who"), _("Level")], "rows": rows,
            "cut": _("There are older entries, which are not on this paper. Choose a shorter time for them.")
            if sheet.is_cut else "",
        },
    }  # fmt: skip


def _figure(words: Words, level: EvidenceLevel, figure: Figure) -> list[str]:
    numbers = (figure.participations, figure.women, figure.persons, figure.imported)
    return [clean(f"{level} · {words.levels[level]}"), *map(format_number, numbers)]


def _row(
    words: Words, day: date, row: Any, told: Sequence[str], *, with_local_names: bool
) -> list[list[_Line]]:
    """Day, what happened, who, and the level: each as lines, of which the first is the most important."""
    one = row.RecordEntry
    what = [str(words.kinds[one.kind].word), text(row.titles) if row.titles else "", *told]
    what += [_("Taken over from a list")] if one.was_imported else []
    what += [_("Corrected since")] if not row.counts else []
    local = _line(row.local_name or "", row.language) if with_local_names else _line("")
    cells = [
        [_line(format_date(day, style="medium"))], [_line(each) for each in what], _who(words, row, local),
        [_line(one.level or "")],
    ]
    return [[line for line in cell if line["text"]] for cell in cells]


def _who(words: Words, row: Any, local: _Line) -> list[_Line]:
    one = row.RecordEntry
    if one.person_id:
        name = row.name or _("Somebody whose name was removed")
        place = [str(words.roles[one.role]), one.line or "", str(words.sexes[one.sex])]
        return [_line(name), local, _line(" · ".join(filter(None, place)))]
    if one.people is None:
        return []
    counts = [ngettext("%(num)s person", "%(num)s people", one.people)]
    counts += [ngettext("%(num)s woman", "%(num)s women", one.women)] if one.women is not None else []
    return [_line(" · ".join(counts))]


def _line(words: str, language: str = "") -> _Line:
    """A line in the language of the paper, or a name in its own."""
    return {"text": clean(words), "language": language if words else ""}
