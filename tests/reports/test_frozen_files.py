"""A frozen period as a file: what was told stays in it, whatever is entered later; what changed stands beside."""

import csv
import io
from dataclasses import replace

import pytest

from app.access.roles import Role
from app.platform.db import db
from app.platform.tables import read_tables
from app.reports import tables
from app.reports.definitions import DEFINITIONS
from app.reports.periods import operations
from app.reports.rules.figures import Indicator
from app.reports.rules.period import Span
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make.reports import QUARTER
from tests.reports.test_periods import Frozen, meddle
from tests.reports.test_tables import numbered, read

pytestmark = pytest.mark.slow


def manager(browse: Browse, world: Frozen, language: str = "en") -> Browse:
    account = accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme, language=language)
    return browse.as_account(account)


def rows(visitor: Browse, world: Frozen) -> dict[str, list[str]]:
    """Indicator -> its row for everybody."""
    text = visitor.post(f"/reports/periods/{world.period.id}/table", {"ending": "csv"}).response.data.decode("utf-8-sig")
    return {row[0]: row for row in csv.reader(io.StringIO(text)) if not row[2]}


def test_what_was_told_stays_and_what_changed_stands_beside(browse: Browse) -> None:
    world = Frozen()
    visitor = manager(browse, world)
    before = rows(visitor, world)
    meddle(world)
    after = rows(visitor, world)
    assert {name: row[:12] for name, row in before.items()} == {name: row[:12] for name, row in after.items()}
    assert (before["persons"][12:-1], after["persons"][12:-1]) == (["5", "5", "0", ""], ["6", "6", "1", ""])
    assert after["certification"][4] == "40%"
    book = read_tables(visitor.post(f"/reports/periods/{world.period.id}/table", {"ending": "xlsx"}).response.data)
    told = [[str(cell or "") for cell in row] for row in book.sheets[0].rows]
    assert len(told[0]) == len(tables.WIDTHS)
    assert (told[1][4], float(told[1][5])) == ("5", 5)
    assert told[1][12] == "6"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_paper(browse: Browse, language: str) -> None:
    world = Frozen()
    meddle(world)
    [*_, last] = pages = read(manager(browse, world, language).get(f"/reports/periods/{world.period.id}/report.pdf").response.data)
    assert numbered(last, len(pages), len(pages), language)
    assert {"en": "What has changed since", "ar": "مارس"}[language] in " ".join(pages)


def test_a_change_of_the_definition_is_no_late_entry(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of persons the meaning is another since, and of committees the share that makes one a trained one."""
    world, note = Frozen(), "counted by an earlier definition"
    address, visitor = f"/reports/periods/{world.period.id}", manager(browse, world)
    page = visitor.get(address).text
    assert note not in page and "Nothing has changed since" in page
    world.programme.committee_share = 60
    persons = DEFINITIONS[Indicator.PERSONS]
    monkeypatch.setitem(DEFINITIONS, Indicator.PERSONS, replace(persons, number=persons.number + 1))
    page = visitor.get(address).text
    assert page.count(note) == 2 and "changed since" not in page, "what cannot be compared is not said to be the same"
    meddle(world)
    found = rows(visitor, world)
    assert {name for name, row in found.items() if row[15] == note} == {"persons", "committees"}
    assert (found["persons"][12:15], found["participations"][14]) == (["6", "6", ""], "1")
    assert "Here these are 80 in 100. The figure was counted by an earlier definition." in found["committees"][16]
    page = visitor.get(address).text
    assert page.count(note) == 2 and "6 figures have changed since" in page
    assert [visitor.get(f"{address}/changes/{each}").status for each in ("persons", "participations")] == [404, 200]
    assert note in " ".join(read(visitor.get(f"{address}/report.pdf").response.data))
    world.report.definitions, world.report.committee_shares = {}, {}
    found = rows(visitor, world)
    assert {name for name, row in found.items() if row[15] == note} == {"persons", "person_days", "coverage", "committees", "committee_women", "gain", "behaviour"}
    assert "How many these were then is not known." in found["committees"][16]


def test_a_period_that_was_frozen_before_countries_were_told_apart(browse: Browse) -> None:
    world = Frozen()
    address, visitor = f"/reports/periods/{world.period.id}", manager(browse, world)

    def countries() -> list[list[str]]:
        text = visitor.post(f"{address}/table", {"ending": "csv"}).response.data.decode("utf-8-sig")
        return [row[:5] for row in csv.reader(io.StringIO(text)) if row[2] == "Country"]

    assert ["persons", "Persons trained", "Country", "Cambodia", "5"] in countries()
    leading = f"{address}/behind/persons?by=country&value=KH"
    assert "Ann" in visitor.get(leading).text
    world.report.figures = [each for each in world.report.figures if each["split"] != "country"]
    db.session.flush()
    assert countries() == []
    assert [visitor.get(each).status for each in (address, f"{address}/behind/persons", leading)] == [200, 200, 404]


def test_only_what_is_frozen_and_in_sight(browse: Browse) -> None:
    world = Frozen()
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", name={"en": "Elsewhere"})
    stranger = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=abroad))
    address = f"/reports/periods/{world.period.id}"
    assert [stranger.get(f"{address}/report.pdf").status, stranger.post(f"{address}/table", {"ending": "csv"}).status] == [404, 404]
    visitor = manager(browse, world)
    assert visitor.post(f"{address}/table", {"ending": "exe"}).status == 409
    actor = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    still = operations.open_period(actor, "KH", "Still open", Span(QUARTER.first, QUARTER.last))
    assert visitor.get(f"/reports/periods/{still.id}/report.pdf").status == 404
