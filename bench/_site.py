"""The site as it runs for many, and what its processes cost."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from flask import Flask

from app.boot import create_app, spare_the_collector
from app.platform.config import Settings
from app.platform.db import db
from app.platform.db.migrate import upgrade
from tests.faults.processes import Product
from tests.peers import postgres

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
ENGINES = ("sqlite", "postgresql")
AS_ADVISED = ("shared_buffers=1GB", "work_mem=32MB")
"""The memory that the README advises for a server of PostgreSQL; its own settings are for the smallest machine."""
PATIENCE = 20  # seconds in which a server ends in good order


@dataclass(frozen=True)
class Site:
    """The running server, and the CPU seconds that its processes have had."""

    port: int
    cpu: Callable[[], float]


@contextmanager
def site_on(engine: str) -> Iterator[tuple[Flask, list[int]]]:
    """The application on an empty database, and the processes of the database whose CPU counts with it."""
    server = postgres.start(options=AS_ADVISED) if engine == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                env="test", secret_key="k" * 40, database_url=server.url if server else f"sqlite:///{folder}/bench.db",
                data_dir=Path(folder), mail_transport="outbox", base_url="http://localhost",
                mail_sender="training@seamwise.example", assets_dir=ROOT / "build" / "assets",
            )  # fmt: skip
            app = create_app(settings)
            spare_the_collector()
            with app.app_context():
                upgrade(db.engine)
            yield app, [server.guard.pid] if server and server.guard else []
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
    finally:
        if server:
            server.stop()


@contextmanager
def serving(app: Flask, *, workers: int, also: Sequence[int] = ()) -> Iterator[Site]:
    """`flask serve` with so many processes; the CPU of `also`, and of what they have started, is counted with it."""
    assets = app.extensions["settings"].assets_dir
    environ = Product(app, SimpleNamespace()).environ() | {"SEAMWISE_ASSETS_DIR": str(assets)}  # type: ignore[arg-type]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = ("-c", "from app.platform.web.serve import serve; serve()", "--port", str(port))
    server = subprocess.Popen(
        [sys.executable, *command, "--workers", str(workers)], cwd=ROOT, env=environ, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/livez")
        yield Site(port, lambda: cpu_seconds(server.pid, *also))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def cpu_seconds(*roots: int) -> float:
    """CPU seconds of these processes and of all that descend from them, those that have ended included."""
    stats = [path.read_text().rpartition(")") for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    rows = {int(name.split(" ", 1)[0]): rest.split() for name, _, rest in stats}
    return sum(sum(map(int, row[11:15])) for pid, row in rows.items() if _descends(pid, roots, rows)) / TICKS


def _descends(pid: int, roots: Sequence[int], rows: dict[int, list[str]]) -> bool:
    while pid in rows and pid not in roots:
        pid = int(rows[pid][1])
    return pid in rows and pid in roots


def _wait(address: str) -> None:
    give_up = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
        else:
            return
