"""What has become of a roll call since a page was shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.access.actor import Actor
from app.attendance import rules
from app.attendance.models import CurrentMark, MarkEntry, RollCall
from app.attendance.queries.disputes import Voice, voices
from app.attendance.queries.marks import Known, known_of
from app.attendance.rules import Tally
from app.factories.models import Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.queries.lookup import visible
from app.sessions.rules import SeatState

_WRITTEN = re.compile(r"(\d{1,18})-(\d{1,9})-([01])", re.ASCII)


@dataclass(frozen=True)
class Version:
    """How far the log of a half-day had come: its last entry, how many there were, whether the roll call was closed."""

    last: int = 0
    entries: int = 0
    is_closed: bool = False

    def __str__(self) -> str:
        return f"{self.last}-{self.entries}-{self.is_closed:d}"


EVERYTHING = Version(last=-1)
"""Before the first mark, and never the present one."""


@dataclass(frozen=True)
class Changed:
    """A person whose mark has changed, or may have."""

    person_id: int
    known: Known
    voices: Sequence[Voice]


@dataclass(frozen=True)
class Live:
    """What is new since a version, and the tally of everybody - of nobody where nothing is new. `has_less` says that
    somebody's mark was taken back, and that there is none now.
    """

    version: Version
    changed: Sequence[Changed]
    tally: Tally
    has_less: bool = False


def written_version(text: str) -> Version:
    """The version that a page sends back; of anything else the one before the first mark."""
    found = _WRITTEN.fullmatch(text)
    return Version(int(found[1]), int(found[2]), found[3] == "1") if found else Version()


def meeting_to_watch(actor: Actor, training_id: int, number: int) -> Meeting:
    """A half-day by its number, where the actor may mark. One statement. Raises NotFound."""
    own = sa.select(Meeting).join(Meeting.training).where(TrainingSession.id == training_id, Meeting.number == number)
    whole = contains_eager(Meeting.training).joinedload(TrainingSession.trainers)
    meeting = db.session.scalars(own.where(visible(actor)).options(whole)).unique().one_or_none()
    if meeting is None or not may_take_roll(actor, meeting.training):
        raise NotFound
    return meeting


def version_of(meeting_id: int) -> Version:
    """How far the log is. One statement."""
    return _progress(meeting_id, 0)[0]


def live(meeting_id: int, since: Version) -> Live:
    """What is new after a version; of the present one no more than that. At most two statements, and one more where
    different things are said.

    Of two that mark at once the later number can be seen first: where the numbers do not add up, all may have changed.
    """
    version, newer = _progress(meeting_id, since.last)
    if version == since:
        return Live(version, (), rules.tally(()))
    rows = _booked(meeting_id)
    adds_up = version.entries - since.entries == newer
    known = [(person_id, each) for person_id, each, last in rows if each and (last > since.last or not adds_up)]
    heard = voices(meeting_id, [mark_id for _, each in known if each.is_disputed for mark_id in each.standing])
    changed = [
        Changed(person_id, each, [heard[mark_id] for mark_id in each.standing if mark_id in heard])
        for person_id, each in known
    ]
    has_less = any(each is None and last > max(since.last, 0) for _, each, last in rows)
    return Live(version, changed, rules.tally([each.mark if each else None for _, each, _ in rows]), has_less)


def _progress(meeting_id: int, last_seen: int) -> tuple[Version, int]:
    """How far the log is, and how many of its entries are later than one."""
    later = sa.func.coalesce(sa.func.sum(sa.case((MarkEntry.id > last_seen, 1), else_=0)), 0)
    closed_at = sa.select(RollCall.closed_at).where(RollCall.meeting_id == meeting_id).scalar_subquery()
    last = sa.func.coalesce(sa.func.max(MarkEntry.id), 0)
    counts = sa.select(last, sa.func.count(), later, closed_at).where(MarkEntry.meeting_id == meeting_id)
    found_last, entries, newer, at = db.session.execute(counts).one()
    return Version(found_last, entries, at is not None), newer


def _booked(meeting_id: int) -> list[tuple[int, Known | None, int]]:
    """Everybody with a booked seat, what counts, and the last entry about the person."""
    own = sa.and_(MarkEntry.meeting_id == meeting_id, MarkEntry.person_id == Seat.person_id)
    last = sa.select(sa.func.coalesce(sa.func.max(MarkEntry.id), 0)).where(own).correlate(Seat).scalar_subquery()
    is_about = sa.and_(CurrentMark.meeting_id == meeting_id, CurrentMark.person_id == Seat.person_id)
    rows = db.session.execute(
        sa.select(Seat.person_id, CurrentMark, last)
        .join(Meeting, Meeting.training_id == Seat.training_id)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(CurrentMark, is_about)
        .where(Meeting.id == meeting_id, Seat.state == SeatState.BOOKED, Person.merged_into_id.is_(None))
    )
    return [(person_id or 0, known_of(mark) if mark else None, last_id) for person_id, mark, last_id in rows]
