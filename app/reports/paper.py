"""A report on paper: the figures of the page with their bars, and what each counts."""

from collections.abc import Sequence
from pathlib import Path

from app.platform.documents.pages import page_words
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date
from app.platform.i18n.texts import current_language
from app.reports.definitions import DEFINITIONS
from app.reports.labels import EARLIER, OVERLAP, ROWS, SECTIONS, SPLITS, against, apart, costs_by, told
from app.reports.periods.changes import Adjustment
from app.reports.reading import Report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator, Shape

LAYOUT = Path(__file__).parent / "layouts" / "report.typ"
Data = dict[str, object]
_OF_COSTS = DEFINITIONS[Indicator.COST_SHARE].splits


def draw(report: Report, split: Split, *, fonts: Path, title: str = "", beside: Sequence[Adjustment] = ()) -> bytes:
    """The report as PDF, in the language in force; of a frozen period with its title, and with what is known now
    beside. Raises DocumentFailed.
    """
    frozen = _frozen(report, title) if title else {}
    return render(LAYOUT, {**_data(report, split), "changes": _changes(beside), **frozen}, fonts=fonts)


def _frozen(report: Report, title: str) -> Data:
    first, last = format_date(report.span.first), format_date(report.span.last)
    return {
        "heading": clean(title), "span": _("From %(first)s to %(last)s", first=first, last=last),
        "as-of": _("Figures as they were frozen on %(day)s", day=format_date(report.at.date())),
    }  # fmt: skip


def _changes(beside: Sequence[Adjustment]) -> Data:
    """What has changed since a period was frozen."""
    rows = [
        [
            f"{DEFINITIONS[each.indicator].title} {each.word}".strip(), _said(each.told), _said(each.now),
            str(EARLIER) if each.is_other else _("too few people") if each.is_hidden else apart(each),
        ]
        for each in beside if each.is_other or not each.is_same
    ]  # fmt: skip
    head = [_("Figure"), _("As told"), _("By what is known now"), _("Adjustment")]
    return {"heading": _("What has changed since"), "head": head, "rows": rows}


def _said(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return _("too few people") if figure.is_hidden else f"{told(figure)} {against(figure)}".strip()


def _data(report: Report, split: Split) -> Data:
    locale, day, values = current_language(), report.at.date(), report.columns(split)
    span = _(
        "From %(first)s to %(last)s, by what is known now.", first=format_date(report.span.first),
        last=format_date(report.span.last),
    )  # fmt: skip
    return {
        "title": clean(_("Report")), "date": day.isoformat(), "day": [day.year, day.month, day.day],
        "script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT, **page_words(),
        "heading": _("Indicators"), "programmes": clean(", ".join(text(each.name) for each in report.programmes)),
        "span": span, "as-of": _("As of %(day)s", day=format_date(day)),
        "head": [_("Figure"), _("All"), *(clean(report.words.value(split, value)) for value in values)],
        "sections": [_section(report, str(title), indicators, split, values) for title, indicators in SECTIONS[:-1]],
        "rows": _rows(report, split),
        "money": [_money(report, by) for by in dict.fromkeys((Split.FUNDING, split)) if by in _OF_COSTS],
        "means": {
            "heading": _("What each figure counts"),
            "rows": [[str(definition.title), report.means(each)] for each, definition in DEFINITIONS.items()],
        },
        "all": _(
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


def _rows(report: Report, split: Split) -> Data:
    """What has too many values for columns: a row each."""
    told = [
        each for each, definition in DEFINITIONS.items()
        if split in definition.splits and definition.shape is not Shape.MONEY
    ]  # fmt: skip
    parts = {each: report.of(each, split) for each in told}
    values = report.rows(split)
    rows = [
        {"name": clean(report.words.value(split, value)), "cells": [_cell(parts[each].get(value)) for each in told]}
        for value in values[:ROWS]
    ]
    note = _("Only the first %(number)s are shown. The table for Excel has all of them.", number=len(rows))
    return {
        "heading": str(SPLITS[split]), "head": [str(SPLITS[split]), *(str(DEFINITIONS[each].title) for each in told)],
        "rows": rows if told else [], "note": note if len(values) > ROWS else "",
    }  # fmt: skip


def _money(report: Report, by: Split) -> Data:
    rows = []
    for currency in report.money():
        parts, whole = (report.of(Indicator.COST_SHARE, split, currency) for split in (by, ""))
        rows += [
            [clean(report.words.value(by, value)), told(each), against(each)] for value, each in parts.items()
        ]  # fmt: skip
        rows += [[_("All"), told(each), ""] for each in whole.values()]
    return {
        "heading": costs_by(by), "head": [str(SPLITS[by]), _("Amount"), _("Share")], "rows": rows,
        "note": str(OVERLAP) if by is Split.THEME else "",
    }  # fmt: skip
