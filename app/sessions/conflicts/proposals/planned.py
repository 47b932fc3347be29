"""What a form plans that is not stored yet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from app.sessions.conflicts.proposals.stored import Change, of_training
from app.sessions.conflicts.rules import HalfDayAsked, Proposal, SiteAsked
from app.sessions.models import Site, TrainingSession
from app.sessions.operations.copying import kept_half_days
from app.sessions.operations.half_days import name_of
from app.sessions.operations.plans import Plan, PlannedHalfDay
from app.sessions.operations.sites import sites_of_plan
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import HalfDay, moments


def of_plan(plan: Plan) -> Proposal:
    """A new training session. Raises NotFound and Refused as scheduling it does."""
    sites = sites_of_plan(plan)
    half_days = enumerate(plan.half_days, 1)
    return Proposal(
        programme_id=plan.programme_id,
        version_id=plan.version_id,
        half_days=tuple(_asked(number, each, plan.language, sites) for number, each in half_days),
        trainer_ids=frozenset(plan.trainer_ids),
        capacity_in_person=plan.capacity_in_person,
    )


def one_more(training: TrainingSession, planned: PlannedHalfDay) -> Proposal:
    """A stored training session with one half-day more, which alone is judged."""
    number = max((meeting.number for meeting in training.meetings), default=0) + 1
    return of_training(training, added=[_asked(number, planned, training.language, training.sites)])


def copies_of(training: TrainingSession, shifts: Iterable[timedelta]) -> Proposal:
    """Training sessions like a stored one, so many days later each, without its people. They are new: to them the one
    that they are made of is another.
    """
    alike = of_training(training, {meeting.number: Change() for meeting in kept_half_days(training)})
    return replace(
        alike,
        training_id=None,
        asked=None,
        half_days=tuple(_later(half_day, shift) for shift in shifts for half_day in alike.half_days),
    )


def _later(half_day: HalfDayAsked, shift: timedelta) -> HalfDayAsked:
    """By the clock on the wall: the moment moves by another length where the clock changes in between."""
    when = HalfDay(half_day.starts + shift, half_day.ends + shift, half_day.zone)
    starts_at, ends_at = moments(when)
    return replace(half_day, starts=when.starts, ends=when.ends, starts_at=starts_at, ends_at=ends_at)


def _asked(number: int, planned: PlannedHalfDay, language: str, sites: Iterable[Site]) -> HalfDayAsked:
    when, is_in_person = planned.when, planned.modality is Modality.IN_PERSON
    starts_at, ends_at = moments(when)
    return HalfDayAsked(
        number=number, starts=when.starts, ends=when.ends, zone=when.zone, starts_at=starts_at, ends_at=ends_at,
        modality=planned.modality, language=planned.language or language,
        join_url=None if is_in_person else planned.join_url, host_id=None if is_in_person else planned.host_id,
        interpreter_ids=frozenset(planned.interpreter_ids),
        sites=tuple(
            SiteAsked(site.kind, site.name, site.factory_id, site.room_id, site.id)
            for site in sites
            if not planned.sites or name_of(site) in planned.sites
        ),
    )  # fmt: skip
