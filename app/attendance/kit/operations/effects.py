"""What a record does: it marks, notes a guest, or scores a paper test - by the verbs that everybody else uses."""

from collections import defaultdict
from collections.abc import Sequence

from app.access.actor import Actor
from app.attendance.guests import operations as guests
from app.attendance.guests.operations import GuestClash, GuestMarking
from app.attendance.kit.models import KitDevice
from app.attendance.kit.operations.judging import Judged
from app.attendance.kit.reading import Record
from app.attendance.kit.rules import Detail, Kind
from app.attendance.operations.log import Clash, Marking, take_down
from app.attendance.rules import Evidence, Flag
from app.attendance.sheets import operations as sheets
from app.attendance.sheets.operations import PhotoClash
from app.platform.files.photos import PhotoRefused
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations as quizzes
from app.quizzes.operations import PaperClash, PaperScored


class NotTaken(Exception):
    """The verb would not have it; `detail` says why."""

    def __init__(self, detail: Detail) -> None:
        super().__init__(detail.value)
        self.detail = detail


def take_effect(device: KitDevice, actor: Actor | None, judged: Sequence[Judged]) -> None:
    """Do what these records say; the caller holds everything and has judged them. Raises NotTaken."""
    marks = defaultdict(list)
    for one in judged:
        if actor is None or one.meeting is None or one.item.record is None:
            raise NotTaken(Detail.TROUBLE)
        if one.kind in {Kind.MARK, Kind.CARD}:
            marks[one.meeting.id].append(one)
    for meeting_id in sorted(marks):
        _mark(device, actor, marks[meeting_id])
    for one in judged:
        if one.kind is Kind.GUEST:
            _note_guest(device, actor, one)
        elif one.kind is Kind.SCORE:
            _score(device, actor, one)
        elif one.kind is Kind.PHOTO:
            _keep_photo(actor, one)


def marker(device: KitDevice) -> str:
    """How the log of marks names a phone."""
    return f"kit:{device.code}"


def _mark(device: KitDevice, actor: Actor | None, judged: Sequence[Judged]) -> None:
    seats = {one.person_id: one.seat for one in judged if one.person_id and one.seat}
    markings = [_marking(device, one, one.item.record) for one in judged if one.item.record]
    if actor is None or judged[0].meeting is None:
        raise NotTaken(Detail.TROUBLE)
    if any(isinstance(taken, Clash) for taken in take_down(actor, judged[0].meeting, seats, markings)):
        raise NotTaken(Detail.SAME_ID)


def _marking(device: KitDevice, judged: Judged, record: Record) -> Marking:
    if record.mark is None or judged.person_id is None:
        raise NotTaken(Detail.FIELDS)
    return Marking(
        judged.person_id, record.mark, _evidence(record), record.record_id, judged.seen, record.extra.get("minutes"),
        marker(device), record.counter, record.device_at, judged.item.digest, _flag(judged),
    )  # fmt: skip


def _evidence(record: Record) -> Evidence:
    if record.kind is Kind.CARD:
        return Evidence.CARD
    return Evidence.SIGNED_SHEET if record.extra.get("by") == "sheet" else Evidence.ROLL_CALL


def _flag(judged: Judged) -> Flag | None:
    return Flag.AFTER_CANCELLATION if judged.is_flagged else None


def _note_guest(device: KitDevice, actor: Actor | None, judged: Judged) -> None:
    record = judged.item.record
    if actor is None or judged.meeting is None or record is None or record.mark is None:
        raise NotTaken(Detail.FIELDS)
    extra = record.extra
    marking = GuestMarking(
        str(record.who), record.mark, extra["name"], extra.get("number", ""), extra.get("factory"),
        extra.get("factory_name", ""), extra.get("site"), _evidence(record), record.record_id, judged.seen,
        extra.get("minutes"), marker(device), record.counter, record.device_at, judged.item.digest, _flag(judged),
    )  # fmt: skip
    try:
        noted = guests.take_down(actor, judged.meeting, marking)
    except NotFound as error:
        raise NotTaken(Detail.FIELDS) from error
    except Refused as error:
        raise NotTaken(Detail.SAME_ID) from error
    if isinstance(noted, GuestClash):
        raise NotTaken(Detail.SAME_ID)


def _score(device: KitDevice, actor: Actor | None, judged: Judged) -> None:
    record = judged.item.record
    if actor is None or judged.meeting is None or judged.seat is None or record is None or record.points is None:
        raise NotTaken(Detail.FIELDS)
    score = PaperScored(
        record.record_id, judged.seat.person_id, record.extra["test"], record.points, record.extra["of"],
        marker(device), record.counter, record.device_at,
    )  # fmt: skip
    try:
        noted = quizzes.note_paper(actor, judged.meeting.training, judged.seat, score)
    except Refused as error:
        raise NotTaken(Detail.TEST) from error
    if isinstance(noted, PaperClash):
        raise NotTaken(Detail.SAME_ID)


def _keep_photo(actor: Actor | None, judged: Judged) -> None:
    record = judged.item.record
    if actor is None or judged.meeting is None or record is None:
        raise NotTaken(Detail.FIELDS)
    site_id = int(record.who) or None
    try:
        sheets.keep_photo(
            actor, judged.meeting.id, record.record_id, judged.item.photo, site_id=site_id, device_at=record.device_at
        )
    except PhotoClash as error:
        raise NotTaken(Detail.SAME_ID) from error
    except (PhotoRefused, Refused) as error:
        raise NotTaken(Detail.PHOTO) from error
