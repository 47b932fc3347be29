"""What check-ins hold of a person, and for how long."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.attendance.checkin import retention
from app.attendance.checkin.models import CheckIn, OldCode
from app.attendance.person_data import PERSON_DATA
from app.factories.merging import operations as merging
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.privacy.erasing import erase
from app.privacy.retention import KINDS, let_go
from tests.attendance.checkin.conftest import Entrance
from tests.browse import Browse
from tests.make import attendance, factories


def whose() -> list[tuple[int, int]]:
    db.session.expire_all()
    return [(row.meeting_id, row.person_id) for row in db.session.query(CheckIn).order_by(CheckIn.id)]


def test_check_ins_go_with_the_person_and_come_back(hall: Entrance) -> None:
    winner, loser = hall.people[:2]
    first, second = (meeting.id for meeting in hall.meetings)
    for meeting, person in ((hall.meetings[0], winner), (hall.meetings[0], loser), (hall.meetings[1], loser)):
        attendance.check_in(meeting, person)
    before = whose()
    merge = merging.merge(SYSTEM, winner.id, loser.id)
    assert whose() == [(first, winner.id), (first, loser.id), (second, winner.id)], "where both have one, each stays"
    merging.part(SYSTEM, merge.id)
    assert whose() == before


def test_the_list_shows_a_joined_person_once(hall: Entrance, browse: Browse) -> None:
    for person in hall.people[:2]:
        attendance.check_in(hall.meetings[0], person)
    merging.merge(SYSTEM, hall.people[0].id, hall.people[1].id)
    reader = browse.as_account(hall.account)
    page = reader.get(f"{hall.here}/check-ins")
    assert [li.get("id") for li in page.all("li") if (li.get("id") or "").startswith("person-")] == [f"person-{hall.people[0].id}"]
    joined = db.session.query(CheckIn).filter_by(person_id=hall.people[1].id).one()
    assert reader.post(f"{hall.here}/check-ins/{joined.id}/confirmation").status == 409


def test_an_export_names_when_and_how_but_not_the_phone(hall: Entrance) -> None:
    attendance.check_in(hall.meetings[0], hall.person)
    [row] = PERSON_DATA.export(hall.person.id)["check_in"]
    assert (row["way"], row["proof"], row["site_id"]) == ("screen", "number", hall.site)
    assert "device" not in row


def test_erasing_forgets_the_phone(hall: Entrance) -> None:
    for person in hall.people[:2]:
        attendance.check_in(hall.meetings[0], person)
    erase([hall.person.id])
    assert [row.device for row in db.session.query(CheckIn).order_by(CheckIn.id)] == ["", "d" * 16]


@pytest.mark.parametrize("key", ["check_ins", "old_codes"])
def test_phones_are_known_as_long_as_evidence_is_kept(hall: Entrance, key: str) -> None:
    limit = months_before(now(), settings().keep_evidence_months)
    for person, at in zip(hall.people[:2], (limit - timedelta(minutes=1), limit + timedelta(minutes=1)), strict=True):
        attendance.check_in(hall.meetings[0], person, at=at)
        db.session.add(OldCode(meeting_id=hall.meetings[0].id, device=f"phone {person.id}", at=at))
    db.session.flush()
    kind = next(kind for kind in KINDS if kind.key == key)
    assert (let_go(SYSTEM, kind), let_go(SYSTEM, kind)) == (1, 0)
    left = {row.device for row in db.session.query(CheckIn)}, db.session.query(OldCode).count()
    assert left == (({"", "d" * 16}, 2) if key == "check_ins" else ({"d" * 16}, 1))


def test_each_programme_lets_its_own_go(hall: Entrance, app: Flask) -> None:
    attendance.check_in(hall.meetings[0], hall.person, at=now() - timedelta(days=3000))
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    found = [len(db.session.scalars(retention.due([each])).all()) for each in (hall.programme.id, elsewhere.id)]
    assert found == [1, 0]
