"""The demo story, told in one transaction by the verbs that everybody uses, each at its own time."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from app.courses import queries as courses
from app.coverage import operations as coverage
from app.demo import days, rosters, staff
from app.demo.arranging import arrange
from app.demo.cast import Cast, build, cast
from app.demo.holding import go_on
from app.demo.people import FIRST_ROSTER, SECOND_ROSTER, Worker
from app.demo.people import staff as people_of
from app.demo.places import PLACES
from app.demo.plots import PLOTS, SAFETY, SKILLS, Plot
from app.factories.models import Programme
from app.factories.rules import JobRole
from app.platform.clock import now, telling, today
from app.platform.db import db

LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


def is_told() -> bool:
    """Whether there is a programme already, of whatever story."""
    return db.session.scalar(sa.select(Programme.id).limit(1)) is not None


def tell(seed: int) -> None:
    """The whole story, in the caller's transaction. The courses are published already."""
    with telling(now() - FIRST_ROSTER - timedelta(days=30)):
        rows = {place: build(place) for place in PLACES}
        programmes = {place.code: programme.id for place, (programme, _) in rows.items()}
        factories = {place.factory_code: factory.id for place, (_, factory) in rows.items()}
        actors = staff.hire(programmes, factories)
    for place in PLACES:
        _live(cast(place, rows[place], actors, seed), people_of(place, seed, today(place.zone)))


def _live(cast: Cast, workers: list[Worker]) -> None:
    """What happened at one place, in the order in which it happened: the second roster comes late."""
    place, day = cast.place, today(cast.place.zone)
    with days.at(place, datetime.combine(day - FIRST_ROSTER, time(14))):
        _require(cast)
        rosters.first(cast.manager, cast.factory, workers, day)
        cast.give_pins()
    before = [plot for plot in PLOTS[place] if plot.offset < -SECOND_ROSTER.days]
    for plot in before:
        _train(cast, plot)
    with days.at(place, datetime.combine(day - SECOND_ROSTER, time(14))):
        rosters.second(cast.manager, cast.factory, workers, day)
    for plot in PLOTS[place][len(before) :]:
        _train(cast, plot)


def _require(cast: Cast) -> None:
    for course in (SKILLS, SAFETY) if cast.place.with_osh else (SKILLS,):
        coverage.require(cast.manager, cast.programme_id, courses.course_by_code(course).id, LEADERS)


def _train(cast: Cast, plot: Plot) -> None:
    go_on(cast, plot, arrange(cast, plot))
