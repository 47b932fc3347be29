"""The facts that indicators count, and by what they are told apart. Pure.

Every figure is a sum over facts: one row for each thing that is counted, with what it is told apart by as it was then.
A frozen period keeps these rows, so that its figures can be counted again and lead to the same people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.factories.rules import JobRole


class FactKind(StrEnum):
    """One kind of thing that is counted. What its numbers mean is said at each."""

    ATTENDED = "attended"
    """A person in a training session with a half-day attended in the period. number: half-days, one that is a whole day
    twice; amount: minutes."""
    STARTED = "started"
    """A person who attended a training session whose last half-day lies in the period. met: 1 where completed;
    more: 1 where certified."""
    GAIN = "gain"
    """A person with the test before and the test after such a session. before, after: shares."""
    RATED = "rated"
    """The evaluation of such a session. number: answers on the scale of five; met: the two best of them; more: people.
    """
    BEHAVIOUR = "behaviour"
    """A factory with enough people in the test before and in the one months after. before, after: mean shares;
    number: people after; met: people before."""
    COVERED = "covered"
    """A requirement in a factory, for one sex and role, at the end of the period. number: people; met: covered ones;
    more: those of the people whom the factory declared without names."""
    COMMITTEE = "committee"
    """A committee at the end of the period. number: members; met: trained ones; amount: women among these; more: 1
    where of both sides as many are trained as the programme asks for."""
    REACHED = "reached"
    """A factory with a participation in the period."""
    SEMINAR = "seminar"
    """A factory with a participation in an industry seminar in the period."""
    ROADMAP = "roadmap"
    """A factory with an open action of its roadmap at the end of the period."""
    PROMOTED = "promoted"
    """A woman who completed a course that leads to promotion in the period. met: 1 where she was promoted in time."""
    COST = "cost"
    """An amount that was paid for a session whose last half-day lies in the period. amount: in minor units."""
    CASCADE_B = "cascade_b"
    """People of one sex in a session that a certified ambassador held with a roster. number: heads."""
    CASCADE_C = "cascade_c"
    """People of one sex in a session that the factory counted. number: heads."""


OF_FACTORIES = (FactKind.REACHED, FactKind.SEMINAR)
"""Factories of whose people somebody attended: found where these are."""
LARGE = (FactKind.ATTENDED, FactKind.STARTED, FactKind.GAIN, *OF_FACTORIES)
"""Kinds of which there are as many as people, or that are found among these: they are counted in the database."""


class Split(StrEnum):
    """By what a figure is told apart."""

    SEX = "sex"
    PERSON_TYPE = "person_type"
    MODALITY = "modality"
    THEME = "theme"
    COURSE = "course"
    COUNTRY = "country"
    PROGRAMME = "programme"
    TIER = "tier"
    FUNDING = "funding"
    FACTORY = "factory"
    GROUP = "group"
    ROLE = "role"
    LANGUAGE = "language"
    RUN = "run"
    WOMEN = "women"
    PAYER = "payer"


IDS: dict[Split, str] = {
    Split.PROGRAMME: "programme_id", Split.COURSE: "version_id", Split.FACTORY: "factory_id", Split.GROUP: "group_id",
    Split.RUN: "training_id",
}  # fmt: skip
"""Splits by something that has a number: the column of a fact that holds it."""
NOT_SAID = ""
"""What stands where nobody said."""


SHARES = range(1, 101)
"""So many in 100 of each side of a committee a programme can ask for."""


class PersonType(StrEnum):
    """Kinds of people as donors ask for them (DOMAIN 5.4). Who belongs to a union is never kept (DOMAIN 5.3), and
    inspectors have no seat; they are named so that a report says so."""

    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    WORKER = "worker"
    WORKER_REP = "worker_rep"


TYPE_OF: dict[JobRole, PersonType] = {
    JobRole.HELPER: PersonType.WORKER,
    JobRole.OPERATOR: PersonType.WORKER,
    JobRole.QUALITY: PersonType.WORKER,
    JobRole.MECHANIC: PersonType.WORKER,
    JobRole.OFFICE: PersonType.WORKER,
    JobRole.SUPERVISOR: PersonType.SUPERVISOR,
    JobRole.INDIRECT_SUPERVISOR: PersonType.SUPERVISOR,
    JobRole.MANAGER: PersonType.MANAGER,
}
"""Whoever sits on a committee for the workers is a worker representative, whatever the role."""


class Way(StrEnum):
    """How somebody took part in a training session, over all half-days that she attended."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    BOTH = "both"


class WomenShare(StrEnum):
    """How many of the trained members of a committee are women."""

    NOBODY = "nobody"
    """No member is trained."""
    NONE = "none"
    UNDER_HALF = "under_half"
    HALF = "half"
    """Half of them, or more."""


SEVERAL = "several"
"""Funding of a training session that several kinds of payers paid for."""

PROMOTED_WITHIN_MONTHS = 12
PROMOTED_TO = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR, JobRole.MANAGER)
"""Roles that are a promotion for whoever was in a role below."""
LONGEST_HALF_DAY = timedelta(hours=5)
"""A half-day that is planned for longer is a whole day, entered as one."""
FEWEST_OF_FACTORY = 5
"""People of a factory in each of two tests, before it says how behaviour changed there."""


def below(role: JobRole) -> tuple[JobRole, ...]:
    """Roles from which this one is a promotion: those before it in the order from below."""
    ranks = list(JobRole)
    return tuple(ranks[: ranks.index(role)])


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is counted. See `FactKind` for what its numbers mean."""

    kind: FactKind
    programme_id: int
    factory_id: int | None = None
    training_id: int | None = None
    person_id: int | None = None
    subject_id: int | None = None
    """A requirement, committee, cost, completion or session of an ambassador; of a person who is in another
    installation her number there."""
    version_id: int | None = None
    sex: str = NOT_SAID
    person_type: str = NOT_SAID
    modality: str = NOT_SAID
    tier: str = NOT_SAID
    funding: str = NOT_SAID
    word: str = NOT_SAID
    """The currency of a cost."""
    number: int = 0
    met: int = 0
    more: int = 0
    amount: int = 0
    before: float = 0.0
    after: float = 0.0
    role: str = NOT_SAID
    """Of coverage: the role, of a committee the side."""
    language: str = NOT_SAID
    """Of a pair of tests: the language of the session."""
    payer: str = NOT_SAID
    """Of a cost: which donor, brand or factory."""
    group_id: int | None = None
    """Of coverage: the group that the factory belonged to."""


COLUMNS: tuple[str, ...] = tuple(Fact.__dataclass_fields__)
NUMBERS = ("number", "met", "more", "amount", "before", "after")


@dataclass(slots=True)
class Sums:
    """Facts of one kind added up."""

    rows: int = 0
    persons: int = 0
    """Different people: the sum of other such numbers only where nobody can be in two of them, as of both sexes."""
    number: int = 0
    met: int = 0
    more: int = 0
    amount: int = 0
    before: float = 0.0
    after: float = 0.0
    before_squares: float = 0.0
    apart_squares: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        """Both together. Only of sums in which nobody is counted twice."""
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def add(self, fact: Fact) -> None:
        self.rows += 1
        self.number += fact.number
        self.met += fact.met
        self.more += fact.more
        self.amount += fact.amount
        self.before += fact.before
        self.after += fact.after
        self.before_squares += fact.before**2
        self.apart_squares += (fact.after - fact.before) ** 2


@dataclass(frozen=True)
class Known:
    """What facts are told apart by that does not stand in them."""

    themes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Of course versions."""
    countries: Mapping[int, str] = field(default_factory=dict)
    """Of programmes."""


def values_of(fact: Any, split: Split, known: Known) -> Sequence[str]:
    """What a fact is told apart by: of themes it may have several, or none."""
    if split is Split.THEME:
        return known.themes.get(fact.version_id or 0, ())
    if split is Split.COUNTRY:
        return [known.countries.get(fact.programme_id, NOT_SAID)]
    return [_value_of(fact, split)]


def _value_of(fact: Any, split: Split) -> str:
    if split is Split.WOMEN:
        return women_share(fact).value
    if split in IDS:
        return str(getattr(fact, IDS[split]) or NOT_SAID)
    return str(getattr(fact, split.value) or NOT_SAID)


def women_share(fact: Any) -> WomenShare:
    """Of a committee: women among its trained members."""
    if not fact.met:
        return WomenShare.NOBODY
    if not fact.amount:
        return WomenShare.NONE
    return WomenShare.HALF if 2 * fact.amount >= fact.met else WomenShare.UNDER_HALF
