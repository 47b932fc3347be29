"""The rooms of a training session, on its page."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions import policy
from app.sessions.links import queries
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.rules import USED, Entry, entry
from app.sessions.links.wording import PROBLEMS, PROVIDERS, STATES
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, TrainingState


@dataclass(frozen=True)
class Row:
    """A half-day with a room, as this actor may know it."""

    meeting: Meeting
    room: MeetingRoom
    entry: Entry
    may_join: bool
    visits: list[RoomVisit]


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """The way into each room for who joins by link; for who plans, also how the rooms fare. Nothing for others."""
    may_plan = policy.may_plan(actor, thing)
    ids = [meeting.id for meeting in thing.meetings if meeting.state is MeetingState.PLANNED]
    rooms = queries.rooms_with_trainings(MeetingRoom.meeting_id.in_(ids), MeetingRoom.state.in_(USED))
    seen = queries.visits([room.id for room in rooms]) if may_plan and rooms else {}
    rows = [_row(actor, room, seen.get(room.id, [])) for room in rooms]
    shown = [row for row in rows if may_plan or row.may_join]
    if not shown:
        return None
    context = {
        "training": thing, "rows": shown, "may_plan": may_plan, "states": STATES, "providers": PROVIDERS,
        "problems": PROBLEMS,
    }  # fmt: skip
    return Panel("links", _("Join by link"), "sessions/links/_rooms.html", context)


def _row(actor: Actor, room: MeetingRoom, visits: list[RoomVisit]) -> Row:
    meeting = room.meeting
    is_held = meeting.training.state is TrainingState.CONFIRMED
    may_join = is_held and queries.own_holder(actor, meeting) is not None
    return Row(meeting, room, entry(meeting.starts_at, meeting.ends_at, now()), may_join, visits)
