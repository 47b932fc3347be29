"""Service and entitlement as managers, advisors and factories find them."""

from datetime import date

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.factories.rules import TermKind
from app.factories.structure import operations as structure
from app.sessions.rules import Modality, SiteKind, TrainingState
from app.sessions.service import queries
from app.sessions.service.rules import Kind
from tests.browse import Browse, fill
from tests.make import accounts, factories
from tests.make import sessions as make

PAST = date(2020, 1, 1)


@pytest.fixture
def mill(app: Flask) -> Factory:
    found = factories.factory("MILL", name="Lotus Mill")
    structure.begin_term(SYSTEM, "MILL", TermKind.SUPPORT_TIER, "intensive", PAST)
    return found


@pytest.fixture
def manager(browse: Browse, mill: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


def test_a_rule_makes_a_factory_that_is_served_by_link_stand_out(manager: Browse, mill: Factory) -> None:
    training = make.training(modality=Modality.VIRTUAL, state=TrainingState.CONFIRMED)
    make.seat(training, mill, kind=SiteKind.REMOTE)
    factories.factory("CALM", name="Calm Mill")
    page = manager.get("/programmes/KH/service")
    action, data = fill(page, "/programmes/KH/service/rules", tier="intensive", hours="40", rule_from="2020-01-01")
    assert manager.post(action, data).location == "/programmes/KH/service"
    page = manager.get("/service")
    assert "Served by link only" in page.text and "Calm Mill" in page.text
    page = manager.get("/service?concerns=yes")
    assert "Lotus Mill" in page.text and "Calm Mill" not in page.text
    assert "Nothing fits" in manager.get("/service?tier=advanced").text
    assert "Served by link only" in manager.get(f"/sessions/{training.id}").text
    table = manager.get("/service/table.csv").response.get_data(as_text=True)
    assert "MILL,Lotus Mill,Kandal,Intensive" in table and "Served by link only" in table


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"hours": "-1"}, "from 0 to 1000"), ({"hours": ""}, "Write a number"), ({"rule_from": "soon"}, "year-month-day")],
)
def test_rules_that_are_none(manager: Browse, changes: dict[str, str], words: str) -> None:
    action, data = fill(manager.get("/programmes/KH/service"), "/programmes/KH/service/rules", hours="4", **{k: v for k, v in changes.items() if k != "hours"})
    reply = manager.post(action, {**data.to_dict(), **changes})
    assert reply.status == 422 and words in reply.text


def test_a_mode_of_a_province(manager: Browse, mill: Factory) -> None:
    page = manager.get("/programmes/KH/service")
    action, data = fill(page, "/programmes/KH/service/modes", province="Kandal", mode="virtual", mode_from="2020-01-01")
    assert manager.post(action, data).status == 303
    assert "Virtual" in manager.get("/service").text
    assert manager.post(action, {**data.to_dict(), "province": "Atlantis"}).status == 422


def test_the_ledger_of_a_factory(manager: Browse, mill: Factory) -> None:
    address = "/factories/MILL/entitlement"
    assert "Nothing stands here yet" in manager.get(address).text
    action, data = fill(manager.get(address), f"{address}/grants", kind="half_days", amount="2,5", payer="brand", note="First cycle")
    assert manager.post(action, data).location == address
    text = manager.get(address).text
    assert "+2.5" in text and "A brand" in text and "Training days: 2.5 of 2.5 left" in text
    for amount in ("0", "2.3", "many", "99999", "1e3"):
        assert manager.post(action, {**data.to_dict(), "amount": amount}).status == 422
    assert manager.post(action, {**data.to_dict(), "kind": "seats", "amount": "1.5"}).status == 422
    assert manager.post(action, {**data.to_dict(), "amount": "-1", "note": ""}).status == 422
    action, data = fill(manager.get(address), f"{address}/cycles", cycle_from="2026-03-01")
    assert manager.post(action, data).status == 303
    assert queries.cycles_of([mill.id], date(2026, 4, 1))[mill.id].starts_on == date(2026, 3, 1)


def test_a_planner_says_what_a_training_takes(browse: Browse, mill: Factory) -> None:
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    training = make.training(state=TrainingState.CONFIRMED)
    make.seat(training, mill)
    action, data = fill(trainer.get(f"/sessions/{training.id}"), f"/sessions/{training.id}/charge", kind="seats", payer="donor")
    assert trainer.post(action, data).status == 303
    assert queries.served([mill])[0].left == {Kind.SEATS: -1}
    assert "More taken than granted" in trainer.get(f"/sessions/{training.id}").text
    assert trainer.post(action, {"kind": "gold", "payer": "donor"}).status == 409


def test_a_factory_sees_its_balance_and_nothing_else(browse: Browse, mill: Factory) -> None:
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=mill))
    text = speaker.get("/factories/MILL/service").text
    assert "Nothing granted in this cycle" in text and "In person" not in text and "Served" not in text
    for address in ("/service", "/service/table.csv", "/factories/MILL/entitlement", "/programmes/KH/service"):
        assert speaker.get(address).status in {403, 404}


def test_an_advisor_sees_the_own_factories(browse: Browse, mill: Factory) -> None:
    factories.factory("OTHER", name="Other Mill")
    advisor = browse.as_account(accounts.account(Role.ADVISOR, factory=mill))
    text = advisor.get("/service").text
    assert "Lotus Mill" in text and "Other Mill" not in text
