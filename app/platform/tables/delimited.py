"""Comma, semicolon, tab or bar separated text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from math import log
from typing import Literal

from app.platform.tables.cells import Tables
from app.platform.tables.encodings import Judge, decode
from app.platform.tables.grid import Budget, Grid
from app.platform.tables.limits import Limits, TableRefused

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 60
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n|"?sep=(.)"?\r')
_SAMPLE_TEXT = 262_144
_LINE = re.compile(r"[^\r\n]+")
_LONGEST_LINE = 1_000_000
_DELIMITERS_IN_A_LINE = 2_000
# a quoted address may hold a few line breaks; more means that a quotation mark was never closed
_LINES_IN_A_FIELD = 30


def read_delimited(
    data: bytes, limits: Limits, encodings: Sequence[str] = (), judge: Judge | None = None, delimiter: str | None = None
) -> Tables:
    """One sheet of texts; row numbers are record numbers, blank records counted. Raises TableRefused."""
    if len(data) > limits.unpacked_bytes:
        raise TableRefused("file_too_large")
    text, encoding = decode(data, encodings, judge)
    if any(line.end() - line.start() > _LONGEST_LINE for line in _LINE.finditer(text)):
        raise TableRefused("file_too_large")  # before anything of it is copied
    text, told = _without_separator_line(text)
    text = _unwrapped(text)
    chosen = delimiter or told or sniff_delimiter(text)
    try:
        sheet = _grid(text, chosen, limits).sheet("", hidden=False)
    except csv.Error as error:
        raise TableRefused("file_damaged") from error
    return Tables("csv", (sheet,), encoding=encoding, delimiter=chosen)


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """`sep=;` on the first line is an order to the spreadsheet program, which does not show it as a row."""
    match = _SEPARATOR_LINE.match(text)
    return (text[match.end() :], match[1] or match[2]) if match else (text, None)


def _unwrapped(text: str) -> str:
    """A file of which every line was quoted as a whole, as programs do that save a table twice."""
    start = [line for line in text[:_SAMPLE_TEXT].splitlines()[:_SAMPLE_RECORDS] if line]
    if not start or not all(map(_is_quoted_whole, start)):
        return text
    lines = [record[0] if record else "" for record in csv.reader(io.StringIO(text, newline=""))]
    return "\n".join(lines)


def _is_quoted_whole(line: str) -> bool:
    """One quoted field that holds delimiters, its own quotation marks doubled."""
    inner = line[1:-1]
    is_one = len(line) > 1 and line[0] == line[-1] == '"' and '"' not in inner.replace('""', "")
    return is_one and any(delimiter in inner for delimiter in DELIMITERS)


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most regular rows."""
    sample = text[:_SAMPLE_TEXT]
    return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(text: str, delimiter: str) -> float:
    try:
        records = [record for record in islice(_records(text, delimiter), _SAMPLE_RECORDS) if any(record)]
    except (csv.Error, TableRefused):
        return 0.0
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    return times / len(records) * log(width)


def _records(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    return csv.reader(_lines(text, delimiter), delimiter=delimiter, quoting=quoting, skipinitialspace=True)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Physical lines; one that no list of people has is refused before it becomes millions of fields."""
    for line in io.StringIO(text, newline=""):
        if len(line) > _DELIMITERS_IN_A_LINE and line.count(delimiter) > _DELIMITERS_IN_A_LINE:
            raise TableRefused("file_too_large")
        yield line


def _grid(text: str, delimiter: str, limits: Limits) -> Grid:
    try:
        return _fill(text, delimiter, limits, quoted=True)
    except _QuoteNotClosedError:
        return _fill(text, delimiter, limits, quoted=False)


class _QuoteNotClosedError(Exception):
    """A field ran over too many lines."""


def _fill(text: str, delimiter: str, limits: Limits, *, quoted: bool) -> Grid:
    grid = Grid(Budget(limits))
    for row, record in enumerate(_records(text, delimiter, quoted=quoted), 1):
        for column, value in enumerate(record, 1):
            if value:
                if quoted and value.count("\n") > _LINES_IN_A_FIELD:
                    raise _QuoteNotClosedError
                grid.put(row, column, value)
    return grid
