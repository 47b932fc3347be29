"""Which training a finding calls for. Pure.

Training is rarely the whole remedy: beside the courses stands the step of the management system without which an
advisor will not close the finding (DOMAIN 6.3).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.factories.rules import JobRole


class Audience(StrEnum):
    """People of a factory by what they do for it; where a role says it, the role is named instead."""

    AGENTS = "agents"
    COMMITTEE = "committee"
    DORMITORY = "dormitory"
    FIRE_TEAMS = "fire_teams"
    FIRST_AIDERS = "first_aiders"
    HR = "hr"
    MAINTENANCE = "maintenance"
    PAYROLL = "payroll"
    PLANNING = "planning"
    SAFETY_COMMITTEE = "safety_committee"
    SECTION_HEADS = "section_heads"
    SECURITY = "security"
    SPOT_CLEANING = "spot_cleaning"
    STORE = "store"
    UNION = "union"
    WORKERS = "workers"


class Step(StrEnum):
    """What changes in how the factory is run."""

    CASE_LOG = "case_log"
    DOCUMENT_CHECK = "document_check"
    GUARD_CENSUS = "guard_census"
    HOURS_REVIEW = "hours_review"
    KIT_CHECK = "kit_check"
    LABEL_CHECK = "label_check"
    MEETING_MINUTES = "meeting_minutes"
    PAY_SLIP_SAMPLE = "pay_slip_sample"
    POLICY_AND_CHANNEL = "policy_and_channel"
    PROTOCOL_DRILL = "protocol_drill"
    READINGS = "readings"
    TIMED_DRILL = "timed_drill"
    WALK_THROUGH = "walk_through"
    WRITTEN_RULE = "written_rule"
    """Where nothing else is known."""


@dataclass(frozen=True)
class Rule:
    """From a day on, and until one where it ends: for a point or a whole theme these courses, for whom, and then what.
    A rule of a point stands before one of its theme, a later one before an earlier one."""

    about: frozenset[str]
    """Codes of points or themes."""
    courses: tuple[str, ...]
    audience: tuple[Audience | JobRole, ...]
    step: Step
    starts_on: date
    source: str
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day; the last one belongs to it."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True)
class Offer:
    """A course that is offered: the themes and points that it covers, and for which roles."""

    code: str
    themes: frozenset[str]
    audience: tuple[JobRole, ...]


@dataclass(frozen=True)
class Recommendation:
    """A course for some people, and the step that goes with it."""

    course_code: str
    audience: tuple[Audience | JobRole, ...]
    step: Step


MOST = 3
"""So many courses at most are recommended where nobody has said which."""


def recommended(
    point: str, theme: str, covers: str, on: date, rules: Iterable[Rule], offers: Sequence[Offer]
) -> list[Recommendation]:
    """The courses for a point on a day, the first one first.

    What a rule says counts as far as its courses are offered; without a rule, the courses that cover the point, those
    that are about little else first. `covers` is the name of the point in the catalogue of courses.
    """
    offered = {offer.code for offer in offers}
    rule = _rule({point}, on, rules) or _rule({theme}, on, rules)
    named = [code for code in rule.courses if code in offered] if rule else []
    if rule and named:
        return [Recommendation(code, rule.audience, rule.step) for code in named]
    step = rule.step if rule else Step.WRITTEN_RULE
    covering = [offer for offer in offers if covers in offer.themes]
    fitting = sorted(covering, key=lambda each: (len(each.themes), each.code))
    return [Recommendation(offer.code, offer.audience, step) for offer in fitting[:MOST]]


def _rule(about: Collection[str], on: date, rules: Iterable[Rule]) -> Rule | None:
    holding = [rule for rule in rules if rule.holds(on) and rule.about & set(about)]
    return max(holding, key=lambda each: each.starts_on, default=None)
