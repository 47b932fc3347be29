"""What is taught to a cluster of factories over the years, who takes part, and what comes of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from app.completions.rules import Need, Validity, evidence, is_complete, valid_until
from app.demo.scale.lives import Life, Spell
from app.demo.scale.sizes import PARTICIPATIONS, YEARS, Country
from app.factories.rules import JobRole

_ROOM = 20
"""People in one run, as the courses ask for."""
_THERE, _PASSES = 0.95, 0.9
_RENEWAL = timedelta(days=60)
_LEADERS = frozenset({JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR})


@dataclass(frozen=True)
class Edition:
    """A course as it is taught."""

    course_id: int
    version_id: int
    code: str
    half_days: int
    meeting_unit: int
    test_unit: int | None
    needs: tuple[Need, ...]
    validity: Validity
    is_for_leaders: bool


@dataclass(frozen=True)
class Result:
    """One person in one run. `there` says for each half-day whether the person came."""

    life: Life
    factory: int
    spell: Spell
    there: tuple[bool, ...]
    test: Decimal | None
    period: int | None
    """Which period the completion opened; None where the course was not completed, or still held."""
    valid_until: datetime | None
    evidence: dict[str, list[str]]


@dataclass(frozen=True)
class Run:
    """One training session with its half-days and what became of everybody."""

    edition: Edition
    is_virtual: bool
    meetings: Sequence[datetime]
    """When each half-day begins, on the wall of the country."""
    results: Sequence[Result]


def runs(
    random: Random, country: Country, factories: Sequence[tuple[int, Sequence[Life]]], editions: Sequence[Edition],
    first: date,
) -> Iterator[Run]:
    """Runs in the order of time, with as many participations as the factories should have, all together."""
    whole = left = PARTICIPATIONS * len(factories)
    while left:
        offset = 30 + (YEARS * 365 - 45) * (whole - left) // whole
        edition = random.choices(editions, [3 if each.is_for_leaders else 1 for each in editions])[0]
        made = _run(random, country, factories, edition, first + timedelta(days=offset), min(_ROOM, left))
        if made.results:
            left -= len(made.results)
            yield made


def _run(
    random: Random, country: Country, factories: Sequence[tuple[int, Sequence[Life]]], edition: Edition, day: date,
    places: int,
) -> Run:
    is_virtual = day.year >= 2020 and random.random() < 0.4
    meetings = [
        datetime.combine(day + timedelta(days=7 * (each // 2)), time(8 + 5 * (each % 2)))
        for each in range(edition.half_days)
    ]
    people = _people(random, factories, edition, day, places)
    ended = meetings[-1].replace(tzinfo=ZoneInfo(country.zone)) + timedelta(hours=4)
    results = [_result(random, country, edition, ended, *each) for each in people]
    return Run(edition, is_virtual, meetings, results)


def _people(
    random: Random, factories: Sequence[tuple[int, Sequence[Life]]], edition: Edition, day: date, places: int
) -> list[tuple[int, Life, Spell]]:
    """Those first who do not hold the course on that day, in the order of chance."""
    there = [
        (_needs(life, edition, day), factory, life, spell)
        for factory, lives in factories
        for life in lives
        if (spell := life.spell_on(day)) is not None and (not edition.is_for_leaders or spell.role in _LEADERS)
    ]  # fmt: skip
    random.shuffle(there)
    there.sort(key=lambda row: not row[0])
    return [(factory, life, spell) for _first, factory, life, spell in there[:places]]


def _needs(life: Life, edition: Edition, day: date) -> bool:
    """Whether the person does not hold the course on the day, or it can be renewed."""
    held = life.valid_until.get(edition.course_id, date.min)
    return held is not None and held <= day + _RENEWAL


def _result(
    random: Random, country: Country, edition: Edition, ended: datetime, factory: int, life: Life, spell: Spell
) -> Result:
    there = tuple(random.random() < _THERE for _half_day in range(edition.half_days))
    test = Decimal(random.randrange(6, 11) if random.random() < _PASSES else random.randrange(2, 6)) / 10
    share = (Decimal(sum(there)) / edition.half_days).quantize(Decimal("0.000001"))
    reached = {edition.meeting_unit: share}
    if edition.test_unit is not None:
        reached[edition.test_unit] = test
    if not (_needs(life, edition, ended.date()) and is_complete(edition.needs, reached)):
        return Result(life, factory, spell, there, reached.get(edition.test_unit or 0), None, None, {})
    until = valid_until(edition.validity, ended, None, country.zone)
    life.valid_until[edition.course_id] = until.astimezone(ZoneInfo(country.zone)).date() if until else None
    period = life.periods[edition.course_id] = life.periods.get(edition.course_id, 0) + 1
    met = evidence(edition.needs, reached)
    return Result(life, factory, spell, there, reached.get(edition.test_unit or 0), period, until, met)
