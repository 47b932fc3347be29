"""What figures of a factory mean: small tables that a programme officer can check by hand."""

import pytest

from app.coverage.of_factory import rules
from app.coverage.of_factory.rules import OnLine, Share, Turnover
from app.coverage.rules import Figure
from app.factories.rules import JobRole, Sex

SUP, INDIRECT = JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR


@pytest.mark.parametrize(
    ("rate", "months", "percent"),
    [(0.01, 6, 94), (0.02, 12, 78), (0.03, 6, 83), (0.03, 24, 48), (0.05, 6, 74), (0.05, 12, 54), (0.0, 24, 100)],
)
def test_what_remains_is_the_table_of_the_field(rate: float, months: int, percent: int) -> None:
    assert round(100 * rules.remains(1, rate, months)) == percent


def test_women_among_the_covered_and_among_all() -> None:
    figures = [Figure(Sex.F, active=8, covered=2), Figure(Sex.M, active=2, covered=2), Figure(None, active=3, covered=3)]
    found = rules.equity(figures)
    assert found == rules.Equity(women_covered=2, covered=4, women=8, active=10)
    assert found.gap == -30
    assert rules.equity([Figure(Sex.F, active=3, covered=1)]) is None, "nobody to hold them against"
    assert rules.equity([Figure(Sex.F, active=3), Figure(Sex.M, active=3)]) is None, "nobody is covered"


def test_lines_with_a_covered_supervisor() -> None:
    places = [OnLine(1, SUP, 2, 1), OnLine(2, SUP, 1, 0), OnLine(3, INDIRECT, 1, 1), OnLine(None, SUP, 1, 1), OnLine(9, SUP, 1, 1)]
    assert rules.lines_covered({1, 2, 3}, places) == Share(1, 3), "9 is closed, and 3 has no supervisor at all"
    assert rules.lines_covered(set(), places) is None


def test_both_levels() -> None:
    places = [
        OnLine(1, SUP, 1, 1), OnLine(1, INDIRECT, 1, 1), OnLine(2, SUP, 1, 1), OnLine(2, INDIRECT, 1, 0),
        OnLine(3, SUP, 1, 1), OnLine(None, SUP, 1, 1), OnLine(None, INDIRECT, 1, 1),
    ]  # fmt: skip
    assert rules.level_pairs(places) == Share(1, 2)
    assert rules.level_pairs(places[-3:]) is None


def test_runs_by_group_size_and_by_what_a_line_can_spare() -> None:
    nowhere = [OnLine(None, SUP, 45, 0)]
    assert rules.runs_needed(1, nowhere, 20, 4) == 3
    assert rules.runs_needed(1, [OnLine(1, SUP, 4, 1)], 20, 4) == 3, "one in four is away at a time"
    assert rules.runs_needed(1, [OnLine(1, SUP, 4, 4)], 20, 4) == 0
    assert rules.runs_needed(1, nowhere, 0, 4) == 0, "no course, no run"


def test_the_factory_s_own_exit_rate() -> None:
    turnover = {"supervisor": Turnover(before=20, now=30, left=6), "manager": Turnover(0, 0, 0)}
    assert rules.monthly_exit([SUP], turnover) == pytest.approx(0.02)
    assert rules.monthly_exit(["manager"], turnover) is None
    assert rules.monthly_exit(["supervisor"], {"supervisor": Turnover(1, 0, 40)}) == 1.0
