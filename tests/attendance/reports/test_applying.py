"""What a report may say of a half-day, and what it may not."""

import pytest
import sqlalchemy as sa

from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.operations import Marking
from app.attendance.operations.loading import hold_people
from app.attendance.reports import operations
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.rules import Decision
from app.attendance.rooms.queries import connection_of
from app.attendance.rooms.rules import Source
from app.attendance.rules import Evidence, Mark
from app.factories.models import Person
from app.platform.db import db
from app.platform.refusal import Refused
from app.sessions import queries as sessions
from app.sessions.rules import Modality
from tests.attendance.reports.conftest import Link, zoom

ROOM = "Golden Needle - Training Room"


def say(link: Link, person: Person, mark: Mark, evidence: Evidence) -> None:
    hold_people([person.id])
    seats = sessions.seats_of(link.hall.training.id, [person.id])
    attendance.take_down(link.hall.trainer, link.meeting, seats, [Marking(person.id, mark, evidence)])


def current(person: Person) -> CurrentMark:
    found = sa.select(CurrentMark).where(CurrentMark.person_id == person.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def test_a_closed_roll_call_is_opened_first(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    attendance.close(link.hall.trainer, link.meeting.id)
    with pytest.raises(Refused, match="is closed"):
        link.apply()
    assert current(link.dara).mark is Mark.ABSENT


def test_what_the_report_said_itself_is_no_check_in_at_a_room(link: Link) -> None:
    link.meeting.modality = Modality.HYBRID
    bopha = link.person("Sok Bopha", None, at=link.room)
    link.receive(zoom((ROOM, 0, 180), ("Sok Bopha", 0, 40)))
    link.decide(ROOM, Decision.ROOM, site_id=link.room.id)
    link.decide("Sok Bopha", Decision.PERSON, person_id=bopha.id)
    assert link.apply() == {bopha.id: ("partial", 40)}
    assert link.apply() == {}, "the same report says the same again"
    assert current(bopha).mark is Mark.PARTIAL


def test_who_was_taken_for_another_keeps_what_others_said(link: Link) -> None:
    say(link, link.sophea, Mark.PRESENT, Evidence.SELF_CHECK_IN)
    link.receive(zoom(("Phone", 0, 180)))
    link.decide("Phone", Decision.PERSON, person_id=link.sophea.id)
    link.apply()
    link.decide("Phone", Decision.PERSON, person_id=link.dara.id)
    link.apply()
    row = current(link.sophea)
    assert (row.mark, row.is_disputed, row.minutes) == (Mark.PRESENT, False, None)
    assert link.apply() == {}


def test_all_names_together_never_overrule_what_was_decided_before(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 0, 180)))
    link.decide("Keo Dara", Decision.NOBODY)
    second = link.hall.meetings[1]
    second.starts_at, second.ends_at = link.meeting.starts_at, link.meeting.ends_at
    operations.receive(link.hall.trainer, second.id, [("again.csv", zoom(("Keo Dara", 0, 180)))])
    assert view_of(around(second)).exact == 0
    assert operations.confirm_exact(link.hall.trainer, second.id) == 0


def test_a_meeting_of_the_whole_day_counts_for_each_half_alone(link: Link) -> None:
    link.receive(zoom(("Keo Dara", 200, 480), ("Sok Sophea", 0, 480)).replace(
        b"Trainer,,05/14/2026 09:00:00 AM,05/14/2026 12:00:00 PM", b"Trainer,,05/14/2026 09:00:00 AM,05/14/2026 05:00:00 PM"))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    assert link.apply() == {link.dara.id: ("absent", 0), link.sophea.id: ("present", 180)}


def test_the_report_says_how_long_a_room_was_connected(link: Link) -> None:
    link.meeting.modality = Modality.HYBRID
    bopha = link.person("Sok Bopha", None, at=link.room)
    say(link, bopha, Mark.PRESENT, Evidence.ROOM_JOIN)
    link.receive(zoom((ROOM, 0, 90), (ROOM, 100, 170)))
    link.decide(ROOM, Decision.ROOM, site_id=link.room.id)
    assert link.apply() == {bopha.id: ("present", 160)}
    known = connection_of(link.meeting, link.room.id)
    assert (known.source, known.minutes) == (Source.REPORT, 160)
    assert link.apply() == {}
    link.decide(ROOM, Decision.NOBODY)
    link.apply()
    assert connection_of(link.meeting, link.room.id) is None
    assert (current(bopha).mark, current(bopha).evidence) == (Mark.PRESENT, Evidence.ROOM_JOIN)


@pytest.mark.parametrize("name", ["So\0k", "=HYPERLINK(1)", "\u202egnauhK", "<b>x</b>", "x" * 5000])
def test_hostile_names_are_kept_as_text(link: Link, name: str) -> None:
    link.receive(zoom((name, 0, 180)))
    assert len(view_of(around(link.meeting)).shown) == 2


def test_two_of_one_name_a_guest_rejoins_and_a_restarted_meeting_each_wait_or_merge(link: Link) -> None:
    """One decision for each name that is not sure; nobody is there for longer than the meeting, and the break is none of it."""
    twins = [link.person("Fatima Begum", None), link.person("Fatima Begum", None)]
    first = zoom(("Keo Dara", 0, 50), ("Keo Dara", 40, 70), ("Keo Dara", 65, 80), ("Fatima Begum", 0, 80), ("iPhone (Guest)", 10, 20)).replace(
        b"05/14/2026 12:00:00 PM", b"05/14/2026 10:20:00 AM")
    again = zoom(("Keo Dara", 100, 180), ("Fatima Begum", 100, 180)).replace(b"Trainer,,05/14/2026 09:00:00 AM", b"Trainer,,05/14/2026 10:40:00 AM")
    report = link.receive(first, again)
    assert report.seconds == 160 * 60
    view = view_of(around(link.meeting))
    assert view is not None
    known = {each.row.display_name: (each.row.status.value, each.minutes, each.proposed is not None) for each in view.shown}
    assert known == {
        "Trainer": ("unknown", 160, False), "Keo Dara": ("exact", 160, True), "Fatima Begum": ("ambiguous", 160, False), "iPhone (Guest)": ("unknown", 10, False),
    }  # fmt: skip
    assert {row.person_id for row, _number in next(each for each in view.shown if each.row.display_name == "Fatima Begum").candidates} == {each.id for each in twins}
    assert link.apply() == {}, "nobody is marked before somebody decides"
@pytest.mark.parametrize(("late_after", "came", "mark"), [(0, 0, "present"), (0, 1, "late"), (5, 5, "present"), (5, 6, "late"), (60, 31, "present")])
def test_late_in_a_report_is_what_the_course_says(link: Link, late_after: int, came: int, mark: str) -> None:
    link.hall.version.late_after = late_after
    link.receive(zoom(("Keo Dara", came, 180)))
    operations.confirm_exact(link.hall.trainer, link.meeting.id)
    assert link.apply() == {link.dara.id: (mark, 180 - came)}
