"""What splits and their values are called."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from app.courses.labels import THEMES
from app.courses.models import CourseVersion
from app.factories.labels import ROLES, SEXES
from app.factories.models import Factory, Group, Programme
from app.factories.rules import Sex, TermKind
from app.factories.structure.labels import SIDES, VALUES
from app.improvement.ambassadors.labels import KINDS as AMBASSADORS
from app.platform.db import db
from app.platform.i18n import _, lazy, text
from app.platform.i18n.formats import format_number, format_percent
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import country_name
from app.reports.definitions import DEFINITIONS
from app.reports.rules.facts import NOT_SAID, SEVERAL, PersonType, Split, Way, WomenShare
from app.reports.rules.figures import NESTED, Figure, Indicator, Shape
from app.sessions.costs.rules import major
from app.sessions.models import TrainingSession
from app.sessions.service.wording import PAYERS

SPLITS: dict[Split, Any] = {
    Split.SEX: lazy("Sex"),
    Split.PERSON_TYPE: lazy("Type of person"),
    Split.MODALITY: lazy("Modality"),
    Split.THEME: lazy("Theme"),
    Split.COURSE: lazy("Course"),
    Split.COUNTRY: lazy("Country"),
    Split.PROGRAMME: lazy("Programme"),
    Split.TIER: lazy("Support tier"),
    Split.FUNDING: lazy("Who paid"),
    Split.PAYER: lazy("Donor, brand or factory that paid"),
    Split.FACTORY: lazy("Factory"),
    Split.GROUP: lazy("Group"),
    Split.ROLE: lazy("Role"),
    Split.LANGUAGE: lazy("Language of the session"),
    Split.RUN: lazy("Session"),
    Split.WOMEN: lazy("Women among trained committee members"),
}


def splits_for(*, sees_people: bool) -> dict[Split, Any]:
    """What somebody can have reports told apart by."""
    return {each: label for each, label in SPLITS.items() if sees_people or each not in NESTED}


NO_PERIOD = lazy(
    "Choose a last day after the first one, at most five years later, in the years 2000 to 2099."
)
NO_SHARE = lazy("Write a number from 1 to 100.")
TYPES: dict[str, Any] = {
    PersonType.MANAGER: lazy("Managers"),
    PersonType.SUPERVISOR: lazy("Supervisors"),
    PersonType.WORKER: lazy("Workers"),
    PersonType.WORKER_REP: lazy("Worker representatives"),
}
WAYS: dict[str, Any] = {
    Way.IN_PERSON: lazy("In person"),
    Way.VIRTUAL: lazy("By link"),
    Way.BOTH: lazy("Some of both"),
}
WOMEN: dict[str, Any] = {
    WomenShare.NONE: lazy("No women"),
    WomenShare.UNDER_HALF: lazy("Fewer than half are women"),
    WomenShare.HALF: lazy("Half or more are women"),
    WomenShare.NOBODY: lazy("Nobody is trained"),
}
EARLIER = lazy("counted by an earlier definition")
OVERLAP = lazy("A session counts under each of its themes, so these amounts add up to more than was paid.")
MANY = 8
"""More values of a split than that are rows of a table, for they find no room beside each other."""
ALWAYS_ROWS = (Split.FACTORY, Split.GROUP, Split.RUN)
"""However few they are today."""
ROWS = 100
"""So many rows are on paper; the table for Excel has all."""
_FIXED: dict[Split, dict[str, Any]] = {
    Split.SEX: {sex.value: SEXES[sex] for sex in Sex},
    Split.PERSON_TYPE: TYPES,
    Split.MODALITY: WAYS,
    Split.THEME: THEMES,
    Split.TIER: {tier.value: label for tier, label in VALUES[TermKind.SUPPORT_TIER].items()},
    Split.FUNDING: {**{payer.value: label for payer, label in PAYERS.items()}, SEVERAL: lazy("Several payers")},
    Split.ROLE: {
        **{role.value: label for role, label in ROLES.items() if role},
        **{side.value: label for side, label in SIDES.items()},
        **{kind.value: label for kind, label in AMBASSADORS.items()},
    },
    Split.WOMEN: WOMEN,
    Split.LANGUAGE: {code: each.own_name for code, each in LANGUAGES.items()},
}
_NAMED: dict[Split, tuple[Any, Any]] = {
    Split.FACTORY: (Factory.id, Factory.name), Split.GROUP: (Group.id, Group.name),
    Split.RUN: (TrainingSession.id, TrainingSession.code),
}  # fmt: skip
"""What has a name of its own: its number and its name."""
SECTIONS: Sequence[tuple[Any, tuple[Indicator, ...]]] = (
    (
        lazy("Training"),
        (Indicator.PERSONS, Indicator.PARTICIPATIONS, Indicator.PERSON_DAYS, Indicator.HOURS),
    ),
    (
        lazy("What came of it"),
        (
            Indicator.COMPLETION, Indicator.CERTIFICATION, Indicator.GAIN, Indicator.SATISFACTION,
            Indicator.BEHAVIOUR, Indicator.PROMOTION,
        ),
    ),
    (
        lazy("Factories"),
        (
            Indicator.FACTORIES, Indicator.SEMINARS, Indicator.ROADMAPS, Indicator.COVERAGE, Indicator.COMMITTEES,
            Indicator.COMMITTEE_WOMEN,
        ),
    ),
    (lazy("Passed on by ambassadors"), (Indicator.CASCADE_B, Indicator.CASCADE_C)),
    (lazy("Costs"), (Indicator.COST_SHARE,)),
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """Names of the values of splits, of the programmes and courses that a report speaks of."""

    programmes: Mapping[str, str]
    courses: Mapping[str, str]
    ids: Mapping[Split, Collection[int]]
    """Factories, groups and sessions of which figures speak: their names are read when one is asked for."""

    @cached_property
    def _names(self) -> dict[Split, dict[str, str]]:
        return {}

    def _named(self, split: Split) -> dict[str, str]:
        """One statement, once."""
        if split not in self._names:
            number, name = _NAMED[split]
            rows = db.session.execute(sa.select(number, name).where(number.in_(self.ids.get(split, ()))))
            self._names[split] = {str(row[0]): row[1] for row in rows}
        return self._names[split]

    def value(self, split: str, value: str) -> str:
        """What a value is called; an empty one says that nobody said."""
        if not split:
            return str(_("All"))
        if value == NOT_SAID:
            return str(_("Not said"))
        if split == Split.COUNTRY:
            return country_name(value)
        if split == Split.PROGRAMME:
            return self.programmes.get(value, value)
        if split == Split.COURSE:
            return self.courses.get(value, value)
        if split in _NAMED:
            return self._named(Split(split)).get(value, value)
        if split == Split.PAYER:  # who has no name is called by what kind of payer it is
            return str(_FIXED[Split.FUNDING].get(value, value))
        return str(_FIXED[Split(split)].get(value, value))

    def order(self, split: Split, values: Sequence[str]) -> list[str]:
        """Values as people expect them: as they are listed, programmes and courses by name, what is not said last."""
        if split in _FIXED:
            listed = list(_FIXED[split])
            return sorted(values, key=lambda value: (value == NOT_SAID, listed.index(value) if value in listed else 0))
        return sorted(values, key=lambda value: (value == NOT_SAID, self.value(split, value).casefold()))


def words(figures: Sequence[Figure]) -> Words:
    """Two statements, and one for each kind of name that is asked for."""
    ids: dict[Split, set[int]] = {split: set() for split in _NAMED}
    for each in figures:
        if each.split in ids and each.value:
            ids[Split(each.split)].add(int(each.value))
    programmes = db.session.execute(sa.select(Programme.id, Programme.name))
    courses = db.session.execute(sa.select(CourseVersion.id, CourseVersion.titles, CourseVersion.number))
    return Words(
        {str(number): text(name) for number, name in programmes},
        {str(number): f"{text(titles)} ({edition})" for number, titles, edition in courses},
        ids,
    )


def told(figure: Figure) -> str:
    """A figure as people read it, without what it is measured against."""
    said, shape = figure.said, DEFINITIONS[figure.indicator].shape
    if shape is Shape.MONEY:
        return money(int(said.top), figure.word)
    if shape is Shape.SHARE:
        return format_percent(said.top / said.of) if said.of else "–"
    if shape is Shape.GAIN:
        return points(said.top) if said.of else "–"
    return format_number(round(said.top, 1))


def against(figure: Figure) -> str:
    """What it is measured against, in small words; empty where it stands alone."""
    said, shape = figure.said, DEFINITIONS[figure.indicator].shape
    if shape is Shape.MONEY:
        return format_percent(said.top / said.of) if figure.split and said.of else ""
    if not said.of:
        return ""
    if shape is Shape.SHARE:
        return str(_("%(met)s of %(of)s", met=format_number(said.top), of=format_number(said.of)))
    if said.low is not None and said.high is not None:
        return str(
            _(
                "n %(number)s, between %(low)s and %(high)s", number=format_number(said.of), low=points(said.low),
                high=points(said.high),
            )
        )  # fmt: skip
    return str(_("n %(number)s", number=format_number(said.of)))


def apart(adjustment: Any) -> str:
    """By how much a figure differs from what was told, with its sign."""
    then, since = adjustment.told, adjustment.now
    shape, difference = DEFINITIONS[adjustment.indicator].shape, adjustment.difference
    if shape is Shape.GAIN:
        return points(difference)
    if shape is Shape.SHARE:
        return points(((since.share if since else None) or 0.0) - ((then.share if then else None) or 0.0))
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    if shape is Shape.MONEY:
        return f"{sign}{money(abs(int(difference)), (then or since).word)}"
    return f"{sign}{format_number(abs(round(difference, 1)))}"


def points(share: float) -> str:
    """A difference of shares in points of 100, with its sign."""
    number = round(share * 100, 1)
    return f"+{format_number(number)}" if number > 0 else format_number(number)


def costs_by(split: str) -> str:
    """What a table of costs is called: who paid, or by what else they are told apart."""
    return _("Costs and who paid") if split == Split.FUNDING else _("Costs: %(by)s", by=SPLITS[Split(split)])


def money(amount: int, currency: str) -> str:
    """An amount of minor units with its currency."""
    found = major(amount, currency)
    number: Any = int(found) if found == found.to_integral_value() else found
    return f"{format_number(number)} {currency}"
