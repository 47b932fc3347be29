"""Attendance: what counted of each person and half-day, and everything that was ever said, as it stood on the day."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Account
from app.attendance.labels import EVIDENCE, MARKS, STRENGTHS, marker_words
from app.attendance.models import MarkEntry
from app.attendance.rules import Decided, Evidence, Said, decide, is_retraction
from app.factories.models import Person
from app.learning_record.evidence.members import proofs
from app.learning_record.evidence.members.proofs import Proofs
from app.learning_record.evidence.source import About, Source, Table, Worker, in_steps
from app.platform.db import db
from app.platform.i18n import _
from app.sessions.models import Meeting, Seat


@dataclass(frozen=True)
class Spoken:
    """One entry of the log of a person of the factory."""

    row: Any
    person_id: int
    """Who it is today, whatever entry of the register it was said of."""
    said: Said


def spoken(about: About, meeting_ids: Sequence[int]) -> list[Spoken]:
    """The log of these half-days up to the day, of people who had a seat of the factory, as it was written down."""
    return sorted((each for step in in_steps(meeting_ids) for each in _spoken(about, step)), key=_order)


def _spoken(about: About, meeting_ids: Sequence[int]) -> Iterator[Spoken]:
    own = sa.orm.aliased(Person)
    whose = sa.func.coalesce(own.merged_into_id, own.id)
    columns = [getattr(MarkEntry, name) for name in (
        "id", "meeting_id", "mark_id", "mark", "evidence", "strength", "minutes", "marker", "counter", "seen", "at",
        "device_at")]  # fmt: skip
    rows = db.session.execute(
        sa.select(
            *columns, MarkEntry.person_id.label("entry"), whose.label("person_id"), Account.name.label("account")
        )
        .join(own, own.id == MarkEntry.person_id)
        .join(Meeting, Meeting.id == MarkEntry.meeting_id)
        .join(Seat, sa.and_(
            Seat.training_id == Meeting.training_id, Seat.person_id == whose, Seat.factory_id == about.factory_id))
        .outerjoin(Account, Account.id == MarkEntry.account_id)
        .where(MarkEntry.meeting_id.in_(meeting_ids), MarkEntry.at < about.known)
        .order_by(MarkEntry.id)
    )
    for row in rows:
        said = Said(
            row.mark_id, row.entry, row.mark, row.strength, row.marker, row.counter, frozenset(row.seen), row.minutes)
        yield Spoken(row, row.person_id, said)


def _order(each: Spoken) -> int:
    number: int = each.row.id
    return number


def tables(source: Source) -> tuple[Sequence[Table], dict[Evidence, int]]:
    """The register, the log and the papers behind it, and how many marks of the register are known in which way."""
    meetings = {row[0]: row for row in source.meetings}
    log = [each for each in spoken(source.about, list(meetings)) if each.person_id in source.people]
    logs: dict[tuple[int, int], list[Spoken]] = defaultdict(list)
    for each in log:
        logs[each.row.meeting_id, each.person_id].append(each)
    found = proofs.proofs(source, {each.row.marker for each in log if each.row.marker.startswith("report:")})
    counting, rows = {}, []
    named: Counter[tuple[int, str]] = Counter()
    known: dict[Evidence, int] = defaultdict(int)
    for meeting_id, person_id in sorted(logs, key=lambda key: _place(source, meetings, key)):
        entries = logs[meeting_id, person_id]
        decided = decide([each.said for each in entries])
        if decided is not None:
            last = next(each for each in entries if each.said.mark_id == decided.counts.mark_id)
            counting[decided.counts.mark_id] = decided
            known[last.row.evidence] += 1
            behind = _behind(found, last)
            named.update((meeting_id, name) for name in behind)
            rows.append(_line(source, meetings[meeting_id], last, decided, behind, len(entries)))
    register = Table("registers/register", _("Register"), _register_header(), rows)
    marks = _log_table(source, meetings, log, counting, found)
    return [register, marks, proofs.table(source, found, named)], dict(known)


def _behind(found: Proofs, each: Spoken) -> list[str]:
    return found.behind(each.row.meeting_id, each.person_id, each.row.evidence, each.row.marker)


def _place(source: Source, meetings: Mapping[int, Sequence[Any]], key: tuple[int, int]) -> tuple[Any, ...]:
    meeting, person = meetings[key[0]], source.people[key[1]]
    return meeting[7], meeting[8], meeting[0], person.number.text, key[1]


def _register_header() -> list[str]:
    return [
        *_head(), _("Mark"), _("How it is known"), _("How strong that is"), _("Photos and reports"), _("Minutes"),
        _("Who said it"), _("Written down at"), _("Disputed"), _("Entries in the log"),
    ]  # fmt: skip


def _head() -> list[str]:
    return [
        _("Training session"), _("Course"), _("Title"), _("Half-day"), _("Day"), _("Employee number"), _("Name"),
        _("Role"), _("Line"),
    ]  # fmt: skip


def _who(meeting: Sequence[Any], person: Worker) -> list[Any]:
    return [*meeting[2:5], *meeting[6:8], person.number, person.name, person.role, person.line]


def _line(
    source: Source, meeting: Sequence[Any], last: Spoken, decided: Decided, behind: Sequence[str], entries: int
) -> list[Any]:
    row = last.row
    return [
        *_who(meeting, source.people[last.person_id]), str(MARKS[row.mark]), str(EVIDENCE[row.evidence]),
        str(STRENGTHS[row.strength]), ", ".join(behind), decided.counts.minutes, _sayer(row),
        source.about.moment(row.at), _("yes") if decided.is_disputed else "", entries,
    ]  # fmt: skip


def _log_table(
    source: Source, meetings: Mapping[int, Sequence[Any]], log: Sequence[Spoken], counting: Mapping[str, Decided],
    found: Proofs,
) -> Table:  # fmt: skip
    header = [
        *_head(), _("Mark"), _("How it is known"), _("Strength"), _("Photos and reports"), _("Minutes"),
        _("Who said it"), _("Written down at"), _("Clock of the device"), _("Counts"),
    ]  # fmt: skip
    about = source.about
    rows = [
        [
            *_who(meetings[row.meeting_id], source.people[each.person_id]),
            _("Taken back") if is_retraction(row.marker) else str(MARKS[row.mark]), str(EVIDENCE[row.evidence]),
            row.strength, ", ".join(_behind(found, each)), row.minutes, _sayer(row), about.moment(row.at),
            about.moment(row.device_at), _("yes") if row.mark_id in counting else "",
        ]
        for each in log for row in [each.row]
    ]  # fmt: skip
    return Table("registers/marks", _("Everything that was said of attendance"), header, rows)


def _sayer(row: Any) -> str:
    """The account and the device; of whoever needs no account, that it was the person or the site itself."""
    device = marker_words(row.marker)
    if row.account:
        return f"{row.account} ({device})" if device else str(row.account)
    if device:
        return device
    return str(_("The person")) if row.marker.startswith(("person:", "check")) else str(_("The site itself"))
