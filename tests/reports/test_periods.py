"""A frozen period: its figures reproduce and lead to the same people, whatever is entered, merged, moved or revoked later."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.factories.merging import operations as merging
from app.factories.models import Employment
from app.factories.rules import JobRole
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import Refused
from app.privacy import operations as privacy
from app.reports.counting import Source, counted
from app.reports.models import FrozenReport, ReportedFact
from app.reports.periods import operations
from app.reports.periods.changes import adjustments, changed
from app.reports.rules.facts import FactKind, Split
from app.reports.rules.figures import Figure, Indicator, read
from app.reports.rules.period import Span
from app.sessions.costs import operations as costs
from app.sessions.costs.operations import Paid
from app.sessions.service.rules import Payer
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make.reports import QUARTER, Counted
from tests.reports.test_behind import adds_up
from tests.reports.test_by_hand import Asked as Covered

pytestmark = pytest.mark.slow


class Frozen(Counted):
    """The programme with its first quarter frozen."""

    def __init__(self) -> None:
        super().__init__()
        self.period = operations.open_period(SYSTEM, "KH", "First quarter", QUARTER)
        self.report = operations.freeze(SYSTEM, self.period.id)
        db.session.flush()

    @property
    def kept(self) -> Source:
        return Source(self.asked, self.period.id)

    @property
    def told(self) -> list[Figure]:
        return [read(each) for each in self.report.figures]

    def differences(self) -> dict[str, float]:
        rows = adjustments(self.told, counted(Source(self.asked), []))
        return {each.indicator.value: round(each.difference, 2) for each in rows if not each.is_same}

    def names(self, indicator: Indicator) -> tuple[list[str], list[str]]:
        found = changed(self.kept, Source(self.asked), indicator, "USD" if indicator is Indicator.COST_SHARE else "")
        return tuple([row.person.name if row.person else row.factory.name if row.factory else row.training.code for row in rows] for rows in (found.new, found.gone))

    def joined(self, indicator: Indicator) -> list[tuple[str, str]]:
        return [(each.then.name, each.now.name) for each in changed(self.kept, Source(self.asked), indicator).joined]


def meddle(world: Frozen) -> None:
    """What happens to real programmes after a quarter was reported."""
    second = world.s1.meetings[1]
    db.session.execute(sa.update(CurrentMark).where(CurrentMark.meeting_id == second.id, CurrentMark.person_id == world.bea.id).values(mark=Mark.PRESENT))
    late = world._person("Fay", world.lotus, JobRole.OPERATOR)
    world.attend(world.s2, late, world.lotus, Mark.PRESENT)
    world.certificates["Cho"].revoked_at = now()
    costs.correct(SYSTEM, world.costs[1].id, Paid(Payer.FACTORY, "", 50000, "USD"))
    db.session.flush()


def test_what_was_told_reproduces(app: object) -> None:
    world = Frozen()
    told = world.told
    assert counted(world.kept, list(Split)) == told
    assert counted(Source(world.asked), list(Split)) == told, "nothing has changed yet"
    meddle(world)
    assert counted(world.kept, list(Split)) == told
    for figure in told:
        adds_up(world.kept, figure)


def test_what_is_known_now_stands_beside(app: object) -> None:
    world = Frozen()
    assert world.differences() == {}
    meddle(world)
    assert world.differences() == {
        "persons": 1, "participations": 1, "person_days": 1, "hours": 6, "completion": 0, "certification": -1, "cost_share": 20000,
    }
    assert world.names(Indicator.PERSONS) == (["Fay"], [])
    assert world.names(Indicator.PARTICIPATIONS) == (["Fay"], [])
    assert world.names(Indicator.PERSON_DAYS) == (["Bea", "Fay"], ["Bea"])
    assert world.names(Indicator.CERTIFICATION)[1] == ["Cho"]
    assert world.names(Indicator.COST_SHARE) == (["S2"], ["S2"])
    assert world.names(Indicator.FACTORIES) == ([], [])


def test_a_person_who_was_two(browse: Browse) -> None:
    """Somebody who was counted twice is found to be one: what was told stays, and the difference says who."""
    world = Frozen()
    told = world.told
    merging.merge(SYSTEM, world.eve.id, world.bea.id)
    db.session.flush()
    assert counted(world.kept, list(Split)) == told
    assert world.differences()["persons"] == -1
    for indicator in (Indicator.PERSONS, Indicator.PARTICIPATIONS, Indicator.HOURS, Indicator.COMPLETION):
        assert world.names(indicator) == ([], []), "neither gone nor new"
        assert world.joined(indicator) == [("Bea", "Eve")]
    assert world.joined(Indicator.GAIN) == [], "Bea has no pair of tests"
    for figure in told:
        adds_up(world.kept, figure)
    page = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme)).get(f"/reports/periods/{world.period.id}/changes/persons")
    assert page.text.count("Found to be one person") == 2, "a heading, and what the table is called"


def test_two_entries_of_one_person_at_the_same_half_day_count_once(app: object) -> None:
    """The entry that was joined keeps its mark where the other has one, for a parting."""
    world = Counted()
    before = {each.indicator: each.said.top for each in counted(Source(world.asked), []) if not each.split}
    merging.merge(SYSTEM, world.ann.id, world.bea.id)
    db.session.flush()
    after = {each.indicator: each.said.top for each in counted(Source(world.asked), []) if not each.split}
    assert db.session.query(CurrentMark).filter_by(person_id=world.bea.id).count(), "what this is about"
    changes = {name: after[name] - number for name, number in before.items() if after[name] != number}
    assert {name: changes[name] for name in (Indicator.PERSONS, Indicator.PARTICIPATIONS, Indicator.PERSON_DAYS, Indicator.HOURS)} == {
        Indicator.PERSONS: -1, Indicator.PARTICIPATIONS: -1, Indicator.PERSON_DAYS: -0.5, Indicator.HOURS: -3,
    }


def test_a_factory_that_was_reached_since(browse: Browse) -> None:
    """Every indicator has a page of what has changed, whatever it counts."""
    world = Frozen()
    meddle(world)
    spindle = factories.factory("SPINDLE", name="Spindle")
    world.attend(world.s2, world._person("Gil", spindle, JobRole.MANAGER), spindle, Mark.PRESENT)
    db.session.flush()
    for indicator in (Indicator.FACTORIES, Indicator.SEMINARS):
        assert world.names(indicator) == (["Spindle"], [])
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    for indicator in Indicator:
        currency = "?currency=USD" if indicator is Indicator.COST_SHARE else ""
        page = visitor.get(f"/reports/periods/{world.period.id}/changes/{indicator.value}{currency}")
        assert page.status == 200, indicator


class FrozenCoverage(Frozen, Covered):
    """With a requirement that asks two roles."""


def test_coverage_of_a_period_that_was_frozen_without_roles(app: object) -> None:
    """Such a period keeps one fact for both roles of a sex."""
    world = FrozenCoverage()
    facts = db.session.query(ReportedFact).filter_by(period_id=world.period.id, kind=FactKind.COVERED)
    first, *others = facts.filter_by(factory_id=world.lotus.id).all()
    for other in others:
        first.number, first.met = first.number + other.number, first.met + other.met
        db.session.delete(other)
    first.role = ""
    db.session.flush()
    assert others and world.names(Indicator.COVERAGE) == ([], [])


def test_a_woman_who_was_two_and_was_promoted(app: object) -> None:
    world = Frozen()
    merging.merge(SYSTEM, world.cho.id, world.ann.id)
    db.session.flush()
    assert world.names(Indicator.PROMOTION) == ([], [])
    assert world.joined(Indicator.PROMOTION) == [("Ann", "Cho")]
    assert "promotion" not in world.differences()


def test_of_a_person_who_is_erased_the_numbers_stay(browse: Browse) -> None:
    """Also of an entry that turned out to be that person: whom a figure counts is a number without a name."""
    world = Frozen()
    told = world.told
    merging.merge(SYSTEM, world.eve.id, world.bea.id)
    privacy.pseudonymise(SYSTEM, world.eve.id)
    db.session.flush()
    assert counted(world.kept, list(Split)) == told
    for figure in told:
        adds_up(world.kept, figure)
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    for address in ("behind/persons", "behind/participations", "changes/persons"):
        page = visitor.get(f"/reports/periods/{world.period.id}/{address}")
        assert (page.status, "Ann" in page.text or "changes" in address) == (200, True)
        assert not [name for name in ("Bea", "Eve") if name in page.text], address


def test_a_person_who_moves_and_is_corrected(app: object) -> None:
    world = Frozen()
    told = world.told
    job = db.session.query(Employment).filter_by(person_id=world.dan.id).one()
    job.factory_id, world.dan.sex = world.lotus.id, None
    db.session.flush()
    assert counted(world.kept, list(Split)) == told


def test_freezing_twice_is_freezing_once(app: object) -> None:
    world = Frozen()
    facts = db.session.query(ReportedFact).count()
    meddle(world)
    assert operations.freeze(SYSTEM, world.period.id).id == world.report.id
    world.period.frozen_at = None  # as another process sees it that began before
    assert operations.freeze(SYSTEM, world.period.id).id == world.report.id
    assert (db.session.query(ReportedFact).count(), db.session.query(FrozenReport).count()) == (facts, 1)


def test_only_what_is_over(app: object) -> None:
    world = Counted()
    made = operations.open_period(SYSTEM, "KH", "First quarter", QUARTER)
    assert operations.open_period(SYSTEM, "KH", "First quarter", QUARTER).id == made.id
    with telling(datetime(2026, 3, 31, 10, tzinfo=UTC)), pytest.raises(Refused):
        operations.freeze(SYSTEM, made.id)
    with pytest.raises(Refused):
        operations.open_period(SYSTEM, world.programme.code, "No time", Span(date(2026, 3, 2), date(2026, 3, 1)))


def test_the_pages(browse: Browse) -> None:
    world = Frozen()
    meddle(world)
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    assert "First quarter" in visitor.get("/reports/periods").text
    page = visitor.get(f"/reports/periods/{world.period.id}")
    assert "figures have changed since" in page.text
    links = {a.get("href") for a in page.all("a") if f"/reports/periods/{world.period.id}/" in (a.get("href") or "")}
    assert len(links) > 20
    for link in sorted(links):
        assert visitor.get(link).status == 200, link
    assert "Fay" in visitor.get(f"/reports/periods/{world.period.id}/changes/persons").text
    made = visitor.post("/reports/periods", {"programme": "KH", "title": "April", "since": "2026-04-01", "until": "2026-04-30"})
    assert "still move" in visitor.get(made.location).text
    assert visitor.post(f"{made.location}/freezing").status == 303
    assert "Nothing has changed since" in visitor.get(made.location).text
    assert visitor.post("/reports/periods", {"programme": "KH", "title": "", "since": "2026-04-01", "until": "2026-03-30"}).status == 422
    assert visitor.post("/reports/settings/KH", {"courses": ["seminar"], "committee_share": "50"}).status == 303
    kept = visitor.get("/reports/settings/KH")
    assert [field.get("value") for field in kept.all("input") if field.get("name") == "committee_share"] == ["50"]
    assert [visitor.post("/reports/settings/KH", {"committee_share": wrong}).status for wrong in ("", "0", "101")] == [422, 422, 422]
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    assert advisor.get(f"/reports/periods/{world.period.id}").status == 200
    assert [advisor.post(path).status for path in (f"/reports/periods/{world.period.id}/freezing", "/reports/periods")] == [404, 404]
