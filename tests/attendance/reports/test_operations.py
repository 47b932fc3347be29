"""Receiving reports, deciding who is who, and the marks that come of it."""

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations import Marking
from app.attendance.operations.loading import hold_people
from app.attendance.reports import operations
from app.attendance.reports.models import MeetingReport, ReportAlias, ReportFile, ReportParticipant
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.refusals import ReportFileRefused
from app.attendance.reports.results import Status
from app.attendance.reports.rules import Choice, Decision
from app.attendance.rules import Evidence, Mark
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.rules import MeetingState, Modality
from tests.attendance.reports.conftest import Link, zoom
from tests.make import accounts
from tests.make import attendance as make
from tests.make.statements import counted


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_report_is_kept_and_marks_nobody(link: Link) -> None:
    report = link.receive(zoom(("Keo Dara (Guest)", 0, 170), ("Sophea Sok", 5, 100), ("Chea Sreyneang", 0, 180), ("iPhone", 3, 9)))
    assert {each.display_name: each.status for each in report.participants} == {
        "Trainer": Status.UNKNOWN, "Keo Dara (Guest)": Status.EXACT, "Sophea Sok": Status.PROBABLE, "Chea Sreyneang": Status.AMBIGUOUS, "iPhone": Status.UNKNOWN}
    assert link.participant("Keo Dara (Guest)").candidates == [link.dara.id]
    assert set(link.participant("Chea Sreyneang").candidates) == {each.id for each in link.twins}
    assert (count(MarkEntry), count(ReportAlias)) == (0, 0)


def test_the_same_file_again_changes_nothing(link: Link) -> None:
    data = zoom(("Keo Dara", 0, 170))
    first = link.receive(data)
    assert link.receive(data, data).id == first.id
    assert (count(MeetingReport), count(ReportFile), count(ReportParticipant)) == (1, 1, 2)


def test_a_restarted_meeting_is_one_report(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 60)))
    link.decide("Keo Dara", Decision.PERSON, person_id=link.dara.id)
    later = zoom(("Keo Dara", 200, 260), ("Sok Sophea", 200, 230)).replace(b"Trainer,,05/14/2026 09:00:00 AM,05/14/2026 12:00:00 PM", b"Trainer,,05/14/2026 12:20:00 PM,05/14/2026 01:20:00 PM")
    report = link.receive(later)
    assert (count(MeetingReport), len(report.files), report.seconds) == (1, 2, (180 + 60) * 60)
    assert link.participant("Keo Dara").decision is Decision.PERSON, "what was decided stays"
    view = view_of(around(link.meeting))
    assert {each.row.display_name: each.minutes for each in view.shown} == {"Trainer": 240, "Keo Dara": 120, "Sok Sophea": 30}


def test_a_file_downloaded_again_adds_no_time(link: Link) -> None:
    data = zoom(("Keo Dara", 0, 60))
    link.receive(data)
    link.receive(data + b"\n")
    assert {each.row.display_name: each.minutes for each in view_of(around(link.meeting)).shown} == {"Trainer": 180, "Keo Dara": 60}


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(link: Link) -> None:
    with pytest.raises(ReportFileRefused, match="The file is empty"):
        link.receive(zoom(("Keo Dara", 0, 60)), b"")
    assert (count(MeetingReport), count(ReportFile)) == (0, 0)


def test_file_after_file_holds_no_more_names_than_a_page_shows(link: Link) -> None:
    link.receive(zoom(*((f"Guest {number}", 0, 60) for number in range(600))))
    with pytest.raises(ReportFileRefused, match="too large"), db.session.begin_nested():
        link.receive(zoom(*((f"Visitor {number}", 0, 60) for number in range(600))))
    assert count(ReportFile) == 1
    link.receive(zoom(*((f"Guest {number}", 70, 80) for number in range(600))))
    assert (count(ReportFile), count(ReportParticipant)) == (2, 601), "the same names once more are not more names"


def test_exact_ones_are_confirmed_together(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 170), ("Sok Sophea", 5, 100), ("Sreyneang", 0, 180)))
    assert operations.confirm_exact(link.hall.trainer, link.meeting.id) == 2
    assert operations.confirm_exact(link.hall.trainer, link.meeting.id) == 0
    assert link.participant("Keo Dara").person_id == link.dara.id and link.participant("Sreyneang").decision is None


def test_marks_by_the_minutes_rule(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 2, 180), ("Sok Sophea", 30, 180), ("Sreyneang 1", 0, 60), ("Sreyneang 2", 10, 40)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    for name, person in zip(("Sreyneang 1", "Sreyneang 2"), link.twins, strict=True):
        link.decide(name, Decision.PERSON, person_id=person.id)
    link.decide("Trainer", Decision.STAFF)
    assert link.apply() == {
        link.dara.id: ("present", 178), link.sophea.id: ("late", 150), link.twins[0].id: ("partial", 60), link.twins[1].id: ("partial", 30)}
    rows = {row.person_id: row for row in db.session.scalars(sa.select(CurrentMark))}
    assert rows[link.dara.id].evidence is Evidence.PROVIDER_REPORT and rows[link.dara.id].minutes == 178
    entry = db.session.scalars(sa.select(MarkEntry).where(MarkEntry.person_id == link.dara.id)).one()
    assert entry.marker == f"report:{link.participant('Keo Dara').report_id}" and entry.account_id == link.hall.account.id


def test_applying_again_says_only_what_changed(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180), ("Sok Sophea", 0, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    assert len(link.apply()) == 2 and link.apply() == {} and count(MarkEntry) == 2
    link.decide("Sok Sophea", Decision.PERSON, person_id=link.twins[0].id)
    assert link.apply() == {link.twins[0].id: ("present", 180), link.sophea.id: ("absent", 0)}
    assert {row.person_id: row.mark for row in db.session.scalars(sa.select(CurrentMark))} == {
        link.dara.id: Mark.PRESENT, link.twins[0].id: Mark.PRESENT, link.sophea.id: Mark.ABSENT}


def test_two_names_of_one_person_count_once(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 100), ("Dara phone", 50, 170)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    link.decide("Dara phone", Decision.PERSON, person_id=link.dara.id)
    assert link.apply() == {link.dara.id: ("present", 170)}


def test_a_room_counts_for_who_was_checked_in_there(link: Link) -> None:
    link.meeting.modality = Modality.HYBRID
    inside = [link.person(f"Sok Bopha {number}", None, at=link.room) for number in range(3)]
    hold_people([each.id for each in inside])
    seats = sessions.seats_of(link.hall.training.id, [each.id for each in inside])
    attendance.take_down(link.hall.trainer, link.meeting, seats, [Marking(each.id, Mark.PRESENT, Evidence.ROOM_JOIN) for each in inside[:2]])
    link.receive(zoom(("Golden Needle - Training Room", 0, 90), ("Golden Needle - Training Room", 100, 170)))
    assert link.participant("Golden Needle - Training Room").status is Status.ROOM
    link.decide("Golden Needle - Training Room", Decision.ROOM, site_id=link.room.id)
    assert link.apply() == {each.id: ("present", 160) for each in inside[:2]}
    rows = {row.person_id: row for row in db.session.scalars(sa.select(CurrentMark))}
    assert set(rows) == {each.id for each in inside[:2]}, "who joins there but was not checked in stays without a mark"
    assert all(row.evidence is Evidence.PROVIDER_REPORT and not row.is_disputed for row in rows.values())


def test_a_roll_call_is_stronger_and_what_differs_is_shown(link: Link) -> None:
    attendance.mark(link.hall.trainer, link.meeting.id, link.dara.id, Mark.PRESENT)
    link.receive(zoom(("Keo Dara", 0, 30)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    link.apply()
    row = db.session.scalars(sa.select(CurrentMark)).one()
    assert (row.mark, row.is_disputed) == (Mark.PRESENT, True)


def test_somebody_whom_no_list_knows_becomes_a_guest(link: Link) -> None:
    link.receive(zoom(("Heng Ratana (Guest)", 0, 175)))
    link.decide("Heng Ratana (Guest)", Decision.GUEST)
    for _ in range(2):
        link.apply()
    guest = db.session.scalars(sa.select(Guest)).one()
    mark = db.session.scalars(sa.select(GuestMark)).one()
    assert (guest.name, mark.mark, mark.minutes, mark.evidence) == ("Heng Ratana", Mark.PRESENT, 175, Evidence.PROVIDER_REPORT)


def test_what_was_decided_is_proposed_the_next_time(link: Link) -> None:
    link.receive(zoom(("Dara phone", 0, 180), ("Meeting room 1", 0, 180), ("Helpdesk", 0, 9)))
    link.decide("Dara phone", Decision.PERSON, person_id=link.dara.id)
    link.decide("Meeting room 1", Decision.ROOM, site_id=link.room.id)
    link.decide("Helpdesk", Decision.NOBODY)
    second = link.hall.meetings[1]
    second.starts_at, second.ends_at = link.meeting.starts_at, link.meeting.ends_at
    operations.receive(link.hall.trainer, second.id, [("again.csv", zoom(("DARA  phone (Guest)", 0, 180), ("Meeting room 1", 0, 180), ("Helpdesk", 0, 9)))])
    shown = {each.row.display_name: each for each in view_of(around(second)).shown}
    assert shown["DARA  phone (Guest)"].proposed == Choice(Decision.PERSON, person_id=link.dara.id)
    assert shown["DARA  phone (Guest)"].is_remembered and shown["DARA  phone (Guest)"].row.decision is None, "a person still confirms"
    assert [seat.person_id for seat, _ in shown["DARA  phone (Guest)"].candidates] == [link.dara.id]
    assert shown["Meeting room 1"].proposed == Choice(Decision.ROOM, site_id=link.room.id)
    assert shown["Helpdesk"].proposed == Choice(Decision.NOBODY) and not shown["Trainer"].is_remembered


def test_a_decision_can_be_taken_back_and_the_last_word_is_remembered(link: Link) -> None:
    link.receive(zoom(("Dara phone", 0, 180)))
    link.decide("Dara phone", Decision.PERSON, person_id=link.dara.id)
    link.decide("Dara phone", Decision.NOBODY)
    row = link.participant("Dara phone")
    assert (row.decision, row.person_id, count(ReportAlias)) == (Decision.NOBODY, None, 1)
    assert db.session.scalars(sa.select(ReportAlias)).one().decision is Decision.NOBODY
    link.decide("Dara phone", None)
    assert link.participant("Dara phone").decision is None


def test_what_nobody_may_decide(link: Link) -> None:
    link.receive(zoom(("Dara phone", 0, 180)))
    other = make.training(programme=link.hall.programme, version=link.hall.version)
    [stranger] = make.people(other, 1)
    for wrong in (Choice(Decision.PERSON, person_id=stranger.id), Choice(Decision.PERSON), Choice(Decision.ROOM, site_id=other.sites[0].id), Choice(Decision.ROOM)):
        with pytest.raises(NotFound):
            operations.decide(link.hall.trainer, link.meeting.id, link.participant("Dara phone").id, wrong)
    with pytest.raises(NotFound):
        operations.decide(link.hall.trainer, link.hall.meetings[1].id, link.participant("Dara phone").id, None)
    with pytest.raises(NotFound):
        operations.apply(link.hall.trainer, link.hall.meetings[1].id)


def test_who_may(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    for role, where in ((Role.TRAINER, {"programme": link.hall.programme}), (Role.FOCAL_POINT, {"factory": link.hall.factory})):
        stranger = accounts.actor(accounts.account(role, **where))
        for verb in (lambda who: operations.receive(who, link.meeting.id, [("a", b"")]), lambda who: operations.confirm_exact(who, link.meeting.id),
                     lambda who: operations.apply(who, link.meeting.id), lambda who: operations.decide(who, link.meeting.id, 1, None)):
            with pytest.raises(NotFound):
                verb(stranger)


def test_a_cancelled_half_day_is_not_marked(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    link.meeting.state = MeetingState.CANCELLED
    with pytest.raises(Refused):
        link.apply()


def test_everything_is_logged(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    link.apply()
    rows = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action.startswith("reports."))).all()
    assert [row.action for row in rows] == ["reports.receive", "reports.decide", "reports.apply"]
    assert all("Dara" not in str(row.details) for row in rows)


def test_a_large_report_takes_few_statements(link: Link) -> None:
    many = [(f"Person {number}", 0, 170) for number in range(200)]
    with counted() as statements:
        link.receive(zoom(*many))
    assert len(statements) <= 25
    with counted() as statements:
        view_of(around(link.meeting))
    assert len(statements) <= 12
