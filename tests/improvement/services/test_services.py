"""The log of services: after they took place, in numbers, corrected by further rows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.services import operations, queries
from app.improvement.services.models import ServiceLog
from app.improvement.services.rules import ServiceKind, ServiceNote, counting
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions.rules import Modality
from tests.browse import Browse, fill
from tests.make import accounts, courses, factories, roadmap, visits
from tests.make.statements import counted

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Midway"])
def test_a_visit_to_come_is_refused_where_the_factory_is_and_leaves_nothing(browse: Browse, zone: str) -> None:
    factory = factories.factory("FAR", programme_id=factories.programme("FA", zone=zone).id)
    tomorrow = today(zone) + timedelta(days=1)
    with pytest.raises(Refused, match="not come yet"):
        visits.service(factory, held_on=tomorrow)
    row = visits.service(factory, held_on=today(zone))
    with pytest.raises(Refused, match="not come yet"):
        operations.correct(SYSTEM, row.id, visits.said(held_on=tomorrow))
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    action, data = fill(
        browser.get("/factories/FAR/services/new"), "/services", held_on=tomorrow.isoformat(), minutes="60", women="1", men="0")
    assert browser.post(action, data).status == 422
    assert db.session.query(ServiceLog).count() == 1


def test_other_things_that_cannot_be() -> None:
    factory, other = factories.factory("ONE"), factories.factory("TWO")
    foreign = roadmap.action(other)
    for values, words in (
        ({"minutes": 0}, "minutes"), ({"minutes": 3000}, "minutes"), ({"women": -1}, "women and men"),
        ({"theme": "XX"}, "themes"), ({"action_ids": (foreign.id,)}, "actions of this factory"),
    ):
        with pytest.raises(Refused, match=words):
            visits.service(factory, **values)
    assert db.session.query(ServiceLog).count() == 0


def test_corrections_are_rows_and_entries_of_the_record() -> None:
    factory = factories.factory("ONE")
    action = roadmap.action(factory)
    first = visits.service(factory, action_ids=(action.id,))
    same = operations.correct(SYSTEM, first.id, visits.said(action_ids=(action.id,)))
    assert same.id == first.id, "saying the same again is no correction"
    second = operations.correct(SYSTEM, first.id, visits.said(women=9))
    assert [each.id for each in counting(queries.of_factory(factory.id))] == [second.id]
    for verb in (lambda: operations.correct(SYSTEM, first.id, visits.said(men=0)), lambda: operations.withdraw(SYSTEM, first.id)):
        with pytest.raises(Refused, match="Another entry"):
            verb()
    third = operations.withdraw(SYSTEM, second.id)
    assert counting(queries.of_factory(factory.id)) == []
    with pytest.raises(Refused, match="Another entry"):
        operations.withdraw(SYSTEM, third.id)
    about = sa.select(RecordEntry).where(RecordEntry.source.startswith("service:")).order_by(RecordEntry.id)
    entries = [(each.kind, each.people, each.women, each.corrects) for each in db.session.scalars(about)]
    assert entries == [
        (EntryKind.SERVICE_LOGGED, 7, 4, None), (EntryKind.SERVICE_CORRECTED, 12, 9, f"service:{first.id}"),
        (EntryKind.SERVICE_WITHDRAWN, None, None, f"service:{second.id}")]
    with pytest.raises(sa.exc.DBAPIError), db.session.begin_nested():
        db.session.execute(sa.update(ServiceLog).values(minutes=1))


def _as(browse: Browse, role: Role, factory: Factory) -> Browse:
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    return browse.as_account(accounts.account(role, **place))


def test_an_advisor_writes_it_down_and_the_factory_sees_it(browse: Browse) -> None:
    factory = factories.factory("ONE")
    action = roadmap.action(factory)
    browser = _as(browse, Role.ADVISOR, factory)
    assert "Nothing is written down" in browser.get("/factories/ONE/services").text
    page = browser.get("/factories/ONE/services/new")
    address, data = fill(
        page, "/services", kind=ServiceKind.COMMITTEE_MEETING, theme="CH", mode=Modality.VIRTUAL, held_on="2026-04-02",
        minutes="90", women="5", men="4", notes=[ServiceNote.WORKERS_HEARD], actions=[str(action.id)])
    assert browser.post(address, data).location == "/factories/ONE/services"
    for wrong in ({"minutes": "long"}, {"held_on": ""}, {"women": "-1"}, {"theme": "XX"}, {"notes": "names"}):
        assert browser.post(address, {**data, **wrong}).status == 422, wrong
    row = db.session.query(ServiceLog).one()
    address, data = fill(browser.get(f"/factories/ONE/services/{row.id}/correction"), "/correction", minutes="45")
    assert browser.post(address, data).status == 303
    page = browser.get("/factories/ONE/services")
    assert "45" in page.text and "What was said before" in page.text and "5 women, 4 men" in page.text
    focal = _as(browse, Role.FOCAL_POINT, factory)
    page = focal.get("/factories/ONE/services")
    assert "Meeting with the committee" in page.text and "Write down a service" not in page.text
    assert focal.get("/factories/ONE/services/new").status == 404
    assert "Workers were heard" in focal.get("/factories/ONE/services/table.csv?year=2026&kind=committee_meeting").text
    assert "Workers were heard" not in focal.get("/factories/ONE/services/table.csv?theme=OS").text
    address, data = fill(browser.get("/factories/ONE/services"), "/withdrawal")
    browser.post(address, data)
    assert "Nothing is written down" in browser.get("/factories/ONE/services").text


def test_another_factory_does_not_exist(browse: Browse) -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO", programme_id=factories.programme("ZZ").id)
    row = visits.service(two)
    browser = _as(browse, Role.ADVISOR, one)
    for address in ("/factories/TWO/services", f"/factories/ONE/services/{row.id}/correction", "/factories/TWO/services/new"):
        assert browser.get(address).status == 404, address
    assert browser.post(f"/factories/ONE/services/{row.id}/withdrawal").status == 404
    with pytest.raises(NotFound):
        operations.withdraw(accounts.actor(accounts.account(Role.FOCAL_POINT, factory=two)), row.id)


def test_the_list_has_a_fixed_number_of_statements(browse: Browse) -> None:
    factory = factories.factory("ONE")
    browser, numbers = _as(browse, Role.ADVISOR, factory), []
    for _ in range(2):
        for _service in range(3):
            visits.service(factory, action_ids=(roadmap.action(factory).id,))
        db.session.expire_all()
        with counted() as statements:
            browser.get("/factories/ONE/services")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_a_form_that_is_sent_twice_is_one(browse: Browse) -> None:
    factory = factories.factory("ONE")
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    action, data = fill(advisor.get("/factories/ONE/services/new"), "/services", minutes="60", women="1", men="0")
    assert [advisor.post(action, data).status for _ in range(2)] == [303, 303]
    assert db.session.query(ServiceLog).count() == 1
    other = factories.factory("TWO")
    assert advisor.post(action.replace("ONE", "TWO"), data).status == 422
    course = str(courses.version().course_id)
    action, data = fill(advisor.get("/factories/ONE/roadmap/new"), "/roadmap", people="3", course=course)
    assert [advisor.post(action, data).status for _ in range(2)] == [303, 303]
    assert advisor.post(action.replace("ONE", "TWO"), data).status == 422
    assert [each.factory_id for each in db.session.query(RoadmapAction)] == [factory.id] != [other.id]
