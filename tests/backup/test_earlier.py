"""A backup of an earlier Seamwise is loaded into the tables of its time and brought to the present state."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.backup import creating, places, restoring
from app.backup.archive import Writer, written
from app.backup.rows import dumping, tables
from app.backup.rows.loading import columns_there
from app.backup.rules import FILES, Content, Manifest, Table
from app.platform.clock import now
from app.platform.db import db, migrate
from tests.backup.conftest import Site
from tests.backup.test_drill import contents, figures, said

pytestmark = pytest.mark.slow


def earlier(site: Site, path: Path, revision: str) -> set[str]:
    """The site as it would have been backed up at a revision; the tables that have become others since."""
    with places._made(path.with_suffix(".db"), revision) as connection:
        there = columns_there(connection)
    then = [
        Table(table.name, tuple(column for column in table.columns if column.name in there[table.name]))
        for table in tables() if table.name in there
    ]  # fmt: skip
    with site.app.app_context(), dumping.snapshot(db.engine) as connection, written(path) as out:
        writer, counted = Writer(out), dumping.next_ids(connection)
        contents = tuple(creating.add(writer, connection, table, counted) for table in then)
        _, nothing = writer.add(FILES, ())
        writer.finish(Manifest(revision, connection.dialect.name, now().isoformat(), contents, Content(0, 0, nothing), 0))
    return {table.name for table in tables() if table not in then}


@pytest.mark.sampled
@pytest.mark.parametrize("before", [1, 4])
def test_it_is_loaded_and_migrated(site: Site, elsewhere: Flask, tmp_path: Path, before: int) -> None:
    revision = migrate.revisions()[-1 - before]
    changed = earlier(site, tmp_path / "b.zip", revision)
    assert restoring.restore(tmp_path / "b.zip").manifest.revision == revision
    assert migrate.is_at_head(db.engine)
    now_, then = contents(), said(site.made.manifest)
    skipped = {*changed, "rate_counter", "job"}  # pages were asked for since, and a migration leaves work
    assert {name: each for name, each in now_.items() if name not in skipped} == {
        name: each for name, each in then.items() if name not in skipped
    }
    assert figures(elsewhere) == figures(site.app)
    with db.engine.connect() as connection:
        assert not connection.execute(sa.text("SELECT 1 FROM webhook")).all()
