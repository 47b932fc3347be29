"""The rows of one factory: how it is served, its lines, what it declared, its people and their committees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from app.demo.scale.lives import LINES, Life, Spell, lives
from app.demo.scale.sizes import YEARS, Country
from app.demo.scale.store import Store
from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.models import (
    Committee,
    CommitteeMember,
    Employment,
    Factory,
    FactoryTerm,
    Line,
    Person,
    RosterImport,
)
from app.factories.roster.numbers import number_key
from app.factories.rules import (
    CommitteeKind,
    FactoryStatus,
    ImportState,
    JobRole,
    LineKind,
    Sex,
    Side,
    TermKind,
)
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.i18n.folding import searchable

_ON_A_LINE = 45
_CLOTH = (
    "Lotus", "Heron", "Willow", "Cedar", "Saffron", "Indigo", "River", "Thistle", "Kite", "Amber", "Plover", "Reed",
)  # fmt: skip
_WORK = ("Apparel", "Garments", "Knitwear", "Sewing", "Textile", "Fashion")
_SHARES = {
    JobRole.OPERATOR: 0.72, JobRole.HELPER: 0.14, JobRole.QUALITY: 0.06, JobRole.SUPERVISOR: 0.03,
    JobRole.INDIRECT_SUPERVISOR: 0.008, JobRole.MANAGER: 0.01,
}  # fmt: skip


@dataclass(frozen=True)
class Built:
    """A factory that was written."""

    id: int
    name: str
    people: Sequence[Life]
    lines: Sequence[int]


def build(
    store: Store, random: Random, country: Country, programme_id: int, number: int, group_id: int | None, today: date
) -> Built:
    """Write one factory with ten years of people."""
    first = today - timedelta(days=365 * YEARS)
    name = f"{_CLOTH[number % len(_CLOTH)]} {_WORK[number // len(_CLOTH) % len(_WORK)]} {number:03d}"
    factory_id = store.add(
        Factory, programme_id, f"{country.code}-{number:03d}", name, None, country.language,
        random.choice(country.provinces), group_id, FactoryStatus.ACTIVE.value,
    )  # fmt: skip
    lines = [store.add(Line, factory_id, f"{each + 1:02d}", LineKind.LINE.value) for each in range(LINES)]
    _terms(store, random, factory_id, first)
    _headcounts(store, random, country, factory_id, today)
    read_at = datetime.combine(today - timedelta(days=random.randrange(5, 320)), time(9), UTC)
    said = ImportState.APPLIED.value, "{}", '{"applied":{}}'
    store.add(RosterImport, factory_id, "staff-list.xlsx", "", *said, read_at, read_at)
    people = lives(random, country, first)
    for place, life in enumerate(people):
        _person(store, country, factory_id, lines, life, f"{place + 1:05d}")
    _committees(store, random, factory_id, people, today)
    return Built(factory_id, name, people, lines)


def _terms(store: Store, random: Random, factory_id: int, first: date) -> None:
    tiers, modes = list(SupportTier), list(EngagementMode)
    for kind, words in ((TermKind.SUPPORT_TIER, tiers), (TermKind.ENGAGEMENT_MODE, modes)):
        store.add(FactoryTerm, factory_id, kind.value, random.choices(words, (6, 3, 2))[0].value, first)
        since = first + timedelta(days=random.randrange(400, 3400))
        store.add(FactoryTerm, factory_id, kind.value, random.choice(words).value, since)


def _headcounts(store: Store, random: Random, country: Country, factory_id: int, today: date) -> None:
    """Twice a year; the last may be old."""
    size = LINES * _ON_A_LINE * random.uniform(0.8, 1.3)
    for half_years in range(2 * YEARS, 0 if random.random() < 0.85 else 1, -1):
        day = today - timedelta(days=182 * half_years - random.randrange(100, 180))
        received_at = datetime.combine(day + timedelta(days=3), time(9), UTC)
        snapshot = store.add(Headcount, factory_id, day, 1, "declared", False, LINES, received_at)
        for role, share in _SHARES.items():
            people = round(size * share * random.uniform(0.95, 1.05))
            women = round(people * country.women)
            store.add(HeadcountCount, snapshot, role.value, Sex.F.value, women)
            store.add(HeadcountCount, snapshot, role.value, Sex.M.value, people - women)


def _person(store: Store, country: Country, factory_id: int, lines: Sequence[int], life: Life, number: str) -> None:
    life.id = store.add(
        Person, life.name, life.local_name, life.sex.value, country.language, searchable(life.name, life.local_name)
    )
    for spell in life.spells:
        store.add(
            Employment, life.id, factory_id, number, number_key(number), spell.role.value,
            None if spell.line is None else lines[spell.line], spell.started_on, spell.ended_on,
            spell.reason.value if spell.reason else None,
        )  # fmt: skip


def _committees(store: Store, random: Random, factory_id: int, people: Sequence[Life], today: date) -> None:
    """Both committees for two years, each of people who are there now."""
    since = today - timedelta(days=random.randrange(90, 730))
    there = [life for life in people if (spell := life.spell_on(today)) and spell.started_on <= since]
    for kind in CommitteeKind:
        committee = store.add(Committee, factory_id, kind.value, since)
        for place, life in enumerate(random.sample(there, min(6, len(there)))):
            side = Side.MANAGEMENT if place % 2 else Side.WORKER
            store.add(CommitteeMember, committee, life.id, side.value, since)


def line_name(spell: Spell) -> str | None:
    """The line of a spell as facts name it."""
    return None if spell.line is None else f"{spell.line + 1:02d}"
