"""A report on paper: the figures of the page with their bars, and what each counts."""

from collections.abc import Sequence
from pathlib import Path

from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date
from app.platform.i18n.texts import current_language
from app.reports.definitions import DEFINITIONS
from app.reports.labels import SECTIONS, SPLITS, against, told
from app.reports.reading import Report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator, Shape

LAYOUT = Path(__file__).parent / "layouts" / "report.typ"
Data = dict[str, object]


def draw(report: Report, split: Split, *, fonts: Path) -> bytes:
    """The report as PDF, in the language in force. Raises DocumentFailed."""
    return render(LAYOUT, _data(report, split), fonts=fonts)


def _data(report: Report, split: Split) -> Data:
    locale, day, values = current_language(), report.at.date(), report.values(split)
    span = _(
        "From %(first)s to %(last)s, by what is known now.", first=format_date(report.span.first),
        last=format_date(report.span.last),
    )  # fmt: skip
    return {
        "title": clean(_("Report")), "date": day.isoformat(), "day": [day.year, day.month, day.day],
        "script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT,
        "heading": _("Indicators"), "programmes": clean(", ".join(text(each.name) for each in report.programmes)),
        "span": span, "as-of": _("As of %(day)s", day=format_date(day)),
        "head": [_("Figure"), _("All"), *(clean(report.words.value(split, value)) for value in values)],
        "sections": [_section(report, str(title), indicators, split, values) for title, indicators in SECTIONS[:-1]],
        "money": _money(report),
        "means": {
            "heading": _("What each figure counts"),
            "rows": [[str(each.title), str(each.text)] for each in DEFINITIONS.values()],
        },
        "foot": _(
            "All: the total is counted by itself. The rows of a split are not added up to it: one person can be in"
            " several of them."
        ) + f" ({SPLITS[split]})",
    }  # fmt: skip


def _section(
    report: Report, title: str, indicators: Sequence[Indicator], split: Split, values: Sequence[str]
) -> Data:
    rows = []
    for indicator in indicators:
        parts = report.of(indicator, split) if split in DEFINITIONS[indicator].splits else {}
        cells = [_cell(report.all(indicator)), *(_cell(parts.get(value)) for value in values)]
        rows.append({"name": str(DEFINITIONS[indicator].title), "cells": cells})
    return {"heading": title, "rows": rows}


def _cell(figure: Figure | None) -> Data:
    """What is read, in small what it is measured against, and how long the bar is; below nothing: none."""
    if figure is None:
        return {"told": "–", "against": "", "bar": -1.0}
    if figure.is_hidden:
        return {"told": "–", "against": _("too few people"), "bar": -1.0}
    is_share = DEFINITIONS[figure.indicator].shape is Shape.SHARE and figure.said.of
    return {"told": told(figure), "against": against(figure), "bar": (figure.share or 0.0) if is_share else -1.0}


def _money(report: Report) -> Data:
    rows = [
        [report.words.value(Split.FUNDING, value), told(figure), against(figure)]
        for currency in report.money()
        for value, figure in report.of(Indicator.COST_SHARE, Split.FUNDING, currency).items()
    ]
    return {"heading": _("Costs and who paid"), "head": [_("Paid by"), _("Amount"), _("Share")], "rows": rows}
