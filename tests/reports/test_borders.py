"""Where a period begins and ends: by the walls of the programme, and in years that are ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Committee, CommitteeMember, Employment
from app.factories.rules import JobRole, Side
from app.improvement.roadmap.models import RoadmapAction
from app.platform.db import db
from app.platform.refusal import Refused
from app.reports.counting import Source, counted
from app.reports.facts import factories as of_factories
from app.reports.facts import large, small, standing
from app.reports.models import PromotionCourse
from app.reports.periods import operations
from app.reports.rules.facts import FactKind, PersonType, Split
from app.reports.rules.figures import Indicator
from app.reports.rules.period import Span
from app.sessions.costs import operations as costs
from app.sessions.costs.operations import Paid
from app.sessions.rules import Modality, TrainingState
from app.sessions.service.rules import Payer
from tests.browse import Browse
from tests.make import accounts
from tests.make.reports import Counted

APRIL = datetime(2026, 3, 31, 17, tzinfo=UTC)
"""1 April begins in Phnom Penh."""


def trained(world: Counted) -> int:
    [committee] = standing.committees(world.asked)
    return committee.met


def test_valid_through_the_last_day_is_trained_on_it(app: object) -> None:
    world = Counted()
    assert trained(world) == 1
    world.complete(world.eve, world.committees, world.river, datetime(2026, 1, 5, tzinfo=UTC), valid_until=APRIL)
    db.session.flush()
    assert trained(world) == 2


def test_a_programme_says_how_many_of_a_committee_must_be_trained(app: object) -> None:
    """Of the workers one of two is trained, of the management all; what was told before stays as it was."""
    world = Counted()
    member = {"person_id": world.dan.id, "starts_on": date(2025, 1, 1), "ends_on": None}
    db.session.add(CommitteeMember(committee_id=world.committee.id, side=Side.WORKER, **member))
    world.complete(world.dan, world.committees, world.river, datetime(2026, 1, 5, tzinfo=UTC))
    db.session.flush()
    period = operations.open_period(SYSTEM, "KH", "First quarter", Span(date(2026, 1, 1), date(2026, 3, 31)))
    operations.freeze(SYSTEM, period.id)
    found = []
    for share in (80, 51, 50):
        operations.settle(SYSTEM, "KH", [], share)
        found += [fact.more for fact in standing.committees(world.asked)]
    assert found == [0, 0, 1]
    assert [fact.more for fact in small.kept(period.id) if fact.kind is FactKind.COMMITTEE] == [0]


@pytest.mark.parametrize(("minutes", "days"), [(300, 4.5), (301, 7)])
def test_longer_than_five_hours_is_a_whole_day(app: object, minutes: int, days: float) -> None:
    """Ann, Bea and Dan came to the first of S1, Dan and Eve to the first of S3, whose second is in April and counts
    there. How they took part is told by half-days, whatever these count.
    """
    world = Counted()
    for meeting in (world.s1.meetings[0], world.s3.meetings[0], world.s3.meetings[1]):
        meeting.ends_at = meeting.starts_at + timedelta(minutes=minutes)
    world.s1.meetings[1].modality = Modality.VIRTUAL
    db.session.flush()
    figures = counted(Source(world.asked), [Split.MODALITY])
    assert [each.said.top for each in figures if each.indicator is Indicator.PERSON_DAYS and not each.split] == [days]
    ways = {each.value: each.said.top for each in figures if each.indicator is Indicator.PARTICIPATIONS and each.split}
    assert ways == {"in_person": 3, "virtual": 2, "both": 2}


@pytest.mark.parametrize(("last", "committees"), [(date(2026, 3, 31), 1), (date(2026, 3, 30), 0)])
def test_the_last_day_of_a_term_is_a_day_of_it(app: object, last: date, committees: int) -> None:
    world = Counted()
    db.session.query(Committee).update({"ends_on": last})
    assert len(standing.committees(world.asked)) == committees


@pytest.mark.parametrize(("left", "members"), [(date(2026, 4, 1), 2), (date(2026, 3, 31), 1)])
def test_who_left_the_factory_sits_on_none_of_its_committees(app: object, left: date, members: int) -> None:
    world = Counted()
    db.session.query(Employment).filter_by(person_id=world.eve.id).update({"ended_on": left})
    [committee] = standing.committees(world.asked)
    assert committee.number == members


def test_who_speaks_for_workers_is_asked_on_the_day_that_the_person_came(app: object) -> None:
    """Others came while Eve still worked in River; she came after she had left it."""
    world = Counted()
    told = large.live(world.asked)
    assert world.eve.id in _speakers(told)
    db.session.query(Employment).filter_by(person_id=world.eve.id).update({"ended_on": date(2026, 3, 20)})
    assert not _speakers(told)


def _speakers(told: sa.CompoundSelect[Any]) -> set[int]:
    return {row.person_id for row in db.session.execute(told) if row.person_type == PersonType.WORKER_REP}


def test_what_is_completed_after_the_last_day_is_not_of_the_period(app: object) -> None:
    world = Counted()
    world.complete(world.eve, world.committees, world.river, APRIL)
    world.complete(world.bea, world.skills, world.lotus, APRIL)
    assert trained(world) == 1
    assert [fact.person_id for fact in standing.promoted(world.asked)] == [world.ann.id]


def test_a_roadmap_that_was_closed_on_the_day_after_is_open_on_the_last(app: object) -> None:
    world = Counted()
    [action] = db.session.query(RoadmapAction).all()
    action.starts_on = date(2026, 1, 1)
    for ended_at, number in ((APRIL, 1), (datetime(2026, 3, 31, 16, tzinfo=UTC), 0)):
        action.ended_at = ended_at
        db.session.flush()
        assert len(of_factories.roadmaps(world.asked)) == number


def test_a_woman_is_promoted_once(app: object) -> None:
    world = Counted()
    db.session.add(PromotionCourse(programme_id=world.programme.id, course_id=world.seminar.course_id))
    world.complete(world.ann, world.seminar, world.lotus, datetime(2026, 3, 4, tzinfo=UTC))
    db.session.flush()
    found = [(fact.person_id, fact.met) for fact in standing.promoted(world.asked)]
    assert sorted(found) == [(world.ann.id, 1), (world.cho.id, 0)]


def test_nobody_rises_from_a_role_that_is_not_known(app: object) -> None:
    world = Counted()
    world.complete(world.eve, world.skills, world.river, datetime(2026, 3, 4, tzinfo=UTC), role=None)
    of_eve = db.session.query(Employment).filter_by(person_id=world.eve.id).one()
    of_eve.role = JobRole.SUPERVISOR
    of_eve.started_on = date(2026, 5, 1)
    db.session.flush()
    assert {fact.person_id: fact.met for fact in standing.promoted(world.asked)}[world.eve.id] == 0


def test_what_is_cancelled_costs_nothing_here(app: object) -> None:
    world = Counted()
    world.s2.state = TrainingState.CANCELLED
    db.session.flush()
    assert [fact.amount for fact in small.live(world.asked) if fact.word] == [100_000]


@pytest.mark.parametrize("address", [
    "/reports?since=0001-01-01&until=0001-01-02", "/reports?since=9999-01-01&until=9999-12-31", "/reports?since=0001-01-01", "/reports?until=9999-12-31",
    "/reports?since=1999-12-31&until=2000-01-31",
])
def test_no_year_of_ours(browse: Browse, address: str) -> None:
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=Counted().programme))
    page = visitor.get(address)
    assert page.status == 422
    assert "in the years 2000 to 2099" in page.text
    assert visitor.get(address.replace("/reports", "/reports/behind/persons")).status == 404
    assert visitor.get(address.replace("/reports", "/reports/report.pdf")).status in {404, 422}


def test_no_period_of_such_a_year_is_opened(app: object) -> None:
    Counted()
    for year in (1, 9999):
        with pytest.raises(Refused):
            operations.open_period(SYSTEM, "KH", "Odd", Span(date(year, 1, 1), date(year, 12, 31)))


def test_several_who_pay_for_a_session_that_was_evaluated(app: object) -> None:
    world = Counted()
    costs.add(SYSTEM, world.s1.id, Paid(Payer.FACTORY, "", 5_000, "USD"))
    assert [fact.funding for fact in small.live(world.asked) if fact.kind is FactKind.RATED] == ["several"]


def test_each_currency_has_its_own_costs(browse: Browse) -> None:
    world = Counted()
    costs.add(SYSTEM, world.s1.id, Paid(Payer.FACTORY, "", 5_000_000, "BDT"))
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    asked = "since=2026-01-01&until=2026-03-31"
    links = [a.get("href") for a in visitor.get(f"/reports?{asked}").all("a") if "cost_share" in (a.get("href") or "") and "behind" in a.get("href")]
    assert len(links) == 2
    taka, dollars = (visitor.get(link).text for link in sorted(links))
    assert ("50,000 BDT" in taka, "1,000 USD" in taka) == (True, False)
    assert ("1,400 USD" in dollars, "1,000 USD" in dollars, "50,000 BDT" in dollars) == (True, True, False)
    for rest in ("", "&currency=EUR", "&by=sex&value=&currency=USD"):
        assert visitor.get(f"/reports/behind/cost_share?{asked}{rest}").status == 404
    assert visitor.get(f"/reports/behind/persons?{asked}&by=sex&value=").status == 404
    period = operations.open_period(SYSTEM, "KH", "First quarter", Span(date(2026, 1, 1), date(2026, 3, 31)))
    operations.freeze(SYSTEM, period.id)
    costs.add(SYSTEM, world.s1.id, Paid(Payer.FACTORY, "", 7_700, "USD"))
    db.session.flush()
    links = [a.get("href") for a in visitor.get(f"/reports/periods/{period.id}").all("a") if "cost_share" in (a.get("href") or "")]
    pages = {link: visitor.get(link).text for link in links}
    assert ["77 USD" in text for link, text in pages.items() if "changes" in link] == [True]
    assert ["50,000 BDT" in text for text in pages.values()] == ["BDT" in link for link in pages]
