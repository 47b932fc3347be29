"""What is shown outside as a table for others to open: the words of the page, no number behind them."""

from collections.abc import Iterable, Sequence

from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import write_csv, write_xlsx
from app.platform.tables.writing import Cell
from app.reports.sharing import queries
from app.reports.sharing.labels import TEXTS, TITLES, told
from app.reports.sharing.models import SharingConsent

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of_consent(consent: SharingConsent, ending: str) -> tuple[bytes, str]:
    """A row a figure, and of which type the file is."""
    header = [
        _("Figure"), _("Requirement"), _("As read"), _("From"), _("To"), _("Day"), _("Counted on"), _("Factory"),
        _("Shown to"), _("What it counts"),
    ]  # fmt: skip
    counted = queries.counted_on(consent)
    rows = ([
        str(TITLES[each.aggregate]), text(each.titles) if each.titles else "", told(each.told), consent.starts_on,
        consent.ends_on, each.day, counted, consent.factory.name, consent.buyer, str(TEXTS[each.aggregate]),
    ] for each in queries.figures(consent))  # fmt: skip
    return written(header, rows, ending)


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]], ending: str) -> tuple[bytes, str]:
    """As comma-separated text, or for Excel."""
    if ending == "csv":
        return write_csv(header, rows), "text/csv"
    is_rtl = direction(current_language()) == "rtl"
    return write_xlsx(header, rows, sheet=_("Figures"), right_to_left=is_rtl), _XLSX
