"""Coming in: the one moment in which a link of the provider is made."""

from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.links.models import MeetingRoom
from app.sessions.links.operations.keeping import note_visits
from app.sessions.links.providers import Attendee, connected
from app.sessions.links.queries import wanted_of
from app.sessions.links.rules import Entry, Holder, RoomState, entry


def come_in(room: MeetingRoom, holder: Holder) -> str:
    """A fresh signed link of the provider for one who may come in, as the caller has found; the visit is noted.

    Raises Refused before the room opens, after it is over, and while there is none.
    """
    if entry(room.meeting.starts_at, room.meeting.ends_at, now()) is not Entry.OPEN:
        raise Refused(_("The room is not open now."))
    provider = connected(room.provider)
    if room.state is not RoomState.READY or provider is None or provider.maker != room.maker:
        raise Refused(_("The room is not ready yet. Try again in a minute."))
    note_visits(room.id, [(Attendee(holder.mark, holder.name), holder.seat_id)])
    return provider.address(wanted_of(room), room.details, holder, now())
