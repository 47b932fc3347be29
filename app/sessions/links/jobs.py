"""Making, looking after and ending rooms. All talk with providers is here, outside of any request."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import Done, Later, Outcome, enqueue, rules
from app.sessions.links import operations
from app.sessions.links.models import MeetingRoom
from app.sessions.links.providers import ProviderFault, connected
from app.sessions.links.queries import Due, Task, due, rooms_with_trainings, wanted_of
from app.sessions.links.rules import STAYS_OPEN, Problem, Provider, RoomState
from app.sessions.rules import MeetingState, Modality, TrainingState

EVERY = timedelta(minutes=1)
_PATIENCE = timedelta(minutes=10)
"""A job that makes a room is not enqueued twice in such a span; it tries again by itself."""
_WAITING = (RoomState.WANTED, RoomState.FAILED)


def find_due() -> Done:
    """By the clock: one job for each room that needs something, so that a slow provider holds up no other room."""
    found = due([provider.maker for kind in Provider if (provider := connected(kind))])
    return Done(lambda: _enqueue(found))


def open_room(room_id: int, key: str) -> Outcome:
    """Make the room of a half-day that will be held. What fails is shown, and tried again with growing pauses."""
    room = _room(room_id)
    if room is None or room.key != key or room.state not in _WAITING or not _is_held(room):
        return Done()
    provider, wanted = connected(room.provider), wanted_of(room)
    if provider is None:
        return Done(partial(operations.note_failure, room_id, key, Problem.UNSET))
    try:
        details = provider.open(wanted)
    except ProviderFault as fault:
        note = partial(operations.note_failure, room_id, key, fault.problem)
        return Done(note) if fault.problem.is_final else Later(str(fault), note)
    return Done(partial(operations.note_made, room_id, key, provider.maker, details))


def watch_room(room_id: int, key: str) -> Outcome:
    """While people may come in: who is there, and is the room still there? One that was ended is made anew."""
    room = _room(room_id)
    if room is None or room.key != key or room.state is not RoomState.READY:
        return Done()
    provider = connected(room.provider)
    if provider is None or provider.maker != room.maker:
        return Done()
    try:
        attendees = provider.attendees(wanted_of(room))
    except ProviderFault:
        return Done()  # the next minute looks again; whoever is inside stays there
    if attendees is None:
        return Done(partial(operations.note_end, room_id, key, is_over=False))
    return Done(partial(operations.note_seen, room_id, key, attendees))


def end_room(room_id: int, key: str, maker: str, provider: str, is_over: bool) -> Outcome:
    """End a room for everybody. The row may stand for another room by now; one that today's account did not make is
    not touched.
    """
    room, known = _room(room_id), connected(Provider(provider))
    note = partial(operations.note_end, room_id, key, is_over=is_over)
    if room is None or known is None or known.maker != maker:
        return Done(note)
    try:
        known.close(replace(wanted_of(room), key=key))
    except ProviderFault as fault:
        return Done(note) if fault.problem.is_final else Later(str(fault))
    return Done(note)


def _room(room_id: int) -> MeetingRoom | None:
    """The row with what it is for. The reading transaction ends here: none is open while a provider takes its time."""
    found = rooms_with_trainings(MeetingRoom.id == room_id)
    db.session.expunge_all()
    db.session.rollback()
    return found[0] if found else None


def _is_held(room: MeetingRoom) -> bool:
    meeting = room.meeting
    return (
        meeting.training.state is TrainingState.CONFIRMED
        and meeting.state is MeetingState.PLANNED
        and meeting.modality is not Modality.IN_PERSON
        and now() < meeting.ends_at + STAYS_OPEN
    )


def _enqueue(found: list[Due]) -> None:
    for each in found:
        if each.task is Task.OPEN:
            again = f"links.open:{each.key}:{rules.slot(now(), _PATIENCE)}"
            enqueue("links.open", dedupe=again, room_id=each.room_id, key=each.key)
        elif each.task is Task.WATCH:
            again = f"links.watch:{each.key}:{rules.slot(now(), EVERY)}"
            enqueue("links.watch", dedupe=again, room_id=each.room_id, key=each.key)
        else:
            enqueue(
                "links.end", dedupe=f"links.end:{each.key}", room_id=each.room_id, key=each.key, maker=each.maker,
                provider=each.provider.value, is_over=each.task is Task.END,
            )  # fmt: skip
