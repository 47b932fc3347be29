"""Sets the report on paper: values in, PDF out. Pure: no database, no clock."""

from datetime import date
from pathlib import Path

from app.improvement.progress.said import Line, Report, Section
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of

_LAYOUT = Path(__file__).with_name("layouts") / "progress.typ"


def draw(report: Report, locale: str, *, day: date, fonts: Path) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1. Raises DocumentRefused for a sign without a glyph, DocumentFailed else."""
    data = {
        "title": clean(f"{report.title}: {report.factory}"), "date": day.isoformat(),
        "day": [day.year, day.month, day.day], "script": script_of(locale),
        "rtl": language_of(locale) in RIGHT_TO_LEFT, "heading": clean(report.title), "factory": clean(report.factory),
        "period": clean(report.period), "sections": [_section(each) for each in report.sections],
    }  # fmt: skip
    return render(_LAYOUT, data, fonts=fonts)


def _section(section: Section) -> dict[str, object]:
    lines = [_line(each) for each in section.lines]
    return {"heading": clean(section.heading), "nothing": clean(section.nothing), "lines": lines}


def _line(line: Line) -> dict[str, object]:
    return {"title": clean(line.title), "says": clean(" · ".join(line.says))}
