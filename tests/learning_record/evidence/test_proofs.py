"""What lies behind a mark that is known from a sheet or a report: named, with its hash, and not in the pack."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from app.attendance.operations import mark
from app.attendance.operations.log import Marking, take_down
from app.attendance.rules import Evidence, Mark, new_mark_id
from app.attendance.sheets.operations import withdraw_photo
from app.platform import clock
from app.platform.db import db
from app.platform.files import files, single
from app.sessions.models import Site as Place
from app.sessions.queries import seats_of
from app.sessions.rules import SiteKind
from tests.learning_record.evidence.test_packing import _rows
from tests.make import evidence
from tests.make.evidence import HELD, PERIOD, Site

pytestmark = pytest.mark.slow


def _place(site: Site, factory_id: int | None, kind: SiteKind) -> int:
    row = Place(training_id=site.training.id, kind=kind, name="Hall", factory_id=factory_id)
    db.session.add(row)
    db.session.flush()
    return row.id


def test_a_mark_names_the_photo_and_the_report_behind_it(site: Site) -> None:
    """A photo by its hash as it can be had, not as it was sent or is stored; of the own place alone."""
    (ann, bea), foreign = site.people, _place(site, None, SiteKind.VENUE)
    with clock.telling(HELD):
        photo = evidence.sheet_photo(site, half_day=1, site_id=site.training.sites[0].id)
        evidence.sheet_photo(site, half_day=1, site_id=foreign)
        mark(site.trainer, site.meetings[1].id, ann.id, Mark.PRESENT, Evidence.SIGNED_SHEET)
        report = evidence.report(site, bea)
    data = evidence.made(site.factory)
    name = f"{site.training.code}-2-{photo.id}.jpeg"
    said = {row["How it is known"]: row["Photos and reports"] for row in _rows(data, "registers/register")}
    assert said == {"Roll call": "", "Signed sheet": name, "Report of the meeting": f"Report {report.id}"}
    picture, file = _rows(data, "registers/evidence")
    assert picture["SHA-256"] == hashlib.sha256(single.kept(photo.file_key or "")).hexdigest()
    assert picture["SHA-256"] not in {photo.sha, photo.file_key}
    told = ["Name", "Received at", "Kept until", "What became of it", "Marks known from it"]
    assert [picture[each] for each in told] == [name, "2024-03-10 10:00:00 +0700", "2026-03-10", "", "1"]
    assert (file["Name"], file["SHA-256"], file["Kept until"]) == (f"Report {report.id}", "5a" * 32, "")
    assert {row["Photos and reports"] for row in _rows(data, "registers/marks")} == {"", name, f"Report {report.id}"}
    archive = evidence.opened(data)
    assert not [each for each in archive.namelist() if each.endswith(("jpeg", "jpg"))]


def test_a_report_that_stayed_at_another_site_has_no_file(site: Site) -> None:
    """As an import writes of it."""
    with clock.telling(HELD):
        seats = seats_of(site.training.id, [site.people[1].id])
        said = {"marker": "report:5:elsewhere", "counter": 1}
        take_down(site.trainer, site.meetings[1], seats, [
            Marking(site.people[1].id, Mark.PRESENT, Evidence.PROVIDER_REPORT, new_mark_id(), **said)])
    data = evidence.made(site.factory)
    assert _rows(data, "registers/evidence") == []


def test_a_photo_that_is_gone_is_told_with_what_became_of_it(site: Site) -> None:
    with clock.telling(HELD):
        photos = [evidence.sheet_photo(site) for _each in range(3)]
        mark(site.trainer, site.meetings[0].id, site.people[0].id, Mark.LATE, Evidence.SIGNED_SHEET)
    withdraw = HELD + timedelta(days=2)
    with clock.telling(withdraw):
        withdraw_photo(site.trainer, site.meetings[0].id, photos[0].id)
    files().delete(photos[1].file_key or "")
    with clock.telling(HELD + timedelta(days=300)):
        evidence.sheet_photo(site)
    data = evidence.made(site.factory)
    found = _rows(data, "registers/evidence")
    assert [row["What became of it"] for row in found] == ["Taken back on 2024-03-12", "It is no longer kept", ""]
    assert [bool(row["SHA-256"]) for row in found] == [False, False, True]
    behind = [row["Photos and reports"].count("jpeg") for row in _rows(data, "registers/marks")]
    assert sorted(behind) == [0, 0, 2]
    early = _rows(evidence.made(site.factory, replace(PERIOD, until=HELD.date(), at=HELD.date())), "registers/evidence")
    assert [row["What became of it"] for row in early] == ["It is no longer kept", "It is no longer kept", ""]
