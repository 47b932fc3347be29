"""Unknown people on the roll call and on the page of a training session."""

from collections.abc import Callable
from dataclasses import dataclass

from app.access.actor import Actor
from app.attendance.guests.queries import Row, guests, open_guests
from app.attendance.guests.rules import GuestState
from app.attendance.guests.showing import hindered_at, site_name
from app.attendance.labels import WORDS
from app.attendance.rules import Mark, new_mark_id
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting, TrainingSession
from app.sessions.policy import may_take_roll

_SHOWN = (Mark.PRESENT, Mark.LATE, Mark.ABSENT)


@dataclass(frozen=True)
class Group:
    """Guests who join from one site; "" where nobody said."""

    site: str
    rows: list[Row]


def roll_call(_actor: Actor, meeting: Meeting) -> Panel | None:
    """The guests of the half-day by site, to be marked like anyone."""
    found = guests(meeting.training_id, GuestState.OPEN)
    if not found:
        return None
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(site_name(row.guest.site) if row.guest.site else "", []).append(row)
    make_id: Callable[[], str] = new_mark_id
    context = {
        "meeting": meeting,
        "groups": [Group(name, rows) for name, rows in sorted(groups.items())],
        "number": len(found),
        "hindered": hindered_at(meeting),
        "marks": _SHOWN,
        "words": WORDS,
        "new_mark_id": make_id,
    }
    return Panel("guests", _("Guests"), "attendance/guests/_roll_call.html", context)


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """How many unknown people somebody must still find, where the actor takes the roll."""
    number = open_guests(thing.id) if may_take_roll(actor, thing) else 0
    if not number:
        return None
    return Panel("guests", _("Guests"), "attendance/guests/_panel.html", {"training": thing, "number": number})
