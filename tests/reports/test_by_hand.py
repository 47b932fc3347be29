"""Every indicator, counted by hand. The programme is told in `tests/make/reports.py`; read that beside these tables."""

import pytest

from app.reports.counting import Source, counted
from app.reports.labels import against, told
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator
from tests.make.reports import Counted

EVERYBODY = """
persons          5              Ann, Bea, Cho, Dan, Eve: Eve because of 31 March; in S2 she was only partly there
participations   7              S1: Ann, Bea, Dan; S2: Ann, Cho; S3: Dan, Eve - its second day lies in April
person_days      4.5            nine half-days: Ann 2, Bea 1, Dan 2; Ann 1, Cho 1; Dan 1, Eve 1
hours            27             each half-day takes three hours
completion       60%  3 of 5    S1 and S2 ended in the quarter, S3 in April: Ann, Dan and Cho of Ann, Bea, Dan, Ann, Cho
certification    40%  2 of 5    Dan's certificate is revoked
gain             +30            Ann 40 to 80, Dan 50 to 70; Bea took no test after
satisfaction     75%  9 of 12   useful: 3 + 2 of 6, clear: 2 + 2 of 6; the pace is no scale of five
committees       0%   0 of 1    the side of the management is trained, that of the workers is not
committee_women  100% 1 of 1    Cho
factories        2              Lotus and River
seminars         2              Ann of Lotus, Cho of River
promotion        100% 1 of 1    Ann, supervisor in February, indirect supervisor in June; Dan is a man
cascade_b        2              Ann and Bea, with a roster
cascade_c        24             20 women, 4 men; the session of April is not in the quarter
cost_share       1,400 USD      1000 by the donor, 300 by the factory, 100 by the brand
"""

BY_SEX = """
persons          F 4, M 1
participations   F 5, M 2
person_days      F 3, M 1.5
completion       F 50% 2 of 4, M 100% 1 of 1
certification    F 50% 2 of 4, M 0% 0 of 1
cascade_c        F 20, M 4
"""
BY_PERSON_TYPE = """
persons          manager 1, supervisor 2, worker 1, worker_rep 1
participations   manager 1, supervisor 4, worker 1, worker_rep 1
"""
BY_MODALITY = """
persons          in_person 4, virtual 2          # Ann is in both, and is one of the five
participations   in_person 5, virtual 2
hours            in_person 21, virtual 6
"""
BY_THEME = """
persons          discrimination 4, osh 4, working-time 2
participations   discrimination 5, osh 5, working-time 2          # each session of skills counts under both of its themes
satisfaction     discrimination 75% 9 of 12, osh 75% 9 of 12
"""
BY_TIER = """
persons          intensive 2, standard 3
factories        intensive 1, standard 1
"""
BY_FUNDING = """
persons           2, donor 3, several 2                    # nobody said who paid for S3: Dan, Eve
participations    2, donor 3, several 2
cost_share       brand 100 USD 7%, donor 1,000 USD 71%, factory 300 USD 21%
"""


def rows(table: str) -> list[tuple[Indicator, str]]:
    lines = [line.partition("#")[0] for line in table.strip().splitlines()]
    return [(Indicator(line.split()[0]), line[16:].strip("\n")) for line in lines]


def said(figure: Figure) -> str:
    words = f"{told(figure)} {against(figure)}" if figure.indicator is not Indicator.GAIN else told(figure)
    return " ".join(words.split())


def test_everybody(app: object) -> None:
    figures = {each.indicator: each for each in counted(Source(Counted().asked), []) if not each.split}
    for indicator, line in rows(EVERYBODY):
        expected = " ".join(line[1:16].split())
        assert said(figures[indicator]) == expected, indicator


@pytest.mark.parametrize(
    ("split", "table"),
    [(Split.SEX, BY_SEX), (Split.PERSON_TYPE, BY_PERSON_TYPE), (Split.MODALITY, BY_MODALITY), (Split.THEME, BY_THEME), (Split.TIER, BY_TIER), (Split.FUNDING, BY_FUNDING)],
)
def test_told_apart(app: object, split: Split, table: str) -> None:
    figures = [each for each in counted(Source(Counted().asked), [split]) if each.split == split]
    for indicator, line in rows(table):
        own = [f"{each.value} {said(each)}".strip() for each in figures if each.indicator is indicator]
        assert own == [part.strip() for part in line.split(", ")], indicator
