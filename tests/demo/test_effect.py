"""What came of the training in the demo: each way of looking has a figure, and one factory has a refusal."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.demo.neighbours import PLACES
from app.demo.places import CAMBODIA
from app.effect import queries, summary
from app.effect.asked import Asked, courses
from app.effect.rules import Because
from app.effect.stored import kept_analysis
from app.factories.models import Factory, Programme
from app.platform.db import db

pytestmark = pytest.mark.slow


def test_each_way_of_looking_has_a_figure_and_one_factory_a_refusal(demo: Flask) -> None:
    with demo.app_context():
        programme = db.session.scalars(sa.select(Programme).where(Programme.code == CAMBODIA.code)).one()
        asked, titles = Asked(programme.id), courses(programme.id)
        ids = {code: number for number, code in db.session.execute(sa.select(Factory.id, Factory.code))}
        made = {
            name: kept_analysis(row.found or {})
            for name, factory_id in (("all", None), ("sends", ids[PLACES[0].code]), ("first", ids[CAMBODIA.factory_code]))
            if (row := queries.latest(programme.id, factory_id)) is not None}
        assert made["all"].verdict.claims_effect and made["sends"].verdict.claims_effect
        assert Because.TOO_FEW_LINES in made["first"].verdict.reasons
        with demo.test_request_context():
            assert "points of 100 more in the test after" in summary.knowledge(asked, titles).sentence
            behaviour = summary.behaviour(asked, titles)
            assert behaviour.rows[0].found and behaviour.rows[0].found.n == len(PLACES)
            items, outside = summary.seen_by_workers(asked)
        assert items and not outside
