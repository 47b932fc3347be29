"""Engines with the guarantees that the product promises: what was acknowledged is on the disk."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

try:
    from pysqlite3 import dbapi2 as sqlite_driver
except ImportError:  # no wheel for this platform: the standard module, with its version checked at start
    sqlite_driver = sqlite3

OLDEST_SQLITE = (3, 51, 3)
BUSY_MILLISECONDS = 10_000


def engine_options(url: URL) -> dict[str, Any]:
    """Options for `create_engine`, by engine."""
    always: dict[str, Any] = {"hide_parameters": True}  # an error in the log must not name people
    if url.get_backend_name() == "sqlite":
        return always | {"module": sqlite_driver, "connect_args": {"timeout": BUSY_MILLISECONDS / 1000}}
    return always | {"pool_pre_ping": True, "pool_size": 4, "connect_args": {"connect_timeout": 10}}


def prepare(engine: sa.Engine) -> None:
    """Attach what every connection of this engine needs."""
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        sa.event.listen(engine, "connect", _on_sqlite_connect)
        sa.event.listen(engine, "begin", _on_sqlite_begin)


def sqlite_is_safe() -> bool:
    """Whether SQLite is free of the write-ahead-log corruption that 3.51.3 mended (TRAPS F1)."""
    return bool(sqlite_driver.sqlite_version_info >= OLDEST_SQLITE)


def in_one_file(path: Path, patience: float) -> bool:
    """Bring an SQLite database into its file alone, without a write-ahead log; false when somebody has it open."""
    connection: Any = sqlite_driver.connect(path, timeout=patience, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite_driver.OperationalError:
        return False
    finally:
        connection.close()
    return True


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    """A writer takes the write lock at once: a read snapshot could not be upgraded later."""
    options = connection.get_execution_options()
    driver: Any = connection.connection.dbapi_connection
    if not options.get("writes"):
        driver.execute("BEGIN")  # it touches no file, so nothing can be in its way
        return
    if options.get("patience") is None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver.execute(f"PRAGMA busy_timeout={int(options['patience'])}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
