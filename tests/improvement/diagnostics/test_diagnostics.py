"""A factory looks at itself, and what it needs leads to its roadmap."""

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.diagnostics import operations
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer
from app.improvement.roadmap.models import RoadmapAction
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.browse import Browse, fill
from tests.make import accounts, courses, diagnostics, factories

pytestmark = pytest.mark.usefixtures("app")


def _as(browse: Browse, role: Role, factory: Factory) -> Browse:
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    return browse.as_account(accounts.account(role, **place))


def test_from_the_form_to_an_action(browse: Browse) -> None:
    factory = factories.factory("ONE")
    courses.version("fire-refresher")
    browser = _as(browse, Role.FOCAL_POINT, factory)
    assert "There is no score" in browser.get("/factories/ONE/diagnostics").text
    page = browser.get("/factories/ONE/diagnostics/OS/new")
    said = {f"q_{question}": answer.value for question, answer in diagnostics.answers().items()}
    address, data = fill(page, "/diagnostics/OS", **said)
    assert browser.post(address, {**data, "q_exits": ""}).status == 422
    assert browser.post(address, {**data, "q_exits": "maybe"}).status == 422
    shown = browser.post(address, data).location
    assert browser.post(address, data).location == shown, "twice is once"
    page = browser.get(shown)
    assert "Hold an evacuation drill" in page.text and "Partly" not in page.text
    address, data = fill(page, "/actions/OS-08")
    added = browser.post(address, data).location
    assert browser.post(address, data).location == added
    assert "It stands in the roadmap" in browser.get(shown).text
    action = db.session.query(RoadmapAction).one()
    assert (action.diagnostic_id, action.point) == (db.session.query(Diagnostic).one().id, "OS-08")
    assert browser.post(address.replace("OS-08", "OS-02")).status == 404, "what is no need becomes no action"


def test_the_questions_are_in_the_language_of_the_reader(browse: Browse) -> None:
    factory = factories.factory("ONE")
    browser = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory, language="vi"))
    assert "Ngoài giờ làm" in browser.get("/factories/ONE/diagnostics/FL/new").text


def test_what_was_said_stays_and_is_said_again() -> None:
    factory = factories.factory("ONE")
    first = diagnostics.filled(factory)
    second = diagnostics.filled(factory, exits=Answer.PARTLY)
    assert second.id != first.id and db.session.query(Diagnostic).count() == 2
    with pytest.raises(Refused, match="every question"):
        operations.fill(SYSTEM, "ONE", "OS", {"exits": Answer.NO})
    with pytest.raises(NotFound):
        operations.fill(SYSTEM, "ONE", "XX", {})
    with pytest.raises(sa.exc.DBAPIError), db.session.begin_nested():
        db.session.execute(sa.update(Diagnostic).values(theme="WT"))


def test_nobody_else_sees_it(browse: Browse) -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO")
    found = diagnostics.filled(two)
    browser = _as(browse, Role.FOCAL_POINT, one)
    for address in (f"/factories/ONE/diagnostics/{found.id}", f"/factories/TWO/diagnostics/{found.id}", "/factories/TWO/diagnostics"):
        assert browser.get(address).status == 404, address
    assert browser.post(f"/factories/ONE/diagnostics/{found.id}/actions/OS-08").status == 404
    trainer = _as(browse, Role.TRAINER, two)
    assert trainer.get("/factories/TWO/diagnostics").status in {403, 404}
    assert _as(browse, Role.ADVISOR, two).get(f"/factories/TWO/diagnostics/{found.id}").status == 200
