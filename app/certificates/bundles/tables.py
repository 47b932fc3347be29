"""Certificates as a table for others to open: the list, and the index in a ZIP."""

from collections.abc import Iterable, Sequence

from app.certificates.bundles.packing import Item
from app.certificates.labels import STATES
from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import write_csv, write_xlsx
from app.platform.tables.writing import Cell


def header() -> list[str]:
    """The columns of the list."""
    return [
        _("Number"), _("Name"), _("Name in the own script"), _("Course"), _("Issued"), _("Valid until"), _("State"),
        _("Factory"), _("Line"),
    ]  # fmt: skip


def row(item: Item) -> list[Cell]:
    """A certificate. Names are those that are printed, the state is that of this moment."""
    return [
        item.number, item.latin_name, item.local_name, text(item.course), item.issued_on, item.last_day,
        str(STATES[item.state][0]), item.factory, item.line,
    ]  # fmt: skip


def as_xlsx(items: Iterable[Item]) -> bytes:
    """The list as a workbook."""
    return _book(header(), map(row, items))


def index(rows: Iterable[tuple[Item, str]]) -> bytes:
    """The list in a ZIP, with the name of each file; empty where there is none."""
    return _book([*header(), _("File")], ([*row(item), name] for item, name in rows))


def as_csv(items: Iterable[Item]) -> bytes:
    """The list as comma-separated text."""
    return write_csv(header(), map(row, items))


def _book(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    is_rtl = direction(current_language()) == "rtl"
    return write_xlsx(columns, rows, sheet=_("Certificates"), right_to_left=is_rtl)
