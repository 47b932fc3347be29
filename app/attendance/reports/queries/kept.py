"""The report of a half-day as a person decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.attendance import queries as marks
from app.attendance.queries import Known as Mark
from app.attendance.reports import stored
from app.attendance.reports.matching import room_key
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.attendance.reports.queries.known import Around, remembered
from app.attendance.reports.results import Participant, Status
from app.attendance.reports.rules import Choice, Decision
from app.attendance.reports.spans import Span
from app.factories.known import roots
from app.platform.db import db
from app.sessions.models import Seat


@dataclass(frozen=True)
class Shown:
    """A participant with the people whom it may be, and what is proposed: by what was decided before, else by the
    match. `is_remembered` says which."""

    row: ReportParticipant
    participant: Participant
    candidates: Sequence[tuple[Seat, str]]
    proposed: Choice | None
    is_remembered: bool

    @property
    def is_sure(self) -> bool:
        """Whether it can be confirmed with others at once: nobody has decided, there is no doubt, and nothing else was
        decided about the name before.
        """
        is_other = self.is_remembered and (self.proposed is None or self.proposed.person_id not in self.row.candidates)
        return self.row.decision is None and can_confirm(self.row) and not is_other

    @property
    def minutes(self) -> int:
        return self.participant.minutes


@dataclass(frozen=True)
class View:
    """`shown`: who waits, who is sure and who is decided, each in the order of the report; `marks` by
    person."""

    report: MeetingReport
    parts: tuple[Span, ...]
    shown: Sequence[Shown]
    marks: dict[int, Mark]

    @property
    def waiting(self) -> int:
        """How many nobody has decided about."""
        return sum(each.row.decision is None for each in self.shown)

    @property
    def asked(self) -> int | None:
        """The row of the first whom only a person can know."""
        return next((each.row.id for each in self.shown if each.row.decision is None and not each.is_sure), None)

    @property
    def exact(self) -> int:
        """How many of these can be confirmed together."""
        return sum(each.is_sure for each in self.shown)


def can_confirm(row: ReportParticipant) -> bool:
    """Whether there is no doubt who it is."""
    return row.status is Status.EXACT and len(row.candidates) == 1


def report_of(meeting_id: int) -> MeetingReport | None:
    """The report of a half-day with its files and participants."""
    return db.session.scalar(
        sa.select(MeetingReport)
        .where(MeetingReport.meeting_id == meeting_id)
        .options(
            selectinload(MeetingReport.files),
            selectinload(MeetingReport.participants).options(
                joinedload(ReportParticipant.person), joinedload(ReportParticipant.site)
            ),
        )
    )


def view_of(found: Around) -> View | None:
    """What is shown of the report of a half-day, if there is one."""
    report = report_of(found.meeting.id)
    if report is None:
        return None
    parts = stored.kept_parts(report.parts)
    numbers = {seat.person_id: (seat, person.employee_number)
               for seat, person in zip(found.seats, found.listed, strict=True)}
    leads = roots({each for row in report.participants for each in row.candidates})
    known = remembered(found.meeting.training.programme_id, [row.key for row in report.participants])
    sites = {site.name: site.id for site in found.sites}
    shown = []
    for row in report.participants:
        likely = list(dict.fromkeys(leads.get(each, each) for each in row.candidates))
        candidates = [numbers[each] for each in likely if each in numbers]
        alias = known.get(row.key)
        remembers = _choice(alias.decision, alias.person_id, sites.get(alias.site_name or "")) if alias else None
        if remembers and remembers.person_id in numbers and remembers.person_id not in likely:
            candidates = [numbers[remembers.person_id], *candidates]
        if row.person_id in numbers and row.person_id not in {seat.person_id for seat, _ in candidates}:
            candidates = [numbers[row.person_id], *candidates]
        if remembers and remembers.person_id is not None and remembers.person_id not in numbers:
            remembers = None
        proposed = remembers or _matched(row, likely, found)
        shown.append(Shown(row, _participant(row, parts), candidates, proposed, remembers is not None))
    of_meeting = {person_id: mark for (person_id, meeting_id), mark in marks.marks_of(found.meeting.training_id).items()
                  if meeting_id == found.meeting.id}
    return View(report, parts, sorted(shown, key=_turn), of_meeting)


def _turn(shown: Shown) -> tuple[bool, bool]:
    """Whom only a person can know comes first, and last who is decided."""
    return shown.row.decision is not None, shown.is_sure


def _choice(decision: Decision, person_id: int | None, site_id: int | None) -> Choice | None:
    is_whole = (decision is not Decision.ROOM or site_id) and (decision is not Decision.PERSON or person_id)
    return Choice(decision, person_id, site_id) if is_whole else None


def _matched(row: ReportParticipant, likely: Sequence[int], found: Around) -> Choice | None:
    if row.status in {Status.EXACT, Status.PROBABLE} and len(likely) == 1:
        return Choice(Decision.PERSON, likely[0])
    if row.status is Status.ROOM:
        site = room_named(found, row.display_name)
        return Choice(Decision.ROOM, site_id=site) if site else None
    return Choice(Decision.STAFF) if row.is_host else None


def room_named(found: Around, name: str) -> int | None:
    """The room whose device shows this name."""
    return next((site.id for site in found.sites if room_key(site.name) == room_key(name)), None)


def _participant(row: ReportParticipant, parts: Sequence[Span]) -> Participant:
    return stored.participant(
        row.said, parts, key=row.key, name=row.display_name, email=row.email, host=row.is_host
    )
