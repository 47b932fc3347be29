"""What staff keep of a factory and its programme: holidays, group, tier and mode, sections, committees, headcounts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.operations import Wanted
from app.demo import days, rosters
from app.demo.cast import Cast
from app.demo.people import Worker
from app.demo.places import ETHIOPIA, SRI_LANKA
from app.demo.staff import OWNED
from app.factories.headcounts import operations as headcounts
from app.factories.headcounts.rules import Said
from app.factories.models import Factory
from app.factories.rules import CommitteeKind, JobRole, LineKind, Sex, Side, TermKind
from app.factories.structure import operations
from app.factories.structure.queries.programmes import holiday_days
from app.factories.structure.rules import EngagementMode, SupportTier
from app.factories.structure.settings import GroupSettings, HolidaySettings
from app.platform.clock import today

COMMITTEES_SINCE = timedelta(days=300)
_LAST = 30
_COUNTED = {ETHIOPIA: (480, 230)}
"""Days ago for which headcounts are declared; that of one factory has grown old."""
_SECTIONS = ("Cutting", "Finishing")
_WORKERS = (JobRole.OPERATOR, JobRole.QUALITY, JobRole.HELPER)
_MANAGEMENT = (JobRole.MANAGER, JobRole.OFFICE, JobRole.INDIRECT_SUPERVISOR)


def found_group(administrator: Actor, head_office: Actor, factories: dict[str, int]) -> None:
    """A manufacturer that owns a factory in each of two countries, and its head office, which sees them in numbers."""
    owned = frozenset(factories[place.factory_code] for place in OWNED)
    settings = GroupSettings("TWO-RIVERS", "Two Rivers Apparel Holding", "VN", owned)
    group = operations.create_group(administrator, settings)
    if head_office.account_id is not None:
        accounts.grant(administrator, head_office.account_id, Wanted(Role.GROUP_VIEWER, group_id=group.id))


def begin(cast: Cast, year: int) -> None:
    """Holidays of that year and the two before, and how the programme works with the factory from the start."""
    for each in (year - 2, year - 1, year):
        for month, day, names in (*_EVERYWHERE, cast.place.national_day):
            settings = HolidaySettings(date(each, month, day), names, is_provisional=False)
            operations.add_holiday(cast.manager, cast.place.code, settings)
    _term(cast, SupportTier.STANDARD)
    _term(cast, EngagementMode.ON_SITE)


def furnish(cast: Cast, workers: Iterable[Worker]) -> None:
    """Sections, committees of both sides, another tier and mode, and a holiday that may still move."""
    code, day = cast.place.factory_code, today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - COMMITTEES_SINCE, time(15))):
        for name in _SECTIONS:
            operations.add_line(cast.manager, code, name, LineKind.SECTION)
        staying = {worker.number for worker in workers if not worker.leaves}
        _committee(cast, CommitteeKind.BIPARTITE, staying, management=3, workers=3)
        _committee(cast, CommitteeKind.SAFETY, staying, management=2, workers=3)
        if cast.place.needs_more:
            _term(cast, SupportTier.INTENSIVE)
        _term(cast, EngagementMode.HYBRID)
    moving = HolidaySettings(_free_day(cast, 70), {"en": "Feast day by the moon"}, is_provisional=True)
    operations.add_holiday(cast.manager, cast.place.code, moving)


def _free_day(cast: Cast, offset: int) -> date:
    """A day so far from today, or the next one, that is no holiday yet."""
    day = days.work_day(cast.place, offset)
    taken = holiday_days(cast.programme_id, day, day + timedelta(days=9))
    return next(each for each in (day + timedelta(days=number) for number in range(9)) if each not in taken)


def declare(cast: Cast, workers: list[Worker]) -> None:
    """What the factory has declared so far; one of them had to correct itself."""
    now = today(cast.place.zone)
    for ago in _COUNTED.get(cast.place, (480, 300, 210, 120, _LAST)):
        day = now - timedelta(days=ago)
        there: Counter[tuple[JobRole | None, Sex | None]] = Counter()
        there.update((worker.role, worker.sex) for worker in workers if worker.joined <= day)
        lines = len({worker.line for worker in workers if worker.line})
        said = Said(day, "declared", dict(there), lines, shifts=1, under_18=0)
        with days.at(cast.place, datetime.combine(day + timedelta(days=6), time(11))):
            if cast.place is SRI_LANKA and ago == _LAST:
                slip = replace(said, lines=lines + 90)
                headcounts.declare(cast.focal_point, cast.place.factory_code, slip)
            headcounts.declare(cast.focal_point, cast.place.factory_code, said)


_EVERYWHERE = (
    (1, 1, {"en": "New Year"}),
    (5, 1, {
        "en": "Labour Day", "km": "ទិវាពលកម្មអន្តរជាតិ", "vi": "Ngày Quốc tế Lao động", "ar": "عيد العمال",
        "bn": "মে দিবস", "si": "ලෝක කම්කරු දිනය",
    }),
)


def _term(cast: Cast, value: SupportTier | EngagementMode) -> None:
    kind = TermKind.SUPPORT_TIER if isinstance(value, SupportTier) else TermKind.ENGAGEMENT_MODE
    operations.begin_term(cast.manager, cast.place.factory_code, kind, value, today(cast.place.zone))


def _committee(cast: Cast, kind: CommitteeKind, staying: set[str], *, management: int, workers: int) -> None:
    starts_on = today(cast.place.zone)
    made = operations.create_committee(
        cast.manager, cast.place.factory_code, kind, starts_on, starts_on + timedelta(days=730))
    for side, roles, number in ((Side.MANAGEMENT, _MANAGEMENT, management), (Side.WORKER, _WORKERS, workers)):
        for person_id in _some(cast.factory, roles, staying, number, skip=kind is CommitteeKind.SAFETY):
            operations.add_member(cast.manager, cast.place.factory_code, made.id, person_id, side, starts_on)


def _some(factory: Factory, roles: tuple[JobRole, ...], staying: set[str], number: int, *, skip: bool) -> list[int]:
    found = sorted(rosters.people(factory, roles).items())
    there = [person_id for employee_number, person_id in found if employee_number in staying]
    return there[number:2 * number] if skip else there[:number]
