"""Which cell formats of an .xlsx file show a number as a date (ECMA-376 part 1, 18.8.30)."""

import re
from collections.abc import Mapping

from app.platform.tables.markup import local, walk

_BUILT_IN = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def is_date_format(code: str) -> bool:
    """True when the format shows a day, month or year; a pure time of day is no date."""
    shown = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "general" in shown:
        return False
    return "y" in shown or "d" in shown or ("m" in shown and not set("hs:") & set(shown))


class _Styles:
    def __init__(self) -> None:
        self.custom: dict[str, str] = {}
        self.formats: list[str] = []
        self.in_cell_formats = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            self.custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cell_formats = True
        elif name == "xf" and self.in_cell_formats:
            self.formats.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self.in_cell_formats = False

    def is_date(self, key: str) -> bool:
        if key in self.custom:
            return is_date_format(self.custom[key])
        return key.isdigit() and int(key) in _BUILT_IN


def date_styles(data: bytes | None) -> frozenset[str]:
    """The style numbers (attribute `s` of a cell) that mean a date."""
    styles = _Styles()
    if data is not None:
        walk(data, styles.start, styles.end)
    return frozenset(str(index) for index, key in enumerate(styles.formats) if styles.is_date(key))
