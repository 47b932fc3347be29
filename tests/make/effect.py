"""Weekly figures of lines."""

from datetime import date, timedelta

from app.access.actor import SYSTEM
from app.effect import jobs, operations
from app.effect.models import EffectResult, WeekFile
from app.factories.models import Factory
from app.platform.db import db
from app.platform.jobs import Done

HEAD = "factory,line,week,operators,minutes_worked,sam,pieces,defects,efficiency_pct\n"
START = date(2025, 6, 30)


def text(factory: str = "", lines: int = 12, weeks: int = 40, trained: int = 6, since: int = 20, gain: float = 1.2) -> bytes:
    """Weeks of lines of which the first make more from a week on. A little up and down, the same each time."""
    rows = []
    for line in range(lines):
        for week in range(weeks):
            year, number, _day = (START + timedelta(weeks=week)).isocalendar()
            wave = 1 + 0.04 * (((line * 37 + week * 61) * 7919 % 101) / 50 - 1)
            more = gain if line < trained and week > since else 1
            pieces = round(3000 * (1 + line / 50) * wave * more)
            rows.append(f"{factory},L{line + 1:02},{year}-W{number:02},30,2880,12.5,{pieces},9,")
    return (HEAD + "\n".join(rows)).encode()


def file(factory: Factory, name: str = "weeks.csv", data: bytes | None = None) -> WeekFile:
    """A file that was only looked at."""
    return operations.preview(SYSTEM, factory, name, data or text(lines=2, weeks=3))


def applied(factory: Factory, name: str = "weeks.csv", data: bytes | None = None) -> WeekFile:
    """A file that was applied."""
    return operations.apply(SYSTEM, file(factory, name, data or text()).id)


def trained(factory: Factory, lines: int = 6, since: int = 20) -> None:
    """The supervisors of the first lines were trained in the week after which they make more."""
    for line in range(lines):
        said = operations.LineSaid(f"L{line + 1:02}", START + timedelta(weeks=since, days=3), None)
        operations.correct(SYSTEM, factory.code, said)


def made() -> None:
    """What the worker does with the comparisons that were ordered."""
    for row in db.session.query(EffectResult).filter(EffectResult.made_at.is_(None)).order_by(EffectResult.id).all():
        done = jobs.compare(row.id)
        assert isinstance(done, Done)
        done.write()
