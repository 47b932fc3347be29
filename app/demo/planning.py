"""What planning is like: a draft, a waiting list, a postponement, cohorts - in each programme something of its own.

Everything is planned with the registers, for days on which the trainers are not elsewhere, and drawn with dice of its
own: the rest of the story stays as it was.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses import queries as courses
from app.demo import days, registers, replying, serving
from app.demo.cast import Cast
from app.demo.places import BANGLADESH, CAMBODIA, ETHIOPIA, JORDAN, SRI_LANKA, VIET_NAM, Place
from app.demo.plots import SAFETY, SEMINAR, SKILLS
from app.platform.clock import today
from app.platform.db import db
from app.sessions import operations, queries
from app.sessions.conflicts import operations as conflicts
from app.sessions.conflicts.proposals import of_training
from app.sessions.conflicts.queries import conflicts_of
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.operations import Places, Plan, PlannedHalfDay, Split
from app.sessions.rules import Modality, SiteKind, TrainingState, WaitingPolicy
from app.sessions.rules.codes import draw_code
from app.sessions.rules.wall_time import HalfDay

Act = tuple[int, Callable[[], None]]
_OFFER_HOURS = 240


def acts(cast: Cast, seed: int) -> Iterator[Act]:
    """What happens at one place, and how many days from today."""
    own = replace(cast, random=Random(f"{seed} planning {cast.place.code}"))  # noqa: S311 - a story, not a secret
    yield -serving.CYCLE_SINCE.days, partial(_at, own, serving.CYCLE_SINCE.days, serving.begin)
    if cast.place in registers.LEAVES:
        yield -20, partial(registers.take_leave, own)
    for scene in _SCENES[cast.place]:
        yield -1, partial(scene, own)
    yield 0, partial(_at, own, 1, replying.answer)
    yield 0, partial(_at, own, 1, serving.charge)


def _at(cast: Cast, ago: int, play: Callable[[Cast], None]) -> None:
    """On the working day so many days ago, later than what was planned that morning."""
    with days.at(cast.place, days.morning(cast.place, -ago) + timedelta(hours=2)):
        play(cast)


def _draft(cast: Cast) -> None:
    """Only whoever plans sees it."""
    _schedule(cast, 4, SEMINAR, days.half_days(cast.place, 33, 1), is_draft=True)


def _join_otherwise(cast: Cast) -> None:
    """Somebody who joins from the factory comes to the training room for the first half-day."""
    training = _next(cast)
    [venue] = _sites(training, SiteKind.VENUE)
    seat = next(seat for seat in queries.booked(training.id) if seat.modality is Modality.VIRTUAL)
    with days.at(cast.place, days.morning(cast.place, -2)):
        operations.join_at(cast.focal_point, training.id, seat.id, 1, venue.id)


def _wait(cast: Cast) -> None:
    """More people than places, two seats without names, and somebody who stays at home: the next gets an offer."""
    training = _schedule(cast, 12, SAFETY, days.half_days(cast.place, 22, 2))
    places = Places(
        capacity_in_person=6, capacity_virtual=0, waiting_policy=WaitingPolicy.OFFER, offer_hours=_OFFER_HOURS,
        least_people=4, names_due_days=5,
    )  # fmt: skip
    with days.at(cast.place, days.morning(cast.place, -10)):
        operations.change_places(cast.trainer, training.id, places)
        [venue] = _sites(training, SiteKind.VENUE)
        _nominate(cast, training, slice(9, 15))
        operations.reserve(cast.focal_point, training.id, cast.factory, venue.id, 2)
    _confirm(cast, training, 8)
    with days.at(cast.place, days.morning(cast.place, -1)):
        operations.withdraw(cast.focal_point, training.id, queries.booked(training.id)[1].id)


def _postpone(cast: Cast) -> None:
    training = _schedule(cast, 12, SEMINAR, days.half_days(cast.place, 18, 1))
    _nominate(cast, training, slice(10, 14))
    _confirm(cast, training, 9)
    with days.at(cast.place, days.morning(cast.place, -3)):
        reason = "The training room is being repaired. New dates follow as soon as it is open again."
        operations.postpone(cast.trainer, training.id, reason)


def _plan_all_the_same(cast: Cast) -> None:
    """The trainer is on leave that week; whoever runs the programme plans the morning with the trainer's consent."""
    first, last = registers.LEAVES[JORDAN]
    half_days, room = days.half_days(cast.place, (first + last) // 2, 1), registers.factory_room(cast).id
    training = _schedule(cast, 6, SEMINAR, half_days, actor=cast.manager, room_id=room)
    with days.at(cast.place, days.morning(cast.place, -6)):
        found = conflicts_of(cast.manager, of_training(training))
        reason = "Agreed with the trainer, who begins the leave a day later."
        conflicts.accept(cast.manager, training.id, found, reason)


def _switch(cast: Cast) -> None:
    """The second day of a hybrid training session is held by link alone."""
    training = _schedule(cast, 12, SKILLS, days.half_days(cast.place, 26, 4), modality=Modality.HYBRID)
    _nominate(cast, training, slice(9, 13))
    _nominate(cast, training, slice(13, 16), SiteKind.FACTORY_ROOM)
    _confirm(cast, training, 8)
    with days.at(cast.place, days.morning(cast.place, -2)):
        operations.switch_modality(cast.trainer, training.id, [3, 4], Modality.VIRTUAL, None)


def _announce_later(cast: Cast) -> None:
    """There are no days yet, only a month."""
    month = (today(cast.place.zone) + timedelta(days=75)).replace(day=1)
    _schedule(cast, 5, SEMINAR, (), expected_on=month)


def _split(cast: Cast) -> None:
    """Production cannot do without all of them at once: half of them come two weeks later."""
    training = _schedule(cast, 12, SKILLS, days.half_days(cast.place, 30, 4))
    _nominate(cast, training, slice(9, 15))
    _confirm(cast, training, 7)
    with days.at(cast.place, days.morning(cast.place, -3)):
        going = frozenset(seat.id for seat in queries.booked(training.id)[3:])
        later = training.meetings[0].starts.date() + timedelta(weeks=2)
        wanted = Split(seat_ids=going, starts_on=later, stays="Cohort A", goes="Cohort B")
        _name(cast, operations.split(cast.trainer, training.id, wanted))


_SCENES: dict[Place, tuple[Callable[[Cast], None], ...]] = {
    CAMBODIA: (_draft, _join_otherwise),
    BANGLADESH: (_wait,),
    JORDAN: (_postpone,),
    ETHIOPIA: (_plan_all_the_same,),
    VIET_NAM: (_switch, _announce_later),
    SRI_LANKA: (_split,),
}


def _schedule(
    cast: Cast, ago: int, course: str, half_days: Sequence[HalfDay], *, actor: Actor | None = None,
    room_id: int | None = None, modality: Modality = Modality.IN_PERSON, is_draft: bool = False,
    expected_on: date | None = None,
) -> TrainingSession:  # fmt: skip
    """Planned so many days ago; without half-days it is to be announced."""
    is_hybrid = modality is Modality.HYBRID
    url, host_id = f"https://meet.{cast.place.host}/{course}", registers.host(cast).id
    linked: dict[str, Any] = {"join_url": url, "host_id": host_id} if is_hybrid else {}
    plan = Plan(
        programme_id=cast.programme_id,
        version_id=courses.current_version(courses.course_by_code(course).id).id,
        language=cast.place.language,
        half_days=tuple(
            PlannedHalfDay(half_day, modality, interpreter_ids=registers.interpreters(cast), **linked)
            for half_day in half_days
        ),
        trainer_ids=(cast.trainer.account_id or 0,),
        capacity_in_person=12,
        capacity_virtual=12 if is_hybrid else 0,
        room_id=room_id or registers.own_room(cast).id,
        factory_ids=(cast.factory_id,) if is_hybrid else (),
        expected_on=expected_on,
        is_draft=is_draft,
    )
    with days.at(cast.place, days.morning(cast.place, -ago)):
        return _name(cast, operations.schedule(actor or cast.trainer, plan))


def _name(cast: Cast, training: TrainingSession) -> TrainingSession:
    """The same code in every telling."""
    training.code = draw_code(cast.random.choice)
    db.session.flush()
    return training


def _nominate(cast: Cast, training: TrainingSession, people: slice, kind: SiteKind = SiteKind.VENUE) -> None:
    [site] = _sites(training, kind)
    with days.at(cast.place, days.morning(cast.place, -10)):
        operations.nominate(cast.focal_point, training.id, cast.factory, cast.leaders()[people], site.id)


def _confirm(cast: Cast, training: TrainingSession, ago: int) -> None:
    with days.at(cast.place, days.morning(cast.place, -ago)):
        operations.book_all(cast.trainer, training.id)
        operations.confirm(cast.trainer, training.id)


def _sites(training: TrainingSession, kind: SiteKind) -> list[Site]:
    return [site for site in training.sites if site.kind is kind]


def _next(cast: Cast) -> TrainingSession:
    """The confirmed training session that begins next."""
    coming = (
        sa.select(TrainingSession)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(TrainingSession.programme_id == cast.programme_id, TrainingSession.state == TrainingState.CONFIRMED)
        .where(Meeting.number == 1, Meeting.starts > days.wall_now(cast.place))
        .order_by(Meeting.starts)
        .limit(1)
    )
    return db.session.scalars(coming).one()
