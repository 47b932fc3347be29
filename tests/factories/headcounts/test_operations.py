"""Headcounts by hand and from files: kept beside each other, never twice, all or nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.factories.headcounts import operations, queries, stored
from app.factories.headcounts.models import Headcount, HeadcountCount, HeadcountImport
from app.factories.models import Factory
from app.factories.rules import JobRole, Sex
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.factories.headcounts.test_samples import FOLDER
from tests.make import factories, headcounts
from tests.make.headcounts import said

LONG = "factory,as_of,source,role,sex,people,lines\n"
MARCH = date(2026, 3, 31)


def _send(factory: Factory, *rows: str, apply: bool = True) -> HeadcountImport:
    found = operations.preview(SYSTEM, factory, "heads.csv", (LONG + "\n".join(rows)).encode())
    return operations.apply(SYSTEM, found.id) if apply else found


def _all(factory: Factory) -> list[tuple[str, int, str, bool, int, bool]]:
    rows = db.session.execute(queries.history(factory.id))
    return [(str(row.as_of), row.id, row.source, row.is_revision, row.total, bool(row.counts)) for row in rows]


def test_a_correction_stands_beside_what_it_corrects(app: Flask) -> None:
    factory = factories.factory()
    first = headcounts.headcount(factory, MARCH)
    assert operations.declare(SYSTEM, factory.code, said(MARCH)) is None
    second = headcounts.headcount(factory, MARCH, women=31)
    third = headcounts.headcount(factory, MARCH, women=30)
    assert [(row.number, row.is_revision) for row in (first, second, third)] == [(1, False), (2, True), (3, True)]
    assert [(row[1], row[5]) for row in _all(factory)] == [(third.id, True), (second.id, False), (first.id, False)]
    assert queries.latest(factory.id).id == third.id
    logged = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "headcounts.declare")).all()
    assert [entry.details["total"] for entry in logged] == [42, 43, 42]


def test_the_latest_day_counts_and_a_past_day_can_be_asked(app: Flask) -> None:
    factory = factories.factory()
    headcounts.headcount(factory, date(2026, 2, 28), women=20)
    headcounts.headcount(factory, date(2026, 1, 31), women=10)
    assert queries.said(queries.latest(factory.id)).heads.total == 32
    assert queries.said(queries.latest(factory.id, date(2026, 2, 27))).heads.total == 22
    assert queries.latest(factory.id, date(2026, 1, 30)) is None


def test_what_cannot_be_declared(app: Flask) -> None:
    factory = factories.factory()
    with pytest.raises(Refused, match="future"):
        operations.declare(SYSTEM, factory.code, said(date(2999, 1, 1)))
    with pytest.raises(Refused, match="number"):
        operations.declare(SYSTEM, factory.code, said(counts={}))
    stranger = Actor(grants=(Grant(Role.FOCAL_POINT, factory_id=factories.factory().id),))
    with pytest.raises(NotFound):
        operations.declare(stranger, factory.code, said())
    reader = Actor(grants=(Grant(Role.ADVISOR, factory_id=factory.id),))
    with pytest.raises(NotFound):
        operations.declare(reader, factory.code, said())
    assert db.session.query(Headcount).count() == 0


def test_a_file_twice_changes_nothing(app: Flask) -> None:
    factory = factories.factory()
    rows = ("A,2026-01-31,declared,operator,F,30,3", "A,2026-01-31,declared,operator,M,10,3", "A,2026-02-28,declared,helper,other,4,3",
            "A,2026-02-28,declared,helper,,2,3")
    preview = _send(factory, *rows, apply=False)
    assert db.session.query(Headcount).count() == 0 and _send(factory, *rows, apply=False).id == preview.id
    done = operations.apply(SYSTEM, preview.id)
    assert done.applied == {"new": 2, "correction": 0, "kept": 0, "known": 0}
    assert operations.apply(SYSTEM, preview.id).applied == done.applied
    assert _send(factory, *rows).applied == {"new": 0, "correction": 0, "kept": 0, "known": 2}
    assert db.session.query(Headcount).count() == 2
    assert queries.said(queries.latest(factory.id)).counts == {(JobRole.HELPER, Sex.OTHER): 4, (JobRole.HELPER, None): 2}


def test_an_older_file_does_not_push_a_correction_aside(app: Flask) -> None:
    factory = factories.factory()
    first = "A,2026-03-31,declared,operator,F,30,4"
    _send(factory, first)
    corrected = headcounts.headcount(factory, MARCH, women=31)
    assert _send(factory, first).applied["known"] == 1
    assert _send(factory, "A,2026-03-31,declared,operator,F,29,4").applied["kept"] == 1
    assert queries.latest(factory.id).id == corrected.id
    assert _send(factory, "A,2026-03-31,revised,operator,F,33,4").applied["correction"] == 1
    assert queries.said(queries.latest(factory.id)).heads.total == 33
    assert len(_all(factory)) == 4


def test_rows_of_this_factory_count_where_a_file_names_several(app: Flask) -> None:
    factory = factories.factory(name="Lotus")
    rows = ("Other,2026-01-31,declared,operator,F,90,9", "Other,2026-01-31,declared,operator,M,90,9", "LOTUS,2026-01-31,declared,operator,F,7,1")
    kept = stored.kept(_send(factory, *rows).found)
    assert [each.heads.total for each in kept.snapshots] == [7]
    assert [each.code for each in kept.problems] == ["other_factory", "other_factory"] and kept.left_out == 2
    assert queries.said(queries.latest(factory.id)).heads.total == 7


def test_a_refused_file_is_not_kept(app: Flask) -> None:
    factory = factories.factory()
    with pytest.raises(operations.HeadcountRefused) as refusal:
        operations.preview(SYSTEM, factory, "x.csv", b"")
    assert refusal.value.found.reason == "file_empty" and "empty" in str(refusal.value)
    assert db.session.query(HeadcountImport).count() == 0


SAMPLES = sorted(path.name for path in FOLDER.glob("*.csv"))


@pytest.mark.skipif(not SAMPLES, reason=f"NO SAMPLE HEADCOUNTS in {FOLDER}: set SEAMWISE_SAMPLES")
@pytest.mark.parametrize("name", SAMPLES or ["none"])
def test_the_samples_become_what_is_expected(app: Flask, name: str) -> None:
    wanted = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))
    factory = factories.factory(name="Another name", programme_id=factories.programme("BD", country="BD").id)
    data = Path(FOLDER / name).read_bytes()
    done = operations.apply(SYSTEM, operations.preview(SYSTEM, factory, name, data).id)
    rows = [_shown(row) for row in db.session.execute(queries.history(factory.id))]
    expected = [(each["as_of"], each["women"], each["men"], each["total"], each.get("source", "declared")) for each in wanted["snapshots"]]
    assert sorted(rows) == sorted(expected)
    lines = wanted.get("lines") or {each["as_of"]: each["lines"] for each in wanted["snapshots"]}
    assert {row.as_of.isoformat(): row.lines for row in db.session.execute(queries.history(factory.id)) if row.counts} == lines
    assert done.applied["new"] == len({each["as_of"] for each in wanted["snapshots"]})
    current = [row.total for row in db.session.execute(queries.history(factory.id)) if row.counts]
    assert current[0] == wanted["snapshots"][-1]["total"]
    before = db.session.query(HeadcountCount).count()
    again = operations.apply(SYSTEM, operations.preview(SYSTEM, factory, name, data).id)
    assert again.applied["known"] == len(expected) and db.session.query(HeadcountCount).count() == before


def _shown(row: Any) -> tuple[str, int, int, int, str]:
    return row.as_of.isoformat(), row.women, row.men, row.total, row.source
