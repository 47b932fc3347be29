"""A ministry sees its programmes in numbers: no factory, no person, no other page."""

import pytest
import sqlalchemy as sa

from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role
from app.coverage.models import Requirement
from app.factories.models import Programme
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling, today
from app.platform.db import db
from app.platform.tables import Limits, read_tables
from app.reports.sharing.partners import counting
from tests.browse import Browse
from tests.make import accounts, factories, sharing
from tests.make.statements import counted

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures('app')]
NAMES = ("Lotus", "River", "Palm", "Orchid", "Indigo", "Saffron")


def country(count: int = 6) -> Programme:
    """So many factories of twelve supervisors, eight of them women: all attended, eight are certified."""
    with telling(sharing.within_quarter()):
        programme = factories.programme()
        version = sharing.course(programme)
        for name in NAMES[:count]:
            sharing.taught(programme, version, name, 12, 12, 8, women=8)
    return programme


def page_of(browse: Browse, *programmes: Programme) -> str:
    account = accounts.account(Role.PARTNER, programme=programmes[0])
    for programme in programmes[1:]:
        accounts.grant(account, Role.PARTNER, programme=programme)
    span = sharing.quarter()
    answer = browse.as_account(account).get("/aggregates", query_string={"period": f"{span.first}_{span.last}"})
    assert answer.status == 200
    assert not [name for name in (*NAMES, sharing.NAME) if name in answer.response.text]
    return answer.text


def test_a_country_in_numbers(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six factories; 72 people, 48 of them women; 48 are certified and covered, all of these women. That it is all women
    is not said: it would tell of the men of each factory."""
    programme = country()
    with counted() as seen:
        text = page_of(browse, programme)
    assert not [each for each in seen if "committee_member" in each], "types of people cost a look at their work"
    for words in ("Factories reached at least 6", "Persons trained at least 50 at least 25too few people to say", "Certified at least 50% too few", "Covered at least 50%"):
        assert words in text, text[:1500]
    assert "too few factories to say" not in text
    monkeypatch.setattr(counting, "after_findings", lambda _programme: frozenset(db.session.scalars(sa.select(Requirement.id))))
    assert "Supervisory skills" in text and "Supervisory skills" not in page_of(browse, programme), "it would tell of findings"


def test_it_is_counted_on_the_day_of_the_programme(browse: Browse) -> None:
    """On one side of the world it is always another day than in Greenwich: on the page and in the file."""
    zone = next(zone for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago") if today(zone) != now().date())
    partner, day = browse.as_account(accounts.account(Role.PARTNER, programme=factories.programme(zone=zone))), today(zone)
    assert f"Counted on {day:%B} {day.day}, {day.year}" in partner.get("/aggregates").text
    [sheet] = read_tables(partner.post("/aggregates/table", {"ending": "csv"}).response.get_data(), Limits()).sheets
    assert {str(row[7]) for row in sheet.rows[1:]} == {str(day)}


def test_four_factories_are_too_few(browse: Browse) -> None:
    text = page_of(browse, country(4))
    assert "Of one requirement nothing is said" in text
    assert "Persons trained too few factories to say" in text and "at least 3" not in text


def test_a_small_country_beside_a_large_one_hides_both(browse: Browse) -> None:
    large = country()
    with telling(sharing.within_quarter()):
        small = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
        sharing.taught(small, sharing.course(small), "Mekong", 20, 20, 20)
    text = page_of(browse, large, small)
    assert "Persons trained at least 75" in text and "too few factories to say" in text
    assert "not shown, as it would tell of another number" in text and "Mekong" not in text


def test_files_and_paper_say_what_the_page_says(browse: Browse) -> None:
    large = country()
    with telling(sharing.within_quarter()):
        small = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
        sharing.taught(small, sharing.course(small), "Mekong", 20, 20, 20)
    account = accounts.account(Role.PARTNER, programme=large)
    accounts.grant(account, Role.PARTNER, programme=small)
    partner, span = browse.as_account(account), sharing.quarter()
    query = f"period={span.first}_{span.last}"
    page, paper = partner.get(f"/aggregates?{query}").text, partner.get(f"/aggregates/print?{query}").text
    for ending in ("csv", "xlsx"):
        answer = partner.post(f"/aggregates/table?{query}", {"ending": ending}).response
        [sheet] = read_tables(answer.get_data(), Limits()).sheets
        words = [str(row[4]) for row in sheet.rows[1:]]
        required = [row[2:5] for row in sheet.rows[1:] if row[1] == "Requirement"]
        assert [(row[0], row[1]) for row in required] == [("Supervisory skills", large.name["en"]), (None, None)]
        assert required[1][2].startswith("Of one requirement nothing is said")
        assert "not shown, as it would tell of another number" in words and any(word.startswith("at least") for word in words)
        assert all(word in page and word in paper for word in words)
        assert not [name for name in (*NAMES, "Mekong", sharing.NAME) if name in str(sheet.rows)]
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "aggregates.export")).all()
    assert [entry.details["ending"] for entry in entries] == ["csv", "xlsx"]
    assert partner.post(f"/aggregates/table?{query}", {"ending": "pdf"}).status == 409


def test_another_programme_is_not_in_it(browse: Browse) -> None:
    country()
    with telling(sharing.within_quarter()):
        empty = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    text = page_of(browse, empty)
    assert "Factories reached too few factories to say" in text


def test_without_a_programme_in_sight_there_is_no_paper_and_no_file(browse: Browse) -> None:
    """The page says that there is nothing; nothing goes along, and nothing is written into the log."""
    account = accounts.account(Role.PARTNER)
    visitor = browse.as_account(account)
    assert visitor.get("/aggregates").status == 200
    assert [visitor.get("/aggregates/print").status, visitor.post("/aggregates/table", {"ending": "csv"}).status] == [404, 404]
    assert not db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "aggregates.export")).all()
    accounts.grant(account, Role.PARTNER, programme=factories.programme())
    assert [visitor.get("/aggregates/print").status, visitor.post("/aggregates/table", {"ending": "csv"}).status] == [200, 200]


def test_a_partner_holds_one_permission_and_meets_nothing_else(browse: Browse) -> None:
    assert ROLE_PERMISSIONS[Role.PARTNER] == {Permission.AGGREGATES_READ}
    programme = country()
    factory = factories.factory(name="Seen Never", programme_id=programme.id)
    partner = browse.as_account(accounts.account(Role.PARTNER, programme=programme))
    for address in (
        "/reports", "/reports/periods", "/coverage", "/factories", f"/factories/{factory.code}", "/people", "/sessions", "/group",
        f"/factories/{factory.code}/sharing", f"/coverage/{factory.code}", "/accounts", "/courses", "/api/v1/factories",
    ):
        assert partner.get(address).status in {401, 404}, address
    assert "The programme in numbers" in partner.get("/").text


def test_staff_invite_a_partner(browse: Browse) -> None:
    programme = country(1)
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    offered = [each.get("value") for each in manager.get("/accounts/invite").all("option")]
    assert "partner" in offered
