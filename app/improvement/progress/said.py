"""The report in the words of the present language: the same for the page and for the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.factories.models import Factory
from app.improvement.findings import labels as findings
from app.improvement.findings.showing import ThemeShown
from app.improvement.progress.facts import Coming, Facts, Moved
from app.improvement.roadmap.labels import CHANGES, OWNERS, STATES
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.rules import Change
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date, format_number, format_time


@dataclass(frozen=True)
class Line:
    """What it is about, and what is said of it."""

    title: str
    says: Sequence[str]


@dataclass(frozen=True)
class Section:
    """A part of the report; `nothing` stands where it has no lines."""

    heading: str
    lines: Sequence[Line]
    nothing: str


@dataclass(frozen=True)
class Report:
    """Everything that stands on the page and on the paper."""

    title: str
    factory: str
    period: str
    sections: Sequence[Section]


def say(factory: Factory, facts: Facts) -> Report:
    """The report in the present language."""
    zone = ZoneInfo(factory.programme.zone)
    return Report(
        title=_("Progress report"),
        factory=factory.local_name or factory.name,
        period=_(
            "As of %(day)s. Cycle: %(first)s to %(last)s.", day=format_date(facts.day),
            first=format_date(facts.cycle.starts_on), last=format_date(facts.cycle.ends_on)),
        sections=[
            Section(_("What is due"), [_due(each, facts) for each in facts.due], _("Nothing is due soon.")),
            Section(
                _("What was found"), [_found(each) for each in facts.themes],
                _("There are no findings. Diagnostics help to find out what could be better.")),
            Section(
                _("What the factory does"), [_action(each, facts) for each in facts.actions],
                _("There are no actions yet. Add what the factory will do.")),
            Section(
                _("What moved lately"), [_moved(each, zone) for each in facts.moved],
                _("Nothing moved in the last three months.")),
            Section(
                _("Next training"), [_coming(each) for each in facts.coming],
                _("Your factory holds no seats in a training session to come.")),
        ],
    )


def _found(theme: ThemeShown) -> Line:
    open_ = _("Not closed: %(number)s", number=format_number(theme.total))
    closed = _("Closed: %(number)s", number=format_number(theme.closed))
    return Line(findings.theme(theme.code), [open_, closed])


def _subject(action: RoadmapAction) -> str:
    return findings.point(action.point) if action.point else findings.theme(action.theme)


def _due(action: RoadmapAction, facts: Facts) -> Line:
    when = _("Due on %(day)s", day=format_date(action.due_on))
    return Line(_subject(action), [_("Overdue") if action.due_on < facts.day else when, *_missing(action)])


def _missing(action: RoadmapAction) -> list[str]:
    """What is still to be done before it can be closed."""
    left = max(0, action.people - action.completed) if action.course_id else 0
    training = [_("Still to be trained: %(number)s", number=format_number(left))] if left else []
    return training if action.step_done_on else [*training, str(findings.STEPS[action.step])]


def _action(action: RoadmapAction, facts: Facts) -> Line:
    says = [str(STATES[action.state][0])]
    if action.course is not None:
        says.append(text(facts.titles.get(action.course.id, {})) or action.course.code)
        done, people = format_number(action.completed), format_number(action.people)
        says.append(_("%(done)s of %(people)s trained", done=done, people=people))
    if action.owner_title:
        says.append(str(OWNERS[action.owner_title]))
    return Line(_subject(action), says)


def _moved(moved: Moved, zone: ZoneInfo) -> Line:
    what = str(STATES[moved.state][0]) if moved.change is Change.MOVED else str(CHANGES[moved.change])
    return Line(_subject(moved.action), [format_date(moved.at.astimezone(zone).date()), what])


def _coming(coming: Coming) -> Line:
    hours = f"{format_time(coming.starts)}–{format_time(coming.ends)}"
    return Line(text(coming.titles), [format_date(coming.starts.date()), hours, coming.code])
