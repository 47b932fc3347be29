"""Sessions of ambassadors and drills in the record of a factory: each at its own level, corrections beside them."""

from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.factories.rules import Sex
from app.improvement.ambassadors.rules import AmbassadorKind
from app.improvement.cascade import operations as cascade
from app.improvement.cascade.operations import Said
from app.improvement.cascade.rules import Heads, Why
from app.improvement.drills import operations as drills
from app.improvement.drills.rules import DrillKind, Shift
from app.learning_record.kinds import EntryKind
from app.learning_record.models import RecordEntry, RecordParticipant
from app.learning_record.rules import EvidenceLevel
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, ambassadors, factories

TODAY = today("Asia/Phnom_Penh")


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


def entries() -> list[RecordEntry]:
    return db.session.query(RecordEntry).order_by(RecordEntry.id).all()


def test_levels_and_corrections(factory: Factory, browse: Browse) -> None:
    people = [factories.person(factory, sex=sex) for sex in (Sex.F, Sex.M)]
    way, _courses = ambassadors.way()
    master = ambassadors.ambassador(factory, factories.person(factory), way, kind=AmbassadorKind.MASTER_TRAINER)
    common: dict[str, Any] = {"held_on": TODAY, "theme": "osh", "minutes": 45, "ambassador_id": master.id}
    heads = cascade.enter(SYSTEM, "F-1", Said(sent_id=token_hex(16), heads=Heads(40, 2), **common))
    named = cascade.correct(SYSTEM, "F-1", heads.id, Said(sent_id=token_hex(16), people=[each.id for each in people], **common), Why.WRONG_PEOPLE)
    gone = cascade.withdraw(SYSTEM, "F-1", named.id, Why.NOT_HELD)
    told = [(each.kind, each.source, each.corrects, each.level, each.people, each.women) for each in entries()]
    assert told == [
        (EntryKind.CASCADE_HELD, f"cascade:{heads.id}", None, EvidenceLevel.C, 42, 40),
        (EntryKind.CASCADE_CORRECTED, f"cascade:{named.id}", f"cascade:{heads.id}", EvidenceLevel.B, 2, 1),
        (EntryKind.CASCADE_CORRECTED, f"cascade:{gone.id}", f"cascade:{named.id}", EvidenceLevel.B, 0, 0),
    ]
    assert {each.person_id for each in db.session.query(RecordParticipant)} == {each.id for each in people}
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme())).get("/factories/F-1/record")
    assert "An ambassador trained colleagues" in page.text
    assert "It was not held" in page.text


def test_drills(factory: Factory, browse: Browse) -> None:
    row = drills.enter(SYSTEM, "F-1", drills.Said(token_hex(16), DrillKind.FIRE, TODAY, Shift.DAY, 400, 4))
    drills.withdraw(SYSTEM, "F-1", row.id)
    assert [(each.kind, each.corrects, each.level, each.people) for each in entries()] == [
        (EntryKind.DRILL_HELD, None, None, 400), (EntryKind.DRILL_WITHDRAWN, f"drill:{row.id}", None, 0),
    ]
    page = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get("/factories/F-1/record")
    assert "Fire drill" in page.text
