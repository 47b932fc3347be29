"""Declared headcounts."""

from datetime import date

from app.access.actor import SYSTEM
from app.factories.headcounts import operations
from app.factories.headcounts.models import Headcount, HeadcountImport
from app.factories.headcounts.rules import Said
from app.factories.models import Factory
from app.factories.rules import JobRole, Sex
from app.platform.db import db

F, M = Sex.F, Sex.M


def said(as_of: date = date(2026, 1, 31), women: int = 30, men: int = 10, **values: object) -> Said:
    """Operators of both sexes and two supervisors."""
    counts = {(JobRole.OPERATOR, F): women, (JobRole.OPERATOR, M): men, (JobRole.SUPERVISOR, F): 2}
    return Said(**{"as_of": as_of, "source": "declared", "counts": counts, "lines": 4, **values})


def headcount(factory: Factory, as_of: date = date(2026, 1, 31), **values: object) -> Headcount:
    """What a factory declared of a day."""
    made = operations.declare(SYSTEM, factory.code, said(as_of, **values))
    assert made is not None
    db.session.flush()
    return made


def file(factory: Factory, name: str = "heads.csv") -> HeadcountImport:
    """A file of one headcount that was only looked at."""
    text = f"factory,as_of,source,role,sex,people\n{factory.name},2026-02-28,{factory.name},operator,F,5\n"
    return operations.preview(SYSTEM, factory, name, text.encode())
