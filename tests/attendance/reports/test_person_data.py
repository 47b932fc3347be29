"""What reports hold of a person: merged, put back, exported, erased, and let go after a time."""

from datetime import timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.attendance.reports import operations, retention
from app.attendance.reports.models import ReportAlias, ReportParticipant
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.rules import Decision
from app.factories.merging import operations as merging
from app.factories.merging.rows import person_data
from app.platform.clock import months_before, now, telling
from app.platform.config import settings
from app.platform.db import db
from tests.attendance.reports.conftest import START, Link, zoom


def rows() -> dict[str, ReportParticipant]:
    found = db.session.scalars(sa.select(ReportParticipant).execution_options(populate_existing=True))
    return {row.display_name: row for row in found}


def test_decisions_go_over_with_the_person_and_back(link: Link) -> None:
    link.receive(zoom(("Dara phone", 0, 180), ("Chea Sreyneang", 0, 9)))
    link.decide("Dara phone", Decision.PERSON, person_id=link.twins[0].id)
    winner, loser = link.twins[1], link.twins[0]
    merge = merging.merge(SYSTEM, winner.id, loser.id)
    assert rows()["Dara phone"].person_id == winner.id
    assert db.session.scalars(sa.select(ReportAlias)).one().person_id == winner.id
    shown = {each.row.display_name: each for each in view_of(around(link.meeting)).shown}
    assert [seat.person_id for seat, _ in shown["Chea Sreyneang"].candidates] == [winner.id], "two that are one fit once"
    merging.part(SYSTEM, merge.id)
    assert rows()["Dara phone"].person_id == loser.id


def test_export_shows_what_was_decided(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    told = person_data()["attendance"].export(link.dara.id)
    assert [each["display_name"] for each in told["report_participant"]] == ["Keo Dara"] and len(told["report_alias"]) == 1
    assert "candidates" not in told["report_participant"][0], "other people are nobody's data"


def test_erasing_takes_names_and_addresses_wherever_they_stand(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 100), ("KEO DARA (phone)", 0, 90), ("Dara", 1, 9), ("Sok Sophea", 0, 180)))
    link.decide("Keo Dara", Decision.PERSON, person_id=link.dara.id)
    minutes = sorted(each.minutes for each in view_of(around(link.meeting)).shown)
    person_data()["attendance"].erase([link.dara.id])
    assert sorted(row.display_name for row in db.session.scalars(sa.select(ReportParticipant).execution_options(populate_existing=True))) == ["", "", "", "Sok Sophea", "Trainer"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReportAlias)) == 0
    assert sorted(each.minutes for each in view_of(around(link.meeting)).shown) == minutes, "what can be counted stays"


def test_names_are_let_go_after_a_time(link: Link) -> None:
    with telling(START + timedelta(days=1)):
        link.receive(zoom(("Keo Dara", 0, 100)))
        assert db.session.scalars(retention.due()).all() == []
    later = START + timedelta(days=31 * (settings().keep_evidence_months + 1))
    with telling(later):
        assert months_before(now(), settings().keep_evidence_months) > START
        ids = db.session.scalars(retention.due([link.hall.programme.id])).all()
        assert len(ids) == 2 and db.session.scalars(retention.due([0])).all() == []
        assert retention.forget(ids) == [] and db.session.scalars(retention.due()).all() == []
    assert set(rows()) == {""}
