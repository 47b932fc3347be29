"""What a training session cost: entered by whoever may, corrected by a row of its own, never two currencies added."""

from decimal import Decimal

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions.costs import operations, queries
from app.sessions.costs.models import TrainingCost
from app.sessions.costs.operations import Paid
from app.sessions.costs.rules import LARGEST, major, minor
from app.sessions.models import TrainingSession
from app.sessions.service.rules import Payer
from tests.browse import Browse
from tests.make import accounts, attendance, factories

PAID = Paid(Payer.DONOR, "Fund for Work", 125_050, "USD")
SENT = "a" * 32


def training(code: str = "S1", programme: object = None) -> TrainingSession:
    return attendance.training(programme=programme or factories.programme(), code=code)


def counting(row: TrainingSession) -> list[tuple[str, int, str]]:
    return [(each.payer.value, each.amount, each.currency) for each in queries.costs_of(row.id)]


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("1250", "USD", 125000), ("1,250.50", "USD", 125050), (" 1 250.5 ", "USD", 125050), ("0.01", "USD", 1), ("12.345", "JOD", 12345),
        ("25000", "VND", 25000), ("2.5", "VND", None), ("1.005", "USD", 100500), ("0", "USD", None), ("-5", "USD", None), ("1e5", "USD", None),
        ("1250,50", "USD", 125050), ("1,25", "EUR", 125), ("1.250,50", "EUR", 125050), ("1 250,5", "UZS", 125050), ("1\u202f250,50", "EUR", 125050),
        ("15.000", "VND", 15000), ("15,000", "VND", 15000), ("1.500.000", "VND", 1500000), ("15.000", "IDR", 1500000), ("1,250", "USD", 125000),
        ("1,250", "JOD", None), ("1.250", "JOD", 1250), ("1250,500", "JOD", 1250500), ("1,250.500", "JOD", 1250500), ("1.250.5", "JOD", None),
        ("0,125", "USD", None), ("12,50,00", "USD", None), ("1,250,50", "USD", None), ("1250.", "USD", None), ("1.25", "VND", None), ("1,2345", "USD", None),
        ("", "USD", None), ("12.3.4", "USD", None), ("١٢", "USD", None), ("5", "XXX", None), ("9" * 20, "USD", None), (".", "USD", None),
    ],
)
def test_what_somebody_writes(text: str, currency: str, units: int | None) -> None:
    assert minor(text, currency) == units


def test_what_is_written_is_read_again() -> None:
    assert (major(125050, "USD"), major(25000, "VND"), major(12345, "JOD")) == (Decimal("1250.50"), Decimal(25000), Decimal("12.345"))
    assert minor(f"{major(LARGEST, 'USD'):f}", "USD") == LARGEST


def test_entered_corrected_and_removed(app: object) -> None:
    row = training()
    first = operations.add(SYSTEM, row.id, PAID)
    operations.add(SYSTEM, row.id, Paid(Payer.FACTORY, "", 90_000, "VND"))
    assert counting(row) == [("donor", 125_050, "USD"), ("factory", 90_000, "VND")]
    second = operations.correct(SYSTEM, first.id, Paid(Payer.DONOR, "Fund for Work", 100_000, "USD"))
    assert (second.corrects_id, first.ended_at is not None) == (first.id, True)
    assert operations.correct(SYSTEM, second.id, Paid(Payer.DONOR, "Fund for Work", 100_000, "USD")).id == second.id, "the same again"
    assert operations.remove(SYSTEM, second.id) == row.id
    assert counting(row) == [("factory", 90_000, "VND")]
    assert db.session.query(TrainingCost).count() == 3, "nothing is lost"
    log = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id) if entry.action.startswith("costs.")]
    assert log == ["costs.add", "costs.add", "costs.add", "costs.remove"]


def test_what_counts_no_more_is_neither_corrected_nor_removed(app: object) -> None:
    cost = operations.add(SYSTEM, training().id, PAID)
    operations.remove(SYSTEM, cost.id)
    with pytest.raises(NotFound):
        operations.correct(SYSTEM, cost.id, PAID)
    other = operations.add(SYSTEM, cost.training_id, PAID)
    operations.correct(SYSTEM, other.id, Paid(Payer.DONOR, "", 5, "USD"))
    with pytest.raises(NotFound):
        operations.remove(SYSTEM, other.id)
    with pytest.raises(NotFound):
        operations.correct(SYSTEM, other.id, Paid(Payer.DONOR, "", 6, "USD"))


def test_two_clicks_are_one(app: object) -> None:
    row, dearer = training(), Paid(Payer.DONOR, "Fund for Work", 200_000, "USD")
    first = operations.add(SYSTEM, row.id, PAID)
    second = operations.correct(SYSTEM, first.id, dearer)
    assert operations.correct(SYSTEM, first.id, dearer).id == second.id
    assert [operations.remove(SYSTEM, second.id), operations.remove(SYSTEM, second.id)] == [row.id, row.id]
    assert db.session.query(TrainingCost).count() == 2
    with pytest.raises(NotFound):
        operations.correct(SYSTEM, first.id, dearer)


def test_a_form_that_is_sent_twice_is_one_cost(app: object) -> None:
    row = training()
    assert operations.add(SYSTEM, row.id, PAID, SENT).id == operations.add(SYSTEM, row.id, PAID, SENT).id
    other = attendance.training(programme=row.programme, code="S2")
    with pytest.raises(Refused):
        operations.add(SYSTEM, other.id, PAID, SENT)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.TRAINER])
def test_who_enters_none(browse: Browse, role: Role) -> None:
    row = training()
    cost = operations.add(SYSTEM, row.id, PAID)
    account = accounts.account(role, programme=row.programme)
    visitor = browse.as_account(account)
    said = {"cost-payer": "donor", "cost-amount": "5", "cost-currency": "USD"}
    assert visitor.post(f"/sessions/{row.id}/costs", said).status == 404
    assert visitor.get(f"/sessions/costs/{cost.id}").status == 404
    assert "Fund for Work" not in visitor.get(f"/sessions/{row.id}").text
    with pytest.raises(NotFound):
        operations.remove(accounts.actor(account), cost.id)


def test_a_manager_elsewhere_finds_nothing(browse: Browse) -> None:
    cost = operations.add(SYSTEM, training().id, PAID)
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", name={"en": "Elsewhere"})
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=abroad))
    assert [visitor.get(f"/sessions/costs/{cost.id}").status, visitor.post(f"/sessions/costs/{cost.id}/removal").status] == [404, 404]


def test_the_pages(browse: Browse) -> None:
    row = training()
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=row.programme))
    said = {"cost-payer": "donor", "cost-payer_name": "Fund for Work", "cost-amount": "1,250.50", "cost-currency": "USD", "cost-sent_id": SENT}
    for _twice in range(2):
        assert visitor.post(f"/sessions/{row.id}/costs", said).status == 303
    [cost] = queries.costs_of(row.id)
    assert (cost.amount, cost.payer_name) == (125_050, "Fund for Work")
    assert "Fund for Work" in visitor.get(f"/sessions/{row.id}").text
    for wrong in ({"cost-amount": "0"}, {"cost-amount": "many"}, {"cost-currency": "VND"}, {"cost-amount": "1,250", "cost-currency": "JOD"}, {"cost-payer_name": "x" * 121}, {"cost-currency": "XXX"}):
        assert visitor.post(f"/sessions/{row.id}/costs", {**said, **wrong}).status == 422, wrong
    assert visitor.get(f"/sessions/costs/{cost.id}").status == 200
    assert visitor.post(f"/sessions/costs/{cost.id}", {**said, "cost-amount": "1000"}).status == 303
    [corrected] = queries.costs_of(row.id)
    assert (corrected.amount, corrected.corrects_id) == (100_000, cost.id)
    assert visitor.post(f"/sessions/costs/{corrected.id}", {**said, "cost-amount": "none"}).status == 422
    assert visitor.post(f"/sessions/costs/{corrected.id}/removal").status == 303
    assert queries.costs_of(row.id) == []
