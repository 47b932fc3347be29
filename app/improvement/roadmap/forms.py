"""Shapes of the forms of roadmaps. What can be, the verbs say."""

import re
from datetime import date
from secrets import token_hex
from typing import Any

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, validators

from app.factories.labels import ROLES
from app.factories.rules import JobRole
from app.improvement.findings import labels as findings
from app.improvement.findings import shipped
from app.improvement.findings.training import Step
from app.improvement.roadmap.labels import OWNERS, REASONS
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations.adding import MOST_PEOPLE, Plan
from app.improvement.roadmap.rules import DropReason, OwnerTitle
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, TickedField, offered

_ACCOUNT = "account:"
_SENT = re.compile(r"[0-9a-f]{32}")


def _plain(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


def about(theme: str, point: str | None) -> str:
    """What an action is about, as one value: a point, or a theme."""
    return point or theme


class PlanForm(PlainForm):
    """What is done, by whom, until when. The view fills the lists of courses and owners."""

    sent_id = HiddenField(default=lambda: token_hex(16))
    about = SelectField(lazy("What it is about"))
    course = SelectField(lazy("Course"))
    audience = TickedField(lazy("Who takes it"), [validators.Optional()])
    people = IntegerField(
        lazy("How many people"),
        [validators.InputRequired(lazy("Write a whole number.")),
         validators.NumberRange(0, MOST_PEOPLE, lazy("Write how many people are to take the course."))])
    step = SelectField(lazy("Step beside the training"))
    step_note = StringField(
        lazy("The step in your own words"),
        [validators.Optional(), validators.Length(max=200, message=lazy("Write at most 200 characters."))],
        filters=[_plain])
    owner = SelectField(lazy("Who looks after it"))
    due_on = DateField(lazy("Due on"), [validators.InputRequired(lazy("Choose a day."))])

    @property
    def key(self) -> str | None:
        """By which a repeat is recognised; None of what no page sent."""
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else None

    def fill(self, courses: list[tuple[str, Any]], owners: list[tuple[int, str]]) -> None:
        """Offer what there is to choose from."""
        self.about.choices = offered(_abouts())
        self.course.choices = offered([("", lazy("No course, the step alone")), *courses])
        self.audience.choices = offered((role.value, ROLES[role]) for role in JobRole)
        self.step.choices = offered((step.value, label) for step, label in findings.STEPS.items())
        titles = [(title.value, label) for title, label in OWNERS.items()]
        self.owner.choices = offered([*titles, *((f"{_ACCOUNT}{number}", name) for number, name in owners)])

    def show(self, action: RoadmapAction) -> None:
        """Begin with what an action says."""
        self.about.data = about(action.theme, action.point)
        self.course.data = str(action.course_id or "")
        self.audience.data, self.people.data = action.roles, action.people
        self.step.data, self.step_note.data = action.step.value, action.step_note
        self.owner.data = action.owner_title.value if action.owner_title else f"{_ACCOUNT}{action.owner_id}"
        self.due_on.data = action.due_on

    def plan(self) -> Plan:
        """What was said, as a value."""
        said, owner = self.about.data or "", self.owner.data or ""
        themes = {point: theme.code for theme in shipped.catalogue().themes for point in theme.points}
        is_account = owner.startswith(_ACCOUNT)
        return Plan(
            theme=themes.get(said, said), point=said if said in themes else None,
            course_id=int(self.course.data) if self.course.data else None,
            roles=tuple(JobRole(each) for each in self.audience.data or ()), people=self.people.data or 0,
            step=Step(self.step.data), step_note=self.step_note.data or "",
            owner_id=int(owner.removeprefix(_ACCOUNT)) if is_account else None,
            owner_title=None if is_account else OwnerTitle(owner), due_on=self.due_on.data or date.min)


class DropForm(PlainForm):
    """Why an action is not gone on with."""

    reason = SelectField(lazy("Why"), choices=offered(REASONS.items()), coerce=DropReason)


def _abouts() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for theme in shipped.catalogue().themes:
        name = findings.theme(theme.code)
        found.append((theme.code, name))
        found.extend((point, f"{name} · {findings.point(point)}") for point in theme.points)
    return found
