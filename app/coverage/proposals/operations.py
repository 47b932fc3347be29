"""Making training sessions of a proposal."""

from datetime import date, datetime, timedelta

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.proposals.models import ProposalMade
from app.coverage.proposals.proposing import Proposed, ProposedRun, Wanted, propose
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.models import Site, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality, SiteKind
from app.sessions.rules.wall_time import HalfDay

_LONG = timedelta(hours=4)


def make_runs(actor: Actor, wanted: Wanted, token: str, *, announce: bool) -> list[TrainingSession]:
    """The runs of a proposal as drafts or, when they are announced at once, with a reserved seat for everybody.

    Sending the form with this `token` again makes nothing again. Raises NotFound out of scope, Refused where there is
    nothing to make or no days fit.
    """
    if not actor.scope(Permission.SESSIONS_PLAN).reaches(wanted.programme.id):
        raise NotFound
    if not _is_new(actor, wanted, token):
        return []
    found = propose(wanted)
    if not found.runs:
        raise Refused(_("Nobody of these factories needs a place. Nothing was made."))
    if any(len(run.days) < wanted.half_days for run in found.runs):
        raise Refused(_("There are not enough days on which all of these factories work. Choose fewer factories."))
    made = [_make(actor, wanted, found, run, announce=announce) for run in found.runs]
    audit.record(
        actor, "coverage.make_runs", f"programme:{wanted.programme.id}", course=wanted.requirement.course_id,
        trainings=[training.id for training in made],
    )  # fmt: skip
    return made


def _is_new(actor: Actor, wanted: Wanted, token: str) -> bool:
    """The unique constraint decides between two requests with the same form."""
    values = {"programme_id": wanted.programme.id, "token": token, "account_id": actor.account_id, "made_at": now()}
    statement = insert(ProposalMade).values(values).on_conflict_do_nothing(index_elements=["token"])
    return db.session.scalar(statement.returning(ProposalMade.id)) is not None


def _make(actor: Actor, wanted: Wanted, found: Proposed, run: ProposedRun, *, announce: bool) -> TrainingSession:
    spare = max(0, wanted.largest - run.run.people)
    is_in_room = run.in_person > 0
    training = sessions.schedule(
        actor,
        Plan(
            programme_id=wanted.programme.id,
            version_id=wanted.version.id,
            language=wanted.language,
            half_days=tuple(_half_day(wanted, day, run.modality) for day in run.days),
            trainer_ids=tuple(each.account_id for each in run.trainers[:1]),
            capacity_in_person=run.in_person + spare if is_in_room else 0,
            capacity_virtual=run.virtual if is_in_room else run.virtual + spare,
            venue=_("Room still to be found") if is_in_room else None,
            factory_ids=tuple(each for each in run.run.counts if found.ways[each] is Modality.VIRTUAL),
            is_draft=not announce,
        ),
    )
    if announce:
        for factory in wanted.factories:
            if count := run.run.counts.get(factory.id, 0):
                site = _site(training, factory.id, found.ways[factory.id])
                sessions.reserve(actor, training.id, factory, site.id, count)
    return training


def _site(training: TrainingSession, factory_id: int, way: Modality) -> Site:
    if way is Modality.VIRTUAL:
        return next(site for site in training.sites if site.factory_id == factory_id)
    return next(site for site in training.sites if site.kind is SiteKind.VENUE)


def _half_day(wanted: Wanted, day: date, modality: Modality) -> PlannedHalfDay:
    starts = datetime.combine(day, wanted.starts)
    return PlannedHalfDay(HalfDay(starts, starts + _LONG, wanted.programme.zone), modality)
