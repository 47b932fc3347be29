"""Every indicator of three programmes in two countries, counted by hand: `Abroad` in `tests/make/reports.py` tells of them.

A person in two programmes, or in two countries, is one in the total: the numbers of a row are never added.
"""

from app.reports.counting import Source, counted
from app.reports.rules.facts import Split
from app.reports.rules.figures import Indicator
from tests.counts import sampled
from tests.make.reports import Abroad
from tests.reports.test_behind import adds_up
from tests.reports.test_by_hand import called, rows, said

ALL = """
persons          7               Ann, Bea, Cho, Dan, Eve, Fay, Gia
participations   11              seven of Kanthari, two of Mekong, two of Saigon
person_days      6.5             4.5 of Kanthari, and four half-days
hours            39
completion       67% 6 of 9      three of five, both of Mekong, one of two of Saigon
certification    44% 4 of 9      Ann twice, Cho, Fay
gain             +32.5           Ann 40, Dan 20, Fay 60, Gia 10
satisfaction     75% 9 of 12     only S1 was asked
behaviour        +15.6 n 2       22.9 at Lotus, 8.3 at Reed
coverage         30% 3 of 10     Ann and Dan of four, Fay, none of Gia and Plum's four
committees       50% 1 of 2      Reed's
committee_women  67% 2 of 3      Cho and Gia, but not Hue
factories        4               Lotus, River, Heron, Reed
seminars         3               Lotus, River, Reed
roadmaps         2               River, Heron
promotion        67% 2 of 3      Ann and Fay, but not Gia
cascade_b        3               Ann, Bea, Fay
cascade_c        30              24 at River, 6 at Reed
cost_share       2,000 USD
"""
BY_COUNTRY = """
persons          Cambodia 6, Vietnam 2                          # Dan is in both: 8 - 1
participations   Cambodia 9, Vietnam 2
person_days      Cambodia 5.5, Vietnam 1
hours            Cambodia 33, Vietnam 6
completion       Cambodia 71% 5 of 7, Vietnam 50% 1 of 2
certification    Cambodia 57% 4 of 7, Vietnam 0% 0 of 2
gain             Cambodia +40, Vietnam +10                       # Ann 40, Dan 20, Fay 60
satisfaction     Cambodia 75% 9 of 12
behaviour        Cambodia +22.9 n 1, Vietnam +8.3 n 1            # 70 less 47.1: Ann and Bea count before; 50 less 41.7 with Gia
coverage         Cambodia 60% 3 of 5, Vietnam 0% 0 of 5
committees       Cambodia 0% 0 of 1, Vietnam 100% 1 of 1
committee_women  Cambodia 100% 1 of 1, Vietnam 50% 1 of 2
factories        Cambodia 3, Vietnam 1
seminars         Cambodia 2, Vietnam 1
roadmaps         Cambodia 2
promotion        Cambodia 100% 2 of 2, Vietnam 0% 0 of 1
cascade_b        Cambodia 3
cascade_c        Cambodia 24, Vietnam 6
cost_share       Cambodia 1,400 USD 70%, Vietnam 600 USD 30%
"""
BY_PROGRAMME = """
persons          Kanthari Programme 5, Mekong 2, Saigon 2        # Ann is in the first two, Dan in the first and the last
participations   Kanthari Programme 7, Mekong 2, Saigon 2
person_days      Kanthari Programme 4.5, Mekong 1, Saigon 1
hours            Kanthari Programme 27, Mekong 6, Saigon 6
completion       Kanthari Programme 60% 3 of 5, Mekong 100% 2 of 2, Saigon 50% 1 of 2   # what Ann holds of S1 was valid in S5
certification    Kanthari Programme 40% 2 of 5, Mekong 100% 2 of 2, Saigon 0% 0 of 2
gain             Kanthari Programme +30, Mekong +60, Saigon +10
satisfaction     Kanthari Programme 75% 9 of 12
behaviour        Kanthari Programme +22.9 n 1, Saigon +8.3 n 1
coverage         Kanthari Programme 50% 2 of 4, Mekong 100% 1 of 1, Saigon 0% 0 of 5
committees       Kanthari Programme 0% 0 of 1, Saigon 100% 1 of 1
committee_women  Kanthari Programme 100% 1 of 1, Saigon 50% 1 of 2
factories        Kanthari Programme 2, Mekong 1, Saigon 1
seminars         Kanthari Programme 2, Saigon 1
roadmaps         Kanthari Programme 1, Mekong 1
promotion        Kanthari Programme 100% 1 of 1, Mekong 100% 1 of 1, Saigon 0% 0 of 1
cascade_b        Kanthari Programme 2, Mekong 1
cascade_c        Kanthari Programme 24, Saigon 6
cost_share       Kanthari Programme 1,400 USD 70%, Saigon 600 USD 30%
"""
BY_COURSE = """
persons          Seminar (1) 4, Skills (1) 5                             # Ann, Cho, Dan, Gia; Ann, Bea, Dan, Eve, Fay
participations   Seminar (1) 4, Skills (1) 7
person_days      Seminar (1) 2, Skills (1) 4.5
hours            Seminar (1) 12, Skills (1) 27
completion       Seminar (1) 50% 2 of 4, Skills (1) 80% 4 of 5           # Cho and Gia; Ann twice, Dan and Fay, but not Bea
certification    Seminar (1) 25% 1 of 4, Skills (1) 60% 3 of 5           # Cho; Ann twice and Fay
gain             Seminar (1) +10, Skills (1) +40
satisfaction     Skills (1) 75% 9 of 12
behaviour        Seminar (1) +8.3 n 1, Skills (1) +22.9 n 1
promotion        Seminar (1) 0% 0 of 1, Skills (1) 100% 2 of 2
cost_share       Seminar (1) 1,000 USD 50%, Skills (1) 1,000 USD 50%     # 300, 100 and 600; 1000
"""
BY_TIER = """
persons          Standard 5, Intensive 4                         # Ann, Bea, Dan, Gia; Cho, Dan, Eve, Ann, Fay
participations   Standard 6, Intensive 5
person_days      Standard 3.5, Intensive 3
hours            Standard 21, Intensive 18
completion       Standard 100% 4 of 4, Intensive 40% 2 of 5
certification    Standard 75% 3 of 4, Intensive 20% 1 of 5
gain             Standard +40, Intensive +25                     # Ann and Gia; Dan and Fay
behaviour        Intensive +15.6 n 2
coverage         Standard 67% 2 of 3, Intensive 33% 1 of 3, Not said 0% 0 of 4     # nobody said which tier Plum has
committees       Standard 0% 0 of 1, Intensive 100% 1 of 1
committee_women  Standard 100% 1 of 1, Intensive 50% 1 of 2
factories        Standard 2, Intensive 2
seminars         Standard 1, Intensive 2
roadmaps         Standard 2
promotion        Standard 100% 1 of 1, Intensive 50% 1 of 2
cascade_b        Standard 1, Intensive 2
cascade_c        Standard 24, Intensive 6
"""


def test_every_indicator_by_country_programme_course_and_tier(app: object) -> None:
    world = Abroad()
    world.behave()
    splits = {Split.COUNTRY: BY_COUNTRY, Split.PROGRAMME: BY_PROGRAMME, Split.COURSE: BY_COURSE, Split.TIER: BY_TIER}
    figures = counted(Source(world.asked), list(splits))
    whole = {each.indicator: said(each) for each in figures if not each.split}
    assert whole == {indicator: " ".join(line[1:16].split()) for indicator, line in rows(ALL)}
    for split, table in splits.items():
        told = {indicator: called(figures, split, indicator) for indicator in Indicator}
        assert {indicator: parts for indicator, parts in told.items() if parts} == {
            indicator: [part.strip() for part in line.split(", ")] for indicator, line in rows(table)
        }, split
    for figure in sampled([each for each in figures if each.split == Split.COUNTRY], "countries", 4):
        adds_up(Source(world.asked), figure)
