"""The verbs of diagnostics."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.queries import catalogue
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.improvement.diagnostics import queries
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer, is_complete, needs
from app.improvement.roadmap import operations as roadmap
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations.adding import USUAL_DAYS
from app.improvement.roadmap.queries import proposed
from app.improvement.roadmap.rules import OPEN, OwnerTitle
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def fill(actor: Actor, factory_code: str, theme: str, answers: Mapping[str, Answer]) -> Diagnostic:
    """Keep what a factory says of itself about a theme. The same on the same day again is one. Raises NotFound, and
    Refused while a question has no answer."""
    factory = factory_by_code(actor, factory_code, Permission.DIAGNOSTICS_FILL)
    form = queries.form(theme)
    if not is_complete(form, answers):
        raise Refused(_("Answer every question."))
    hold(factory.id)
    said = {each.id: answers[each.id].value for each in form.questions}
    day = today(factory.programme.zone)
    last = db.session.scalar(
        sa.select(Diagnostic).where(Diagnostic.factory_id == factory.id, Diagnostic.theme == theme)
        .order_by(Diagnostic.id.desc()).limit(1))
    if last is not None and (last.filled_on, last.version, last.answers) == (day, form.version, said):
        return last
    row = Diagnostic(
        factory_id=factory.id, theme=theme, version=form.version, answers=said, filled_on=day, at=now(),
        account_id=actor.account_id)
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "diagnostics.fill", f"diagnostic:{row.id}", theme=theme)
    return row


def add_for_need(actor: Actor, diagnostic_id: int, point: str) -> RoadmapAction:
    """An action about a need that a factory has shown, with the recommended course and step, to be changed afterwards.
    Where there is one about this need already, that one. Raises NotFound, also for a point that is no need."""
    found = queries.diagnostic(actor, diagnostic_id, Permission.ROADMAP_WRITE)
    if point not in {need.point for need in needs(queries.form(found.theme), queries.answers(found))}:
        raise NotFound
    hold(found.factory_id)
    same = sa.select(RoadmapAction).where(
        RoadmapAction.diagnostic_id == found.id, RoadmapAction.point == point, RoadmapAction.state.in_(OPEN))
    if (known := db.session.scalar(same.limit(1))) is not None:
        return known
    factory, offer = found.factory, proposed(found.factory, point, catalogue())
    plan = roadmap.Plan(
        theme=found.theme, point=point, course_id=offer.course_id, roles=offer.roles, people=offer.people,
        step=offer.step, step_note="", owner_id=None, owner_title=OwnerTitle.COMPLIANCE_OFFICER,
        due_on=today(factory.programme.zone) + timedelta(days=USUAL_DAYS))
    return roadmap.add(actor, factory.code, plan, diagnostic_id=found.id)
