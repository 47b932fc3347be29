"""Who trains colleagues in two of the factories, what was passed on, a visit that looked whether it is true, drills."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.courses import queries as courses
from app.demo import days, rosters
from app.demo.cast import Cast
from app.demo.places import BANGLADESH, CAMBODIA
from app.factories.rules import JobRole
from app.improvement.ambassadors import operations as ambassadors
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import AmbassadorKind, Verdict
from app.improvement.cascade import operations as cascade
from app.improvement.cascade.operations import Said
from app.improvement.cascade.queries import on_day
from app.improvement.cascade.rules import Heads, Why
from app.improvement.cascade.samples import operations as samples
from app.improvement.cascade.samples.rules import Found
from app.improvement.drills import operations as drills
from app.improvement.drills.rules import DrillKind, Learnt, Shift
from app.lessons import operations as lessons
from app.platform.clock import today

AT_PLACES = (CAMBODIA, BANGLADESH)
SINCE = timedelta(days=25)
_PATHWAY, _FIRST, _TASK = "factory-ambassador", "ambassador-01-role", "90-practice"
_MASTER_SINCE, _LEARNS_SINCE = timedelta(days=400), timedelta(days=120)
_TRIED = "I asked six colleagues on two lines what they want to know about safety. Most said: the way out."
_DRILLS = (
    (320, DrillKind.FIRE, 9, (Learnt.ALARM_NOT_HEARD, Learnt.EXIT_BLOCKED)),
    (150, DrillKind.FIRE, 6, (Learnt.EXIT_BLOCKED,)),
    (60, DrillKind.EVACUATION, 5, (Learnt.NOTHING,)),
    (45, DrillKind.CHEMICAL_SPILL, None, (Learnt.EQUIPMENT_MISSING,)),
)


def tell(cast: Cast) -> None:
    """A master trainer, and an ambassador in her first year; sessions with names and as heads; drills; a sample."""
    day = today(cast.place.zone) - SINCE
    with days.at(cast.place, datetime.combine(day, time(15))):
        master, learner = _appoint(cast, day)
        _practise(cast, learner)
        _pass_on(cast, master, learner, day)
        _drill(cast, day)
        _visit(cast, day)


def _appoint(cast: Cast, day: date) -> tuple[Ambassador, Ambassador]:
    code, since, until = cast.place.factory_code, day - _LEARNS_SINCE, day + timedelta(days=600)
    office, floor = _there(cast, day - _MASTER_SINCE, JobRole.OFFICE), _there(cast, since, JobRole.QUALITY)
    master = ambassadors.appoint(
        cast.manager, code, office[0], AmbassadorKind.MASTER_TRAINER, _PATHWAY, day - _MASTER_SINCE, None
    )
    return master, ambassadors.appoint(
        cast.manager, code, floor[0], AmbassadorKind.AMBASSADOR, _PATHWAY, since, until
    )


def _practise(cast: Cast, learner: Ambassador) -> None:
    """The task of the first module, tried and confirmed."""
    person = Actor(person_id=learner.person_id, grants=(Grant(Role.PERSON),), language="en")
    number = courses.current_version(courses.course_by_code(_FIRST).id).number
    log = lessons.log_practice(
        person, _FIRST, _TASK, number, log_id=_token(cast, "practice"), text=_TRIED, photo=None
    )
    ambassadors.decide(cast.manager, log.id, Verdict.CONFIRMED)


def _pass_on(cast: Cast, master: Ambassador, learner: Ambassador, day: date) -> None:
    code, workers = cast.place.factory_code, _there(cast, day - timedelta(days=14), JobRole.OPERATOR)

    def said(name: str, ago: int, theme: str, topic: str, minutes: int, led_by: Ambassador, **who: object) -> Said:
        held_on = day - timedelta(days=ago)
        return Said(_token(cast, name), held_on, theme, minutes, topic, ambassador_id=led_by.id, **who)  # type: ignore[arg-type]

    enter, by = cascade.enter, cast.focal_point
    enter(by, code, said("exits", 14, "osh", "Exits, alarm, meeting point", 45, master, people=workers[:12]))
    enter(by, code, said("guards", 9, "osh", "Needle guards", 30, master, people=workers[6:16]))
    enter(by, code, said("hours", 7, "working-time", "Overtime is by consent", 40, learner, people=workers[16:24]))
    slip = enter(by, code, said("hall", 3, "discrimination", "Respect at work", 30, master, heads=Heads(140, 20, 0)))
    right = said("hall again", 3, "discrimination", "Respect at work", 30, master, heads=Heads(38, 9, 0))
    cascade.correct(by, code, slip.id, right, Why.WRONG_PEOPLE)


def _drill(cast: Cast, day: date) -> None:
    for ago, kind, minutes, learnt in _DRILLS:
        held_on, people = day - timedelta(days=ago), cast.place.people - 10
        said = drills.Said(_token(cast, f"drill {ago}"), kind, held_on, Shift.DAY, people, minutes, learnt)
        drills.enter(cast.focal_point, cast.place.factory_code, said)


def _visit(cast: Cast, day: date) -> None:
    code, seed = cast.place.factory_code, _token(cast, "seed")[:16]
    sample = samples.draw(cast.manager, code, _token(cast, "sample"), sessions=3, people=5, seed=seed)
    for place, item in enumerate(sample.items):
        found = Found.NOT_FOUND if place == 4 else Found.NOT_CONFIRMED if place == 6 else Found.CONFIRMED
        samples.note_found(cast.manager, code, sample.id, item.id, found, day)


def _there(cast: Cast, day: date, role: JobRole) -> Sequence[int]:
    """People of a role who worked at the factory on a day and still do, in the order of their numbers."""
    found = [person_id for _number, person_id in sorted(rosters.people(cast.factory, (role,)).items())]
    worked = on_day(cast.factory_id, day, found)
    return [person_id for person_id in found if person_id in worked]


def _token(cast: Cast, name: str) -> str:
    """The id of a form, the same in every demo."""
    return sha256(f"{cast.place.factory_code} {name}".encode()).hexdigest()[:32]
