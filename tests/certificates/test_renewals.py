"""The list of what ends: who sees whom, filters by address, exports, a fixed number of statements."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.access.roles import Role
from app.certificates.models import Certificate
from app.certificates.validity import operations
from app.certificates.validity.views import renewals as views
from app.factories.models import Employment, Factory
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, certificates, courses, factories
from tests.make.statements import counted


def _ending(name: str, factory: Factory, days: int, version: object = None) -> Certificate:
    person = factories.person(factory, name=name, local_name=None)
    until = clock.now() + timedelta(days=days)
    made = certificates.certificate(person, factory, version, at=until - timedelta(days=365), valid_until=until)  # type: ignore[arg-type]
    return certificates.drawn(made)


def test_who_ends_when_by_address(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    other = courses.version("other", titles={"en": "Other course"})
    _ending("In Twenty", factory, 20)
    _ending("In Fifty", factory, 50, other)
    _ending("In Hundred", factory, 100)
    _ending("Long Gone", factory, -20)
    _ending("Of Twin", twin, 20)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    expected = {
        "": {"In Twenty", "In Fifty"},
        "?within=30": {"In Twenty"},
        "?within=180": {"In Twenty", "In Fifty", "In Hundred"},
        "?within=expired": {"Long Gone"},
        "?course=other": {"In Fifty"},
        f"?factory={twin.code}": set(),
        "?within=nonsense&page=0": {"In Twenty", "In Fifty"},
    }
    names = {"In Twenty", "In Fifty", "In Hundred", "Long Gone", "Of Twin"}
    for address, seen in expected.items():
        text = focal.get(f"/certificates/renewals{address}").text
        assert {name for name in names if name in text} == seen, address
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    assert "Of Twin" in advisor.get(f"/certificates/renewals?factory={twin.code}").text
    assert browse.as_person(_ending("Herself", factory, 10).person_id).get("/certificates/renewals").status == 404


def test_today_is_that_of_the_programme(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    until = (clock.now() - timedelta(days=2)).replace(hour=17, minute=0, second=0, microsecond=0)  # a midnight there
    certificates.certificate(factories.person(factory), factory, at=until - timedelta(days=365), valid_until=until)
    later = until + timedelta(hours=1)
    monkeypatch.setattr(views, "today", lambda zone: later.astimezone(ZoneInfo(zone)).date())
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert "too late" in focal.get("/certificates/renewals?within=expired").text


def test_it_follows_the_person_to_where_it_works_now(browse: Browse) -> None:
    before, after = factories.factory(), factories.factory()
    certificate = _ending("Moved On", before, 20)
    db.session.query(Employment).filter_by(person_id=certificate.person_id).update({"ended_on": clock.now().date()})
    factories.employ(db.session.get_one(type(factories.person(after)), certificate.person_id), after, None, number="N7")
    for factory in (before, after):
        focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
        page = focal.get("/certificates/renewals")
        assert "Moved On" not in page.text, "gone from the one, learned elsewhere for the other"
        assert certificate.number not in page.text
        assert focal.post("/certificates/renewals/table", {"ending": "csv"}).status == 409
    both = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    page = both.get(f"/certificates/renewals?factory={after.code}")
    assert "Moved On" in page.text
    assert f"/certificates/{certificate.id}" not in [a.get("href") for a in page.all("a")]


def test_tables(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory, twin = factories.factory(), factories.factory()
    certificate = _ending("=cmd|Dara", factory, 20)
    _ending("Of Twin", twin, 20)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    address = "/certificates/renewals/table?within=30"
    assert f'action="{address}"' in focal.get("/certificates/renewals?within=30").response.text
    reply = focal.post(address, {"ending": "csv"})
    [header, row] = csv.reader(io.StringIO(reply.response.data.decode("utf-8-sig")))
    assert header[0] == "Name"
    assert certificate.number in row
    assert not row[0].startswith("="), "no formula"
    assert focal.post(address, {"ending": "xlsx"}).response.data[:2] == b"PK"
    entries = db.session.query(AuditEntry).filter_by(action="certificates.export_renewals").all()
    assert [entry.details["certificates"] for entry in entries] == [1, 1]
    assert focal.post(address, {"ending": "exe"}).status == 409
    assert focal.post(f"{address}&factory={twin.code}", {"ending": "csv"}).status == 409
    monkeypatch.setattr(operations, "MOST", 0)
    assert "too long for one table" in focal.post(address, {"ending": "csv"}).text
    assert db.session.query(AuditEntry).filter_by(action="certificates.export_renewals").count() == 2
    nobody = browse.as_person(certificate.person_id)
    assert nobody.post(address, {"ending": "csv"}).status == 404


@pytest.mark.slow
def test_statements_do_not_grow(browse: Browse) -> None:
    factory = factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (3, 30):
        for each in range(number):
            _ending(f"Person {number} {each}", factory, 20)
        with counted() as statements:
            assert focal.get("/certificates/renewals").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
