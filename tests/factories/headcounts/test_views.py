"""The headcount pages of a factory."""

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.factories.headcounts import queries
from app.factories.headcounts.models import Headcount, HeadcountImport
from app.factories.models import Factory
from app.factories.rules import JobRole, Sex
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse, Reply, fill
from tests.make import accounts, factories, headcounts
from tests.make.statements import counted

LONG = "factory,as_of,source,role,sex,people,lines\n"


def _focal_point(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


def _send(browser: Browse, factory: Factory, text: str, name: str = "heads.csv") -> Reply:
    data = {"file": (io.BytesIO(text.encode()), name)}
    return browser.post(f"/factories/{factory.code}/headcounts/file", data, content_type="multipart/form-data")


def test_a_headcount_by_hand(browse: Browse) -> None:
    factory = factories.factory()
    browser, address = _focal_point(browse, factory), f"/factories/{factory.code}/headcounts"
    assert "No headcount yet" in browser.get(address).text
    cells = {"operator_F": "1,200", "operator_M": "៣០០", "supervisor_other": "1", "helper_undisclosed": "2"}
    action, data = fill(browser.get(f"{address}/new"), "/headcounts/new", as_of="2026-03-31", source="payroll", total="1503",
                        lines="40", shifts="2", under_18="3", **cells)
    assert browser.post(action, data).location == address
    said = queries.said(queries.latest(factory.id))
    assert said.counts == {(JobRole.OPERATOR, Sex.F): 1200, (JobRole.OPERATOR, Sex.M): 300, (JobRole.SUPERVISOR, Sex.OTHER): 1,
                           (JobRole.HELPER, Sex.UNDISCLOSED): 2}
    assert (said.source, said.lines, said.shifts, said.under_18, said.migrants) == ("payroll", 40, 2, 3, None)
    page = browser.get(address).text
    for words in ("1,503 people declared", "Payroll", "Other", "Undisclosed", "40 lines", "Under 183", "Shifts2"):  # a label and its value stand side by side
        assert words in page, words
    assert browser.post(action, data).status == 303
    assert "Nothing changed" in browser.get(address).text and db.session.query(Headcount).count() == 1
    data.setlist("operator_F", ["1201"])
    assert browser.post(action, data).status == 422
    data.setlist("total", ["1504"])
    assert browser.post(action, data).status == 303
    page = browser.get(address).text
    assert "1,504 people declared" in page and "Corrected" in page
    first = db.session.scalars(sa.select(Headcount).order_by(Headcount.id)).first()
    page = browser.get(f"{address}/{first.id}").text
    assert "1,503" in page and "Corrected" in page and "Also said of this day" in page


@pytest.mark.parametrize(("values", "says"), [
    ({"total": "41"}, "add up to 40, not to 41"), ({"total": ""}, "so that a slip shows"),
    ({"operator_F": "-3"}, "whole number from 0"), ({"operator_F": "forty"}, "whole number from 0"),
    ({"operator_F": "1.5"}, "whole number from 0"), ({"operator_F": "0", "total": "0"}, "at least one number"),
    ({"as_of": "2999-01-01"}, "lies in the future"), ({"as_of": "soon"}, "year-month-day"), ({"as_of": ""}, "Choose a day"),
    ({"source": "hearsay"}, "Choose one"), ({"under_18": "41"}, "more people than"), ({"migrants": "41"}, "more people than"),
    ({"lines": "90000"}, "from 0 to 5,000"), ({"shifts": "11"}, "from 0 to 10")])
def test_what_no_headcount_can_be_is_said(browse: Browse, values: dict[str, str], says: str) -> None:
    factory = factories.factory()
    good = {"as_of": "2026-03-31", "source": "declared", "operator_F": "40", "total": "40"}
    reply = _focal_point(browse, factory).post(f"/factories/{factory.code}/headcounts/new", {**good, **values})
    assert reply.status == 422 and says in reply.text, reply.text
    assert db.session.query(Headcount).count() == 0


def test_today_where_the_factory_is_can_be_declared(browse: Browse) -> None:
    factory = factories.factory(programme_id=factories.programme("NZ", zone="Pacific/Kiritimati").id)
    browser, address = _focal_point(browse, factory), f"/factories/{factory.code}/headcounts/new"
    day = today("Pacific/Kiritimati")
    good = {"source": "declared", "operator_F": "4", "total": "4"}
    assert browser.post(address, {**good, "as_of": (day + timedelta(days=1)).isoformat()}).status == 422
    assert browser.post(address, {**good, "as_of": day.isoformat()}).status == 303


def test_an_old_headcount_is_called_old(browse: Browse) -> None:
    factory = factories.factory()
    browser, address = _focal_point(browse, factory), f"/factories/{factory.code}/headcounts"
    day = today(factory.programme.zone)
    headcounts.headcount(factory, day - timedelta(days=100))
    assert "3 months old" in browser.get(address).text and "ask the factory" not in browser.get(address).text
    assert "3 months old" in browser.get(f"/factories/{factory.code}").text
    factory.programme.headcount_months = 3
    assert "This headcount is 3 months old" in browser.get(address).text
    assert "This headcount is 3 months old" in browser.get(f"/factories/{factory.code}").text


def test_a_file_is_looked_at_and_taken_over(browse: Browse) -> None:
    factory = factories.factory(name="Lotus")
    browser = _focal_point(browse, factory)
    text = LONG + """\
Lotus,2026-03-31,declared,operator,F,30,3
Lotus,2026-03-31,declared,operator,M,ten,3
Lotus,2026-03-31,declared,Total,,44,3
Lotus,2026-03-31,declared,Wizard,M,4,3
Lotus,2026-03-31,revised,operator,F,31,3
"""
    address = _send(browser, factory, text).location
    page = browser.get(address)
    for words in ("ten", "not a number of people", "Wizard", "not clear which role", "left out", "Will be added", "Corrects this day",
                  "their people are missing below"):
        assert words in page.text, words
    assert "Is it about this factory" not in page.text
    assert db.session.query(Headcount).count() == 0
    action, data = fill(page, "/application")
    assert browser.post(action, data).location == address and browser.post(action, data).status == 303
    assert [row.source for row in db.session.query(Headcount).order_by(Headcount.id)] == ["declared", "revised"]
    page = browser.get(address).text
    assert "Applied headcount file" in page and "1 new headcounts" in page
    again = _send(browser, factory, text).location
    assert again != address and "Known already" in browser.get(again).text
    browser.post(*fill(browser.get(again), "/application"))
    assert db.session.query(Headcount).count() == 2
    assert "heads.csv" in browser.get(f"/factories/{factory.code}/headcounts").text


def test_a_file_about_another_factory_is_asked_about(browse: Browse) -> None:
    factory = factories.factory(name="Lotus")
    browser = _focal_point(browse, factory)
    page = browser.get(_send(browser, factory, LONG + "Desert Lark,2026-03-31,declared,operator,F,30,3").location)
    assert "The file speaks of “Desert Lark”" in page.text


@pytest.mark.parametrize(("text", "name", "says"), [
    ("", "x.csv", "empty"), ("a,b\n1,2", "x.csv", "no column for"), (LONG, "x.csv", "no numbers below"), ("PK\x03\x04junk", "x.xlsx", "damaged")])
def test_a_file_that_is_none_changes_nothing(browse: Browse, text: str, name: str, says: str) -> None:
    factory = factories.factory()
    reply = _send(_focal_point(browse, factory), factory, text, name)
    assert reply.status == 422 and says in reply.text, reply.text
    assert db.session.query(HeadcountImport).count() == 0
    browser = _focal_point(browse, factory)
    assert browser.post(f"/factories/{factory.code}/headcounts/file", {}).status == 422
    assert browser.post(f"/factories/{factory.code}/headcounts/file", {"file": "text"}).status == 422


def test_who_may_read_and_enter(browse: Browse) -> None:
    own, twin = factories.factory(), factories.factory(name="Twin Needle")
    foreign = headcounts.headcount(twin)
    address = f"/factories/{own.code}/headcounts"
    mine = headcounts.headcount(own)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, factory=own))
    page = advisor.get(address)
    assert "people declared" in page.text and "Enter a headcount" not in page.text
    for path in ("/new", "/file"):
        assert advisor.get(address + path).status == 404
        assert advisor.post(address + path, {}).status == 404
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=own.programme))
    assert trainer.get(address).status == 404 and "Declared headcount" not in trainer.get(f"/factories/{own.code}").text
    browser = _focal_point(browse, own)
    sent = _send(browse.as_account(accounts.account(Role.FOCAL_POINT, factory=twin)), twin, LONG + "A,2026-03-31,declared,operator,F,3,1").location
    for path in (f"/{foreign.id}", sent.removeprefix(f"/factories/{twin.code}/headcounts")):
        assert browser.get(address + path).status == 404
        assert browser.get(f"/factories/{twin.code}/headcounts{path}").status == 404
    assert browser.post(f"{sent}/application").status == 404
    assert browser.post(f"{address}/files/{sent.rsplit('/', 1)[1]}/application").status == 404
    assert browser.get(f"{address}/{mine.id}").status == 200
    assert db.session.query(Headcount).count() == 2


def test_the_pages_take_as_many_statements_however_long_the_history(browse: Browse) -> None:
    factory = factories.factory()
    one, browser = headcounts.headcount(factory, date(2020, 1, 1)), _focal_point(browse, factory)
    address = f"/factories/{factory.code}/headcounts"
    _send(browser, factory, LONG + "A,2020-01-01,declared,operator,F,3,1")

    def statements() -> list[int]:
        numbers = []
        for each in (address, f"{address}/{one.id}", f"/factories/{factory.code}"):
            with counted() as seen:
                assert browser.get(each).status == 200
            numbers.append(len(seen))
        return numbers

    few = statements()
    for each in range(1, 49):
        headcounts.headcount(factory, date(2020, 1, 1) + timedelta(days=30 * each))
        _send(browser, factory, LONG + f"A,2020-01-01,declared,operator,F,{each + 3},1")
    assert statements() == few and max(few) <= 30, few
