"""Adding an action, and changing what was planned."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course
from app.courses.queries import catalogue
from app.factories.models import Employment, Factory, Person
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.factories.rules import JobRole
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.findings import shipped
from app.improvement.findings.models import Finding
from app.improvement.findings.rules import UNSOLVED
from app.improvement.findings.training import Step
from app.improvement.roadmap import queries
from app.improvement.roadmap.events import ActionAdded
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations.history import note
from app.improvement.roadmap.operations.moving import count_anew
from app.improvement.roadmap.rules import OPEN, ActionState, Change, OwnerTitle
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.service.queries import cycles_of

_WRITE = Permission.ROADMAP_WRITE
USUAL_DAYS = 90
"""So long an action has that was added in one click."""
MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Plan:
    """What a person says of an action. Exactly one of `owner_id` and `owner_title` is given."""

    theme: str
    point: str | None
    course_id: int | None
    roles: tuple[JobRole, ...]
    people: int
    step: Step
    step_note: str
    owner_id: int | None
    owner_title: OwnerTitle | None
    due_on: date


def add(
    actor: Actor, factory_code: str, plan: Plan, finding_id: int | None = None, diagnostic_id: int | None = None,
    sent_id: str | None = None,
) -> RoadmapAction:
    """A factory is to do this from today on; it belongs to the present cycle. The same form again is answered with what
    was added. Raises NotFound, and Refused for a plan
    that cannot be: see `_check`."""
    factory = factory_by_code(actor, factory_code, _WRITE)
    if finding_id is not None:
        _finding(factory, finding_id)
    if diagnostic_id is not None and not _is_own(factory, diagnostic_id):
        raise NotFound
    hold(factory.id)
    known = db.session.scalar(sa.select(RoadmapAction).where(RoadmapAction.sent_id == sent_id)) if sent_id else None
    if known is not None:
        if known.factory_id != factory.id:
            raise Refused(_("This form was sent before. Load the page again."))
        return known
    return _add(actor, factory, plan, finding_id, diagnostic_id, sent_id)


def add_for_finding(actor: Actor, factory_code: str, finding_id: int) -> RoadmapAction:
    """An action about an open finding, with the recommended course and step, to be changed afterwards. Where the
    question has an action already, that one. Raises NotFound, and Refused for a finding that is closed."""
    factory = factory_by_code(actor, factory_code, _WRITE)
    hold(factory.id)
    found = _finding(factory, finding_id)
    same = (
        sa.select(RoadmapAction).join(Finding, Finding.id == RoadmapAction.finding_id)
        .where(
            RoadmapAction.factory_id == factory.id, Finding.question == found.question, RoadmapAction.state.in_(OPEN)))
    if (known := db.session.scalar(same.limit(1))) is not None:
        return known
    if not found.is_current or found.status not in UNSOLVED:
        raise Refused(_("This finding is closed. There is nothing to do about it."))
    offer = queries.proposed(factory, found.point, catalogue())
    plan = Plan(
        theme=found.cluster, point=found.point, course_id=offer.course_id, roles=offer.roles, people=offer.people,
        step=offer.step, step_note="", owner_id=None, owner_title=OwnerTitle.COMPLIANCE_OFFICER,
        due_on=today(factory.programme.zone) + timedelta(days=USUAL_DAYS))
    return _add(actor, factory, plan, found.id, None)


def _add(
    actor: Actor, factory: Factory, plan: Plan, finding_id: int | None, diagnostic_id: int | None,
    sent_id: str | None = None,
) -> RoadmapAction:
    _check(factory, plan)
    day = today(factory.programme.zone)
    if plan.due_on < day:
        raise Refused(_("The day on which it is due is over. Choose a day to come."))
    row = RoadmapAction(
        sent_id=sent_id, factory_id=factory.id, cycle_on=cycles_of([factory.id], day)[factory.id].starts_on,
        finding_id=finding_id, diagnostic_id=diagnostic_id, step_done_on=None, starts_on=day,
        state=ActionState.PLANNED, started=0, completed=0, reason=None, created_at=now(), ended_at=None,
        **_values(plan))
    db.session.add(row)
    db.session.flush()  # its history and the log need the id
    note(row, Change.ADDED, actor)
    audit.record(actor, "roadmap.add", f"roadmap_action:{row.id}", theme=row.theme, point=row.point)
    publish(ActionAdded(row.id))
    count_anew([row])
    return row


def change(actor: Actor, action_id: int, plan: Plan) -> RoadmapAction:
    """Plan an action anew; what it said before stands in its history. Raises NotFound, and Refused for one that is
    ended and for a plan that cannot be."""
    row = queries.action(actor, action_id, _WRITE, hold=True)
    if not row.is_open:
        raise Refused(_("This action is ended. Add another one."))
    _check(row.factory, plan)
    values = _values(plan)
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not before:
        return row
    if "due_on" in before and plan.due_on < today(row.factory.programme.zone):
        raise Refused(_("The day on which it is due is over. Choose a day to come."))
    for name in before:
        setattr(row, name, values[name])
    if before.keys() & {"step", "step_note"}:
        row.step_done_on = None
    details = {name: _plain(value) for name, value in before.items() if name != "step_note"}
    note(row, Change.CHANGED, actor, before=details)
    audit.record(actor, "roadmap.change", f"roadmap_action:{row.id}", changed=sorted(before))
    count_anew([row])
    return row


def _check(factory: Factory, plan: Plan) -> None:
    """Whether a plan can be: theme and point are known, so is the course, it says how many people unless there is no
    course, the owner looks after this factory, and the words name nobody. Raises Refused."""
    themes = {theme.code: theme.points for theme in shipped.catalogue().themes}
    if plan.theme not in themes or (plan.point is not None and plan.point not in themes[plan.theme]):
        raise Refused(_("Choose a theme and one of its points."))
    if plan.course_id is not None and db.session.get(Course, plan.course_id) is None:
        raise Refused(_("Choose one of the courses."))
    if not (1 if plan.course_id else 0) <= plan.people <= MOST_PEOPLE:
        raise Refused(_("Write how many people are to take the course."))
    if (plan.owner_id is None) == (plan.owner_title is None):
        raise Refused(_("Choose who looks after the action."))
    if plan.owner_id is not None and plan.owner_id not in {each.account_id for each in queries.owners(factory.id)}:
        raise Refused(_("Choose who looks after the action."))
    if plan.step_note and _names_somebody(factory.id, plan.step_note):
        raise Refused(_("Describe the step without naming anybody."))


def _names_somebody(factory_id: int, text: str) -> bool:
    """Whether the whole name of somebody who works there stands in a text."""
    said = sa.literal(text.lower())
    of_two_words = [
        sa.and_(name.contains(" "), said.contains(sa.func.lower(name))) for name in (Person.name, Person.local_name)]
    named = (
        sa.select(Person.id).join(Employment, Employment.person_id == Person.id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None), sa.or_(*of_two_words)))
    return db.session.scalar(named.limit(1)) is not None


def _is_own(factory: Factory, diagnostic_id: int) -> bool:
    found = db.session.get(Diagnostic, diagnostic_id)
    return found is not None and found.factory_id == factory.id


def _finding(factory: Factory, finding_id: int) -> Finding:
    found = db.session.get(Finding, finding_id)
    if found is None or found.factory_id != factory.id:
        raise NotFound
    return found


def _values(plan: Plan) -> dict[str, Any]:
    values = {each.name: getattr(plan, each.name) for each in fields(plan)}
    return values | {"roles": [role.value for role in plan.roles], "step_note": plan.step_note.strip()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
