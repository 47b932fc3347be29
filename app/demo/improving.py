"""What each factory does about its findings, and how the programme helps: a roadmap, two services, one diagnostic."""

from datetime import datetime, time, timedelta

from app.demo import days
from app.demo.cast import Cast
from app.improvement.diagnostics import operations as diagnostics
from app.improvement.diagnostics.queries import form
from app.improvement.diagnostics.rules import Answer, needs
from app.improvement.roadmap import operations as roadmap
from app.improvement.roadmap import queries
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations import Plan
from app.improvement.roadmap.rules import DropReason
from app.improvement.services import operations as services
from app.improvement.services.rules import Said, ServiceKind, ServiceNote
from app.platform.clock import today
from app.sessions.rules import Modality

SINCE = timedelta(days=30)
_ACTIONS = 6
_THEME, _LACKS = "OS", {"exits": Answer.NO, "labels": Answer.PARTLY}


def improve(cast: Cast) -> None:
    """The advisor visits, actions are added, the factory looks at itself; a step is done, an action is dropped, one is
    overdue."""
    day = today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - SINCE, time(15))):
        code = cast.place.factory_code
        found = queries.open_findings(cast.factory_id)[:_ACTIONS]
        actions = [roadmap.add_for_finding(cast.manager, code, each.id) for each in found]
        _visit(cast, ServiceKind.ADVISORY_VISIT, Modality.IN_PERSON, actions[:2])
    with days.at(cast.place, datetime.combine(day - SINCE / 2, time(15))):
        _look(cast)
        for action in actions[:2]:
            roadmap.mark_step(cast.focal_point, action.id, is_done=True)
        roadmap.drop(cast.manager, actions[-1].id, DropReason.ANOTHER_ACTION)
        roadmap.change(cast.manager, actions[2].id, _until(actions[2], days_to_come=9))
        _visit(cast, ServiceKind.COMMITTEE_MEETING, Modality.VIRTUAL, actions[2:3])


def _visit(cast: Cast, kind: ServiceKind, mode: Modality, actions: list[RoadmapAction]) -> None:
    notes = (ServiceNote.ACTIONS_REVIEWED, ServiceNote.WORKERS_HEARD)
    said = Said(
        kind, _THEME, mode, today(cast.place.zone), 150, women=5, men=4, notes=notes,
        action_ids=tuple(each.id for each in actions))
    services.log(cast.manager, cast.place.factory_code, said)


def _look(cast: Cast) -> None:
    """The focal point fills in a diagnostic and adds the first need to the roadmap."""
    asked = form(_THEME)
    answers = {each.id: _LACKS.get(each.id, Answer.YES) for each in asked.questions}
    found = diagnostics.fill(cast.focal_point, cast.place.factory_code, _THEME, answers)
    diagnostics.add_for_need(cast.focal_point, found.id, needs(asked, answers)[0].point)


def _until(action: RoadmapAction, days_to_come: int) -> Plan:
    """The plan of an action, with another day on which it is due."""
    return Plan(
        action.theme, action.point, action.course_id, action.job_roles, action.people, action.step, action.step_note,
        action.owner_id, action.owner_title, today(action.factory.programme.zone) + timedelta(days=days_to_come))
