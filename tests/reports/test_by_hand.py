"""Every indicator, counted by hand. The programme is told in `tests/make/reports.py`; read that beside these tables."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from app.attendance.rules import Mark
from app.courses.rules import QuizPhase
from app.factories.models import Group
from app.factories.rules import JobRole
from app.improvement.roadmap.models import RoadmapAction
from app.platform.db import db
from app.quizzes.models import Attempt
from app.reports.counting import Source, counted
from app.reports.labels import against, told, words
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator
from tests.make import coverage, factories, results
from tests.make.reports import Counted

pytestmark = pytest.mark.slow
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

BY_FACTORY = """
completion       Lotus 33% 1 of 3, River 100% 2 of 2     # Ann's S1 of her two and Bea's; Dan and Cho
certification    Lotus 33% 1 of 3, River 50% 1 of 2      # Dan's is revoked
promotion        Lotus 100% 1 of 1                       # Ann
"""
BY_RUN = """
satisfaction     S1 75% 9 of 12
"""
BY_WOMEN = """
committees       Half or more are women 0% 0 of 1        # Cho is the only one who is trained
"""
BY_PAYER = """
cost_share       Fund for Work 1,000 USD 71%, Marigold 100 USD 7%, The factory 300 USD 21%
"""
BY_ROLE = """
coverage         Operator 0% 0 of 2, Supervisor 100% 2 of 2   # Bea and Eve; Ann and Dan
"""
BY_GROUP = """
coverage         Blossom 50% 1 of 2, Not said 50% 1 of 2      # Lotus: Ann, not Bea; River: Dan, not Eve
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


class Asked(Counted):
    """The programme with what the tables below count beside: Lotus belongs to a group, supervisors and operators must
    hold the course of skills, and River's action began on the first day of the year."""

    def __init__(self) -> None:
        super().__init__()
        group = Group(code="BLOSSOM", name="Blossom", country=None)
        db.session.add(group)
        db.session.flush()
        self.lotus.group_id = group.id
        db.session.query(RoadmapAction).one().starts_on = date(2026, 1, 1)
        coverage.require(self.programme, self.skills, (JobRole.SUPERVISOR, JobRole.OPERATOR))
        coverage.open_anew()
        db.session.flush()


def called(figures: Sequence[Figure], split: Split, indicator: Indicator) -> list[str]:
    """A figure of each value, by what people call the value."""
    own = [each for each in figures if each.split == split and each.indicator is indicator]
    names = words(own)
    values = names.order(split, list(dict.fromkeys(each.value for each in own)))
    return [f"{names.value(split, value)} {said(each)}" for value in values for each in own if each.value == value]


@pytest.mark.parametrize(
    ("split", "table"),
    [
        (Split.FACTORY, BY_FACTORY), (Split.RUN, BY_RUN), (Split.WOMEN, BY_WOMEN), (Split.PAYER, BY_PAYER),
        (Split.ROLE, BY_ROLE), (Split.GROUP, BY_GROUP),
    ],
)
def test_told_apart_by_what_has_a_name(app: object, split: Split, table: str) -> None:
    figures = counted(Source(Asked().asked), [split])
    for indicator, line in rows(table):
        assert called(figures, split, indicator) == [part.strip() for part in line.split(", ")], indicator


def test_a_figure_is_the_same_whatever_else_is_asked(app: object) -> None:
    """What no split needs is not kept apart while it is counted."""
    source = Source(Asked().asked)
    finest = counted(source, list(Split))
    for split in (Split.SEX, Split.ROLE, Split.GROUP):
        own = [each for each in counted(source, [split]) if each.split in {"", split}]
        assert own == [each for each in finest if each.split in {"", split}]


def test_knowledge_by_language(app: object) -> None:
    """The language of the session counts."""
    world = Asked()
    world.s1.language = "km"
    db.session.flush()
    [figure] = [each for each in counted(Source(world.asked), [Split.LANGUAGE]) if each.split == Split.LANGUAGE]
    assert (figure.value, said(figure)) == ("km", "+30"), "Ann 40 to 80, Dan 50 to 70, both in S1"


def test_coverage_and_roadmaps(app: object) -> None:
    source = Source(Asked().asked)
    figures = {each.indicator: each for each in counted(source, [Split.SEX]) if not each.split}
    assert said(figures[Indicator.COVERAGE]) == "50% 2 of 4", "Ann and Dan of Ann, Bea, Dan and Eve; Cho is a manager"
    assert said(figures[Indicator.ROADMAPS]) == "1", "River"


def test_behaviour(app: object) -> None:
    """Seven of Lotus took the test before: Ann 4 of 10, Bea 9, five others 4; the five took the one after: 7. So 70 in
    100 less 47.1. Four of River are too few to say anything.
    """
    world = Counted()
    before, after = world.quiz(world.skills, QuizPhase.PRE), results.quiz(world.skills, "later", QuizPhase.FOLLOW_UP)
    for factory, number in ((world.lotus, 5), (world.river, 4)):
        for person in [factories.person(factory, name=f"{factory.name} {each}") for each in range(number)]:
            world.attend(world.s1, person, factory, Mark.PRESENT, Mark.PRESENT)
            world.attempt(world.s1, before.id, person, 4)
            world.attempt(world.s1, after.id, person, 7)
    db.session.flush()
    db.session.execute(sa.update(Attempt).where(Attempt.unit_id == after.id).values(submitted_at=datetime(2026, 3, 20, tzinfo=UTC)))
    [figure] = [each for each in counted(Source(world.asked), []) if each.indicator is Indicator.BEHAVIOUR and not each.split]
    assert (told(figure), figure.said.of) == ("+22.9", 1)
