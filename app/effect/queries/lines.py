"""Lines of a factory as its page lists them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.effect.queries.trained import Trained, TrainedLine, trainings
from app.effect.queries.weeks import current
from app.factories.models import Employment, Factory, Line
from app.factories.queries import held_on
from app.factories.roster.text import fold
from app.factories.rules import JobRole, Sex
from app.platform.clock import today
from app.platform.db import db


@dataclass(frozen=True)
class LineShown:
    """A line with its weeks and the training of its supervisor; `is_corrected` when somebody said so by hand."""

    name: str
    key: str
    weeks: int
    first: date
    last: date
    trained_on: date | None
    sex: Sex | None
    is_corrected: bool
    began_on: date | None


@dataclass(frozen=True)
class Unmatched:
    """Names that do not meet: lines of trainings without weeks, and lines with weeks that nobody leads by the staff
    lists."""

    trained: Sequence[TrainedLine]
    unled: Sequence[str]


def lines(factory_id: int, trained: Trained | None = None) -> list[LineShown]:
    """The lines of a factory that have weeks, by name: 1, 2, 10. Four statements; one where `trained` is known."""
    found, trained = current([factory_id]), trainings([factory_id]) if trained is None else trained
    counted = sa.func.max(found.c.line), found.c.line_key, sa.func.count(), *(
        of(found.c.monday) for of in (sa.func.min, sa.func.max))
    statement = sa.select(*counted).group_by(found.c.line_key).order_by(found.c.line_key)
    shown = []
    for name, key, number, first, last in db.session.execute(statement):
        said = trained.get((factory_id, key), TrainedLine(name, None, None, is_corrected=False))
        shown.append(LineShown(
            name, key, number, first, last, said.trained_on, said.sex, said.is_corrected,
            said.began_on))
    return sorted(shown, key=lambda each: _as_counted(each.key))


def unmatched(factory: Factory, shown: Sequence[LineShown], trained: Trained) -> Unmatched:
    """What does not meet between the lines with weeks and what is known of people today. One statement."""
    known = {each.key for each in shown}
    without_weeks = [
        said for (_factory, key), said in trained.items()
        if key not in known and said.trained_on and not said.is_corrected]
    led = {fold(name) for name in db.session.scalars(
        sa.select(Line.name).join(Employment, Employment.line_id == Line.id)
        .where(
            Employment.factory_id == factory.id, Employment.role == JobRole.SUPERVISOR,
            held_on(today(factory.programme.zone)))
        .distinct())}
    unled = [each.name for each in shown if each.key not in led and (factory.id, each.key) not in trained]
    return Unmatched(sorted(without_weeks, key=lambda each: _as_counted(fold(each.line))), unled)


def _as_counted(key: str) -> list[str | int]:
    """Words and numbers in turn: line 2 stands before line 10."""
    return [int(part) if place % 2 else part.strip() for place, part in enumerate(re.split(r"(\d+)", key))]
