"""The page of a report: who reads it, what it says, where its numbers lead."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.access.roles import Role
from app.attendance.rules import Mark
from app.platform.db import db
from app.reports.views import figures
from tests.browse import Browse
from tests.counts import sampled
from tests.make import accounts, factories
from tests.make.reports import Counted
from tests.make.statements import counted

pytestmark = pytest.mark.slow
QUARTER = "since=2026-01-01&until=2026-03-31"


def manager(browse: Browse, world: Counted, **values: object) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme, **values))


def test_what_it_says(browse: Browse) -> None:
    page = manager(browse, Counted()).get(f"/reports?{QUARTER}&by=sex")
    assert page.status == 200
    for words in ("Persons trained", "40% 2 of 5", "75% 9 of 12", "1,400 USD", "71%", "Different people with at least one attended half-day"):
        assert words in page.text


def test_every_number_leads_to_those_behind_it(browse: Browse) -> None:
    visitor = manager(browse, Counted())
    for split in sampled(("sex", "factory", "payer"), "splits"):
        page = visitor.get(f"/reports?{QUARTER}&by={split}")
        links = sorted({a.get("href") for a in page.all("a") if "/reports/behind/" in (a.get("href") or "")})
        assert len(links) > 15
        for link in sampled(links, split, 8):
            assert visitor.get(link).status == 200, link
    people = visitor.get(f"/reports/behind/persons?{QUARTER}&by=sex&value=F")
    assert [name in people.text for name in ("Ann", "Bea", "Cho", "Eve", "Dan")] == [True, True, True, True, False]
    certified = visitor.get(f"/reports/behind/certification?{QUARTER}&show=top")
    assert [name in certified.text for name in ("Ann", "Cho", "Dan", "Bea")] == [True, True, False, False]
    assert parse_qs(urlsplit(links[0]).query)["since"] == ["2026-01-01"]
    days = [cell for cell in visitor.get(f"/reports/behind/person_days?{QUARTER}").all("td") if cell.get("data-label") == "Person-days"]
    assert sum(float("".join(cell.itertext())) for cell in days) == 4.5


def test_many_rows_have_pages_and_are_found_by_name(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "SIZE", 1)
    visitor = manager(browse, Counted())

    def shown(address: str) -> list[str]:
        heads = ["".join(cell.itertext()).strip() for cell in visitor.get(address).all("th")]
        return [name for name in heads if name in {"Lotus", "River"}]

    start = f"/reports?{QUARTER}&by=factory"
    page = visitor.get(start)
    [following] = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
    assert "Page 1 of 2" in page.text
    assert following.endswith("#rows"), "the rows are below everything else"
    assert [shown(each) for each in (start, following, f"{start}&page=99", f"{start}&q=RIV")] == [["Lotus"], ["River"], ["River"], ["River"]]
    assert [word in visitor.get(f"{start}&q=heron").text for word in ("Nothing is called like this", "Clear the filter")] == [True, True]


@pytest.mark.parametrize("address", ["/reports?since=2026-03-31&until=2026-01-01", "/reports?since=1900-01-01&until=2026-01-01", "/reports?since=yesterday"])
def test_a_period_that_is_none(browse: Browse, address: str) -> None:
    assert manager(browse, Counted()).get(address).status == 422


@pytest.mark.parametrize("address", ["/reports/behind/wages", "/reports/behind/persons?by=religion", "/reports?programme=XX", "/reports/behind/persons?since=2026-03-31&until=2026-01-01"])
def test_what_there_is_not(browse: Browse, address: str) -> None:
    assert manager(browse, Counted()).get(address).status == 404


def test_who_reads_it(browse: Browse) -> None:
    world = Counted()
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", name={"en": "Lotus Coast"})
    for role, where, status in (
        (Role.ADVISOR, world.programme, 200), (Role.TRAINER, world.programme, 404), (Role.PROGRAMME_MANAGER, abroad, 404),
    ):
        visitor = browse.as_account(accounts.account(role, programme=where))
        assert visitor.get(f"/reports?{QUARTER}&programme=KH").status == status
        assert visitor.get(f"/reports/behind/persons?{QUARTER}&programme=KH").status == status
    foreign = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=abroad)).get(f"/reports/behind/persons?{QUARTER}")
    assert "Ann" not in foreign.text
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.lotus))
    assert focal.get("/reports").status == 404


def test_nothing_yet(browse: Browse) -> None:
    programme = factories.programme()
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    assert "No costs are entered" in visitor.get("/reports").text
    assert "Nothing is counted here" in visitor.get("/reports/behind/persons").text


def test_statements_do_not_grow(browse: Browse) -> None:
    world = Counted()
    visitor = manager(browse, world)
    numbers = []
    for _ in range(2):
        db.session.expire_all()
        numbers.append([])
        for address in (f"/reports?{QUARTER}", f"/reports?{QUARTER}&by=course", f"/reports/behind/participations?{QUARTER}", f"/reports/behind/committees?{QUARTER}"):
            with counted() as statements:
                assert visitor.get(address).status == 200
            numbers[-1].append(len(statements))
        for number in range(12):
            factory = factories.factory()
            world.attend(world.s2, factories.person(factory, name=f"New {number}"), factory, Mark.PRESENT)
        db.session.flush()
    assert numbers[0] == numbers[1]
