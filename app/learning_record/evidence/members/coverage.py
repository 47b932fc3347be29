"""Coverage with its rules when the time ended: as it was printed then, and what was learnt later until the day."""

from collections import defaultdict
from typing import Any

from app.coverage.denominators import Source as Against
from app.coverage.of_factory.labels import CAUSES, OTHER_CAUSE
from app.coverage.queries import Measure, all_adjustments, measures
from app.coverage.requirements.queries.listed import course_titles
from app.coverage.requirements.spoken import sentence
from app.factories.models import Factory
from app.learning_record.evidence.source import About, Table
from app.platform.i18n import _, lazy, text

_AGAINST = {
    Against.ROSTER: lazy("the staff list"), Against.HEADCOUNT: lazy("the declared headcount"),
    Against.LINES: lazy("lines"), Against.EVENTS: lazy("events"),
}  # fmt: skip


def figures(about: About, factory: Factory) -> list[list[Any]]:
    """A row for each requirement."""
    titles = course_titles()
    return [
        [
            each.requirement.code, text(each.requirement.titles), sentence(each.requirement.rule, titles),
            each.requirement.rule.percent, *_figures(each), str(_AGAINST[each.denominator.source]),
            each.denominator.as_of.isoformat(),
            None if each.share is None else round(each.share, 4),
            {None: "", True: _("yes"), False: _("no")}[each.is_met],
        ]
        for each in measures(factory, about.period.until)
    ]  # fmt: skip


def adjustments(about: About, factory: Factory) -> list[list[Any]]:
    """A row for each requirement, day and cause: sums, nobody's name."""
    codes = {each.requirement.id: each.requirement.code for each in measures(factory, about.period.until)}
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for requirement_id, found in all_adjustments(factory, about.period.until, about.period.at).items():
        for each in found if requirement_id in codes else ():
            cause = str(CAUSES.get(each.cause, OTHER_CAUSE))
            key = codes[requirement_id], each.recorded_on.isoformat(), cause
            sums[key][0] += each.change.active
            sums[key][1] += each.change.covered
    return [[*key, *sums[key]] for key in sorted(sums) if any(sums[key])]


def _figures(measure: Measure) -> list[int]:
    whole = measure.whole
    if measure.denominator.source in {Against.LINES, Against.EVENTS}:
        return [whole.met, whole.units, 0, whole.waived]
    return [whole.covered, measure.denominator.people, whole.due_soon, whole.waived]


def tables(about: About, factory: Factory) -> list[Table]:
    """The figures with their rules, and the adjustments."""
    header = [
        _("Requirement"), _("Title"), _("What is asked"), _("Percent asked"), _("Covered"), _("Of"), _("Due soon"),
        _("Waived"), _("Counted against"), _("Known since"), _("Share"), _("Met"),
    ]  # fmt: skip
    later = [
        _("Requirement"), _("Learnt on"), _("What had happened"), _("Active people"), _("Covered people"),
    ]  # fmt: skip
    return [
        Table("coverage/coverage", _("Coverage and its rules"), header, figures(about, factory)),
        Table("coverage/adjustments", _("What was learnt of it later"), later, adjustments(about, factory)),
    ]
