"""A checked report as JSON, under the names of the samples."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.attendance.reports.results import Known, Listed, Match, Participant, Problem, Report
from app.attendance.reports.spans import Span

ACCEPTED, REFUSED, ACCEPTED_WITH_ERRORS = 0, 2, 3


def exit_code(report: Report) -> int:
    """0 accepted, 3 accepted without some rows, 2 refused."""
    if not report.accepted:
        return REFUSED
    return ACCEPTED_WITH_ERRORS if any(each.severity == "error" for each in report.problems) else ACCEPTED


def as_json(report: Report, people: Sequence[Listed], known: Known) -> dict[str, Any]:
    """Plain values only."""
    shown: dict[str, Any] = {"kind": "meeting-report", "files": list(report.files), "outcome": report.outcome}
    if not report.accepted:
        return {**shown, "file": report.refused_file, "reason": report.reason}
    zone = known.zone
    return {
        **shown,
        "provider": report.provider,
        "format": report.format,
        "input": {
            "zone": zone.key, "session_date": known.session_date.isoformat(), "date_order": report.date_order,
            "rooms": list(known.rooms), "staff_emails": list(known.staff_emails),
        },
        "meeting": {"parts": _spans(report.parts, zone), "minutes": report.minutes},
        "counts": report.counts,
        "participants": [
            _participant(each, match, people, zone)
            for each, match in zip(report.participants, report.matches, strict=True)
        ],
        "people": [
            {
                "employee_number": people[each.place].employee_number, "minutes": each.minutes,
                "status": each.status.value, "seen_as": list(each.seen_as),
            }
            for each in report.people
        ],
        "problems": [_problem(each) for each in report.problems],
    }  # fmt: skip


def _participant(each: Participant, match: Match, people: Sequence[Listed], zone: ZoneInfo) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "display_name": each.display_name, "email": each.email, "host": each.host, "connections": each.connections,
        "intervals": None if each.spans is None else _spans(each.spans, zone),
    }  # fmt: skip
    if each.spans is not None:
        shown["seconds"] = each.seconds
    shown["minutes"] = each.minutes
    if each.first_joined:
        shown["first_joined"] = each.first_joined.astimezone(zone).isoformat()
    if each.last_left:
        shown["last_left"] = each.last_left.astimezone(zone).isoformat()
    if each.overlaps_itself:
        shown["overlaps_itself"] = True
    return {**shown, "match": _match(match, people)}


def _match(match: Match, people: Sequence[Listed]) -> dict[str, Any]:
    numbers = sorted(people[place].employee_number for place in match.places)
    shown: dict[str, Any] = {"status": match.status.value, "employee_numbers": numbers}
    return {**shown, "by": match.by} if match.by else shown


def _spans(spans: Sequence[Span], zone: ZoneInfo) -> list[list[str]]:
    return [[moment.astimezone(zone).isoformat() for moment in span] for span in spans]


def _problem(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file, "row": problem.row, "code": problem.code, "severity": problem.severity}
