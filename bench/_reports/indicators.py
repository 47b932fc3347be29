"""How long the indicators of a year take, of every programme that there is."""

import time
from datetime import timedelta
from statistics import median

import sqlalchemy as sa
from flask import Flask

from app.factories.models import Programme
from app.platform.clock import now, today
from app.platform.db import db
from app.reports.counting import Source, counted
from app.reports.facts.asked import Asked
from app.reports.rules.facts import Split
from app.reports.rules.period import Span

_TIMES = 5


def indicators_year_seconds(app: Flask) -> float:
    """Seconds for the page of the last twelve months of all programmes, told apart by sex: the median of five."""
    with app.app_context():
        ids = tuple(db.session.scalars(sa.select(Programme.id)))
        last = today("UTC")
        asked = Asked(ids, Span(last - timedelta(days=364), last), now())
        usual = median(_once(asked) for _time in range(_TIMES))
        db.session.rollback()
        return usual


def _once(asked: Asked) -> float:
    began = time.monotonic()
    counted(Source(asked), [Split.SEX])
    return round(time.monotonic() - began, 2)
