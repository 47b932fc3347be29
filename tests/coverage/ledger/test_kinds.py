"""Findings, drills, seminars and ambassadors: each counts from the day on which it is told."""

from datetime import timedelta

from flask import Flask

from app.access.actor import SYSTEM
from app.coverage import queries
from app.coverage.ledger import settling
from app.coverage.models import Requirement
from app.coverage.requirements import operations as requirements
from app.coverage.requirements.rules import Happening, Kind, Rule, Said, Scope, SourceKind
from app.coverage.rules import Figure, total
from app.coverage.subscribers import on_drill
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.improvement.drills.events import DrillHeld
from app.improvement.drills.models import Drill
from app.improvement.drills.rules import DrillKind, Shift
from app.improvement.findings.models import Finding, FindingImport
from app.improvement.findings.rules import FileState, FindingStatus, Severity
from app.platform import clock
from app.platform.db import db
from tests.make import courses, factories

DAY = timedelta(days=1)


def _require(rule: Rule) -> Requirement:
    said = Said("it", {"en": "It"}, rule, Scope(), SourceKind.PROGRAMME, "", clock.now().date() - 400 * DAY)
    return requirements.create(SYSTEM, factories.programme().id, said)


def _whole(factory: Factory) -> Figure:
    [measure] = queries.measures(factory)
    return total(measure.figures)


def test_a_finding_asks_until_it_is_closed(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    _require(Rule(Kind.FINDING, (version.course_id,), (JobRole.SUPERVISOR,), points=("OS-01",), within_days=60))
    factories.person(factory)
    assert _whole(factory) == Figure(None), "nothing was found"
    file = FindingImport(file_name="f.csv", sha256="0" * 64, state=FileState.APPLIED, found={}, applied={}, account_id=None, created_at=clock.now(), applied_at=clock.now(), undone_at=None)
    db.session.add(file)
    db.session.flush()
    said = {"factory_id": factory.id, "cluster": "OS", "point": "OS-01", "question": "OS-01-1", "severity": Severity.HIGH, "import_id": file.id, "received_at": clock.now(), "withdrawn_at": None}
    first = Finding(**said, assessed_on=clock.now().date() - 30 * DAY, status=FindingStatus.OPEN)
    db.session.add(first)
    db.session.flush()
    settling.settle_factory(factory.id, "findings")
    assert (_whole(factory).active, _whole(factory).covered) == (1, 0)
    db.session.add(Finding(**said, assessed_on=clock.now().date() - 3 * DAY, status=FindingStatus.CLOSED, is_current=True))
    db.session.flush()
    settling.settle_factory(factory.id, "findings")
    assert _whole(factory) == Figure(None)


def test_a_drill_every_so_many_months(app: Flask) -> None:
    factory = factories.factory()
    _require(Rule(Kind.CADENCE, happening=Happening.DRILL, needed=2, months=6))
    settling.settle_whole([factory.id], "test")
    assert (_whole(factory).units, _whole(factory).met) == (1, 0)
    for ago in (200, 20, 10):
        drill = Drill(
            sent_id=f"{ago:032d}", factory_id=factory.id, kind=DrillKind.FIRE, held_on=clock.now().date() - ago * DAY, shift=next(iter(Shift)),
            people=200, minutes=4, learnt=[], withdraws_id=None, evidence_key=None, evidence_kind=None, account_id=None, entered_at=clock.now(),
        )
        db.session.add(drill)
        db.session.flush()
        on_drill(DrillHeld(drill.id))
        assert (_whole(factory).units, _whole(factory).met) == (1, int(ago == 10))
    with clock.telling(clock.now() + 190 * DAY):
        assert _whole(factory).met == 0
    [measure] = queries.measures(factory)
    assert (measure.denominator.source, measure.share) == ("events", 1.0)
