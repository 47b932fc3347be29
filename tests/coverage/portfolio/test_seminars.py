"""Who came to which seminar."""

from datetime import timedelta

from app.access.roles import Role
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.courses.rules import Category
from app.platform.clock import now
from app.platform.db import db
from app.sessions.rules import TrainingState
from tests.browse import Browse
from tests.make import accounts, attendance, courses, factories


def test_how_many_of_each_factory_were_there(browse: Browse) -> None:
    admin = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert "No seminar was held in the last twelve months" in admin.get("/coverage/seminars").text
    here = factories.factory(name="Lotus Lane")
    factories.factory(name="Absent Mill")
    version = courses.version(category=Category.INDUSTRY_SEMINAR)
    seminar = attendance.training(version=version, first=now() - timedelta(days=30), state=TrainingState.CLOSED)
    for said in (Mark.PRESENT, Mark.LATE, Mark.ABSENT):
        person = factories.person(here)
        attendance.seat(seminar, person, here)
        for meeting in seminar.meetings:
            row = CurrentMark(meeting_id=meeting.id, person_id=person.id, mark=said, evidence=Evidence.ROLL_CALL, at=now())
            db.session.add(row)
    page = admin.get("/coverage/seminars")
    assert page.text.index("Absent Mill") < page.text.index("Lotus Lane")
    [cell] = [td for td in page.all("td") if td.find("a") is not None]
    assert "".join(cell.itertext()).strip() == "2"
