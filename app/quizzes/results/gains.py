"""Gain by training session and programme, with nothing that tells of single people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from app.courses.models import Unit
from app.quizzes.queries import policy_of
from app.quizzes.results.queries import Pair, Picked, gains
from app.quizzes.results.rules import Change, Gain, Pairs, change, gain, shown_groups


@dataclass(frozen=True, slots=True)
class GainRow:
    """Some matched people; `gain` is None where they are too few to say, or would let a smaller group be found."""

    name: str
    key: int
    n: int
    gain: Gain | None


@dataclass(frozen=True, slots=True)
class GainView:
    """Between two tests: all matched people, then by programme, then by training session."""

    n: int
    whole: Gain | None
    change: Change | None
    programmes: Sequence[GainRow]
    trainings: Sequence[GainRow]
    has_forms: bool
    """Whether the two tests are parallel forms of each other."""


def gain_view(within: Picked, before: Unit, after: Unit, programmes: Mapping[int, str]) -> GainView:
    """The gain between two quizzes of a version. Three statements."""
    pairs = gains(within, before.id, after.id)
    whole = gain(_total(pairs))
    return GainView(
        n=_total(pairs).n,
        whole=whole,
        change=change(whole) if whole else None,
        programmes=_rows(pairs, {each.training_id: each.programme_id for each in pairs}, programmes),
        trainings=_rows(
            pairs,
            {each.training_id: each.training_id for each in pairs},
            {each.training_id: each.code for each in pairs},
        ),
        has_forms=min(policy_of(before.id).forms, policy_of(after.id).forms) > 1,
    )


def _rows(pairs: Sequence[Pair], group_of: Mapping[int, int], names: Mapping[int, str]) -> list[GainRow]:
    grouped: dict[int, list[Pair]] = {}
    for pair in pairs:
        grouped.setdefault(group_of[pair.training_id], []).append(pair)
    totals = {key: _total(of) for key, of in grouped.items()}
    shown = shown_groups({key: of.n for key, of in totals.items()})
    return [GainRow(names.get(key, ""), key, of.n, gain(of) if key in shown else None) for key, of in totals.items()]


def _total(pairs: Sequence[Pair]) -> Pairs:
    return reduce(add, (each.pairs for each in pairs), Pairs(0, 0.0, 0.0, 0.0, 0.0))
