"""What lies behind marks: photos of signed sheets and reports of meeting tools. They stay out of the pack, as they may
name people of other factories; what is told of each is enough to ask for exactly it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import sqlalchemy as sa

from app.attendance.labels import EVIDENCE, marker_words
from app.attendance.reports.models import MeetingReport, ReportFile
from app.attendance.rules import Evidence
from app.attendance.sheets.models import SheetPhoto
from app.learning_record.evidence.source import About, Source, Table, in_steps
from app.platform.clock import months_before
from app.platform.config import settings
from app.platform.db import db
from app.platform.files import FileMissing, single
from app.platform.i18n import _
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.queries.joining import sites_at

_HALF_DAYS = 100
"""At a time, as each has its seats."""


@dataclass(frozen=True)
class Proof:
    """A photo, or a file of a report. `name` is what it is called where it can be had, `marker` is how the log of marks
    names a report.
    """

    meeting_id: int
    what: str
    name: str
    place: str
    received: str
    sha256: str
    kept_until: str
    state: str
    site_id: int | None = None
    marker: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Proofs:
    """All of them, and from where each person joined the half-days of which there are photos."""

    of: Mapping[int, Sequence[Proof]]
    """By half-day."""
    sites: Mapping[tuple[int, int], int]

    def behind(self, meeting_id: int, person_id: int, evidence: Evidence, marker: str) -> list[str]:
        """The names of what lies behind a mark: nothing where it is not known from a sheet or a report."""
        site_id = self.sites.get((meeting_id, person_id))
        return list(dict.fromkeys(
            each.name for each in self.of.get(meeting_id, ())
            if (each.marker == marker if each.marker else
                evidence is Evidence.SIGNED_SHEET and each.site_id in {None, site_id} and not each.is_withdrawn)))


def proofs(source: Source, markers: Collection[str]) -> Proofs:
    """Photos of the places from which own people joined, and the reports that said something of them, as the log of
    marks names these. A fixed number of statements, and five more for each hundred half-days with photos.
    """
    about, photos = source.about, list(_photos(source))
    sites: dict[tuple[int, int], int] = {}
    for ids in in_steps(sorted({photo.meeting_id for photo, _site, _code, _number in photos}), _HALF_DAYS):
        sites |= {key: site.id for key, site in sites_at(ids, about.factory_id).items()}
    own = {(meeting_id, site_id) for (meeting_id, person_id), site_id in sites.items() if person_id in source.people}
    there = {meeting_id for meeting_id, _site_id in own}
    of: dict[int, list[Proof]] = defaultdict(list)
    found = (
        _photo(about, photo, site or "", f"{code}-{number}-{photo.id}.{photo.kind}")
        for photo, site, code, number in photos
        if (photo.meeting_id, photo.site_id) in own or (photo.site_id is None and photo.meeting_id in there)
    )
    for each in chain(found, _reports(about, markers)):
        of[each.meeting_id].append(each)
    return Proofs(of, sites)


def _photos(source: Source) -> Iterator[Any]:
    """As the page of the sheet names them: by training session, half-day and a number of their own."""
    for ids in in_steps([row[0] for row in source.meetings]):
        yield from db.session.execute(
            sa.select(SheetPhoto, Site.name, TrainingSession.code, Meeting.number)
            .join(Meeting, Meeting.id == SheetPhoto.meeting_id)
            .join(TrainingSession, TrainingSession.id == Meeting.training_id)
            .outerjoin(Site, Site.id == SheetPhoto.site_id)
            .where(SheetPhoto.meeting_id.in_(ids), SheetPhoto.at < source.about.known)
            .order_by(SheetPhoto.id)
        )


def _photo(about: About, row: SheetPhoto, place: str, name: str) -> Proof:
    kept_until = about.day(months_before(row.at, -settings().keep_evidence_months))
    digest = _digest(row.file_key or "")
    state = "" if digest else str(_("It is no longer kept"))
    withdrawn = about.then(row.withdrawn_at)
    if withdrawn:
        kept_until, state = "", str(_("Taken back on %(day)s", day=about.day(withdrawn)))
    return Proof(
        row.meeting_id, str(_("Photo of a signed sheet")), name, place, about.moment(row.at), digest, kept_until,
        state, row.site_id, is_withdrawn=withdrawn is not None)


def _digest(key: str) -> str:
    """Of the picture as it is shown to whoever may see it: what was sent was another, and what is stored has salt."""
    try:
        return hashlib.sha256(single.kept(key)).hexdigest()
    except FileMissing:
        return ""


def _reports(about: About, markers: Collection[str]) -> Iterator[Proof]:
    numbers = (marker.removeprefix("report:") for marker in markers)
    wanted = sorted(int(number) for number in numbers if number.isascii() and number.isdigit())
    for ids in in_steps(wanted):
        rows = db.session.execute(
            sa.select(ReportFile, MeetingReport.meeting_id)
            .join(MeetingReport, MeetingReport.id == ReportFile.report_id)
            .where(ReportFile.report_id.in_(ids), ReportFile.at < about.known)
            .order_by(ReportFile.report_id, ReportFile.id)
        )
        for row, meeting_id in rows:
            marker = f"report:{row.report_id}"
            yield Proof(
                meeting_id, str(EVIDENCE[Evidence.PROVIDER_REPORT]), marker_words(marker), "",
                about.moment(row.at), row.sha256, "", str(_("Only what it said is kept, not the file")), marker=marker)


def table(source: Source, proofs: Proofs, named: Counter[tuple[int, str]]) -> Table:
    """What lies behind marks, by half-day; `named` says how many marks of the register are known from each."""
    header = [
        _("Training session"), _("Course"), _("Title"), _("Half-day"), _("Day"), _("What it is"), _("Name"),
        _("Place"), _("Received at"), _("SHA-256"), _("Kept until"), _("What became of it"), _("Marks known from it"),
    ]  # fmt: skip
    rows = [
        [
            *meeting[2:5], *meeting[6:8], each.what, each.name, each.place, each.received,
            each.sha256, each.kept_until, each.state, named[each.meeting_id, each.name],
        ]
        for meeting in source.meetings for each in proofs.of.get(meeting[0], ())
    ]  # fmt: skip
    return Table("registers/evidence", _("Photos and reports behind the marks"), header, rows)
