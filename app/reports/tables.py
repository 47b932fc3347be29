"""Reports as tables for others to open: a row a figure, and a row a definition."""

from collections.abc import Iterator, Sequence

from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import Written, write_csv, write_workbook
from app.platform.tables.writing import Cell
from app.reports.definitions import DEFINITIONS
from app.reports.labels import SPLITS, told
from app.reports.reading import Report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure


def header() -> list[str]:
    """The columns of the figures."""
    return [
        _("Indicator"), _("Figure"), _("Told apart by"), _("Value"), _("As read"), _("Number"), _("Of"), _("Low"),
        _("High"), _("Currency"), _("From"), _("To"),
    ]  # fmt: skip


def rows(report: Report) -> Iterator[Sequence[Cell]]:
    """A row a figure. What speaks of too few people has its row, and no number."""
    for figure in report.figures:
        split = str(SPLITS[Split(figure.split)]) if figure.split else ""
        yield [
            figure.indicator.value, str(DEFINITIONS[figure.indicator].title), split,
            report.words.value(figure.split, figure.value), *_numbers(figure), figure.word, report.span.first,
            report.span.last,
        ]  # fmt: skip


def _numbers(figure: Figure) -> list[Cell]:
    if figure.is_hidden:
        return [_("too few people"), None, None, None, None]
    said = figure.said
    return [told(figure), said.top, said.of or None, said.low, said.high]


def definitions() -> Iterator[Sequence[Cell]]:
    """A row an indicator: what it counts."""
    for indicator, definition in DEFINITIONS.items():
        yield [indicator.value, str(definition.title), str(definition.text)]


def as_xlsx(report: Report) -> bytes:
    """Figures on one sheet, what they count on another."""
    sheets = [
        Written(_("Figures"), header(), rows(report)),
        Written(_("Definitions"), [_("Indicator"), _("Figure"), _("What it counts")], definitions()),
    ]
    return write_workbook(sheets, right_to_left=direction(current_language()) == "rtl")


def as_csv(report: Report) -> bytes:
    """The figures as comma-separated text."""
    return write_csv(header(), rows(report))
