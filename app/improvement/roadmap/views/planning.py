"""The form of a plan, with what a factory can choose from."""

from datetime import timedelta
from typing import Any

from app.courses.queries import catalogue
from app.factories.models import Factory
from app.improvement.roadmap import queries
from app.improvement.roadmap.forms import PlanForm
from app.improvement.roadmap.operations.adding import USUAL_DAYS
from app.platform.clock import today
from app.platform.i18n import text


def planned(factory: Factory, sent: Any = None, point: str = "") -> PlanForm:
    """The form as it was sent, or with what is recommended about a point."""
    form, offered = PlanForm(sent), catalogue()
    courses = [(str(each.course_id), text(each.titles)) for each in offered]
    form.fill(courses, [(each.account_id, each.name) for each in queries.owners(factory.id)])
    if sent is None:
        form.due_on.data = today(factory.programme.zone) + timedelta(days=USUAL_DAYS)
        form.people.data = 1
    if point:
        found = queries.proposed(factory, point, offered)
        form.about.data, form.course.data = point, str(found.course_id or "")
        form.audience.data, form.people.data = [role.value for role in found.roles], found.people
        form.step.data = found.step.value
    return form
