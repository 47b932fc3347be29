"""Office Open XML workbooks (.xlsx, .xlsm): stored values only, nothing is ever calculated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.platform.tables.cells import Sheet, Tables
from app.platform.tables.grid import Budget
from app.platform.tables.limits import Limits, TableRefused
from app.platform.tables.markup import local, walk
from app.platform.tables.relations import Relation, relations_of
from app.platform.tables.shared_strings import read_strings
from app.platform.tables.xlsx_sheet import SheetReader
from app.platform.tables.xlsx_styles import date_styles

_MAIN = "xl/workbook.xml"


@dataclass
class _Book:
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    date_1904: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            self.date_1904 = attributes.get("date1904", "").lower() in {"1", "true", "on"}
        elif name == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(" id")]
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), ids[0] if ids else "", hidden))


def main_part(parts: Mapping[str, bytes]) -> str | None:
    """The name of the workbook part, or None when the package holds something else."""
    named = [relation.part for relation in relations_of(parts, "").values() if relation.kind == "officeDocument"]
    return next((part for part in [*named, _MAIN] if part in parts and part.startswith("xl/")), None)


def read_xlsx(parts: Mapping[str, bytes], limits: Limits, *, times: bool = False) -> Tables:
    """All worksheets, in the order of their tabs; with `times` days keep their time of day. Raises TableRefused."""
    part = main_part(parts)
    if part is None:
        raise TableRefused("not_a_spreadsheet")
    book = _Book()
    walk(parts[part], book.start)
    related = relations_of(parts, part)
    strings = read_strings(_part_of_kind(parts, related, "sharedStrings"))
    dates = date_styles(_part_of_kind(parts, related, "styles"))
    budget, unread = Budget(limits), dict(parts)
    sheets: list[Sheet] = []
    for name, key, hidden in book.sheets:
        relation = related.get(key)
        if relation is None or relation.kind == "worksheet":
            # each part is read once: a thousand tabs that share one part are an attack, not a workbook
            data = unread.pop(relation.part if relation else "", None)
            if data is None:
                raise TableRefused("file_damaged")
            reader = SheetReader(budget, strings, dates, date_1904=book.date_1904, times=times)
            sheets.append(reader.read(data).sheet(name, hidden=hidden))
    return Tables("xlsx", tuple(sheets), date_1904=book.date_1904)


def _part_of_kind(parts: Mapping[str, bytes], related: Mapping[str, Relation], kind: str) -> bytes | None:
    return next(
        (parts[relation.part] for relation in related.values() if relation.kind == kind and relation.part in parts),
        None,
    )
