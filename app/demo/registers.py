"""What a programme plans with: rooms, an interpreter, a host account, what its trainer speaks and teaches, rules."""

from collections.abc import Mapping
from datetime import time, timedelta
from random import Random

from app.access.roles import Role
from app.demo import days, names, staff
from app.demo.cast import Cast
from app.demo.places import BANGLADESH, CAMBODIA, ETHIOPIA, JORDAN, SRI_LANKA, VIET_NAM, Place
from app.demo.plots import SAFETY, SEMINAR, SKILLS
from app.factories.rules import Sex
from app.platform.clock import today
from app.sessions.models import HostAccount, Room
from app.sessions.registers import operations
from app.sessions.registers.queries import things
from app.sessions.registers.settings import (
    BreakSettings,
    HostSettings,
    InterpreterSettings,
    RoomSettings,
    RulesSettings,
)

LEAVES: dict[Place, tuple[int, int]] = {CAMBODIA: (40, 44), JORDAN: (35, 39)}
"""First and last day, from today, on which the trainer who works there first is away."""
_SPOKEN = {CAMBODIA: ("km", "vi", "en"), JORDAN: ("ar", "am", "si", "en")}
"""The trainer of the east does not speak Bengali: there it takes an interpreter."""
_PRAYERS: dict[Place, Mapping[str, str]] = {
    BANGLADESH: {"en": "Midday prayer", "bn": "যোহরের নামাজ"},
    JORDAN: {"en": "Midday prayer", "ar": "صلاة الظهر"},
}
_LUNCHES: dict[Place, Mapping[str, str]] = {
    CAMBODIA: {"en": "Lunch", "km": "អាហារថ្ងៃត្រង់"},
    ETHIOPIA: {"en": "Lunch", "am": "ምሳ"},
    VIET_NAM: {"en": "Lunch", "vi": "Bữa trưa"},
    SRI_LANKA: {"en": "Lunch", "si": "දිවා ආහාරය"},
}


def furnish(cast: Cast) -> None:
    """Everything that planning asks for, as the programme has it from the start."""
    place, code = cast.place, cast.place.code
    name, _, town = place.venue.partition(", ")
    own_room = RoomSettings(name, town, place.province, places=24, factory_id=None, closed_on=None)
    at_factory = RoomSettings("Meeting room", place.factory, place.province, 16, cast.factory_id, closed_on=None)
    for room in (own_room, at_factory):
        operations.add_room(cast.trainer, code, room)
    operations.add_interpreter(cast.trainer, code, _interpreter(place))
    operations.add_host(cast.manager, code, HostSettings(f"Selvedge {place.country} meetings", "Selvedge Meet", None))
    _rule(cast)
    _teach(cast)


def _interpreter(place: Place) -> InterpreterSettings:
    """The same in every telling, like everybody who is no worker."""
    drawn = names.draw(Random(f"interpreter {place.code}"), place.language, Sex.F)  # noqa: S311 - a story, not a secret
    return InterpreterSettings(drawn.latin, f"interpreter@{place.host}", (place.language, "en"), None)


def _rule(cast: Cast) -> None:
    """A rest at midday that lies between the two half-days of a day, and a word to the factory a week before."""
    work_days = tuple(day for day in range(1, 8) if day not in cast.place.rest_days)
    rules = RulesSettings(
        release_one_in=4, travel_near_minutes=45, travel_far_minutes=180, reminder_days=(5, 1),
        quiet_from=time(20), quiet_until=time(7),
    )  # fmt: skip
    operations.change_rules(cast.manager, cast.place.code, rules)
    for name in (_PRAYERS.get(cast.place), _LUNCHES.get(cast.place)):
        if name:
            rest = BreakSettings(name, time(12), time(12, 45), work_days)
            operations.add_break(cast.manager, cast.place.code, rest)


def _teach(cast: Cast) -> None:
    code, trainer = cast.place.code, cast.trainer.account_id or 0
    if cast.place in _SPOKEN:
        operations.say_languages(cast.trainer, code, trainer, _SPOKEN[cast.place])
    for course in (SKILLS, SAFETY, SEMINAR):
        operations.qualify(cast.manager, code, trainer, course, today(cast.place.zone), None)


def take_leave(cast: Cast) -> None:
    """The trainer says when he or she will be away, at the first of the own places."""
    now = today(cast.place.zone)
    first, last = (now + timedelta(days=offset) for offset in LEAVES[cast.place])
    with days.at(cast.place, days.morning(cast.place, -20)):
        operations.add_leave(cast.trainer, cast.place.code, cast.trainer.account_id or 0, first, last)


def own_room(cast: Cast) -> Room:
    """The training room of the programme."""
    return next(room for room, factory in things.rooms(cast.programme_id) if factory is None)


def factory_room(cast: Cast) -> Room:
    """The meeting room of the factory."""
    return next(room for room, factory in things.rooms(cast.programme_id) if factory is not None)


def host(cast: Cast) -> HostAccount:
    """The account that opens the programme's meetings."""
    [found] = things.hosts(cast.programme_id)
    return found


def interpreters(cast: Cast) -> tuple[int, ...]:
    """Who interprets at a half-day: nobody where the trainer speaks the language."""
    trainer = staff.member_of(Role.TRAINER, cast.place)
    if cast.place.language in _SPOKEN[trainer.places[0]]:
        return ()
    return tuple(each.id for each in things.interpreters(cast.programme_id))
