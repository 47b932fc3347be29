"""What becomes of each record of a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.access.actor import Actor
from app.attendance.kit.models import KitDevice, KitSheet
from app.attendance.kit.opening import Item
from app.attendance.kit.operations.loading import Held, account_actor, hold, sheets_of
from app.attendance.kit.reading import Record
from app.attendance.kit.rules import Detail, Kind, Result, Scene, held_by
from app.platform.clock import now
from app.sessions.models import Meeting, Seat
from app.sessions.policy import may_take_roll
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Judged:
    """An item with everything that decides: `detail` says why it is held, None that it is taken down."""

    item: Item
    claim: str = ""
    detail: Detail | None = None
    meeting: Meeting | None = None
    sheet: KitSheet | None = None
    may: bool = False
    person_id: int | None = None
    seat: Seat | None = None
    is_flagged: bool = False
    seen: frozenset[str] = frozenset()

    @property
    def result(self) -> Result:
        if self.detail:
            return Result.HELD
        return Result.AFTER_CANCELLATION if self.is_flagged else Result.COUNTED

    @property
    def kind(self) -> Kind:
        return self.item.record.kind if self.item.record else Kind.UNREAD

    def because(self, detail: Detail) -> "Judged":
        """The same, held."""
        return replace(self, detail=detail)


def judge(device: KitDevice, items: Sequence[Item]) -> tuple[Actor | None, list[Judged]]:
    """Take hold of what the items depend on, and say what becomes of each; also whose word it is, None when the account
    is disabled.
    """
    records = [item.record for item in items if item.record]
    actor = account_actor(device.account_id)
    sheets = sheets_of(device.id, {record.meeting_id for record in records})
    held = hold(records)
    return actor, [_judged(actor, item, sheets, held) for item in items]


def _judged(
    actor: Actor | None, item: Item, sheets: Mapping[tuple[int, str], KitSheet], held: Held
) -> Judged:
    record = item.record
    if record is None:
        return Judged(item, detail=item.detail)
    meeting, sheet = held.meetings.get(record.meeting_id), sheets.get((record.meeting_id, record.revision))
    if meeting is None:
        return Judged(item, detail=Detail.MEETING)
    may = actor is not None and may_take_roll(actor, meeting.training)
    scene = Scene(
        meeting.training.state, meeting.state, meeting.starts_at, meeting.starts.date(),
        sheet.starts.date() if sheet else None, may, meeting.id in held.closed,
    )  # fmt: skip
    judged = _of_person(Judged(item, "", None, meeting, sheet, may, is_flagged=scene.is_cancelled), record, held)
    if actor is None:
        return judged.because(Detail.ACCOUNT)
    found = held_by(scene, record.kind, now())
    return judged.because(found) if found else judged


def _of_person(judged: Judged, record: Record, held: Held) -> Judged:
    """Whom the record is about; a guest is nobody yet."""
    if record.kind in {Kind.GUEST, Kind.PHOTO} or judged.meeting is None:
        return judged
    person_id = held.people.get(record.who)
    if person_id is None:
        return judged.because(Detail.CARD if record.kind is Kind.CARD else Detail.NO_PERSON)
    seen = {held.seen.get((record.meeting_id, each)) for each in record.seen}
    known = replace(
        judged, person_id=person_id, seat=held.seats.get((judged.meeting.training_id, person_id)),
        seen=frozenset(each for each in seen if each),
    )  # fmt: skip
    if known.seat is None:
        return known.because(Detail.NO_SEAT)
    return known if known.seat.state is SeatState.BOOKED else known.because(Detail.SEAT_WITHDRAWN)
