"""A stored training session, with what would be different, made into what the rules read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.platform.clock import now
from app.sessions.conflicts.rules import HalfDayAsked, Proposal, SiteAsked
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.queries.lookup import load_parts
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState
from app.sessions.rules.wall_time import HalfDay, moments


@dataclass(frozen=True, kw_only=True)
class Change:
    """What would be different at a half-day; None where it stays."""

    when: HalfDay | None = None
    modality: Modality | None = None
    join_url: str | None = None
    language: str | None = None
    host_id: int | None = None
    interpreter_ids: Collection[int] | None = None
    site_ids: Collection[int] | None = None


_STAYS = Change()


def of_training(
    training: TrainingSession,
    changes: Mapping[int, Change] | None = None,
    *,
    trainer_ids: Iterable[int] | None = None,
    added: Iterable[HalfDayAsked] = (),
    more_sites: Sequence[SiteAsked] = (),
    seat_states: frozenset[SeatState] = HOLDING,
) -> Proposal:
    """A stored training session with changes at some half-days, by number. Only those are judged, and those that are
    `added`; without any, all. What is over is not judged. At most three statements.
    """
    interpreters, used = _links(training)
    half_days = [
        half_day_of(training, meeting, (changes or {}).get(meeting.number, _STAYS), interpreters, used, more_sites)
        for meeting in training.meetings
        if meeting.state is MeetingState.PLANNED or meeting.number in (changes or {})
    ]
    more = list(added)
    coming = {half_day.number for half_day in (*half_days, *more) if half_day.ends_at > now()}
    named = {*(changes or {}), *(half_day.number for half_day in more)}
    return Proposal(
        programme_id=training.programme_id,
        version_id=training.version_id,
        training_id=training.id,
        half_days=(*half_days, *more),
        trainer_ids=frozenset(
            (trainer.account_id for trainer in training.trainers) if trainer_ids is None else trainer_ids
        ),
        capacity_in_person=training.capacity_in_person,
        asked=frozenset(coming & named if named else coming),
        seat_states=seat_states,
    )


def half_day_of(
    training: TrainingSession,
    meeting: Meeting,
    change: Change,
    interpreters: Mapping[int, Collection[int]],
    used: Mapping[int, Collection[int]],
    more_sites: Sequence[SiteAsked] = (),
) -> HalfDayAsked:
    """A half-day as it would be with the change; one that is postponed with the times that it gets. One that uses all
    sites uses those that come as well.
    """
    when = change.when or HalfDay(meeting.starts, meeting.ends, meeting.zone)
    starts_at, ends_at = moments(when) if change.when else (meeting.starts_at, meeting.ends_at)
    chosen = used.get(meeting.id, ()) if change.site_ids is None else change.site_ids
    kept = interpreters.get(meeting.id, ()) if change.interpreter_ids is None else change.interpreter_ids
    return HalfDayAsked(
        number=meeting.number, starts=when.starts, ends=when.ends, zone=when.zone, starts_at=starts_at,
        ends_at=ends_at, modality=change.modality or meeting.modality,
        language=change.language or meeting.language or training.language,
        join_url=change.join_url or meeting.join_url, host_id=change.host_id or meeting.host_id,
        interpreter_ids=frozenset(kept), sites=(*sites_of(training.sites, chosen), *(() if chosen else more_sites)),
    )  # fmt: skip


def sites_of(sites: Iterable[Site], chosen: Collection[int] = ()) -> tuple[SiteAsked, ...]:
    """The sites of a half-day: those that it chose, or all."""
    return tuple(
        SiteAsked(site.kind, site.name, site.factory_id, site.room_id, site.id)
        for site in sites
        if not chosen or site.id in chosen
    )


def _links(training: TrainingSession) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Half-day -> interpreters, and half-day -> the sites that it chose."""
    load_parts(training)
    interpreters = {meeting.id: [each.id for each in meeting.interpreters] for meeting in training.meetings}
    return interpreters, {meeting.id: [site.id for site in meeting.sites] for meeting in training.meetings}
