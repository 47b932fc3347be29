"""One worksheet part of an .xlsx file, read as a stream."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from math import isfinite

from app.platform.tables.cells import CellError, Merge, Value, column_number
from app.platform.tables.grid import Budget, Grid
from app.platform.tables.limits import TableRefused
from app.platform.tables.markup import local, walk
from app.platform.tables.serials import serial_to_date, serial_to_moment
from app.platform.tables.shared_strings import unescape

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\Z")
_column = lru_cache(maxsize=512)(column_number)


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.match(reference)
    if match is None:
        raise TableRefused("file_damaged")
    return int(match[2]), _column(match[1])


class SheetReader:
    """Callbacks for one sheet; `strings` are shared by reference, so repeated long texts cost nothing."""

    def __init__(
        self, budget: Budget, strings: list[str], dates: frozenset[str], *, date_1904: bool, times: bool = False
    ) -> None:
        self.grid = Grid(budget)
        self.strings = strings
        self.dates = dates
        self.date_1904 = date_1904
        self.times = times
        self.row = self.column = 0
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.listening = False
        self.phonetic = 0

    def read(self, data: bytes) -> Grid:
        """All used cells and merged ranges of the part. Raises TableRefused."""
        walk(data, self._start, self._end, self._text)
        return self.grid

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self.listening = not self.phonetic
        elif name == "row":
            number = attributes.get("r", "")
            self.row, self.column = int(number[:8]) if number.isdecimal() else self.row + 1, 0
        elif name == "rPh":
            self.phonetic += 1
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.grid.merge(Merge(*_place(first), *_place(last or first)))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = _place(reference)
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.pieces.clear()

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name in {"v", "t"}:
            self.listening = False
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "c" and self.pieces:
            self.grid.put(self.row, self.column, self._value("".join(self.pieces)))

    def _text(self, data: str) -> None:
        if self.listening:
            self.pieces.append(data)

    def _value(self, text: str) -> Value:
        if self.kind == "s":
            return self._shared(text)
        if self.kind in {"str", "inlineStr"}:
            return unescape(text)
        if self.kind == "e":
            return CellError(text)
        if self.kind == "b":
            return text.strip() == "1"
        return self._day(text) if self.kind == "d" else self._number(text)

    def _shared(self, text: str) -> str:
        try:
            return self.strings[int(text)]
        except (ValueError, IndexError) as error:
            raise TableRefused("file_damaged") from error

    def _day(self, text: str) -> Value:
        try:
            return datetime.fromisoformat(text) if self.times and "T" in text else date.fromisoformat(text[:10])
        except ValueError:
            return text

    def _number(self, text: str) -> Value:
        try:
            number = float(text)
        except ValueError:
            return text
        if not isfinite(number):
            return text
        read = serial_to_moment if self.times else serial_to_date
        shown = read(number, date_1904=self.date_1904) if self.style in self.dates else None
        return shown if shown is not None else number
