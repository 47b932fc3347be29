"""What stands behind a figure adds up to it, for every indicator and everything by which it is told apart."""

import pytest

from app.platform.db import db
from app.reports import behind
from app.reports.behind import Wanted
from app.reports.counting import Source, counted
from app.reports.definitions import DEFINITIONS
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Shape
from tests.counts import sampled
from tests.make.reports import Counted

pytestmark = pytest.mark.slow
SUMMED = {"person_days": ("number", 2), "hours": ("amount", 60), "cascade_b": ("number", 1), "cascade_c": ("number", 1)}


def facts(source: Source, wanted: Wanted) -> list[object]:
    if behind.is_large(wanted.indicator):
        return list(db.session.execute(behind.statement(source, wanted)))
    return list(behind.few(source, wanted))


def adds_up(source: Source, figure: Figure) -> None:
    split = Split(figure.split) if figure.split else None
    wanted = Wanted(figure.indicator, split, figure.value, word=figure.word)
    found = facts(source, wanted)
    assert behind.number_of(source, wanted) == len(found)
    shape, name = DEFINITIONS[figure.indicator].shape, figure.indicator.value
    if wanted.top:
        assert len(found) == figure.said.of
        assert behind.number_of(source, Wanted(figure.indicator, split, figure.value, only_top=True)) == figure.said.top
    elif shape is Shape.GAIN:
        assert len(found) == figure.said.of
        apart = [each.after - each.before for each in found]
        assert not found or abs(sum(apart) / len(found) - figure.said.top) < 1e-9
    elif shape is Shape.MONEY:
        assert sum(each.amount for each in found) == figure.said.top
    elif shape is Shape.SHARE:
        top, of = ("amount", "met") if name == "committee_women" else ("met", "number")
        assert (sum(getattr(each, top) for each in found), sum(getattr(each, of) for each in found)) == (figure.said.top, figure.said.of)
    elif name in SUMMED:
        column, by = SUMMED[name]
        assert sum(getattr(each, column) for each in found) / by == figure.said.top
    else:
        assert len(found) == figure.said.top


def test_every_figure_has_its_facts(app: object) -> None:
    source = Source(Counted().asked)
    figures = counted(source, list(Split))
    assert len({figure.indicator for figure in figures}) == len(DEFINITIONS)
    for indicator in DEFINITIONS:
        for figure in sampled([each for each in figures if each.indicator is indicator], indicator, 2):
            adds_up(source, figure)


def test_a_part_that_nobody_is_in_is_empty(app: object) -> None:
    source = Source(Counted().asked)
    for indicator in DEFINITIONS:
        assert behind.number_of(source, Wanted(indicator, Split.SEX, "undisclosed")) == 0
