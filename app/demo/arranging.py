"""Planning a training session: scheduled, nominated, confirmed - each at its own time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.courses import queries as courses
from app.courses.models import CourseVersion
from app.demo import days, registers
from app.demo.cast import Cast
from app.demo.plots import Plot, Turn
from app.platform.db import db
from app.sessions import operations
from app.sessions.models import Site, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality, SiteKind
from app.sessions.rules.codes import draw_code
from app.sessions.rules.wall_time import HalfDay

_SCHEDULED, _NOMINATED, DECIDED = timedelta(days=32), timedelta(days=25), timedelta(days=21)
"""How long before the first half-day a training session is planned, its people are named, and it is confirmed."""


Nominate = Callable[[Cast, Plot, TrainingSession], None]


def arrange(cast: Cast, plot: Plot, nominate: Nominate | None = None) -> TrainingSession:
    """Bring a training session to where it waits for its first half-day, or for whatever the plot leaves open.
    `nominate` names its people where they do not come from the factory of the place."""
    half_days = _half_days(cast, plot)
    first = half_days[0].starts.replace(hour=10, minute=15)
    with days.at(cast.place, first - _SCHEDULED):
        training = _schedule(cast, plot, half_days)
    if plot.people.stop:
        with days.at(cast.place, first - _NOMINATED):
            (nominate or _nominate)(cast, plot, training)
    if plot.turn not in {Turn.OFFERED, Turn.NOMINATED}:
        _confirm(cast, training, first - DECIDED)
    return training


def _half_days(cast: Cast, plot: Plot) -> list[HalfDay]:
    if plot.turn is Turn.RUNNING:
        return [*days.half_days(cast.place, plot.offset, plot.half_days - 1)[: plot.half_days - 1],
                days.around_now(cast.place)]
    return days.half_days(cast.place, plot.offset, plot.half_days)


def _schedule(cast: Cast, plot: Plot, half_days: list[HalfDay]) -> TrainingSession:
    place, version = cast.place, _version(plot.course)
    is_virtual = plot.modality is not Modality.IN_PERSON
    url = f"https://meet.{place.host}/{plot.course}" if is_virtual else None
    plan = Plan(
        programme_id=cast.programme_id,
        version_id=version.id,
        language=place.language,
        half_days=tuple(
            PlannedHalfDay(half_day, plot.modality, url, interpreter_ids=registers.interpreters(cast))
            for half_day in half_days
        ),
        trainer_ids=(cast.trainer.account_id or 0,),
        capacity_in_person=0 if plot.modality is Modality.VIRTUAL else 20,
        capacity_virtual=2 if plot.turn is Turn.COMING and is_virtual else 12 if is_virtual else 0,
        room_id=None if plot.modality is Modality.VIRTUAL else registers.own_room(cast).id,
        factory_ids=(cast.factory_id,) if is_virtual else (),
    )
    training = operations.schedule(cast.trainer, plan)
    training.code = draw_code(cast.random.choice)  # the same in every telling
    db.session.flush()
    return training


def _version(course: str) -> CourseVersion:
    return courses.current_version(courses.course_by_code(course).id)


def _nominate(cast: Cast, plot: Plot, training: TrainingSession) -> None:
    """People of a hybrid session are spread over its sites, the others have one."""
    people = cast.leaders()[plot.people]
    sites = sorted(training.sites, key=lambda site: site.kind is not SiteKind.VENUE)
    for number, site in enumerate(_used(sites)):
        operations.nominate(
            cast.focal_point, training.id, cast.factory, people[number :: len(sites)], site.id
        )


def _used(sites: list[Site]) -> list[Site]:
    return [site for site in sites if site.kind is not SiteKind.REMOTE]


def _confirm(cast: Cast, training: TrainingSession, at: datetime) -> None:
    with days.at(cast.place, at):
        operations.book_all(cast.trainer, training.id)
        operations.confirm(cast.trainer, training.id)
