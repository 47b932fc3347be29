"""What coverage does when facts change."""

import sqlalchemy as sa

from app.completions import queries as completions
from app.completions.events import CompletionCorrected, CompletionWithdrawn, CourseCompleted
from app.coverage.ledger import settling
from app.coverage.requirements.events import RequirementChanged, WaiverChanged
from app.factories.events import (
    CommitteeChanged,
    FactoryChanged,
    HeadcountDeclared,
    PersonMerged,
    PersonsSeparated,
    RosterApplied,
    RosterUndone,
    SexCorrected,
    WorkChanged,
)
from app.factories.headcounts.models import Headcount
from app.factories.models import Committee, PersonMerge, RosterImport
from app.improvement.ambassadors.events import AmbassadorChanged
from app.improvement.ambassadors.models import Ambassador
from app.improvement.drills.events import DrillHeld, DrillWithdrawn
from app.improvement.drills.models import Drill
from app.improvement.findings.events import FindingsImported, FindingsUndone
from app.improvement.findings.models import FindingImportFactory
from app.platform.db import db
from app.sessions.events import TrainingClosed, TrainingReopened
from app.sessions.models import Seat


def on_completed(event: CourseCompleted) -> None:
    _settle_holder(event.completion_id, "completed")


def on_withdrawn(event: CompletionWithdrawn) -> None:
    _settle_holder(event.completion_id, "withdrawn")


def on_corrected(event: CompletionCorrected) -> None:
    _settle_holder(event.completion_id, "corrected")


def on_work_changed(event: WorkChanged) -> None:
    settling.settle_people([event.person_id], "work")
    settling.settle_whole([event.factory_id], "work")  # a line begins with whoever is first on it


def on_sex_corrected(event: SexCorrected) -> None:
    settling.settle_people([event.person_id], "sex")


def on_roster_applied(event: RosterApplied) -> None:
    settling.settle_factory(db.session.get_one(RosterImport, event.roster_import_id).factory_id, "roster")


def on_roster_undone(event: RosterUndone) -> None:
    settling.settle_factory(db.session.get_one(RosterImport, event.roster_import_id).factory_id, "roster_undone")


def on_factory_changed(event: FactoryChanged) -> None:
    settling.settle_factory(event.factory_id, "factory")


def on_committee_changed(event: CommitteeChanged) -> None:
    settling.settle_factory(db.session.get_one(Committee, event.committee_id).factory_id, "committee")


def on_headcount_declared(event: HeadcountDeclared) -> None:
    settling.settle_factory(db.session.get_one(Headcount, event.headcount_id).factory_id, "headcount")


def on_drill(event: DrillHeld | DrillWithdrawn) -> None:
    settling.settle_whole([db.session.get_one(Drill, event.drill_id).factory_id], "drill")


def on_ambassador_changed(event: AmbassadorChanged) -> None:
    settling.settle_people([db.session.get_one(Ambassador, event.ambassador_id).person_id], "ambassador")


def on_findings(event: FindingsImported | FindingsUndone) -> None:
    told = sa.select(FindingImportFactory.factory_id).where(FindingImportFactory.import_id == event.finding_import_id)
    for factory_id in db.session.scalars(told.order_by(FindingImportFactory.factory_id)).all():
        settling.settle_factory(factory_id, "findings")


def on_merged(event: PersonMerged) -> None:
    _settle_both(event.merge_id, "merge")


def on_separated(event: PersonsSeparated) -> None:
    _settle_both(event.merge_id, "separation")


def on_requirement_changed(event: RequirementChanged) -> None:
    settling.settle_requirement(event.requirement_id, "requirement")


def on_waiver_changed(event: WaiverChanged) -> None:
    settling.settle_factory(event.factory_id, "waiver", event.requirement_id)


def on_training_changed(event: TrainingClosed | TrainingReopened) -> None:
    """Seminars count for the factories that took part."""
    own = db.session.query(Seat.factory_id).filter_by(training_id=event.training_id).distinct()
    settling.settle_whole([factory_id for (factory_id,) in own], "seminar")


def _settle_holder(completion_id: int, cause: str) -> None:
    settling.settle_people([completions.completion(completion_id).person_id], cause)


def _settle_both(merge_id: int, cause: str) -> None:
    merge = db.session.get_one(PersonMerge, merge_id)
    settling.settle_people([merge.winner_id, merge.loser_id], cause)
