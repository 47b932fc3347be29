"""Every indicator in one place: what it counts, and the sentence that says so to people (DOMAIN 5.4).

A definition is never changed quietly: a figure that was told once must mean the same later. Whoever needs another one
adds an indicator; whoever changes what one means raises its number, so that a frozen figure says that it was counted by
an earlier definition.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_number
from app.reports.rules.facts import LARGE, FactKind, Split, Sums
from app.reports.rules.figures import Figure, Indicator, Key, Said, Shape, changed, count, gained, share

_PEOPLE = (
    Split.SEX, Split.PERSON_TYPE, Split.MODALITY, Split.THEME, Split.COURSE, Split.COUNTRY,
    Split.PROGRAMME, Split.TIER, Split.FUNDING,
)  # fmt: skip
_FACTORIES = (Split.COUNTRY, Split.PROGRAMME, Split.TIER)
_SESSIONS = (Split.THEME, Split.COURSE, Split.COUNTRY, Split.PROGRAMME, Split.FUNDING)
_BY_THEME = lazy("By theme a session counts under each of its themes.")


@dataclass(frozen=True)
class Definition:
    """An indicator: the facts that it counts, how, by what it can be told apart, and its words."""

    kind: FactKind
    shape: Shape
    counts: Callable[[Sums], Said]
    splits: tuple[Split, ...]
    title: Any
    text: Any
    people: str | None = None
    """The sum that says of how many people it speaks."""
    number: int = 1
    """How many meanings it has had; what was frozen before such numbers were kept had the first."""


DEFINITIONS: Mapping[Indicator, Definition] = {
    Indicator.PERSONS: Definition(
        FactKind.ATTENDED, Shape.COUNT, partial(count, name="persons"), _PEOPLE, lazy("Persons trained"),
        lazy(
            "Different people with at least one attended half-day in the period. Present and late count as attended,"
            " partly there does not. Somebody who comes to three sessions is one person. Numbers of persons are never"
            " added: who is in two rows is one in the total."
        ), "persons",
    ),
    Indicator.PARTICIPATIONS: Definition(
        FactKind.ATTENDED, Shape.COUNT, partial(count, name="rows"), _PEOPLE, lazy("Participations"),
        lazy(
            "A person in a training session with at least one attended half-day in the period. Somebody who comes to"
            " three sessions is three participations."
        ), "persons",
    ),
    Indicator.PERSON_DAYS: Definition(
        FactKind.ATTENDED, Shape.NUMBER, lambda sums: Said(sums.number / 2), _PEOPLE, lazy("Person-days"),
        lazy(
            "Attended half-days in the period: each is half a day, and one that is planned for more than five hours"
            " is a whole day."
        ), "persons", number=2,
    ),
    Indicator.HOURS: Definition(
        FactKind.ATTENDED, Shape.NUMBER, lambda sums: Said(sums.amount / 60), _PEOPLE, lazy("Person-hours"),
        lazy("Attended half-days in the period, each with its planned length."), "persons",
    ),
    Indicator.COMPLETION: Definition(
        FactKind.STARTED, Shape.SHARE, partial(share, top="met", of="rows"), (*_PEOPLE, Split.FACTORY),
        lazy("Completed"),
        lazy(
            "Of the participations in sessions whose last half-day lies in the period: those whose person met the rule"
            " of the course, in this session or with a completion that was still valid when it ended."
        ), "persons",
    ),
    Indicator.CERTIFICATION: Definition(
        FactKind.STARTED, Shape.SHARE, partial(share, top="more", of="rows"), (*_PEOPLE, Split.FACTORY),
        lazy("Certified"),
        lazy(
            "Of the same participations: those whose person holds a certificate for it that was neither revoked nor"
            " replaced."
        ), "persons",
    ),
    Indicator.GAIN: Definition(
        FactKind.GAIN, Shape.GAIN, gained, (*_PEOPLE, Split.LANGUAGE), lazy("Knowledge gained"),
        lazy(
            "Mean difference between the test after and the test before, in points of 100, of people who took both in"
            " the same session: the first graded attempt of each. People with one test alone are left out. n is the"
            " number of pairs."
        ), "persons", number=2,
    ),
    Indicator.SATISFACTION: Definition(
        FactKind.RATED, Shape.SHARE, partial(share, top="met", of="number"), (*_SESSIONS, Split.RUN),
        lazy("Satisfied"),
        lazy(
            "Of all answers on the scale of five in the evaluations of sessions whose last half-day lies in the period:"
            " the two best. Sessions with fewer than five evaluations are left out. n is the number of answers."
        ), "more",
    ),
    Indicator.BEHAVIOUR: Definition(
        FactKind.BEHAVIOUR, Shape.GAIN, changed, (Split.COURSE, *_FACTORIES), lazy("Behaviour months after"),
        lazy(
            "For each factory with at least five people in both: the mean share in the questions months after the"
            " training, answered in the period, less the mean share of the same course before it. The figure is the"
            " mean over factories, in points of 100. n is the number of factories."
        ), number=2,
    ),
    Indicator.COVERAGE: Definition(
        FactKind.COVERED, Shape.SHARE, partial(share, top="met", of="number"),
        (Split.SEX, Split.ROLE, *_FACTORIES, Split.GROUP), lazy("Covered"),
        lazy(
            "Of the places that requirements ask for on the last day of the period - a person at work under a"
            " requirement - those that are covered by a valid completion, as printed when that day ended. People are"
            " those of the staff list. Where a factory has none, and where a requirement asks for a share of the"
            " headcount, they are as many as the factory declared last; whoever is known as a number alone is not"
            " covered. A person under two requirements is two places."
        ), "number", number=2,
    ),
    Indicator.COMMITTEES: Definition(
        FactKind.COMMITTEE, Shape.SHARE, partial(share, top="more", of="rows"), (*_FACTORIES, Split.WOMEN),
        lazy("Committees trained"),
        lazy(
            "Of the committees on the last day of the period: those of which enough members of each side hold a valid"
            " completion of a course for committees: at least so many in 100, as the programme says."
        ), number=2,
    ),
    Indicator.COMMITTEE_WOMEN: Definition(
        FactKind.COMMITTEE, Shape.SHARE, partial(share, top="amount", of="met"), _FACTORIES,
        lazy("Women among trained committee members"),
        lazy("Of the members who hold such a completion on the last day of the period: the women."), "met", number=2,
    ),
    Indicator.FACTORIES: Definition(
        FactKind.REACHED, Shape.COUNT, partial(count, name="rows"), _FACTORIES, lazy("Factories reached"),
        lazy("Factories with at least one participation in the period."),
    ),
    Indicator.SEMINARS: Definition(
        FactKind.SEMINAR, Shape.COUNT, partial(count, name="rows"), _FACTORIES, lazy("Factories at a seminar"),
        lazy("Factories with at least one participation in an industry seminar in the period."),
    ),
    Indicator.ROADMAPS: Definition(
        FactKind.ROADMAP, Shape.COUNT, partial(count, name="rows"), _FACTORIES, lazy("Factories with a roadmap"),
        lazy(
            "Factories with an action of their roadmap that was begun, and neither closed nor dropped, on the last day"
            " of the period."
        ),
    ),
    Indicator.PROMOTION: Definition(
        FactKind.PROMOTED, Shape.SHARE, partial(share, top="met", of="rows"),
        (Split.COURSE, *_FACTORIES, Split.FACTORY), lazy("Women promoted"),
        lazy(
            "Of the women who completed, in the period, a course that the programme says leads to promotion: those who"
            " within twelve months became supervisor, indirect supervisor or manager from a role below. While the"
            " twelve months last, the figure can still grow."
        ), "rows",
    ),
    Indicator.COST_SHARE: Definition(
        FactKind.COST, Shape.MONEY, partial(share, top="amount", of="amount"), (Split.FUNDING, Split.PAYER,
        Split.THEME, Split.COURSE, Split.COUNTRY, Split.PROGRAMME), lazy("Costs entered"),
        lazy(
            "What was entered as paid for sessions whose last half-day lies in the period, each currency by itself, and"
            " which part of it each kind of payer paid. A project is told by the name of who paid for it. Amounts of"
            " themes add up to more than was paid."
        ),
    ),
    Indicator.CASCADE_B: Definition(
        FactKind.CASCADE_B, Shape.COUNT, partial(count, name="number"), (Split.SEX, *_FACTORIES),
        lazy("Passed on, level B"),
        lazy(
            "People in sessions that a certified ambassador held in the period with a roster. Heads, not different"
            " people; never added to the training above."
        ), "number",
    ),
    Indicator.CASCADE_C: Definition(
        FactKind.CASCADE_C, Shape.COUNT, partial(count, name="number"), (Split.SEX, *_FACTORIES),
        lazy("Passed on, level C"),
        lazy(
            "People in sessions that the factory counted without names, or that nobody certified held. Never added to"
            " level B."
        ), "number",
    ),
}  # fmt: skip


def means(indicator: Indicator, shares: Collection[int], *, is_earlier: bool = False) -> str:
    """What it counts, as a report that tells it apart says it. `shares` are those of the programmes that make a
    committee a trained one; none where it is not known.
    """
    definition = DEFINITIONS[indicator]
    said = [definition.text]
    if Split.THEME in definition.splits:
        said.append(_BY_THEME)
    if indicator is Indicator.COMMITTEES:
        said.append(_share_of_committees(shares))
    if is_earlier:
        said.append(_("The figure was counted by an earlier definition."))
    return " ".join(map(str, said))


def _share_of_committees(shares: Collection[int]) -> str:
    if not shares:
        return _("How many these were then is not known.")
    if len(shares) > 1:
        return _("How many these are differs by programme.")
    [share] = shares
    return _("Here these are %(share)s in 100.", share=format_number(share))


def numbers() -> dict[str, int]:
    """Indicator -> number of its definition, as a frozen period keeps them."""
    return {indicator.value: definition.number for indicator, definition in DEFINITIONS.items()}


def earlier(kept: Mapping[str, int], then: Mapping[str, int], now: Mapping[str, int]) -> frozenset[Indicator]:
    """Indicators that meant something else when these numbers were kept. `then` and `now` are the shares of committees
    by programme.
    """
    found = {each for each, definition in DEFINITIONS.items() if kept.get(each.value, 1) != definition.number}
    if any(now.get(programme, share) != share for programme, share in then.items()):
        found.add(Indicator.COMMITTEES)
    return frozenset(found)


def kinds_of(split: Split) -> tuple[str, ...]:
    """Kinds of facts about people that are told apart by this: those that some indicator needs."""
    told = {each.kind for each in DEFINITIONS.values() if split in each.splits}
    return tuple(kind.value for kind in LARGE if kind in told)


def needed(splits: Collection[Split]) -> dict[FactKind, list[Split]]:
    """Each kind of fact with those of the splits that some indicator needs it told apart by; costs always by who paid:
    a table of its own on every page.
    """
    told: dict[FactKind, list[Split]] = {kind: [] for kind in FactKind}
    for split in dict.fromkeys((*splits, Split.FUNDING)):
        for kind in {each.kind for each in DEFINITIONS.values() if split in each.splits}:
            if split in splits or kind is FactKind.COST:
                told[kind].append(split)
    return told


def figures(sums: Mapping[Key, Sums]) -> list[Figure]:
    """Every figure that these sums say, in the order of the indicators; everybody together always, money where there
    is any.
    """
    found = []
    for indicator, definition in DEFINITIONS.items():
        own = {key: each for key, each in sums.items() if key[0] is definition.kind}
        if definition.shape is not Shape.MONEY:
            own.setdefault((definition.kind, "", "", ""), Sums())
        found += [
            _figure(indicator, definition, key, own)
            for key in sorted(own, key=lambda key: (key[3], key[1], key[2]))
            if not key[1] or Split(key[1]) in definition.splits
        ]
    return found


def _figure(indicator: Indicator, definition: Definition, key: Key, sums: Mapping[Key, Sums]) -> Figure:
    kind, split, value, word = key
    said = definition.counts(sums[key])
    if definition.shape is Shape.MONEY and split:
        said = Said(said.top, sums[kind, "", "", word].amount)
    people = getattr(sums[key], definition.people) if definition.people else None
    return Figure(indicator, split, value, word, said, people)
