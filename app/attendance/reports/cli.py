"""`flask attendance`: check reports of a meeting tool without a database, import them for a half-day."""

import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from app.attendance.cli import attendance
from app.attendance.reports import importing, labels
from app.attendance.reports.moments import ORDERS
from app.attendance.reports.opening import LIMITS
from app.attendance.reports.output import REFUSED, as_json, exit_code
from app.attendance.reports.reading import check
from app.attendance.reports.refusals import ReportFileRefused
from app.attendance.reports.results import Known, Listed, Report, ReportRefused
from app.attendance.reports.roster import read_roster
from app.attendance.reports.spans import Span
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.tables import Limits

__all__ = ["attendance"]
_File = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Zone(click.ParamType[ZoneInfo]):
    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self.fail(f"{value!r} is no time zone, such as Asia/Dhaka.", param, ctx)


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date, such as 2026-05-14.", param, ctx)


@attendance.command("check-report")
@click.argument("files", metavar="FILE...", type=_File, nargs=-1, required=True)
@click.option("--roster", type=_File, required=True, help="CSV: employee_number, name, local_name, email, phone.")
@click.option("--zone", type=_Zone(), required=True, help="Time zone of the report.")
@click.option("--date", "day", type=_Day(), required=True, help="Day of the half-day.")
@click.option("--date-order", type=click.Choice(ORDERS), help="Order of day and month; left out, it is proposed.")
@click.option("--room", "rooms", multiple=True, help="Name of a shared room device; may come several times.")
@click.option("--staff", "staff", multiple=True, help="Address of staff; may come several times.")
@click.option("--planned", multiple=True, metavar="START/END", help="Planned times, where a report does not say them.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def check_report(
    files: tuple[Path, ...], roster: Path, zone: ZoneInfo, day: date, date_order: str | None, rooms: tuple[str, ...],
    staff: tuple[str, ...], planned: tuple[str, ...], wants_json: bool,
) -> None:  # fmt: skip
    """Read the files of one meeting and say who was there, and who that may be. Needs no database."""
    known = Known(zone, day, date_order, rooms, staff, tuple(_planned(each, zone, day) for each in planned))
    try:
        people = read_roster(_bytes(roster, Limits().unpacked_bytes), roster.name)
    except ReportRefused as refusal:
        _say(Report((roster.name,), "refused", refusal.reason, roster.name), (), known, wants_json)
        sys.exit(REFUSED)
    report = check([(file.name, _bytes(file, LIMITS.unpacked_bytes)) for file in files], people, known)
    _say(report, people, known, wants_json)
    sys.exit(exit_code(report))


@attendance.command("import-report")
@click.argument("files", metavar="FILE...", type=_File, nargs=-1, required=True)
@click.option("--meeting", "meeting_id", type=int, required=True, help="Id of the half-day.")
@click.option("--zone", type=_Zone(), help="Time zone of the report; left out, that of the half-day.")
@click.option("--date-order", type=click.Choice(ORDERS), help="Order of day and month; left out, it is proposed.")
@click.option("--confirm-exact", is_flag=True, help="Confirm every exact name, and take the marks over.")
@click.option("--dry-run", is_flag=True, help="Say what would be decided and marked; keep nothing.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def import_report(
    files: tuple[Path, ...], meeting_id: int, zone: ZoneInfo | None, date_order: str | None, confirm_exact: bool,
    dry_run: bool, wants_json: bool,
) -> None:  # fmt: skip
    """Add the files of a meeting to the report of a half-day. A person confirms who is who before anybody is marked."""
    contents = [(file.name, _bytes(file, LIMITS.unpacked_bytes)) for file in files]
    try:
        done = importing.import_files(
            meeting_id, contents, zone.key if zone else None, date_order, confirms=confirm_exact, keeps=not dry_run
        )
    except ReportFileRefused as refusal:
        refused = Known(zone or ZoneInfo("UTC"), date.min)
        _say(refusal.report, (), refused, wants_json)
        sys.exit(REFUSED)
    except NotFound:
        _refuse(_("There is no half-day with the number %(number)s.", number=meeting_id), "unknown_meeting", wants_json)
    except Refused as refusal:
        _refuse(str(refusal), "not_markable", wants_json)
    _say(done.report, done.people, done.known, wants_json, meeting_id=meeting_id, **done.told())
    sys.exit(exit_code(done.report))


def _refuse(sentence: str, reason: str, wants_json: bool) -> NoReturn:
    if wants_json:
        click.echo(json.dumps({"kind": "meeting-report", "outcome": "refused", "reason": reason}))
    click.echo(sentence, err=True)
    sys.exit(REFUSED)


def _planned(text: str, zone: ZoneInfo, day: date) -> Span:
    """Two moments, with their zone or in that of the report; or two times of the day."""
    try:
        start, end = (_moment(each.strip(), zone, day) for each in text.split("/"))
    except ValueError:
        raise click.BadParameter(f"{text!r} is not START/END.", param_hint="--planned") from None
    if end <= start:
        raise click.BadParameter("The end is not after the start.", param_hint="--planned")
    return start, end


def _moment(text: str, zone: ZoneInfo, day: date) -> datetime:
    try:
        moment = datetime.combine(day, time.fromisoformat(text))
    except ValueError:
        moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _bytes(path: Path, most: int) -> bytes:
    """The file, or as much of it as shows that it is too large: it is refused without filling the memory."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _say(report: Report, people: tuple[Listed, ...], known: Known, wants_json: bool, **more: Any) -> None:
    told = {**as_json(report, people, known), **more}
    if wants_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if not report.accepted:
        click.echo(f"{report.refused_file}: {labels.reason(report.reason)}")
        return
    click.echo(f"{report.provider} {report.format}: {report.minutes} min, {_list(report.counts)}")
    for each in told["participants"]:
        numbers = " ".join(each["match"]["employee_numbers"])
        click.echo(f"{each['minutes']:>6} {each['match']['status']:<9} {each['display_name']}  {numbers}".rstrip())
    for problem in report.problems:
        click.echo(f"{problem.file} {problem.row or ''} {labels.problem(problem.code)}")
    for each in more.get("marks", ()):
        click.echo(f"{each['employee_number']} {each['mark']} {each['minutes']}")


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
