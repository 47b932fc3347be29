"""The demo story, told in one transaction by the verbs that everybody uses, each at its own time."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

import sqlalchemy as sa

from app.courses import queries as courses
from app.coverage import operations as coverage
from app.demo import (
    assessing,
    days,
    designs,
    distinctions,
    improving,
    keeping,
    neighbours,
    passing_on,
    planning,
    producing,
    registers,
    remembering,
    reporting,
    requiring,
    rosters,
    sharing,
    staff,
)
from app.demo.arranging import DECIDED, arrange
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
        keeping.found_group(actors[staff.MEMBERS[0].email], actors[staff.HEAD_OFFICE.email], factories)
    casts = [cast(place, rows[place], actors, seed) for place in PLACES]
    acts = [act for each in casts for act in _acts(each, seed)]
    for _, play in sorted(acts, key=lambda act: act[0]):
        play()


def _acts(cast: Cast, seed: int) -> Iterator[tuple[int, Callable[[], None]]]:
    """What happened at one place, and how many days from today: the stories of all places are told side by side."""
    workers = people_of(cast.place, seed, today(cast.place.zone))
    yield -FIRST_ROSTER.days, partial(_begin, cast, workers)
    yield -SECOND_ROSTER.days, partial(_go_on, cast, workers)
    yield -keeping.COMMITTEES_SINCE.days, partial(keeping.furnish, cast, workers)
    yield -SECOND_ROSTER.days, partial(keeping.declare, cast, workers)
    yield -assessing.FIRST.days, partial(assessing.assess, cast)
    yield -improving.SINCE.days, partial(improving.improve, cast)
    for plot in PLOTS[cast.place]:
        yield plot.offset - DECIDED.days, partial(_train, cast, plot)
    yield from planning.acts(cast, seed)
    yield -SECOND_ROSTER.days + 2, partial(remembering.take_over, cast)
    yield 0, partial(remembering.note_months, cast)
    if cast.place in passing_on.AT_PLACES:
        yield -passing_on.SINCE.days, partial(passing_on.tell, cast)
    if cast.place in reporting.AT_PLACES:
        yield -reporting.SINCE.days, partial(reporting.report, cast)
    if cast.place in producing.AT_PLACES:
        yield -producing.SINCE.days, partial(producing.tell, cast, seed)
    if cast.place in neighbours.AT_PLACES:
        yield from neighbours.acts(cast, seed)
    if cast.place in sharing.AT_PLACES:
        yield -sharing.SINCE.days, partial(sharing.share, cast)
    yield -distinctions.SINCE.days, partial(distinctions.award, cast)
    yield -requiring.SINCE.days, partial(requiring.exempt, cast)


def _begin(cast: Cast, workers: list[Worker]) -> None:
    day = today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - FIRST_ROSTER, time(14))):
        _require(cast)
        keeping.begin(cast, (day + timedelta(days=365)).year)
        registers.furnish(cast)
        designs.furnish(cast)
        rosters.first(cast.manager, cast.factory, workers, day)
        cast.give_pins()


def _go_on(cast: Cast, workers: list[Worker]) -> None:
    """The second roster: some have left, others are new."""
    day = today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - SECOND_ROSTER, time(14))):
        rosters.second(cast.manager, cast.factory, workers, day)


def _require(cast: Cast) -> None:
    for course in (SKILLS, SAFETY) if cast.place.with_osh else (SKILLS,):
        coverage.require(cast.manager, cast.programme_id, courses.course_by_code(course).id, LEADERS)
    requiring.require_more(cast)


def _train(cast: Cast, plot: Plot) -> None:
    go_on(cast, plot, arrange(cast, plot))
