"""Adding up programmes for partners: all together, by sex and by programme. Factories are counted, never named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import sqlalchemy as sa

from app.coverage.queries import after_findings, required
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.reports.facts import large, standing
from app.reports.facts.asked import Asked
from app.reports.rules.facts import FactKind, Split
from app.reports.rules.period import Span
from app.reports.sharing.partners import guard, rules
from app.reports.sharing.partners.guard import Open
from app.reports.sharing.partners.rules import ALL, Cell, Line, Number, Place, Settled, Sum
from app.reports.sharing.rules import quarters_of

Key = tuple[Line, str, str]
"""Line, split and value; both empty for all together."""
_KINDS: Mapping[Line, FactKind] = {
    Line.FACTORIES: FactKind.ATTENDED, Line.PERSONS: FactKind.ATTENDED, Line.PARTICIPATIONS: FactKind.ATTENDED,
    Line.CERTIFICATION: FactKind.STARTED,
}
Sums = dict[Place, Sum]


@dataclass(frozen=True)
class Required:
    """A requirement, of which programme, and how many are covered."""

    titles: Mapping[str, str]
    programme: str
    cell: Cell


@dataclass(frozen=True)
class Counted:
    """Cells of the page."""

    cells: Mapping[Key, Cell]
    requirements: Sequence[Required]
    unsaid: int
    """Of so many requirements more there are too few factories to say anything."""

    def values(self, split: Split) -> list[str]:
        """Values of a split that some line has."""
        return sorted({value for _line, own, value in self.cells if own == split})


def counted(programme_ids: Sequence[int], span: Span) -> Counted:
    """By what is known now. A fixed number of statements, a few a quarter and one a programme. The caller has checked
    the programmes.
    """
    asked, is_apart = Asked(tuple(programme_ids), span, now()), len(programme_ids) > 1
    spans, factories = quarters_of(span), _factories(programme_ids)
    quarters = [_sums(Asked(asked.programme_ids, each, asked.now), factories) for each in spans]
    whole = _sums(asked, factories) if len(spans) > 1 else quarters[0]
    settled = {
        line: rules.longer(line, [_settled(line, each[kind], is_apart) for each in quarters], whole[kind])
        for line, kind in _KINDS.items()
    }
    sums, by_requirement = _covered(asked)
    asks = [each for each in required(programme_ids, span.last) if each.id in by_requirement]
    told = {each.id: _alone(by_requirement[each.id]) for each in asks}
    opens = {
        str(programme): guard.together([told[each.id].open for each in asks if each.programme_id == programme])
        for programme in programme_ids
    }
    settled[Line.COVERAGE] = _settled(Line.COVERAGE, sums, is_apart, opens)
    cells: dict[Key, Cell] = {}
    for line, found in settled.items():
        of = whole[_KINDS[line]] if line in _KINDS else sums
        for place, each in found.items():
            people = of[place].persons if line.is_share else settled[Line.PERSONS][place].bound
            cells[(line, *place)] = rules.cell(line, of[place], each, people)
    requirements = [
        Required(each.titles, str(each.programme_id), rules.cell(Line.COVERAGE, of, told[each.id], of.persons))
        for each in asks if told[each.id].why is None for of in (by_requirement[each.id],)
    ]  # fmt: skip
    return Counted(cells, requirements, len(asks) - len(requirements))


def _alone(of: Sum) -> Settled:
    return rules.settled(Line.COVERAGE, of, rules.open_of(Line.COVERAGE, of))


def _settled(
    line: Line, sums: Sums, is_apart: bool, opens: Mapping[str, Open] | None = None
) -> dict[Place, Settled]:
    """What may be told of each place. Of programmes whose parts are told, too, `opens` says what is still open."""
    programmes = {
        value: (of, opens[value] if opens else rules.open_of(line, of))
        for (split, value), of in sums.items() if split == Split.PROGRAMME
    }  # fmt: skip
    sexes = {value: of for (split, value), of in sums.items() if split == Split.SEX and line is not Line.FACTORIES}
    return rules.on(line, sums[ALL], programmes, sexes, is_apart=is_apart)


def _factories(programme_ids: Sequence[int]) -> Sequence[tuple[int, int]]:
    of = sa.select(Factory.id, Factory.programme_id).where(Factory.programme_id.in_(programme_ids))
    return [(row.id, row.programme_id) for row in db.session.execute(of)]


def _sums(asked: Asked, factories: Sequence[tuple[int, int]]) -> dict[FactKind, Sums]:
    """What happened in a period, also where nothing did: of that a link says as little as of one person. Nobody has two
    sexes: all are the sum of them. One statement and that of the zones.
    """
    columns = large.live(asked, ()).cte("facts").c
    nothing, parts = sa.cast(sa.null(), sa.Integer), []
    for by in ((), (columns.programme_id,), (columns.programme_id, columns.factory_id)):
        programme, factory = (*by, nothing, nothing)[:2]
        parts.append(
            sa.select(
                sa.literal(len(by)), columns.kind, columns.sex, programme, factory, sa.func.sum(columns.more),
                sa.func.count(), sa.func.count(columns.person_id.distinct()),
            )
            .where(columns.kind.in_(set(_KINDS.values())))
            .group_by(columns.kind, columns.sex, *by)
        )  # fmt: skip
    found: dict[FactKind, Sums] = defaultdict(lambda: defaultdict(Sum))
    for kind, (factory, programme) in product(set(_KINDS.values()), factories):
        for place in (ALL, (Split.PROGRAMME, str(programme))):
            found[kind][place].add_of(factory, Number())
    for depth, kind, sex, programme, factory, *numbers in db.session.execute(sa.union_all(*parts)):
        sums, number = found[FactKind(kind)], Number(*map(int, numbers))
        own, hers = (Split.PROGRAMME, str(programme)), (Split.SEX, str(sex))
        if depth < len(parts) - 1:
            for place in (own,) if depth else (ALL, hers):
                sums[place].add(number)
        else:
            for place in (ALL, own, hers):
                sums[place].add_of(factory, number)
    return found


def _covered(asked: Asked) -> tuple[Sums, dict[int, Sum]]:
    """Who is covered, by place and by requirement. None that tells of findings."""
    by_requirement: dict[int, Sum] = defaultdict(Sum)
    sums: Sums = defaultdict(Sum)
    secret = frozenset[int]().union(*(after_findings(each) for each in asked.programme_ids))
    for fact in standing.covered(asked, [Split.FACTORY]):
        if fact.factory_id is None or fact.subject_id is None or fact.subject_id in secret:
            continue
        number = Number(fact.met, fact.number, fact.number)
        places = ALL, (Split.SEX, fact.sex), (Split.PROGRAMME, str(fact.programme_id))
        for each in (by_requirement[fact.subject_id], *(sums[place] for place in places)):
            each.add(number)
            each.add_of(fact.factory_id, number)
    return sums, by_requirement
