"""Reports as tables for others to open: a row a figure, and a row a definition."""

from collections.abc import Iterator, Sequence

from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import Written, write_csv, write_workbook
from app.platform.tables.writing import Cell
from app.reports.definitions import DEFINITIONS
from app.reports.labels import EARLIER, SPLITS, told
from app.reports.periods.changes import Adjustment
from app.reports.reading import Report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, rounded

WIDTHS = (18, 32, 22, 32, 14, 12, 10, 10, 10, 10, 12, 12, 20, 14, 14, 32)
"""Of the columns of the figures, in signs: names are read whole."""


def header(*, is_frozen: bool = False) -> list[str]:
    """The columns of the figures; of a frozen period with what is known now beside."""
    now = [_("By what is known now"), _("Number now"), _("Adjustment"), _("Definition")] if is_frozen else []
    return [
        _("Indicator"), _("Figure"), _("Told apart by"), _("Value"), _("As read"), _("Number"), _("Of"), _("Low"),
        _("High"), _("Currency"), _("From"), _("To"), *now,
    ]  # fmt: skip


def rows(report: Report, beside: Sequence[Adjustment] = ()) -> Iterator[Sequence[Cell]]:
    """A row a figure. What speaks of too few people has its row, and no number. Adjustments are those for everybody; a
    change of the definition is none.
    """
    now = {(each.indicator, each.word): each for each in beside}
    for figure in report.figures:
        split = str(SPLITS[Split(figure.split)]) if figure.split else ""
        yield [
            figure.indicator.value, str(DEFINITIONS[figure.indicator].title), split,
            report.words.value(figure.split, figure.value), *_numbers(figure), figure.word, report.span.first,
            report.span.last, *(_now(now.get((figure.indicator, figure.word)), figure) if beside else ()),
            *([str(EARLIER) if figure.indicator in report.earlier else None] if beside else ()),
        ]  # fmt: skip


def _numbers(figure: Figure) -> list[Cell]:
    if figure.is_hidden:
        return [_("too few people"), None, None, None, None]
    said = rounded(figure.said)
    return [told(figure), said.top, said.of or None, said.low, said.high]


def _now(adjustment: Adjustment | None, figure: Figure) -> list[Cell]:
    if figure.split or adjustment is None or adjustment.now is None:
        return [None, None, None]
    if adjustment.is_hidden:
        return [_("too few people"), None, None]
    difference = None if adjustment.is_other else round(adjustment.difference, 6)
    return [told(adjustment.now), adjustment.now.said.top, difference]


def definitions(report: Report) -> Iterator[Sequence[Cell]]:
    """A row an indicator: what it counts."""
    for indicator, definition in DEFINITIONS.items():
        yield [indicator.value, str(definition.title), report.means(indicator)]


def as_xlsx(report: Report, beside: Sequence[Adjustment] = ()) -> bytes:
    """Figures on one sheet, what they count on another."""
    said = [_("Indicator"), _("Figure"), _("What it counts")]
    sheets = [
        Written(_("Figures"), header(is_frozen=bool(beside)), rows(report, beside), WIDTHS),
        Written(_("Definitions"), said, definitions(report), (*WIDTHS[:2], 120)),
    ]
    return write_workbook(sheets, right_to_left=direction(current_language()) == "rtl")


def as_csv(report: Report, beside: Sequence[Adjustment] = ()) -> bytes:
    """The figures as comma-separated text, each with what it counts: there is one table."""
    said = {indicator.value: report.means(indicator) for indicator in DEFINITIONS}
    each = ([*row, said[str(row[0])]] for row in rows(report, beside))
    return write_csv([*header(is_frozen=bool(beside)), _("What it counts")], each)
