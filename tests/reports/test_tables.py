"""A report as a table, and on the command line."""

import csv
import io
import json
import re

import pypdf
import pytest
from flask import Flask

from app.access.roles import Role
from app.platform.db import db
from app.platform.i18n.formats import format_number
from app.platform.tables import read_tables
from tests.browse import Browse
from tests.make import accounts
from tests.make.reports import Counted

pytestmark = pytest.mark.slow
QUARTER = "since=2026-01-01&until=2026-03-31"
EVIL = '=HYPERLINK("http://evil.example","x")'


def test_a_table_says_what_the_page_says(browse: Browse) -> None:
    world = Counted()
    world.programme.name, world.skills.titles = {"en": EVIL}, {"en": EVIL}
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    book = read_tables(visitor.post(f"/reports/table?{QUARTER}", {"ending": "xlsx"}).response.data)
    figures = [[str(cell or "") for cell in row] for row in book.sheets[0].rows]
    assert figures[1][:5] == ["persons", "Persons trained", "", "All", "5"]
    assert ["persons", "Persons trained", "Sex", "Women", "4"] in [row[:5] for row in figures]
    assert any(row[3].startswith(EVIL) for row in figures), "a text, no formula"
    assert len(book.sheets[1].rows) == 20
    assert [str(row[2]).endswith("Here these are 80 in 100.") for row in book.sheets[1].rows[1:]].count(True) == 1, "of committees"
    table = list(csv.reader(io.StringIO(visitor.post(f"/reports/table?{QUARTER}", {"ending": "csv"}).response.data.decode("utf-8-sig"))))
    assert len(table) == len(figures)
    assert {row[-1] for row in table if row[0] == "committees"} == {book.sheets[1].rows[11][2]}, "as the other sheet says"
    assert [cell for row in table for cell in row if cell.startswith("=")] == []
    assert visitor.post(f"/reports/table?{QUARTER}", {"ending": "exe"}).status == 409
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.lotus))
    assert focal.post(f"/reports/table?{QUARTER}", {"ending": "csv"}).status == 404


def test_on_the_command_line(app: Flask) -> None:
    Counted()
    db.session.commit()
    run = app.test_cli_runner()
    quarter = ["--from", "2026-01-01", "--to", "2026-03-31"]
    found = json.loads(run.invoke(args=["reports", "show", *quarter, "--programme", "KH", "--json"]).output)
    persons = next(each for each in found["figures"] if each["indicator"] == "persons" and not each["split"])
    assert (found["programmes"], persons["top"]) == (["KH"], 5)
    ends = [each[name] for each in found["figures"] for name in ("top", "low", "high") if isinstance(each[name], float)]
    assert any(each % 0.001 for each in ends) and ends == [round(each, 6) for each in ends], "the same on every engine"
    assert "certification  40%  2 of 5" in run.invoke(args=["reports", "show", *quarter]).output
    assert "persons,Persons trained,,All,5,5" in run.invoke(args=["reports", "show", *quarter, "--csv"]).output
    frozen = run.invoke(args=["reports", "freeze", *quarter, "--programme", "KH", "--title", "Q1"])
    assert (frozen.exit_code, "facts" in frozen.output) == (0, True)
    assert run.invoke(args=["reports", "freeze", *quarter, "--programme", "KH", "--title", "Q1"]).output == frozen.output
    for wrong in (["--programme", "XX"], ["--from", "2026-05-01"]):
        assert run.invoke(args=["reports", "show", *quarter, *wrong]).exit_code == 1
    assert run.invoke(args=["reports", "freeze", "--from", "2026-11-01", "--to", "2027-01-31", "--title", "x"]).exit_code == 1


def read(paper: bytes) -> list[str]:
    """The words of each page; Arabic ones as they are drawn, so only some stand in their order."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(paper)).pages]


def numbered(page: str, number: int, pages: int, language: str) -> bool:
    """Whether it ends with its number, in the words and digits of the language."""
    there = {"en": f"Page {number} of {pages}", "ar": f"الصف{format_number(number, 'ar')}[ ن]*من{format_number(pages, 'ar')}"}[language]
    return re.search(f"{there}$", page) is not None


@pytest.mark.parametrize(
    ("language", "own"),
    [
        ("en", ("Indicators", "Persons trained", "1,400 USD", "Costs and who paid", "Costs: Theme", "more than was paid", "Here these are 80 in 100")),
        ("ar", ("مارس", "٠٤%")),
    ],
)
def test_on_paper(browse: Browse, language: str, own: tuple[str, ...]) -> None:
    world = Counted()
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme, language=language))
    pages = read(visitor.get(f"/reports/report.pdf?{QUARTER}&by=theme").response.data)
    for words in own:
        assert words in " ".join(pages), words
    assert len(pages) == 4
    assert pages[3].startswith("What each figure counts") or language != "en", "definitions begin a page and fill no second one"
    for number, page in enumerate(pages, 1):
        assert numbered(page, number, 4, language)
    assert visitor.get("/reports/report.pdf?since=2026-03-31&until=2026-01-01").status == 404
