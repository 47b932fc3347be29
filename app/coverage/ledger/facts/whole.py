"""What is known of factories as a whole: their lines, the covered people on each, the events they took part in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.coverage.ledger.facts.places import FACTORIES
from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.ledger.models import Movement
from app.coverage.ledger.units import OpenLine
from app.coverage.requirements.rules import Happening, Kind
from app.factories.models import Employment, Factory, Line
from app.factories.rules import LineKind
from app.improvement.drills.models import Drill
from app.improvement.drills.queries import standing
from app.platform.jobs import enqueue
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import TrainingState

_HOLD = (
    sa.select(Factory.id).where(Factory.id.in_(FACTORIES)).order_by(Factory.id)
    .with_for_update(key_share=True, skip_locked=True)
)  # fmt: skip
_LINES = (
    sa.select(Line.factory_id, Line.id, sa.func.min(Employment.started_on), Line.closed_on)
    .join(Employment, Employment.line_id == Line.id)
    .where(Line.factory_id.in_(FACTORIES), Line.kind == LineKind.LINE)
    .group_by(Line.id)
    .order_by(Line.id)
)
_COVERED = (
    sa.select(
        Movement.requirement_id, Movement.factory_id, Movement.line_id, Movement.day, sa.func.sum(Movement.valid)
    )
    .where(
        Movement.factory_id.in_(FACTORIES), Movement.requirement_id.in_(ids("requirements")),
        Movement.line_id.is_not(None), Movement.person_id.is_not(None), Movement.valid != 0,
    )
    .group_by(Movement.requirement_id, Movement.factory_id, Movement.line_id, Movement.day)
    .order_by(Movement.day)
)  # fmt: skip
_SEMINARS = (
    sa.select(Seat.factory_id, sa.func.min(Meeting.starts))
    .select_from(CurrentMark)
    .join(Meeting, Meeting.id == CurrentMark.meeting_id)
    .join(TrainingSession, TrainingSession.id == Meeting.training_id)
    .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
    .join(Seat, sa.and_(Seat.training_id == TrainingSession.id, Seat.person_id == CurrentMark.person_id))
    .where(
        Seat.factory_id.in_(FACTORIES), CourseVersion.category == Category.INDUSTRY_SEMINAR,
        CurrentMark.mark.in_([Mark.PRESENT, Mark.LATE]), TrainingSession.state == TrainingState.CLOSED,
    )
    .group_by(Seat.factory_id, TrainingSession.id)
)  # fmt: skip

_DRILLS = sa.select(Drill.factory_id, Drill.held_on).where(Drill.factory_id.in_(FACTORIES), standing())


@dataclass(frozen=True)
class Told:
    """Of some factories."""

    opened: Mapping[int, Sequence[tuple[int, date, date | None]]]
    covered: Mapping[tuple[int, int, int], Sequence[tuple[date, int]]]
    happened: Mapping[int, Mapping[Happening, Sequence[date]]]

    def lines(self, requirement_id: int, factory_id: int) -> list[OpenLine]:
        """Its lines, with those covered on each by a requirement."""
        return [
            OpenLine(since, until, line_id, self.covered.get((requirement_id, factory_id, line_id), ()))
            for line_id, since, until in self.opened.get(factory_id, ())
        ]

    def events(self, factory_id: int) -> Mapping[Happening, Sequence[date]]:
        """The days of what it took part in."""
        return self.happened.get(factory_id, {})


def hold(factory_ids: Collection[int]) -> frozenset[int]:
    """Those of the factories that nobody else is counting at the moment; the others are counted again in a moment.

    Nobody waits here: whoever holds a factory may be waiting for a person that is held already.
    """
    held = frozenset(row.id for row in rows(_HOLD, {"factories": list(factory_ids)}))
    for factory_id in sorted(set(factory_ids) - held):
        enqueue("coverage.settle_factory", factory_id=factory_id)
    return held


def read(factory_ids: Collection[int], requirement_ids: Collection[int], kinds: Collection[Kind]) -> Told:
    """Lines where units are counted, events where a cadence is. Four statements at the most."""
    those = {"factories": list(factory_ids)}
    opened: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    covered: dict[tuple[int, int, int], list[tuple[date, int]]] = defaultdict(list)
    happened: dict[int, dict[Happening, Sequence[date]]] = defaultdict(dict)
    if Kind.UNIT in kinds:
        for factory_id, line_id, since, until in rows(_LINES, those):
            opened[factory_id].append((line_id, since, until))
        for *key, day, more in rows(_COVERED, {**those, "requirements": list(requirement_ids)}):
            covered[key[0], key[1], key[2]].append((day, more))
    if Kind.CADENCE in kinds:
        seminars: dict[int, list[date]] = defaultdict(list)
        for factory_id, starts in rows(_SEMINARS, those):
            seminars[factory_id].append(starts.date())
        drills: dict[int, list[date]] = defaultdict(list)
        for factory_id, day in rows(_DRILLS, those):
            drills[factory_id].append(day)
        for happening, days in ((Happening.SEMINAR, seminars), (Happening.DRILL, drills)):
            for factory_id, own in days.items():
                happened[factory_id][happening] = sorted(own)
    return Told(opened, covered, happened)
