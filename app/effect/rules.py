"""Line productivity before and after training: what is said, and when nothing may be concluded. Pure values.

Why so: docs/decisions/0034.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Key = tuple[str, str]
"""Factory and line, as they are compared."""


class FileState(StrEnum):
    """Where a file of weeks stands."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    UNDONE = "undone"


class Warn(StrEnum):
    """What a reader must know beside the figure."""

    BEFORE_AFTER = "before_after_misleading"
    PRE_TREND = "pre_trend"
    ATTRITION = "attrition"
    MISSING_WEEKS = "missing_weeks"
    BAD_ROWS = "bad_rows"


class Because(StrEnum):
    """Why no effect is claimed."""

    NO_WEEKS = "no_weeks"
    NOBODY_TRAINED = "nobody_trained"
    NO_COMPARISON = "no_comparison"
    TOO_FEW_LINES = "too_few_lines"
    TOO_FEW_WEEKS = "too_few_weeks"
    PRE_TREND = "pre_trend"
    ATTRITION = "attrition_tied_to_training"
    BAD_ROWS = "too_many_bad_rows"
    UNKNOWN_LINES = "trained_lines_unknown"
    UNCLEAR_LINES = "trainings_unclear"
    OUTLIERS = "outliers_decide"
    UNCERTAIN = "interval_includes_zero"
    UNSURE = "not_sure_enough"


FEWEST_LINES = 5
"""Trained lines, and lines to compare with: below, an interval of lines is not worth its name."""
FEWEST_WEEKS = 8
"""Weeks before the training: below, nobody can see whether the lines already went apart."""
FEWEST_AFTER = 4
MOST_BAD = 0.2
"""Where more of the rows than this are unusable, or of the lines unclear, what is left says little of the lines."""
FEW_UNCLEAR = 2
"""So many lines of which nobody knows whether they were trained are told row by row; more of them change the figure."""
STOPS_BEFORE = 4
"""A line without the last so many weeks of its factory has stopped."""
TIED_POINTS = 0.2
"""Trained lines and others stop alike when the shares differ by no more than this."""
PRE_TREND_P, LEADS_P = 0.02, 0.01
CLAIM_P = 0.01
"""An interval of 95 % misses zero for five of a hundred trainings without effect: too many to tell donors of."""
FAR = 0.025
"""A before/after figure this far from the estimate, and outside its interval, misleads."""


def week_number(day: date) -> int:
    """Weeks from Monday to Sunday, counted from one that never was."""
    return (day.toordinal() - 1) // 7


def monday_of(number: int) -> date:
    """The day on which a week begins."""
    return date.fromordinal(7 * number + 1)


@dataclass(frozen=True)
class Week:
    """A usable week of a line. `efficiency` is in per cent, computed from what was made, and above 0."""

    line: Key
    monday: date
    efficiency: float


@dataclass(frozen=True)
class Line:
    """A line and when its supervisor was trained: from the first half-day, where that is known, to the completion; None
    for never. `sex` is None where it is not known or both."""

    key: Key
    trained_on: date | None = None
    sex: str | None = None
    began_on: date | None = None

    @property
    def trained_from(self) -> date | None:
        """The first day of the training, as far as it is known."""
        return min(filter(None, (self.began_on, self.trained_on)), default=None)

    @property
    def factory(self) -> str:
        return self.key[0]


@dataclass(frozen=True)
class Interval:
    """An effect in per cent with its 95 % interval, of so many trained lines; without one where lines are too few."""

    pct: float
    low: float | None
    high: float | None
    lines: int
    weeks: int
    p: float | None = None
    """How likely chance alone makes a difference this large."""

    @property
    def is_sure(self) -> bool:
        """Sure enough to be said aloud: of a hundred trainings without any effect about one looks like this."""
        return self.p is not None and self.p < CLAIM_P

    @property
    def excludes_zero(self) -> bool:
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Period:
    """A point of the plot: weeks from `first` to `last` counted from the first trained one, which is 0."""

    first: int
    last: int
    effect: Interval


@dataclass(frozen=True)
class PreTrend:
    """How trained lines went away from the others before their training, and how likely chance does that."""

    per_week_pct: float
    t: float
    p: float
    leads_p: float | None

    @property
    def is_there(self) -> bool:
        """A slope, or a bump of several weeks, that chance seldom makes."""
        return self.p < PRE_TREND_P or (self.leads_p is not None and self.leads_p < LEADS_P)


@dataclass(frozen=True)
class Measured:
    """What the arithmetic found. `effect` is None where no week of a trained line has anything to compare it with."""

    effect: Interval | None = None
    by_sex: dict[str, Interval] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    pre_trend: PreTrend | None = None
    naive_pct: float | None = None
    without_outliers: Interval | None = None
    outliers: int = 0
    trained: int = 0
    compared: int = 0
    weeks_before: int = 0
    weeks_after: int = 0
    weeks: tuple[int, int] | None = None
    """The first and last week, by number, that the figure is made of: where lines were trained in turns, those in which
    the last of them was not trained yet."""


@dataclass(frozen=True)
class Seen:
    """What the data are like, counted before any arithmetic."""

    rows: int = 0
    bad_rows: int = 0
    lines: int = 0
    weeks_missing: int = 0
    stopped_trained: int = 0
    stopped_others: int = 0
    trained: int = 0
    trained_before: int = 0
    """Lines whose training lies before their first week: they have no before."""
    unknown: int = 0
    """Trainings of a line of which there are no weeks under that name: it may be one of those to compare with."""
    unclear: int = 0
    """Lines left out because nobody knows whether or when they were trained; not among `lines`."""

    @property
    def others(self) -> int:
        return self.lines - self.trained

    @property
    def is_attrition_tied(self) -> bool:
        """Whether trained lines stop so much more or less often that those which stay are others than before."""
        if not self.trained or not self.others or self.stopped_trained + self.stopped_others < 2:
            return False
        apart = abs(self.stopped_trained / self.trained - self.stopped_others / self.others)
        return apart > TIED_POINTS


@dataclass(frozen=True)
class Verdict:
    """What may be said."""

    warnings: tuple[Warn, ...]
    reasons: tuple[Because, ...]

    @property
    def claims_effect(self) -> bool:
        return not self.reasons


def judge(seen: Seen, found: Measured) -> Verdict:
    """Warnings in the order of the list, and every reason not to conclude."""
    return Verdict(tuple(_warnings(seen, found)), tuple(_reasons(seen, found)))


def is_misleading(found: Measured) -> bool:
    """Whether the plain before/after figure says something else than the comparison."""
    effect, naive = found.effect, found.naive_pct
    if effect is None or naive is None or effect.low is None or effect.high is None:
        return False
    return not effect.low <= naive <= effect.high and abs(naive - effect.pct) > 100 * FAR


def _warnings(seen: Seen, found: Measured) -> list[Warn]:
    said = {
        Warn.BEFORE_AFTER: is_misleading(found),
        Warn.PRE_TREND: found.pre_trend is not None and found.pre_trend.is_there,
        Warn.ATTRITION: seen.stopped_trained + seen.stopped_others > 0,
        Warn.MISSING_WEEKS: seen.weeks_missing > 0,
        Warn.BAD_ROWS: seen.bad_rows > 0 or seen.unclear > FEW_UNCLEAR,
    }
    return [warn for warn, holds in said.items() if holds]


def _reasons(seen: Seen, found: Measured) -> list[Because]:
    nothing, of_rows = _nothing(seen, found), _of_rows(seen)
    if nothing:
        also = [] if nothing is Because.NO_WEEKS else [reason for reason, holds in of_rows.items() if holds]
        return [nothing, *also]
    effect = found.effect
    assert effect is not None
    thin = found.weeks_before < FEWEST_WEEKS or found.weeks_after < FEWEST_AFTER
    decides = found.without_outliers is not None and effect.is_sure != found.without_outliers.is_sure
    said = {
        Because.TOO_FEW_LINES: min(found.trained, found.compared) < FEWEST_LINES or effect.low is None,
        Because.TOO_FEW_WEEKS: thin or (effect.low is not None and found.pre_trend is None),
        Because.PRE_TREND: found.pre_trend is not None and (
            found.pre_trend.is_there or (effect.excludes_zero and _goes_on(found, found.pre_trend, effect))),
        Because.ATTRITION: seen.is_attrition_tied,
        **of_rows,
        Because.OUTLIERS: decides,
        Because.UNCERTAIN: effect.low is not None and not effect.excludes_zero,
        Because.UNSURE: effect.excludes_zero and not effect.is_sure,
    }
    return [reason for reason, holds in said.items() if holds]


def _of_rows(seen: Seen) -> dict[Because, bool]:
    """What is wrong with what was sent, whether or not there is a figure."""
    return {
        Because.BAD_ROWS: seen.bad_rows > MOST_BAD * seen.rows,
        Because.UNKNOWN_LINES: seen.unknown > 0,
        Because.UNCLEAR_LINES: seen.unclear > max(FEW_UNCLEAR, MOST_BAD * (seen.lines + seen.unclear)),
    }


def _goes_on(found: Measured, trend: PreTrend, effect: Interval) -> bool:
    """Whether the trend before the training, if it only went on, makes half of the difference or more.

    A test of the trend misses many that are there; what they would do shows by itself.
    """
    would_be = trend.per_week_pct * (found.weeks_before + found.weeks_after) / 2
    return would_be * effect.pct > 0 and abs(would_be) >= abs(effect.pct) / 2


def _nothing(seen: Seen, found: Measured) -> Because | None:
    """Why there is no figure at all."""
    if seen.rows <= seen.bad_rows:
        return Because.NO_WEEKS
    if not seen.trained:
        return Because.NOBODY_TRAINED
    return Because.NO_COMPARISON if found.effect is None else None
