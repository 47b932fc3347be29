"""What an incoming mail means for the one calendar entry that it is about. Pure.

Whose answer counts (STANDARDS 1): the UID is a secret of ours, one for each recipient and half-day, and the mail must
come from that recipient's mailbox. What does not fit is never applied; a person may look at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

_NEVER = datetime.min.replace(tzinfo=UTC)
PARTSTATS = frozenset({"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"})
_CALENDAR_IDS = ("@group.calendar.google.com", "@import.calendar.google.com")
"""Google answers with the name of a calendar instead of an address in some flows."""


class Outcome(StrEnum):
    """Whether the answer counts."""

    ACCEPTED = "accepted"
    IGNORED = "ignored"


class Reason(StrEnum):
    """Why a mail changes nothing."""

    UNKNOWN_UID = "unknown_uid"
    STALE_SEQUENCE = "stale_sequence"
    SENDER_MISMATCH = "sender_mismatch"
    NO_CALENDAR = "no_calendar"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    TOO_COMPLEX = "too_complex"
    BAD_PARTSTAT = "bad_partstat"
    NOT_A_REPLY = "not_a_reply"
    UNREADABLE = "unreadable"
    """Reading it failed for a reason that nobody foresaw: it is set aside, as it came."""


@dataclass(frozen=True)
class Known:
    """The entry as our system last told it, and the answer that counts until now. `zone` is that of the half-day."""

    uid: str
    sequence: int
    attendee: str
    organizer: str = ""
    zone: str = "UTC"
    last_sequence: int | None = None
    last_stamp: datetime | None = None
    is_withdrawn: bool = False
    """The entry was taken out of the calendar: no answer counts any more."""


@dataclass(frozen=True)
class Proposal:
    """Another time, as two moments."""

    starts_at: datetime
    ends_at: datetime


class Part(StrEnum):
    """What the recipient of an invitation is to a training session."""

    TRAINER = "trainer"
    FOCAL_POINT = "focal_point"
    PERSON = "person"


@dataclass(frozen=True)
class Proposed:
    """Another time as the clock of the half-day's zone shows it."""

    starts: datetime
    ends: datetime

    @property
    def fields(self) -> dict[str, str]:
        """What the form that moves a half-day is opened with."""
        return {"day": f"{self.starts:%Y-%m-%d}", "starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}"}


@dataclass(frozen=True)
class Attendee:
    """Who a calendar speaks for, by every address it gives, and what it says (PARTSTAT in capitals)."""

    addresses: tuple[str, ...]
    partstat: str
    comment: str = ""


@dataclass(frozen=True)
class Entry:
    """One event of a calendar that came back. `stamp` is when it was written, None where that cannot be read."""

    uid: str
    sequence: int
    stamp: datetime | None
    attendees: tuple[Attendee, ...]
    comment: str
    proposal: Proposal | None


@dataclass(frozen=True)
class Delivery:
    """What a mail server says became of a mail of ours; `action` is failed, delayed, delivered ... (RFC 3464)."""

    recipient: str
    action: str
    status: str
    message_id: str = ""

    @property
    def has_failed(self) -> bool:
        return self.action in {"", "failed"} and not self.status.startswith(("2", "4"))


@dataclass(frozen=True)
class Mail:
    """An incoming mail as far as it matters here."""

    sender: str | None = None
    subject: str = ""
    method: str | None = None
    entries: Sequence[Entry] = ()
    has_calendar: bool = False
    is_automatic: bool = False
    is_disowned: bool = False
    """The own mail server found that the mail does not come from whom it names (DMARC)."""
    is_too_complex: bool = False
    delivery: Delivery | None = None


@dataclass(frozen=True)
class Reading:
    """What a mail means. `partstat` and `attendee` only for an answer that counts."""

    outcome: Outcome
    reason: Reason | None = None
    method: str | None = None
    attendee: str | None = None
    partstat: str | None = None
    comment: str | None = None
    proposal: Proposal | None = None
    sequence: int | None = None
    stamp: datetime | None = None
    delivery: Delivery | None = None
    show_to_person: bool = False


def proposed(kept: Mapping[str, str]) -> Proposed:
    """From what an invitation keeps."""
    return Proposed(datetime.fromisoformat(kept["starts"]), datetime.fromisoformat(kept["ends"]))


def asked_times(asked: Mapping[str, str]) -> dict[str, date | time]:
    """The day and the times that an address proposes; what is no day or time is left out."""
    found: dict[str, date | time] = {}
    for name, read in (("day", date.fromisoformat), ("starts", time.fromisoformat), ("ends", time.fromisoformat)):
        try:
            found[name] = read(asked.get(name, ""))
        except ValueError:
            continue
    return found


def judge(mail: Mail, known: Known | None) -> Reading:
    """What the mail means for the entry `known`; None when none of ours has a UID of the mail."""
    if mail.is_too_complex:
        return _ignored(Reason.TOO_COMPLEX, show=True)
    if mail.delivery is not None:
        return _ignored(Reason.BOUNCE, delivery=mail.delivery)
    if not mail.has_calendar:
        reason = Reason.AUTO_REPLY if mail.is_automatic else Reason.NO_CALENDAR
        return _ignored(reason, show=reason is Reason.NO_CALENDAR)
    if mail.method not in {"REPLY", "COUNTER"}:
        is_own = known is not None and mail.sender is not None and same_mailbox(mail.sender, known.organizer)
        return _ignored(Reason.NOT_A_REPLY, mail.method, show=not (mail.is_automatic or is_own))
    mine = [entry for entry in mail.entries if known is not None and entry.uid == known.uid]
    if known is None or not mine:
        return _ignored(Reason.UNKNOWN_UID, mail.method, show=True)
    return _answer(mail, known, mine)


def _answer(mail: Mail, known: Known, mine: Sequence[Entry]) -> Reading:
    entry = max(mine, key=lambda each: (each.sequence, each.stamp or _NEVER))
    said = [each for each in entry.attendees if _is(each, known.attendee)]
    is_from = mail.sender is not None and same_mailbox(mail.sender, known.attendee)
    if not is_from or mail.is_disowned or not (said or not entry.attendees):
        return _ignored(Reason.SENDER_MISMATCH, mail.method, show=True)
    partstats = {each.partstat for each in said}
    partstat = partstats.pop() if len(partstats) == 1 else ""
    is_counter = mail.method == "COUNTER"
    if is_counter and partstat in {"", "NEEDS-ACTION"} and not partstats:
        partstat = "NEEDS-ACTION"
    elif partstat not in PARTSTATS:
        return _ignored(Reason.BAD_PARTSTAT, mail.method, show=True)
    if _is_stale(entry, known):
        return _ignored(Reason.STALE_SEQUENCE, mail.method)
    return Reading(
        outcome=Outcome.ACCEPTED,
        method=mail.method,
        attendee=known.attendee,
        partstat=partstat,
        comment=entry.comment or next((each.comment for each in said if each.comment), "") or None,
        proposal=entry.proposal if is_counter else None,
        sequence=entry.sequence,
        stamp=entry.stamp,
        show_to_person=is_counter,
    )


def _is_stale(entry: Entry, known: Known) -> bool:
    """Older than the last change of the entry, or than the answer that counts until now."""
    if known.is_withdrawn or entry.sequence < known.sequence:
        return True
    if known.last_sequence is None or entry.sequence > known.last_sequence:
        return False
    if entry.sequence < known.last_sequence:
        return True
    return entry.stamp is not None and known.last_stamp is not None and entry.stamp < known.last_stamp


def same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses reach one mailbox: case and what follows a plus sign do not count."""
    return bool(one) and _mailbox(one) == _mailbox(other)


def _is(attendee: Attendee, address: str) -> bool:
    return any(
        same_mailbox(each, address) or each.endswith(_CALENDAR_IDS) for each in attendee.addresses
    )


def _mailbox(address: str) -> tuple[str, str]:
    local, _, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in {"gmail.com", "googlemail.com"}:
        return local.replace(".", ""), "gmail.com"
    return local, domain


def _ignored(
    reason: Reason, method: str | None = None, *, show: bool = False, delivery: Delivery | None = None
) -> Reading:
    return Reading(Outcome.IGNORED, reason, method, delivery=delivery, show_to_person=show)
