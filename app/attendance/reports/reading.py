"""Files and a list of people in, a meeting and who was in it out."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.attendance.reports.instants import Clock
from app.attendance.reports.matching import match, room_key
from app.attendance.reports.meetings import Meeting, meetings_of, moments_of, of_session
from app.attendance.reports.opening import LIMITS, MOST_NAMES, open_file
from app.attendance.reports.orders import Order, choose_order
from app.attendance.reports.participants import gather
from app.attendance.reports.people import add_up
from app.attendance.reports.results import Known, Listed, Problem, ReadFile, Report, ReportRefused
from app.attendance.reports.roster import index
from app.attendance.reports.spans import Span, merge, seconds

Files = Sequence[tuple[str, bytes]]
"""Names and contents."""
_UTC = ZoneInfo("UTC")


def check(files: Files, people: Sequence[Listed], known: Known) -> Report:
    """Read the files of one meeting and say who may be who, as the samples' rules say.

    A file that is sent twice counts once. One that cannot be read is refused with a reason, and the others with it;
    so are all together when they say more than can be read while somebody waits.
    """
    names = tuple(name for name, _ in files)
    hashes: dict[str, str] = {}
    read: list[tuple[str, ReadFile]] = []
    for name, data in files:
        digest = hashlib.sha256(data).hexdigest()
        if digest in hashes.values():
            continue
        hashes[name] = digest
        try:
            read.append((name, open_file(data)))
        except ReportRefused as refusal:
            return Report(names, "refused", refusal.reason, name)
        if sum(found.size for _, found in read) > LIMITS.rows:
            return Report(names, "refused", "file_too_large", name)
    orders = _orders(read, known)
    unclear = next((name for (name, _), order in zip(read, orders, strict=True) if order.unclear), None)
    if unclear:
        return Report(names, "refused", "date_order_unclear", unclear)
    report = _report(names, read, orders, known)
    return replace(matched(report, people, known), hashes=hashes)


def matched(report: Report, people: Sequence[Listed], known: Known) -> Report:
    """The same report with its participants matched against a list."""
    found = index(people)
    rooms = {room_key(name) for name in known.rooms}
    staff = _staff(known)
    matches = tuple(match(each, found, rooms, staff) for each in report.participants)
    most = report.seconds if report.parts else None
    return replace(report, matches=matches, people=add_up(report.participants, matches, found.people, most))


def _staff(known: Known) -> frozenset[str]:
    return frozenset(mail.strip().casefold() for mail in known.staff_emails)


def _orders(read: Sequence[tuple[str, ReadFile]], known: Known) -> list[Order]:
    """One order for all files, for one person downloaded them; an own one for each where that is impossible."""
    told, day = known.date_order, known.session_date
    together = choose_order([each for _, found in read for each in moments_of(found)], told, day)
    alone = [choose_order(list(moments_of(found)), told, day) for _, found in read]
    is_common = together.value and all(
        each.on(together.value) for _, found in read for each in moments_of(found) if each.day
    )
    return [together] * len(read) if is_common or len(read) == 1 else alone


def _report(
    names: tuple[str, ...], read: Sequence[tuple[str, ReadFile]], orders: Sequence[Order], known: Known
) -> Report:
    meetings: list[Meeting] = []
    problems: list[Problem] = []
    for (name, found), order in zip(read, orders, strict=True):
        clock = Clock(_UTC if found.in_utc else known.zone, order.value, known.session_date, known.planned)
        here = meetings_of(name, found, clock)
        kept = of_session(here, replace(clock, zone=known.zone))
        problems += [Problem(name, 0, "date_order_differs")] if order.differs else []
        problems += [Problem(name, 0, "other_meeting")] if len(kept) < len(here) else []
        problems += [problem for meeting in kept for problem in meeting.problems]
        meetings += kept
    attended = [each for meeting in meetings for each in meeting.attended]
    parts = _parts(meetings, known)
    participants = gather(attended, parts, _staff(known))
    if not participants:
        return Report(names, "refused", "no_rows", names[0])
    if len(participants) > MOST_NAMES:
        return Report(names, "refused", "file_too_large", names[0])
    if parts and not any(_is_near(part, known) for part in parts):
        problems.append(Problem(names[0], 0, "other_day"))
    first = read[0][1]
    return Report(
        names, "accepted", provider=first.provider, format=first.format,
        date_order=next((order.value for order in orders if order.value), None), parts=tuple(parts),
        seconds=seconds(parts) if parts else max(each.seconds for each in participants), participants=participants,
        problems=tuple(sorted(problems, key=lambda each: (each.file, each.row))),
    )  # fmt: skip


def _parts(meetings: Sequence[Meeting], known: Known) -> list[Span]:
    """When the meeting was: as the reports say; else as planned; else from the first who came to the last who left."""
    told = merge(meeting.part for meeting in meetings if meeting.part)
    if told:
        return told
    if known.planned:
        return merge(known.planned)
    attended = [each for meeting in meetings for each in meeting.attended]
    moments = [moment for each in attended for moment in (each.first, each.last) if moment]
    return merge([(min(moments), max(moments))]) if moments else []


def _is_near(part: Span, known: Known) -> bool:
    days = {moment.astimezone(known.zone).date() for moment in part}
    return known.session_date in days
