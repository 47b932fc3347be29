"""What the demo tells of findings and what is done about them, for one factory."""

from random import Random

import pytest

from app.access.actor import SYSTEM
from app.demo import assessing, improving
from app.demo.cast import Cast
from app.demo.places import PLACES
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.rules import ActionState
from app.improvement.services.models import ServiceLog
from app.platform.clock import today
from app.platform.db import db
from tests.make import courses, factories

pytestmark = pytest.mark.usefixtures("app")


def test_a_factory_has_a_roadmap_services_and_a_diagnostic() -> None:
    place = next(iter(PLACES))
    programme = factories.programme(place.code, zone=place.zone)
    factory = factories.factory(place.factory_code, programme_id=programme.id)
    courses.version("osh-supervisors")
    cast = Cast(place, programme.id, factory.id, SYSTEM, SYSTEM, SYSTEM, Random(1))
    assessing.assess(cast)
    improving.improve(cast)
    actions = db.session.query(RoadmapAction).all()
    assert {each.state for each in actions} >= {ActionState.PLANNED, ActionState.DROPPED}
    assert any(each.is_open and each.due_on < today(place.zone) for each in actions), "one is overdue"
    assert any(each.diagnostic_id for each in actions) and any(each.step_done_on for each in actions)
    assert db.session.query(ServiceLog).count() == 2 and db.session.query(Diagnostic).count() == 1
