"""The transcript of a person on paper: values in, PDF out. Every word is in the language of the reader."""

from datetime import date
from pathlib import Path

from app.factories.models import Person
from app.learning_record.queries.transcripts import Earlier, Elsewhere, Learned, Transcript
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.pages import page_words
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date, format_number
from app.platform.i18n.texts import current_language

LAYOUT = Path(__file__).parents[1] / "layouts" / "transcript.typ"
Data = dict[str, object]


def draw(person: Person, found: Transcript, *, day: date, fonts: Path) -> bytes:
    """The transcript as PDF. A name that no font can draw stands there in Latin letters. Raises DocumentFailed."""
    try:
        return render(LAYOUT, _data(person, found, day, person.local_name or ""), fonts=fonts)
    except DocumentRefused:
        return render(LAYOUT, _data(person, found, day, ""), fonts=fonts)


def _data(person: Person, found: Transcript, day: date, local_name: str) -> Data:
    locale = current_language()
    return {
        "title": clean(f"{_('Transcript')}: {person.name}"),
        "date": day.isoformat(), "day": [day.year, day.month, day.day],
        "script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT, **page_words(),
        "heading": _("Transcript"), "name": clean(person.name),
        "local": clean(local_name), "local-script": script_of(person.language),
        "as-of": _("As of %(day)s", day=format_date(day)),
        "learned": {
            "heading": _("Completed courses"), "none": _("No course completed yet."),
            "head": [_("Course"), _("Factory"), _("Completed"), _("Valid until"), _("Certificate")],
            "rows": [_learned(row) for row in found.learned],
        },
        "elsewhere": {
            "heading": _("Passed elsewhere, as other systems say"), "none": "",
            "head": [_("Course"), _("Factory"), _("Day")], "rows": [_elsewhere(row) for row in found.elsewhere],
        },
        "earlier": {
            "heading": _("Earlier trainings, taken over from lists"), "none": "",
            "head": [_("Course"), _("Provider"), _("Day"), _("Hours"), _("Result"), _("Certificate")],
            "rows": [_earlier(row) for row in found.earlier],
        },
        "foot": _("Certificates can be checked by their number at the address printed on them."),
    }  # fmt: skip


def _learned(row: Learned) -> list[str]:
    until = format_date(row.last_day, style="medium") if row.last_day else _("Without end")
    number = f"{row.number} ({_('Under review')})" if row.number and row.under_review else row.number or "–"
    told = [text(row.titles), row.factory, format_date(row.completed_on, style="medium"), until, number]
    return [clean(each) for each in told]


def _elsewhere(row: Elsewhere) -> list[str]:
    return [clean(each) for each in (row.title, row.factory, format_date(row.passed_on, style="medium"))]


def _earlier(row: Earlier) -> list[str]:
    hours = format_number(row.hours) if row.hours else "–"
    course = text(row.titles) if row.titles else row.course
    told = [course, row.provider, format_date(row.taken_on, style="medium"), hours, row.result, row.number]
    return [clean(each) or "–" for each in told]
