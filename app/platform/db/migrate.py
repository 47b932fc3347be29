"""Numbered migrations, run by Alembic."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.platform.db.base import Base
from app.platform.db.engine import engine_options, prepare

FOLDER = Path(__file__).resolve().parents[3] / "migrations"


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction."""
    with _changing_tables(engine) as connection:
        command.upgrade(_config(connection), revision)


def upgrade_on(connection: sa.Connection, revision: str) -> None:
    """Bring the database to a revision in a transaction that the caller has begun. PostgreSQL alone."""
    command.upgrade(_config(connection), revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Take the database back to a revision, in one transaction."""
    with _changing_tables(engine) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _changing_tables(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction for migrations. SQLite changes a table by copying it; foreign keys must not mind meanwhile."""
    with engine.connect().execution_options(writes=True) as connection:
        sqlite = connection.connection.driver_connection if engine.dialect.name == "sqlite" else None
        if sqlite:
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise RuntimeError(f"the migration leaves a row that points nowhere: {tuple(broken)}")
        finally:
            if sqlite:
                sqlite.execute("PRAGMA foreign_keys=ON")


def new_revision(engine: sa.Engine, message: str) -> None:
    """Write the next numbered migration from the difference between tables and models."""
    with engine.connect() as connection:
        number = f"{max(map(int, revisions())) + 1:04d}"  # there are gaps
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def is_at_head(engine: sa.Engine) -> bool:
    """Whether the database has every migration of this program."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        return current == ScriptDirectory.from_config(_config(connection)).get_current_head()


def differences(engine: sa.Engine) -> list[str]:
    """What the models have that the migrated tables lack, and the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        with warnings.catch_warnings():  # SQLite does not tell of an index on an expression: it is not compared there
            warnings.filterwarnings("ignore", message=".*expression-based index")
            return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def differences_from_scratch() -> list[str]:
    """`differences` of a new SQLite database that has only been migrated."""
    with tempfile.TemporaryDirectory() as folder:
        url = sa.make_url(f"sqlite:///{folder}/empty.db")
        fresh = sa.create_engine(url, **engine_options(url))
        prepare(fresh)
        try:
            upgrade(fresh)
            return differences(fresh)
        finally:
            fresh.dispose()


def revisions() -> list[str]:
    """Every revision there is, from the first."""
    return [script.revision for script in reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions()))]


def current(engine: sa.Engine) -> str:
    """The revision that the database is at; empty before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""
