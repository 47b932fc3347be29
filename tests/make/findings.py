"""Findings of assessments."""

from datetime import date

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.factories.models import Factory
from app.improvement.findings import operations
from app.improvement.findings.models import Finding, FindingImport
from app.platform.db import db

HEAD = "factory,cluster,point,question,severity,assessed_on,status\n"


def row(
    factory: str, question: str = "OS-01-Q01", severity: str = "high", day: str | date = "2026-01-31",
    status: str = "open",
) -> str:
    """A row of a file; theme and point are those of the question."""
    return f"{factory},{question[:2]},{question[:5]},{question},{severity},{day},{status}"


def text(*rows: str) -> bytes:
    """A file."""
    return (HEAD + "\n".join(rows)).encode()


def read(*rows: str, actor: Actor = SYSTEM, name: str = "findings.csv") -> FindingImport:
    """A file that was only looked at."""
    return operations.preview(actor, name, text(*rows))


def applied(*rows: str, actor: Actor = SYSTEM, name: str = "findings.csv") -> FindingImport:
    """A file that was applied."""
    return operations.apply(actor, read(*rows, actor=actor, name=name).id)


def file(factory: Factory, name: str = "findings.csv") -> FindingImport:
    """A file about one factory that was only looked at."""
    return read(row(factory.code, "WT-02-Q03"), name=name)


def finding(factory: Factory, question: str = "OS-08-Q01", **values: str) -> Finding:
    """A finding that counts."""
    applied(row(factory.code, question, **values))
    statement = sa.select(Finding).where(Finding.factory_id == factory.id, Finding.question == question)
    return db.session.scalars(statement.where(Finding.is_current)).one()
