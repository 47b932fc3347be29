"""Who works at a factory over the years: places that somebody fills until leaving, then the next. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.demo.names import draw
from app.demo.scale.sizes import PEOPLE, YEARS, Country
from app.factories.rules import EndReason, JobRole, Sex

_ROLES = (
    (JobRole.SUPERVISOR, 0.62), (JobRole.INDIRECT_SUPERVISOR, 0.1), (JobRole.MANAGER, 0.08), (JobRole.MECHANIC, 0.06),
    (JobRole.QUALITY, 0.07), (JobRole.OFFICE, 0.07),
)  # fmt: skip
_PROMOTED, _MOVED = 0.25, 0.2
"""So many of those who lead began on the line before; so many changed their line once."""
LINES = 10
_DAYS = YEARS * 365


@dataclass(frozen=True)
class Spell:
    """One stretch of work. `ended_on` is the first day on which it no longer holds."""

    role: JobRole
    line: int | None
    started_on: date
    ended_on: date | None
    reason: EndReason | None

    def has(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass
class Life:
    """One person at one factory."""

    name: str
    local_name: str | None
    sex: Sex
    role: JobRole
    spells: list[Spell]
    valid_until: dict[int, date | None] = field(default_factory=dict)
    """Course -> until when the last completion holds; None goes on."""
    periods: dict[int, int] = field(default_factory=dict)
    id: int = 0

    def spell_on(self, day: date) -> Spell | None:
        """What the person does on a day; None before and after."""
        return next((each for each in self.spells if each.has(day)), None)


def lives(random: Random, country: Country, first: date) -> list[Life]:
    """The people of a factory, `PEOPLE` of them: so many at once that, with those who leave, they are exactly these."""
    at_once = max(8, round(PEOPLE / (1 + country.leaving * 12 * YEARS * 0.6)))
    leavers = sorted(random.sample(range(60, _DAYS - 10), PEOPLE - at_once))
    places: list[tuple[JobRole, date]] = [(_role(random), first) for _ in range(at_once)]
    found: list[Life] = []
    for offset in leavers:
        place = random.randrange(at_once)
        role, since = places[place]
        left = max(first + timedelta(days=offset), since + timedelta(days=30))
        found.append(_life(random, country, role, since, left))
        places[place] = role, left + timedelta(days=random.randrange(1, 45))
    return [*found, *(_life(random, country, role, since, None) for role, since in places)]


def _role(random: Random) -> JobRole:
    return random.choices([role for role, _ in _ROLES], [weight for _, weight in _ROLES])[0]


def _life(random: Random, country: Country, role: JobRole, since: date, left: date | None) -> Life:
    sex = Sex.F if random.random() < country.women else Sex.M
    name = draw(random, country.names, sex)
    local = name.local if name.local != name.latin else None
    return Life(name.latin, local, sex, role, list(_spells(random, role, since, left)))


def _spells(random: Random, role: JobRole, since: date, left: date | None) -> Iterator[Spell]:
    leads = role in {JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR}
    line = random.randrange(LINES) if leads or role is JobRole.QUALITY else None
    until, days = left, ((left or since + timedelta(days=_DAYS // 3)) - since).days
    start, last = since, EndReason.LEFT if left else None
    if days > 200 and leads and random.random() < _PROMOTED:
        change = since + timedelta(days=random.randrange(60, days - 60))
        below = JobRole.OPERATOR if role is JobRole.SUPERVISOR else JobRole.SUPERVISOR
        yield Spell(below, line, start, change, EndReason.MOVED_ROLE)
        start = change
    elif days > 200 and line is not None and random.random() < _MOVED:
        change = since + timedelta(days=random.randrange(60, days - 60))
        yield Spell(role, line, start, change, EndReason.MOVED_ROLE)
        start, line = change, (line + 1) % LINES
    yield Spell(role, line, start, until, last)
