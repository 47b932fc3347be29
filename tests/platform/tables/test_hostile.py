"""Files that want to hurt: refused with the right reason, quickly, without eating memory (TRAPS T25, T26)."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.platform.tables import Limits, TableRefused, read_tables
from tests.platform.tables.packages import PLAIN, ods, ods_cell, relation, swelling, xlsx, zipped

pytestmark = pytest.mark.slow

_REPEATED_ROW = '<table:table table:name="a"><table:table-row table:number-rows-repeated="{}">{}</table:table-row></table:table>'
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_EXTERNAL = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("file_empty", lambda: b""),
    "only a mark": ("file_empty", lambda: b"\xef\xbb\xbf \r\n"),
    "zero bytes": ("file_empty", lambda: b"\0" * 1000),
    "workbook without a cell": ("file_empty", lambda: xlsx("<worksheet><sheetData/></worksheet>")),
    "entities": ("file_unsafe", lambda: xlsx(_LAUGHS + PLAIN)),
    "entities in UTF-16": (
        "file_unsafe", lambda: xlsx(('<?xml version="1.0" encoding="utf-16"?>' + _LAUGHS + PLAIN).encode("utf-16"))),
    "external entity": ("file_unsafe", lambda: xlsx(more={"xl/sharedStrings.xml": _EXTERNAL})),
    "entity in a part nobody reads": ("file_unsafe", lambda: xlsx(more={"docProps/core.xml": '<!DOCTYPE a SYSTEM "x">'})),
    "other workbook": ("file_unsafe", lambda: xlsx(more={"xl/externalLinks/_rels/a.xml.rels": relation("externalLinkPath")})),
    "ods with a foreign source": ("file_unsafe", lambda: ods('<table:table><table:table-source/></table:table>')),
    "600,000 short rows": ("file_too_large", lambda: xlsx("<worksheet>" + "<row><c><v>1</v></c></row>" * 600_000 + "</worksheet>")),
    "a cell at the far end": ("file_too_large", lambda: xlsx('<worksheet><c r="XFD1048576"><v>1</v></c></worksheet>')),
    "millions of empty rows": ("file_too_large", lambda: xlsx("<worksheet>" + "<row/>" * 3_000_000 + "</worksheet>")),
    "200 MB of spaces": ("file_too_large", lambda: xlsx("<worksheet>" + " " * 200_000_000 + "</worksheet>")),
    "a million shared strings": (
        "file_too_large", lambda: xlsx(more={"xl/sharedStrings.xml": "<sst>" + "<si><t>x</t></si>" * 1_000_000 + "</sst>"})),
    "one long text in every cell": (
        "file_too_large",
        lambda: xlsx("<worksheet>" + ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 5_000 + "</worksheet>",
                     more={"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 1_000_000}</t></si></sst>"})),
    "repeated rows": ("file_too_large", lambda: ods(_REPEATED_ROW.format(10**6, ods_cell()))),
    "repeated cells": ("file_too_large", lambda: ods(_REPEATED_ROW.format(1, ods_cell('table:number-columns-repeated="999"')))),
    "repeated within bounds, often": (
        "file_too_large",
        lambda: ods(_REPEATED_ROW.format(20_000, ods_cell('table:number-columns-repeated="200"')) * 200)),
    "a thousand tabs of one part": (
        "file_damaged",
        lambda: xlsx(workbook='<workbook xmlns:r="r"><sheets>' + '<sheet name="A" r:id="s1"/>' * 1000 + "</sheets></workbook>")),
    "many parts": ("file_too_large", lambda: zipped({f"p{number}.xml": "" for number in range(3_000)})),
    "packed so that it swells": ("file_unsafe", lambda: swelling()),
    "encrypted ods": ("file_encrypted", lambda: ods("", manifest="<manifest:encryption-data/>")),
    "letter": ("not_a_spreadsheet", lambda: ods("", mime="application/vnd.oasis.opendocument.text")),
    "word file": ("not_a_spreadsheet", lambda: zipped({"word/document.xml": "<a/>"})),
    "pdf": ("not_a_spreadsheet", lambda: b"%PDF-1.7\n..."),
    "web page": ("not_a_spreadsheet", lambda: b"<html><table><tr><td>Emp ID</td></tr></table>"),
    "old binary workbook": ("not_a_spreadsheet", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
    "random bytes": ("not_a_spreadsheet", lambda: bytes(range(256)) * 100),
    "cut off": ("file_damaged", lambda: xlsx()[:300]),
    "broken XML": ("file_damaged", lambda: xlsx(PLAIN[:-5])),
    "missing sheet": ("file_damaged", lambda: xlsx(workbook='<workbook xmlns:r="r"><sheet name="B" r:id="zz"/></workbook>')),
    "string out of range": ("file_damaged", lambda: xlsx('<worksheet><c t="s"><v>9</v></c></worksheet>')),
    "one endless line": ("file_too_large", lambda: b"Emp ID,Name\n" + b"a" * 19_000_000),
    "one endless record": ("file_too_large", lambda: b"Emp ID,Name\n" + b"a," * 9_000_000),
    "endless rows": ("file_too_large", lambda: b"a\n" * 9_000_000),
    "nothing but quotes": ("file_too_large", lambda: b'"' * 19_000_000),
    "too many bytes of text": ("file_too_large", lambda: b"a,b\n" * 6_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused(name: str) -> None:
    reason, make = HOSTILE[name]
    data = make()
    with pytest.raises(TableRefused) as refusal:
        read_tables(data)
    assert refusal.value.reason == reason


_MEASURE = """
import json, sys
from pathlib import Path
from app.platform.tables import TableRefused, read_tables
data = sys.stdin.buffer.read()
try:
    read_tables(data)
except TableRefused as refusal:
    # not getrusage: its peak is inherited from the process that started this one
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    print(json.dumps({"reason": refusal.reason, "kilobytes": peak}))
"""


@pytest.mark.parametrize("name", ["200 MB of spaces", "one long text in every cell", "one endless record",
                                  "repeated within bounds, often", "nothing but quotes"])
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="NO /proc HERE: memory of refusals is not measured")
def test_refused_within_300_megabytes(name: str) -> None:
    """In a process of its own, so that nothing else counts."""
    reason, make = HOSTILE[name]
    done = subprocess.run([sys.executable, "-c", _MEASURE], input=make(), capture_output=True, check=True)
    measured = json.loads(done.stdout)
    assert measured["reason"] == reason
    assert measured["kilobytes"] < 300 * 1024


def test_a_link_to_click_is_no_danger() -> None:
    tables = read_tables(xlsx(more={"xl/worksheets/_rels/sheet1.xml.rels": relation("hyperlink")}))
    assert tables.sheets[0].cell(2, 2) == "Ann Bee"


def test_formatted_but_empty_rows_and_columns_cost_nothing() -> None:
    sheet = PLAIN.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="3"/></row></sheetData>')
    assert len(read_tables(xlsx(sheet)).sheets[0].rows) == 2


def test_limits_are_the_callers() -> None:
    with pytest.raises(TableRefused, match="file_too_large"):
        read_tables(b"a,b,c\n1,2,3\n", Limits(columns=2))
