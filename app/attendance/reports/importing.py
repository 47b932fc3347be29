"""Reports that come by the command line."""

from dataclasses import dataclass
from typing import Any

from app.access.actor import SYSTEM
from app.attendance.reports import operations
from app.attendance.reports.operations import Outcome
from app.attendance.reports.queries import Around, around
from app.attendance.reports.queries.kept import room_named
from app.attendance.reports.reading import Files
from app.attendance.reports.results import Known, Listed, Report, Status
from app.attendance.reports.rules import Choice, Decision
from app.platform.db import db, transaction
from app.platform.refusal import NotFound
from app.sessions.models import Meeting


@dataclass(frozen=True)
class Imported:
    """What was read for a half-day, what is sure to be decided, and the marks that come - or would come - of it."""

    report: Report
    people: tuple[Listed, ...]
    known: Known
    decisions: list[dict[str, Any]]
    marks: list[dict[str, Any]]
    is_kept: bool
    is_applied: bool

    def told(self) -> dict[str, Any]:
        """As JSON, beside the report."""
        return {"kept": self.is_kept, "applied": self.is_applied, "decisions": self.decisions, "marks": self.marks}


def import_files(
    meeting_id: int, files: Files, zone: str | None, date_order: str | None, *, confirms: bool, keeps: bool
) -> Imported:
    """Read files and, when wanted, keep them; confirm the exact names and mark. Raises NotFound, ReportFileRefused and
    Refused when nobody can be marked now.
    """
    with transaction():
        meeting = db.session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound
        found = around(meeting, zone, date_order)
        report = operations.read(found, files)
        choices = [_sure(found, report, place) for place in range(len(report.participants))]
        pairs = zip(report.participants, choices, strict=True)
        chosen = [(participant, choice) for participant, choice in pairs if choice]
        outcomes = operations.outcomes(meeting, chosen, report.parts)
        if keeps:
            operations.receive(SYSTEM, meeting_id, files, zone, date_order)
        if keeps and confirms:
            operations.confirm_exact(SYSTEM, meeting_id)
            outcomes = operations.apply(SYSTEM, meeting_id)
        numbers = {seat.person_id: person.employee_number
                   for seat, person in zip(found.seats, found.listed, strict=True)}
        decisions = [_decision(participant.display_name, choice, numbers) for participant, choice in chosen]
        marks = [_mark(outcome, numbers) for outcome in outcomes]
    return Imported(report, found.listed, found.known, decisions, marks, keeps, keeps and confirms)


def _sure(found: Around, report: Report, place: int) -> Choice | None:
    """What would be decided about a participant of whom there is no doubt."""
    match = report.matches[place]
    if match.status is Status.EXACT and len(match.places) == 1:
        return Choice(Decision.PERSON, found.seats[match.places[0]].person_id)
    if match.status is Status.ROOM and (site := room_named(found, report.participants[place].display_name)):
        return Choice(Decision.ROOM, site_id=site)
    return None


def _decision(name: str, choice: Choice, numbers: dict[int, str]) -> dict[str, Any]:
    number = numbers.get(choice.person_id) if choice.person_id else None
    return {"display_name": name, "decision": choice.decision.value, "employee_number": number}


def _mark(outcome: Outcome, numbers: dict[int, str]) -> dict[str, Any]:
    there = outcome.attendance
    return {"employee_number": numbers.get(outcome.person_id), "mark": there.mark.value, "minutes": there.minutes}
