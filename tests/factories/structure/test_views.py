"""The pages on which staff keep programmes, groups and factories."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.factories.models import Committee, CommitteeMember, Factory, FactoryTerm, Group, Holiday, Line, Programme
from app.factories.rules import FactoryStatus, JobRole, LineKind, Sex, Side, TermKind
from app.factories.structure.queries.programmes import holiday_days
from app.platform.audit.models import AuditEntry
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, factories, structure
from tests.make.statements import counted


def _manager(browse: Browse, programme: Programme) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))


def _logged(action: str) -> list[AuditEntry]:
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)))


def test_an_administrator_creates_a_programme(browse: Browse) -> None:
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    address, data = fill(administrator.get("/programmes/new"), "/programmes/new", code="bd-1", name_en="Bengal",
                         country="BD", zone="Asia/Dhaka", languages=["bn", "en"], rest_days=["5"])
    reply = administrator.post(address, data)
    assert (reply.status, reply.location) == (303, "/programmes/BD-1")
    made = db.session.scalars(sa.select(Programme).where(Programme.code == "BD-1")).one()
    assert (made.zone, made.rest_days, made.languages, made.headcount_months) == ("Asia/Dhaka", [5], ["bn", "en"], 6)
    assert administrator.post(address, data).status == 422
    assert "Bengal" in administrator.get("/programmes").text
    assert len(_logged("programmes.create")) == 1


@pytest.mark.parametrize(("field", "value"), [
    ("code", "new"), ("code", "A B"), ("name_en", ""), ("country", "ZZ"), ("zone", "Mars/Base"), ("languages", []),
    ("rest_days", list("1234567")), ("rest_days", ["8"]), ("headcount_months", "0")])
def test_what_no_programme_can_have_is_said(browse: Browse, field: str, value: object) -> None:
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    good = {"code": "X1", "name_en": "X", "country": "BD", "zone": "Asia/Dhaka", "languages": ["bn"], "rest_days": ["5"]}
    _, data = fill(administrator.get("/programmes/new"), "/programmes/new", **{**good, field: value})
    reply = administrator.post("/programmes/new", data)
    assert reply.status == 422 and db.session.query(Programme).filter_by(code="X1").count() == 0


def test_a_manager_changes_the_own_programme_only(browse: Browse) -> None:
    own, other = factories.programme(), factories.programme("VN", name={"en": "Viet"})
    manager = _manager(browse, own)
    assert "Viet" not in manager.get("/programmes").text
    address, data = fill(manager.get("/programmes/KH"), "/programmes/KH", rest_days=["7", "6"], name_km="កម្មវិធី")
    assert manager.post(address, data).status == 303
    db.session.expire_all()
    assert own.rest_days == [6, 7] and own.name["km"] == "កម្មវិធី" and own.code == "KH"
    assert _logged("programmes.change")[0].details["changed"] == ["name", "rest_days"]
    for path in ("", "/holidays", "/factories/new"):
        assert manager.get(f"/programmes/{other.code}{path}").status == 404
        assert manager.post(f"/programmes/{other.code}{path}", data).status == 404
    assert manager.get("/programmes/new").status == 404
    assert manager.post("/programmes/new", data).status == 404


def test_holidays_are_added_moved_and_removed_with_a_log(browse: Browse) -> None:
    programme = factories.programme()
    manager = _manager(browse, programme)
    address, data = fill(manager.get("/programmes/KH/holidays?year=2027"), "/holidays", day="2027-03-20",
                         name_en="Eid", name_km="អ៊ីដ", is_provisional="y")
    assert manager.post(address, data).location.endswith("year=2027")
    assert manager.post(address, data).status == 422
    holiday = db.session.scalars(sa.select(Holiday)).one()
    assert (holiday.name, holiday.is_provisional) == ({"en": "Eid", "km": "អ៊ីដ"}, True)
    span = (date(2027, 1, 1), date(2027, 12, 31))
    assert holiday_days(programme.id, *span) == set()
    assert "Provisional" in manager.get("/programmes/KH/holidays?year=2027").text
    page = manager.get(f"/programmes/KH/holidays/{holiday.id}")
    address, data = fill(page, f"/holidays/{holiday.id}", day="2027-03-21")
    data.poplist("is_provisional")
    assert manager.post(address, data).status == 303
    assert holiday_days(programme.id, *span) == {date(2027, 3, 21)}
    assert manager.post(f"/programmes/KH/holidays/{holiday.id}/removal").status == 303
    assert db.session.scalars(sa.select(Holiday)).all() == []
    assert _logged("programmes.change_holiday")[0].details["before"] == "2027-03-20"
    assert _logged("programmes.remove_holiday")[0].details["day"] == "2027-03-21"


def test_a_holiday_of_another_programme_is_out_of_reach(browse: Browse) -> None:
    own, other = factories.programme(), factories.programme("VN")
    foreign, manager = structure.holiday(other), _manager(browse, own)
    for path in (f"/programmes/KH/holidays/{foreign.id}", f"/programmes/VN/holidays/{foreign.id}"):
        assert manager.get(path).status == 404
        assert manager.post(path, {"day": "2027-01-01", "name_en": "x"}).status == 404
        assert manager.post(f"{path}/removal").status == 404
    assert db.session.get(Holiday, foreign.id) is not None


def test_groups_show_and_take_factories_in_reach_only(browse: Browse) -> None:
    own, other = factories.factory(name="Here"), factories.factory(name="Abroad", programme_id=factories.programme("VN").id)
    structure.group("FAR", other, name="Far Group")
    manager = _manager(browse, own.programme)
    assert "Far Group" not in manager.get("/groups").text and "Abroad" not in manager.get("/groups/new").text
    assert manager.get("/groups/FAR").status == 404
    assert manager.post("/groups/FAR", {"name": "x", "factories": [own.id]}).status == 404
    assert manager.post("/groups/new", {"code": "G1", "name": "G", "factories": [other.id]}).status == 422
    assert manager.post("/groups/new", {"code": "G1", "name": "G"}).status == 422
    assert manager.post("/groups/new", {"code": "g1", "name": "G", "country": "", "factories": [own.id]}).location == "/groups/G1"
    assert manager.post("/groups/new", {"code": "G1", "name": "G", "country": "", "factories": [own.id]}).status == 422
    db.session.expire_all()
    assert own.group is not None and own.group.code == "G1"
    assert "Here" in manager.get("/groups/G1").text
    other.group_id = own.group_id
    db.session.flush()
    reply = manager.post("/groups/G1", {"name": "Mine now", "country": "", "factories": [own.id]})
    assert reply.status == 422 and "administrator" in reply.text
    assert db.session.scalars(sa.select(Group.name).where(Group.code == "G1")).one() == "G"
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert administrator.post("/groups/G1", {"name": "New", "country": "KH", "factories": [own.id]}).status == 303
    db.session.expire_all()
    assert other.group_id is None and own.group.name == "New"


def _new_factory(**values: object) -> dict[str, object]:
    return {"name": "Needle", "local_name": "ម្ជុល", "code": "kh-9", "language": "km", "province": "Kandal", "group": "",
            "export_zone": "", "os_id": "", "slcp_id": "", "rests": "programme", "status": "active", **values}


def test_a_factory_is_created_and_changed(browse: Browse) -> None:
    programme = factories.programme()
    manager = _manager(browse, programme)
    assert manager.get("/programmes/KH/factories/new").status == 200
    assert manager.post("/programmes/KH/factories/new", _new_factory()).location == "/factories/KH-9"
    assert manager.post("/programmes/KH/factories/new", _new_factory()).status == 422
    assert manager.post("/programmes/KH/factories/new", _new_factory(code="new")).status == 422
    assert manager.post("/programmes/KH/factories/new", _new_factory(code="B", rests="own")).status == 422
    address, data = fill(manager.get("/factories/KH-9/settings"), "/settings", rests="own", rest_days=["5"], code="KH-10",
                         status="paused", export_zone="Manhattan", os_id="KH2020123ABCDEF")
    assert manager.post(address, data).location == "/factories/KH-10/settings"
    made = db.session.scalars(sa.select(Factory).where(Factory.code == "KH-10")).one()
    assert (made.rest_days, made.status, made.export_zone, made.local_name) == ([5], FactoryStatus.PAUSED, "Manhattan", "ម្ជុល")
    assert set(_logged("factories.change")[0].details["changed"]) == {"rest_days", "code", "status", "export_zone", "os_id"}
    page = manager.get("/factories/KH-10").text
    for words in ("Weekly rest daysFriday", "Support tierNot said", "Export zoneManhattan", "OS Hub IDKH2020123ABCDEF", "Paused"):
        assert words in page, words
    assert "Company group" not in page and "SLCP ID" not in page
    assert manager.get("/factories/KH-10/terms").status == 200


def test_the_page_of_a_factory_tells_its_group_tier_and_mode_of_today(browse: Browse) -> None:
    factory = factories.factory()
    structure.group("LOTUS", factory, name="Lotus Group")
    manager = _manager(browse, factory.programme)
    day = today(factory.programme.zone)
    for value, starts_on in (("support_tier:standard", day - timedelta(days=9)), ("support_tier:intensive", day),
                             ("support_tier:advanced", day + timedelta(days=1)), ("engagement_mode:hybrid", day)):
        assert manager.post(f"/factories/{factory.code}/terms", {"value": value, "starts_on": starts_on.isoformat()}).status == 303
    page = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(f"/factories/{factory.code}").text
    for words in ("Company groupLotus Group", "Support tierIntensive", "Engagement modeHybrid", "Weekly rest daysSunday"):
        assert words in page, words


def test_a_group_out_of_reach_is_not_taken(browse: Browse) -> None:
    own, other = factories.factory(), factories.factory(programme_id=factories.programme("VN").id)
    far, manager = structure.group("FAR", other), _manager(browse, own.programme)
    assert manager.post(f"/factories/{own.code}/settings", _new_factory(group=str(far.id), code=own.code)).status == 422


def test_terms_keep_their_history(browse: Browse) -> None:
    factory = factories.factory()
    manager = _manager(browse, factory.programme)
    address = f"/factories/{factory.code}/terms"
    for value, day in (("support_tier:standard", "2025-01-01"), ("support_tier:intensive", "2026-01-01"),
                       ("support_tier:advanced", "2026-01-01"), ("engagement_mode:virtual", "2020-03-01")):
        assert manager.post(address, {"value": value, "starts_on": day}).status == 303
    said = [(term.value, str(term.starts_on)) for term in db.session.scalars(sa.select(FactoryTerm).order_by(FactoryTerm.id))]
    assert said == [("standard", "2025-01-01"), ("advanced", "2026-01-01"), ("virtual", "2020-03-01")]
    reply = manager.get(address)
    assert "Standard" in reply.text and "December 31, 2025" in reply.text and "Virtual" in reply.text
    assert manager.post(address, {"value": "support_tier:virtual", "starts_on": "2026-01-01"}).status == 422
    assert manager.post(address, {"value": "support_tier:standard", "starts_on": "soon"}).status == 422
    assert len(_logged("factories.term")) == 4


def test_lines_are_added_renamed_closed_and_opened(browse: Browse) -> None:
    factory = factories.factory()
    factories.person(factory, line="Line 1")
    manager, address = _manager(browse, factory.programme), f"/factories/{factory.code}/lines"
    assert manager.post(address, {"name": "Cutting", "kind": "section"}).status == 303
    assert manager.post(address, {"name": "Line 1", "kind": "line"}).status == 422
    line = db.session.scalars(sa.select(Line).where(Line.name == "Line 1")).one()
    one = f"{address}/{line.id}"
    assert manager.post(one, {"name": "Cutting", "kind": "line"}).status == 422
    assert manager.post(one, {"name": "Line A", "kind": "line"}).status == 303
    assert manager.post(f"{one}/closing", {"day": ""}).status == 422
    assert manager.post(f"{one}/closing", {"day": "2026-02-03"}).status == 303
    assert "Closed on" in manager.get(address).text and "Closed on" in manager.get(one).text
    assert manager.post(f"{one}/reopening").status == 303
    db.session.expire_all()
    assert (line.name, line.closed_on) == ("Line A", None)
    assert [entry.details.get("after") for entry in _logged("factories.change_line")] == ["Line A"]


def test_lines_stand_in_the_order_of_their_numbers(browse: Browse) -> None:
    factory = factories.factory()
    for name in ("Line 10", "line 2", "Line 1B", "Line 1", "ខ្សែ ១២"):
        structure.line(factory, name)
    structure.line(factory, "Cutting", LineKind.SECTION)
    page = _manager(browse, factory.programme).get(f"/factories/{factory.code}/lines")
    shown = ["".join(th.itertext()).strip() for th in page.all("th") if th.get("scope") == "row"]
    assert shown == ["Line 1", "Line 1B", "line 2", "Line 10", "ខ្សែ ១២", "Cutting"]


def test_a_committee_and_its_balance(browse: Browse) -> None:
    factory = factories.factory()
    worker = factories.person(factory, JobRole.OPERATOR, name="Sok Maly", sex=Sex.F)
    boss = factories.person(factory, JobRole.MANAGER, name="Chan Rith", sex=Sex.M)
    manager = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    address = f"/factories/{factory.code}/committees"
    assert manager.post(address, {"kind": "bipartite", "starts_on": "2026-01-01", "ends_on": "2025-01-01"}).status == 422
    one = manager.post(address, {"kind": "bipartite", "starts_on": "2026-01-01", "ends_on": "2027-12-31"}).location
    found, data = fill(manager.get(f"{one}?q=maly"), "/members", person=str(worker.id), side="worker", starts_on="2026-01-02")
    assert manager.post(found, data).status == 303
    assert manager.post(found, data).status == 422
    reply = manager.get(one)
    assert "Sok Maly" in reply.text and "The two sides are not equal" in reply.text
    joining = {"q": "Rith", "person": boss.id, "side": "management"}
    assert manager.post(f"{one}/members", {**joining, "starts_on": "2025-12-31"}).status == 422
    assert manager.post(f"{one}/members", {**joining, "side": "union", "starts_on": "2026-01-02"}).status == 422
    assert manager.post(f"{one}/members", {**joining, "starts_on": "2026-01-02"}).status == 303
    reply = manager.get(one)
    assert "not equal" not in reply.text and "50%" in reply.text.replace(" ", "") and "Management" in reply.text
    member = db.session.scalars(sa.select(CommitteeMember).where(CommitteeMember.person_id == boss.id)).one()
    assert manager.get(f"{one}/members/{member.id}").status == 200
    assert manager.post(f"{one}/members/{member.id}", {"day": "2026-01-01"}).status == 422
    assert manager.post(f"{one}/members/{member.id}", {"day": "2026-01-03"}).status == 303
    assert manager.post(f"{one}/members/{member.id}/side", {"side": "union"}).status == 422
    assert manager.post(f"{one}/members/{member.id}/side", {"side": "worker"}).status == 303
    db.session.expire_all()
    assert member.side is Side.WORKER
    assert len(_logged("committees.correct_side")) == 1 and "worker" not in str(_logged("committees.correct_side")[0].details)
    assert manager.post(one, {"term-starts_on": "2026-01-01", "term-ends_on": "2025-12-31"}).status == 422
    assert manager.post(one, {"term-starts_on": "2025-12-01", "term-ends_on": ""}).status == 303
    db.session.expire_all()
    assert member.ends_on == date(2026, 1, 3) and db.session.query(Committee).one().ends_on is None
    assert all("worker" not in str(entry.details) for entry in _logged("committees.add_member"))


def test_the_side_is_shown_only_to_those_who_need_it(browse: Browse) -> None:
    factory = factories.factory()
    committee = structure.committee(factory)
    structure.member(committee, factories.person(factory, name="Sok Maly"), Side.WORKER)
    address = f"/factories/{factory.code}/committees/{committee.id}"
    focal_point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(address)
    assert "Sok Maly" in focal_point.text
    for word in ("Speaks for", "for the workers", "Management", "worker"):
        assert word not in focal_point.response.text
    assert "Speaks for" in browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme)).get(address).text
    assert browse.as_account(accounts.account(Role.TRAINER, programme=factory.programme)).get(address).status == 404


def test_people_of_another_factory_join_no_committee(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    committee, stranger = structure.committee(factory), factories.person(twin, name="Twin Stranger")
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    address = f"/factories/{factory.code}/committees/{committee.id}"
    assert "Twin Stranger" not in advisor.get(f"{address}?q=stranger").text
    data = {"q": "stranger", "person": stranger.id, "side": "worker", "starts_on": "2026-01-02"}
    assert advisor.post(f"{address}/members", data).status == 422
    assert db.session.query(CommitteeMember).count() == 0


def test_the_twin_factory_is_not_found(browse: Browse) -> None:
    own, twin = factories.factory(), factories.factory()
    line, committee = structure.line(twin), structure.committee(twin)
    member = structure.member(committee, factories.person(twin))
    focal_point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=own))
    manager = _manager(browse, factories.programme("VN"))
    paths = ["settings", "terms", "lines", f"lines/{line.id}", "committees", f"committees/{committee.id}",
             f"committees/{committee.id}/members/{member.id}", f"committees/{committee.id}/members/{member.id}/side"]
    for path in paths:
        for who in (focal_point, manager):
            assert who.get(f"/factories/{twin.code}/{path}").status in ({405} if path.endswith("side") else {404}), path
            assert who.post(f"/factories/{twin.code}/{path}", {}).status == 404, path
    # the own factory's address with a number of the twin
    staff = _manager(browse, own.programme)
    assert staff.post(f"/factories/{own.code}/committees/{committee.id}/members/{member.id}/side", {"side": "worker"}).status == 404
    for path in (f"lines/{line.id}", f"committees/{committee.id}", f"committees/{committee.id}/members/{member.id}"):
        assert staff.get(f"/factories/{own.code}/{path}").status == 404
        assert staff.post(f"/factories/{own.code}/{path}", {}).status == 404
    assert staff.post(f"/factories/{own.code}/lines/{line.id}/closing", {"day": "2026-01-01"}).status == 404


@pytest.mark.parametrize("number", [5, 50])
def test_lists_take_as_many_statements_however_long(browse: Browse, number: int) -> None:
    programme = factories.programme()
    first = factories.factory()
    committee = structure.committee(first)
    for each in range(number):
        structure.group(f"G{each}", factories.factory())
        structure.holiday(programme, date(2026, 1, 1 + each % 28) if each < 28 else date(2026, 3, each - 27))
        structure.line(first, f"L{each}")
        structure.member(committee, factories.person(first))
        structure.committee(first, ends_on=date(2026, 1, 1))
        db.session.add(FactoryTerm(factory_id=first.id, kind=TermKind.SUPPORT_TIER, value="standard", starts_on=date(2020, 1, 1 + each % 28) if each < 28 else date(2020, 3, each - 27)))
        factories.programme(f"P{each}")
    browser = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    for address in ("/programmes", "/groups", "/programmes/KH/holidays?year=2026", f"/factories/{first.code}/lines",
                    f"/factories/{first.code}/committees/{committee.id}", "/groups/new", "/factories", f"/factories/{first.code}/committees",
                    f"/factories/{first.code}/terms"):
        with counted() as statements:
            assert browser.get(address).status == 200
        assert len(statements) <= 16, (address, len(statements), statements)
