"""Participations by month: a chart, and a table that adds up to the figure of the report."""

from datetime import date

import pytest

from app.access.roles import Role
from app.reports.counting import Source, counted
from app.reports.facts.months import participations
from app.reports.rules.chart import WIDTH, chart
from app.reports.rules.facts import Way
from app.reports.rules.figures import Indicator
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make.reports import Counted


def test_they_add_up_to_the_figure(app: object) -> None:
    asked = Counted().asked
    found = participations(asked)
    assert [(day.month, sum(counts.values())) for day, counts in found] == [(1, 0), (2, 3), (3, 4)]
    assert found[2][1] == {Way.IN_PERSON: 2, Way.VIRTUAL: 2, Way.BOTH: 0}
    [figure] = [each for each in counted(Source(asked), []) if each.indicator is Indicator.PARTICIPATIONS]
    assert sum(sum(counts.values()) for _day, counts in found) == figure.said.top


def test_columns_are_mirrored_where_people_read_from_the_right() -> None:
    months = [(date(2026, number, 1), {Way.IN_PERSON: number, Way.VIRTUAL: 0, Way.BOTH: 1}) for number in (1, 2, 3)]
    left, right = (chart(months, is_rtl=is_rtl) for is_rtl in (False, True))
    for one, other in zip(left.columns, right.columns, strict=True):
        assert one.middle == pytest.approx(WIDTH - other.middle, abs=0.02)
        assert [piece.height for piece in one.pieces] == [piece.height for piece in other.pieces]
    assert all(piece.x >= 0 and piece.x + piece.width <= WIDTH for each in left.columns for piece in each.pieces)
    assert chart([], is_rtl=False).columns == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page(browse: Browse, language: str) -> None:
    world = Counted()
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme, language=language))
    page = visitor.get("/reports/months?since=2026-01-01&until=2026-03-31")
    drawn = [page.response.text.count(f'<rect class="{kind}"') for kind in ("dot", "need", "ring")]
    assert (page.status, drawn) == (200, [2, 1, 0])
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", name={"en": "Elsewhere"})
    stranger = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=abroad))
    assert stranger.get("/reports/months?programme=KH").status == 404
