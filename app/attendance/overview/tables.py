"""The register and its evidence as tables for others."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from app.attendance.labels import EVIDENCE, MARKS, STANDINGS
from app.attendance.overview.queries import Entry
from app.attendance.queries.marks import Known
from app.attendance.queries.register import Line, Register
from app.attendance.rules import is_retraction
from app.platform.i18n import _
from app.platform.tables.writing import Cell


def register_header(register: Register) -> list[str]:
    """The columns of the register: two for each half-day."""
    half_days = []
    for meeting in register.meetings:
        day = f"{meeting.starts:%Y-%m-%d}"
        half_days += [
            _("Half-day %(number)s, %(date)s", number=meeting.number, date=day),
            _("Evidence %(number)s", number=meeting.number),
        ]
    return [
        _("Employee number"), _("Name"), _("Name in the own script"), _("Factory"), *half_days,
        _("Attended in per cent"), _("Standing"),
    ]  # fmt: skip


def register_rows(lines: Sequence[Line]) -> Iterator[Sequence[Cell]]:
    """A row for each person."""
    for line in lines:
        person = line.seat.person
        yield [
            line.number, person.name, person.local_name or "", line.seat.factory.name,
            *(cell for known in line.known for cell in _half_day(known)),
            round(float(line.share) * 100, 1), str(STANDINGS[line.standing]),
        ]  # fmt: skip


def evidence_header() -> list[str]:
    """The columns of the evidence."""
    return [
        _("Half-day"), _("Name"), _("Mark"), _("Evidence"), _("Strength"), _("Minutes"), _("Taken down at"),
        _("Clock of the device"), _("Who"), _("Said by"), _("Counts"), _("Disputed"),
    ]  # fmt: skip


def evidence_rows(entries: Sequence[Entry]) -> Iterator[Sequence[Cell]]:
    """A row for each act of marking, whatever became of it."""
    yes: Mapping[bool, str] = {True: _("yes"), False: ""}
    for one in entries:
        zone = ZoneInfo(one.zone)
        moments = [f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}" if at else "" for at in (one.at, one.device_at)]
        yield [
            one.half_day, one.name, _("Taken back") if is_retraction(one.marker) else str(MARKS[one.mark]),
            str(EVIDENCE[one.evidence]), one.strength, one.minutes,
            *moments, one.account_name, one.marker, yes[one.counts], yes[one.is_disputed],
        ]  # fmt: skip


def _half_day(known: Known | None) -> tuple[str, str]:
    if known is None:
        return "", ""
    told = [str(EVIDENCE[known.evidence])]
    if known.minutes is not None:
        told.append(_("%(number)s min", number=known.minutes))
    if known.is_disputed:
        told.append(_("disputed"))
    return str(MARKS[known.mark]), ", ".join(told)
