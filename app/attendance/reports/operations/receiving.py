"""Receiving the files of a half-day's meeting."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.operations.loading import hold
from app.attendance.reports import stored
from app.attendance.reports.models import MeetingReport, ReportFile, ReportParticipant
from app.attendance.reports.opening import MOST_NAMES
from app.attendance.reports.queries import Around, around
from app.attendance.reports.reading import Files, check
from app.attendance.reports.refusals import ReportFileRefused
from app.attendance.reports.results import Match, Participant, Report
from app.attendance.reports.rules import key_of
from app.attendance.reports.spans import merge, seconds
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert


def read(found: Around, files: Files) -> Report:
    """What the files say, matched with the people of the half-day; nothing is kept. Raises ReportFileRefused."""
    report = check(files, found.listed, found.known)
    if not report.accepted:
        raise ReportFileRefused(report)
    return report


def receive(
    actor: Actor, meeting_id: int, files: Files, zone: str | None = None, date_order: str | None = None
) -> MeetingReport:
    """Read files of one half-day and add them to its report. A file that it has already changes nothing, and what two
    files say in the same words counts once. Nobody is marked. Raises NotFound and ReportFileRefused.
    """
    meeting = hold(actor, meeting_id)
    found = around(meeting, zone, date_order)
    report = read(found, files)
    row = _row(actor, meeting_id, found, report)
    known = set(db.session.scalars(sa.select(ReportFile.sha256).where(ReportFile.report_id == row.id)))
    new = [(name, data) for name, data in files if report.hashes.get(name) and report.hashes[name] not in known]
    if not new:
        return row
    if len(new) < len(report.hashes):
        report = read(found, new)
    values: dict[str, Any] = {"report_id": row.id, "account_id": actor.account_id, "at": now()}
    named = [(_storable(name[-200:]), digest) for name, digest in report.hashes.items()]
    db.session.add_all(ReportFile(sha256=digest, name=name, **values) for name, digest in named)
    _add(row, report, found)
    audit.record(actor, "reports.receive", f"meeting:{meeting_id}", report=row.id, files=len(new))
    db.session.flush()
    db.session.expire(row)
    return row


def _row(actor: Actor, meeting_id: int, found: Around, report: Report) -> MeetingReport:
    """The report of the half-day, made when there is none, and held."""
    values: dict[str, Any] = {
        "meeting_id": meeting_id, "provider": report.provider, "format": report.format, "zone": found.known.zone.key,
        "parts": {"spans": []}, "seconds": 0, "account_id": actor.account_id, "at": now(),
    }  # fmt: skip
    db.session.execute(
        insert(MeetingReport).values(values).on_conflict_do_nothing(index_elements=["meeting_id"])
    )
    held = sa.select(MeetingReport).where(MeetingReport.meeting_id == meeting_id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


def _add(row: MeetingReport, report: Report, found: Around) -> None:
    parts = merge([*stored.kept_parts(row.parts), *report.parts])
    row.parts, row.seconds = stored.keep_parts(parts), seconds(parts)
    listed = db.session.scalars(sa.select(ReportParticipant).where(ReportParticipant.report_id == row.id))
    there = {each.key: each for each in listed}
    people = [seat.person_id for seat in found.seats]
    new = []
    for participant, match in zip(report.participants, report.matches, strict=True):
        key = key_of(participant.key)
        if key in there:
            there[key].said = stored.add(there[key].said, stored.keep(participant))
            there[key].is_host = there[key].is_host or participant.host
        else:
            new.append({"report_id": row.id, "key": key, **_values(participant, match, people)})
    if len(there) + len(new) > MOST_NAMES:
        refused = replace(report, outcome="refused", reason="file_too_large", refused_file=report.files[-1])
        raise ReportFileRefused(refused)
    if new:
        db.session.execute(sa.insert(ReportParticipant), new)


def _values(participant: Participant, match: Match, people: Sequence[int]) -> dict[str, Any]:
    return {
        "display_name": _storable(participant.display_name), "is_host": participant.host,
        "email": _storable(participant.email) if participant.email else None,
        "said": stored.keep(participant), "status": match.status, "by": match.by,
        "candidates": [people[place] for place in match.places],
    }  # fmt: skip


def _storable(text: str) -> str:
    """Without half characters and zeros, which no database takes."""
    return text.encode(errors="replace").decode().replace("\0", "")
