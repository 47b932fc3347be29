"""The portfolio: who stands first and why, filters of the address, the table to take away, statements."""

import csv
import io
from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.coverage.subscribers import on_completed
from app.factories.models import Factory, FactoryTerm
from app.factories.rules import FactoryStatus, Sex, TermKind
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.make import accounts, completions, courses, coverage, factories, structure
from tests.make.statements import counted


class World:
    """Lotus: one of two covered. Twin: nobody of one. Calm: everybody. Abroad in another programme."""

    def __init__(self) -> None:
        self.programme, self.version = factories.programme(), courses.version("sst")
        coverage.require(self.programme, self.version)
        self.lotus = factories.factory(name="Lotus Lane", province="Takeo")
        self.twin, self.calm = factories.factory(name="Twin Mill"), factories.factory(name="Calm Cotton")
        abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
        self.abroad = factories.factory(name="Abroad Ltd", programme_id=abroad.id)
        self.staff(self.lotus, 1, 1)
        self.staff(self.twin, 0, 1)
        self.staff(self.calm, 1, 0)
        structure.group("LOTUS", self.lotus)

    def staff(self, factory: Factory, covered: int, uncovered: int) -> None:
        for number in range(covered + uncovered):
            person = factories.person(factory, sex=Sex.F)
            if number < covered:
                at, end = clock.now() - timedelta(days=300), clock.now() + timedelta(days=75 if factory is self.lotus else 400)
                done = completions.completion(person, self.version, factory, at=at, valid_until=end)
                on_completed(CourseCompleted(done.id))


def _names(page: Reply) -> list[str]:
    return [next(cell.iter("bdi")).text or "" for cell in page.all("th") if cell.get("scope") == "row"]


def test_sorted_by_risk_with_reasons(browse: Browse) -> None:
    world = World()
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme)).get("/coverage")
    assert _names(page) == ["Twin Mill", "Lotus Lane", "Calm Cotton"]
    for words in ("1 of 1 not covered", "nobody ever completed it here", "1 of 2 not covered",
                  "nobody completed it for 9 months", "everybody is covered", "no staff list", "50%",
                  "1 ends within 90 days"):  # fmt: skip
        assert words in page.text, words


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("province=Takeo", ["Lotus Lane"]), ("group=LOTUS", ["Lotus Lane"]), ("programme=VN", ["Abroad Ltd"]),
        ("requirement=nonsense&programme=nonsense&page=-1&tier=x&on=", ["Twin Mill", "Lotus Lane", "Abroad Ltd", "Calm Cotton"]),
        ("no_roster=y&province=Takeo", ["Lotus Lane"]), ("expiring=60", []), ("expiring=90", ["Lotus Lane"]), ("expiring=y", None), ("tier=intensive", []), ("product=knit", None),
    ],
)  # fmt: skip
def test_filters_of_the_address(browse: Browse, asked: str, names: list[str] | None) -> None:
    World()
    page = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get(f"/coverage?{asked}")
    assert page.status == 200
    if names is not None:
        assert sorted(_names(page)) == sorted(names)


def test_days_that_nobody_knows(browse: Browse) -> None:
    World()
    admin = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert [admin.get(f"/coverage?on={day}").status for day in ("2999-01-01", "nonsense")] == [422, 422]


def test_a_table_to_take_away(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    tier = {"kind": TermKind.SUPPORT_TIER, "value": "intensive", "starts_on": date(2020, 1, 1)}
    db.session.add(FactoryTerm(factory_id=world.lotus.id, **tier))
    reply = advisor.post("/coverage/table?province=Takeo", {"ending": "csv"})
    header, row = list(csv.reader(io.StringIO(reply.response.data.decode("utf-8-sig"))))
    assert (row[0], row[1], row[5:]) == (world.lotus.code, "Lotus Lane", ["0", "1", "1", "2"])
    assert header[7].endswith("covered")
    assert header[3] == "Support tier" and row[3]
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.lotus))
    own = focal.post("/coverage/table", {"ending": "csv"}).response.data.decode("utf-8-sig")
    assert "Lotus Lane" in own and "Support tier" not in own and row[3] not in own
    assert advisor.post("/coverage/table", {"ending": "xlsx"}).response.data.startswith(b"PK")
    assert advisor.post("/coverage/table", {"ending": "exe"}).status == 409


def test_statements_do_not_grow_with_factories(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    costs = []
    for number in (2, 45):
        for _ in range(number):
            world.staff(factories.factory(), 1, 1)
        db.session.expire_all()
        with counted() as statements:
            assert advisor.get("/coverage").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 30, costs


def test_programmes(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    page = advisor.get("/coverage/countries")
    assert page.status == 200 and "50%" in page.text and "Abroad" not in page.text
    one = advisor.get(f"/coverage/countries/{world.programme.code}")
    assert "2 of 4" in one.text and "None was cancelled." in one.text
    assert advisor.get("/coverage/countries/VN").status == 404
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.lotus))
    assert focal.get("/coverage/countries").status == 404
    assert focal.get(f"/coverage/countries/{world.programme.code}").status == 404


def test_a_past_day_stays_as_it_was_printed(browse: Browse) -> None:
    """Who closed later stands there still, and nothing that is known only as it is today."""
    world = World()
    coverage.open_anew()
    day = clock.now().date()
    world.lotus.status, world.lotus.closed_on = FactoryStatus.CLOSED, day
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    assert world.lotus.name not in advisor.get("/coverage").text
    past = day - timedelta(days=1)
    page = advisor.get(f"/coverage?on={past}&tier=intensive&no_roster=y")
    assert world.lotus.name in page.text and "not covered" in page.text
    for words in ("no staff list", "nobody completed it", "nobody ever completed it"):
        assert words not in page.text, words
    page = advisor.get(f"/coverage/{world.lotus.code}?on={past}")
    assert page.status == 200 and "Support tier" not in page.text and "Staff list" not in page.text
    assert "By support tier" not in advisor.get(f"/coverage/countries/{world.programme.code}?on={past}").text
    assert advisor.get(f"/coverage/countries?on={past}").status == 200
