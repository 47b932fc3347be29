"""Marks out of a report, by the minutes rule of the course version."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, rules
from app.attendance.guests import operations as guests
from app.attendance.models import MarkEntry
from app.attendance.operations.closing import refuse_closed
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Marking, logs_of, take_down
from app.attendance.queries.roll_call import roll_call
from app.attendance.reports.models import MeetingReport
from app.attendance.reports.names import without_suffix
from app.attendance.reports.operations.rooms import connect_rooms
from app.attendance.reports.operations.taking_back import taken_back
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.results import Participant
from app.attendance.reports.rules import Attendance, Choice, Decision, attendance, key_of, mark_id
from app.attendance.reports.spans import Span
from app.attendance.rules import AttendanceRule, Evidence, Mark, Said
from app.factories.roster.text import clean
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Outcome:
    """What a report comes to for one person."""

    person_id: int
    attendance: Attendance


def outcomes(
    meeting: Meeting, chosen: Sequence[tuple[Participant, Choice]], parts: Sequence[Span], marker: str = ""
) -> list[Outcome]:
    """What decisions come to. Who was checked in at a room, by anybody but the report (`marker`), was there while the
    room was.
    """
    own: dict[int, list[Participant]] = {}
    rooms: dict[int, list[Participant]] = {}
    for participant, choice in chosen:
        if choice.decision is Decision.PERSON and choice.person_id is not None:
            own.setdefault(choice.person_id, []).append(participant)
        if choice.decision is Decision.ROOM and choice.site_id is not None:
            rooms.setdefault(choice.site_id, []).append(participant)
    for person_id, site_id in _checked_in(meeting, rooms, marker).items():
        own.setdefault(person_id, []).extend(rooms[site_id])
    planned = (meeting.starts_at, meeting.ends_at)
    rule = rule_of(meeting)
    return [Outcome(each, attendance(there, parts, planned, rule)) for each, there in sorted(own.items())]


def rule_of(meeting: Meeting) -> AttendanceRule:
    """How the course version counts attendance."""
    version = meeting.training.version
    return AttendanceRule(version.attendance_by, Fraction(str(version.present_from)), version.late_after)


def apply(actor: Actor, meeting_id: int) -> list[Outcome]:
    """Mark everybody about whom it was decided. Applying it again says only what has changed since; whom it no longer
    names was there for no minute, as far as the report knows.

    Raises NotFound, and Refused when nobody can be marked now.
    """
    meeting = hold(actor, meeting_id)
    if hindered := rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now()):
        raise Refused(str(labels.HINDRANCES[hindered]))
    held = sa.select(MeetingReport).where(MeetingReport.meeting_id == meeting_id).with_for_update()
    report = db.session.scalars(held.execution_options(populate_existing=True)).first()
    found = around(meeting)
    live = hold_people({seat.person_id for seat in found.seats})
    refuse_closed(meeting_id)
    view = view_of(found)
    if report is None or view is None:
        raise NotFound
    chosen = [(each.participant, Choice(each.row.decision, each.row.person_id, each.row.site_id))
              for each in view.shown if each.row.decision]
    connect_rooms(actor, meeting, chosen)
    said = outcomes(meeting, chosen, view.parts, f"report:{report.id}")
    report.times_applied, report.applied_at = report.times_applied + 1, now()
    marked = _mark(actor, meeting, report, said, live)
    _mark_guests(actor, meeting, report, [participant for participant, choice in chosen
                                          if choice.decision is Decision.GUEST], view.parts)
    audit.record(actor, "reports.apply", f"meeting:{meeting_id}", report=report.id, people=len(marked))
    return marked


def _checked_in(meeting: Meeting, rooms: Mapping[int, object], marker: str) -> dict[int, int]:
    """Person -> room, of who joins from one of these rooms and was marked there by anybody but this marker."""
    if not rooms:
        return {}
    groups = [group for group in roll_call(meeting).groups if group.site.id in rooms]
    joins = {row.seat.person_id: group.site.id for group in groups for row in group.rows}
    said = {person_id: rules.decide(_of_others(log, marker)) for person_id, log in logs_of(meeting.id, joins).items()}
    there = {Mark.PRESENT, Mark.LATE, Mark.PARTIAL}
    return {each: joins[each] for each, decided in said.items() if decided and decided.counts.mark in there}


def _mark(
    actor: Actor, meeting: Meeting, report: MeetingReport, said: Sequence[Outcome], live: Collection[int]
) -> list[Outcome]:
    marker = f"report:{report.id}"
    earlier = _said_before(meeting.id, marker)
    named = {each.person_id for each in said}
    logs = logs_of(meeting.id, {*named, *earlier})
    back = taken_back(logs, set(earlier) - named, marker)
    gone = [Outcome(person_id, Attendance(0, told.mark)) for person_id, told in back.items()]
    wanted = [each for each in (*said, *gone)
              if each.person_id in live and earlier.get(each.person_id) != each.attendance]
    seats = sessions.seats_of(meeting.training_id, [each.person_id for each in wanted])
    wanted = [each for each in wanted if each.person_id in seats and seats[each.person_id].state is SeatState.BOOKED]
    markings = [
        Marking(
            each.person_id, each.attendance.mark, Evidence.PROVIDER_REPORT,
            mark_id(report.id, each.person_id, report.times_applied), _weaker(logs[each.person_id]),
            each.attendance.minutes, marker, report.times_applied,
        )
        for each in wanted
    ]  # fmt: skip
    markings = [
        replace(each, evidence=back[each.person_id].evidence, minutes=back[each.person_id].minutes)
        if each.person_id in back else each
        for each in markings
    ]
    take_down(actor, meeting, seats, markings)
    return wanted


def _said_before(meeting_id: int, marker: str) -> dict[int, Attendance]:
    """What the report said last of each person."""
    rows = db.session.execute(
        sa.select(MarkEntry.person_id, MarkEntry.mark, MarkEntry.minutes)
        .where(MarkEntry.meeting_id == meeting_id, MarkEntry.marker == marker)
        .order_by(MarkEntry.counter)
    )
    return {person_id: Attendance(minutes or 0, mark) for person_id, mark, minutes in rows}


def _weaker(log: Sequence[Said]) -> frozenset[str]:
    """Marks that only the people or the factory themselves have made: who takes the report over has them in view."""
    return frozenset(said.mark_id for said in log if said.strength < Evidence.PROVIDER_REPORT.strength)


def _of_others(log: Sequence[Said], marker: str) -> list[Said]:
    return [said for said in log if said.marker != marker]


def _mark_guests(
    actor: Actor, meeting: Meeting, report: MeetingReport, unknown: Sequence[Participant], parts: Sequence[Span]
) -> None:
    planned, rule = (meeting.starts_at, meeting.ends_at), rule_of(meeting)
    for participant in unknown:
        key = key_of(f"{report.id}:{participant.key}")[:32]
        there = attendance([participant], parts, planned, rule)
        digits = int(key[:7], 16)
        guests.take_down(actor, meeting, guests.GuestMarking(
            key, there.mark, name=without_suffix(clean(participant.display_name)), evidence=Evidence.PROVIDER_REPORT,
            mark_id=mark_id(report.id, -digits, there.minutes), minutes=there.minutes, marker=f"report:{report.id}",
            counter=report.times_applied,
        ))  # fmt: skip
