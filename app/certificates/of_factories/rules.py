"""When a factory earns a certificate, keeps it and loses it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.access.small_numbers import FEWEST, Hidden, guarded
from app.coverage.rules import Figure
from app.factories.rules import JobRole, Sex

EACH_SEX = (Sex.F, Sex.M)
RENEWED_BEFORE = timedelta(days=7)
"""So long before its end a certificate whose rule is met is replaced by the next."""
NEAR = 10
"""A factory is near where fewer than one in so many people is missing - or one person."""


class State(StrEnum):
    """What the certificate of a factory is worth."""

    VALID = "valid"
    AT_RISK = "at_risk"
    """It holds, its rule is no longer met, and the day is set on which it ends."""
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DOWNGRADED = "downgraded"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Step(StrEnum):
    """What a check leads to."""

    NONE = "none"
    ISSUE = "issue"
    WARN = "warn"
    RECOVER = "recover"
    DOWNGRADE = "downgrade"


@dataclass(frozen=True)
class Condition:
    """So many of the people in these roles hold a valid certificate of the course."""

    course_id: int
    roles: tuple[JobRole, ...]
    share: int
    """Per cent, 1 to 100."""
    least: int = FEWEST
    """At least so many people hold it; never fewer than may be told apart."""
    each_sex: bool = False
    """Women reach the share, and men do."""


@dataclass(frozen=True)
class Count:
    """People in the roles, and those of them who are covered. A person with two jobs in two roles counts in both."""

    covered: int
    active: int

    def reaches(self, share: int) -> bool:
        """Whether so many per cent are covered; where nobody is active, nothing is reached."""
        return self.active > 0 and 100 * self.covered >= share * self.active

    def missing(self, share: int) -> int:
        """How many people more must be covered to reach the share."""
        return max(0, -(-share * self.active // 100) - self.covered)


@dataclass(frozen=True)
class Weighed:
    """A condition with what was counted."""

    condition: Condition
    everybody: Count
    by_sex: tuple[tuple[Sex, Count], ...] = ()
    """Women and men of whom somebody is active, where the condition speaks of each."""

    @property
    def is_met(self) -> bool:
        """Whether the condition holds. A sex of which nobody is there asks for nothing."""
        return (
            self.everybody.reaches(self.condition.share)
            and self.everybody.covered >= self.condition.least
            and all(count.reaches(self.condition.share) for _sex, count in self.by_sex)
        )

    @property
    def missing(self) -> int:
        """How many people, at least, must still be covered."""
        share = self.condition.share
        of_sexes = sum(count.missing(share) for _sex, count in self.by_sex)
        return max(self.everybody.missing(share), self.condition.least - self.everybody.covered, of_sexes, 0)

    @property
    def is_near(self) -> bool:
        """Met, or short by one person or by less than one in `NEAR`."""
        return self.everybody.active > 0 and self.missing <= max(1, self.everybody.active // NEAR)


@dataclass(frozen=True)
class Current:
    """The certificate in force of a factory, as a check sees it."""

    valid_until: datetime
    is_of_this_version: bool
    downgrade_on: date | None = None
    """The day on which it ends unless the rule is met again."""
    is_under_review: bool = False
    """Until somebody decides, nothing takes its place."""


@dataclass(frozen=True)
class Standing:
    """What happened to the certificate of a factory since it was issued."""

    valid_until: datetime
    downgrade_on: date | None = None
    suspended_at: datetime | None = None
    replaced_at: datetime | None = None
    downgraded_at: datetime | None = None
    revoked_at: datetime | None = None


def weigh(condition: Condition, figures: Iterable[Figure]) -> Weighed:
    """What the figures of a factory - of the course, by role and sex - say about a condition."""
    own = [figure for figure in figures if figure.role in condition.roles]
    sexes = [(sex, _count(each for each in own if each.sex == sex)) for sex in EACH_SEX] if condition.each_sex else []
    return Weighed(condition, _count(own), tuple((sex, count) for sex, count in sexes if count.active))


def _count(figures: Iterable[Figure]) -> Count:
    rows = list(figures)
    return Count(sum(row.covered for row in rows), sum(row.active for row in rows))


def is_met(weighed: Sequence[Weighed]) -> bool:
    """Whether every condition of a rule is met; a rule without conditions never is."""
    return bool(weighed) and all(each.is_met for each in weighed)


def is_near(weighed: Sequence[Weighed]) -> bool:
    """Whether a rule is not met, but every condition is or nearly is."""
    return not is_met(weighed) and bool(weighed) and all(each.is_met or each.is_near for each in weighed)


def step(*, met: bool, current: Current | None, at: datetime, today: date, grace: int, may_issue: bool) -> Step:
    """What follows from a check.

    `may_issue`: the rule is still used, the factory takes part, and no certificate of it was revoked by hand. `grace`
    is in days.
    """
    if current is None:
        return Step.ISSUE if met and may_issue else Step.NONE
    if met:
        is_due = current.valid_until - at <= RENEWED_BEFORE or not current.is_of_this_version
        if may_issue and is_due and not current.is_under_review:
            return Step.ISSUE
        return Step.RECOVER if current.downgrade_on else Step.NONE
    if at >= current.valid_until:
        return Step.NONE
    if current.downgrade_on is None:
        return Step.WARN if grace > 0 else Step.DOWNGRADE
    return Step.DOWNGRADE if today >= current.downgrade_on else Step.NONE


def state(standing: Standing, at: datetime) -> State:
    """What the certificate is worth at a moment. What lasts for ever says more than what may end."""
    if standing.revoked_at is not None:
        return State.REVOKED
    if standing.replaced_at is not None:
        return State.REPLACED
    if standing.downgraded_at is not None:
        return State.DOWNGRADED
    if at >= standing.valid_until:
        return State.EXPIRED
    if standing.suspended_at is not None:
        return State.SUSPENDED
    return State.AT_RISK if standing.downgrade_on is not None else State.VALID


def told_by_sex(weighed: Weighed, others: Count = Count(0, 0)) -> bool:
    """Whether the numbers of women and men may be printed: nothing in them, nor what can be reckoned from them and the
    total, is about fewer than `FEWEST` people. `others` are those of the total who are neither.
    """
    counts = [count for _sex, count in weighed.by_sex] + [others]
    cells = [cell for count in counts for cell in (count.covered, count.active - count.covered) if cell]
    return bool(weighed.by_sex) and not any(isinstance(part, Hidden) for part in guarded(cells).parts)


def others(weighed: Weighed) -> Count:
    """Those of the total who are neither women nor men, or did not say."""
    return Count(
        weighed.everybody.covered - sum(count.covered for _sex, count in weighed.by_sex),
        weighed.everybody.active - sum(count.active for _sex, count in weighed.by_sex),
    )


def number(programme: str, year: int, row: int) -> str:
    """The number that people quote: as those of persons, with a mark that it is a factory's."""
    return f"{programme}-F-{year}-{row:05d}"


def stored(condition: Condition) -> dict[str, Any]:
    """A condition as it is kept."""
    return {
        "course_id": condition.course_id, "roles": [role.value for role in condition.roles], "share": condition.share,
        "least": condition.least, "each_sex": condition.each_sex,
    }  # fmt: skip


def condition(kept: Mapping[str, Any]) -> Condition:
    """A kept condition."""
    return Condition(**{**kept, "roles": tuple(JobRole(role) for role in kept["roles"])})


def stored_weighed(weighed: Weighed) -> dict[str, Any]:
    """A weighed condition as it is kept."""
    counts = {sex.value: [count.covered, count.active] for sex, count in weighed.by_sex}
    everybody = [weighed.everybody.covered, weighed.everybody.active]
    return {**stored(weighed.condition), "everybody": everybody, "by_sex": counts}


def weighed(kept: Mapping[str, Any]) -> Weighed:
    """A kept weighed condition."""
    plain = {name: value for name, value in kept.items() if name not in {"everybody", "by_sex"}}
    by_sex = tuple((Sex(sex), Count(*count)) for sex, count in kept["by_sex"].items())
    return Weighed(condition(plain), Count(*kept["everybody"]), by_sex)
