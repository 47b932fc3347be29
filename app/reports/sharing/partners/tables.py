"""What a partner sees as a table: the words of the page, no number behind them."""

from collections.abc import Iterator, Sequence

from app.platform.i18n import _, text
from app.platform.tables.writing import Cell as Field
from app.reports.labels import SPLITS
from app.reports.rules.facts import Split
from app.reports.sharing.labels import told
from app.reports.sharing.partners.labels import TEXTS, TITLES, WHY, unsaid
from app.reports.sharing.partners.pages import AggregatesPage
from app.reports.sharing.partners.rules import Cell, Line, Why
from app.reports.sharing.tables import written


def of_programmes(page: AggregatesPage, ending: str) -> tuple[bytes, str]:
    """A row a number, and of which type the file is."""
    header = [
        _("Figure"), _("Told apart by"), _("Value"), _("Programme"), _("As read"), _("From"), _("To"), _("Counted on"),
        _("Programmes"), _("What it counts"),
    ]  # fmt: skip
    end = page.span.first, page.span.last, page.counted_on, ", ".join(page.programmes)
    return written(header, ([*row[:5], *end, row[5]] for row in _rows(page)), ending)


def _rows(page: AggregatesPage) -> Iterator[Sequence[Field]]:
    """Title, split, value, programme of a requirement, number as it is read, and what it counts."""
    if page.counted is None:
        return
    places = [("", ""), *((split, value) for split in page.splits for value in page.values(split))]
    for line, title in TITLES.items():
        meaning = str(TEXTS[line])
        for split, value in places:
            if (cell := page.counted.cells.get((line, split, value))) is not None:
                split_title = str(SPLITS[Split(split)]) if split else ""
                yield str(title), split_title, page.words.value(split, value), "", _read(cell), meaning
    title, meaning = str(TITLES[Line.COVERAGE]), str(TEXTS[Line.COVERAGE])
    for each in page.counted.requirements:
        programme = page.words.value(Split.PROGRAMME, each.programme)
        yield title, _("Requirement"), text(each.titles), programme, _read(each.cell), meaning
    if page.counted.unsaid:
        yield title, _("Requirement"), "", "", unsaid(page.counted.unsaid), meaning


def _read(cell: Cell) -> str:
    return str(WHY[cell]) if isinstance(cell, Why) else told(cell)
