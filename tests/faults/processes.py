"""Real processes of the product that can be killed: commands, requests, and the server itself.

    end = product.work(stop_at="mail.after_send")      # `flask jobs work --once`
    assert end.killed
    with product.serving() as server:                  # `flask serve`
        assert server.post("/attempts", {}) == 303
        server.kill()
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from flask import Flask

from app.platform.clock import now
from app.platform.config import Settings
from app.platform.jobs.queries import unfinished
from tests.browse import OWN_SITE

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 1
LATER = timedelta(minutes=30)
"""Jobs that begin after that were put off on purpose: nobody waits for them."""


@dataclass(frozen=True)
class End:
    """How a process ended and what it had said by then."""

    code: int
    told: list[str]
    seconds: float
    """Of CPU."""
    megabytes: float
    """At most, with the product itself."""

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL

    @property
    def statuses(self) -> list[int]:
        """The answers that somebody had in hand when the process ended."""
        return [int(line.split()[1]) for line in self.told if line.startswith("status ")]


class Hatchery:
    """The other end of `hatchery.py`: processes without the seconds that importing the product takes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hatchery"], cwd=ROOT, env=outside(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )

    def hatch(self, order: Mapping[str, Any]) -> End:
        return End(**self._ask(order))

    def release(self, environ: Mapping[str, str], *words: str, log: Path) -> int:
        """Start `flask` with these words in a process group of its own; its number. It writes into the file."""
        pid: int = self._ask({"environ": dict(environ), "flask": words, "log": str(log)})["pid"]
        return pid

    def found(self, environ: Mapping[str, str], mutation: str, pipes: Sequence[Path], log: Path) -> int:
        """Start an elder of `nodes.py`, which is asked by these pipes; its number."""
        pid: int = self._ask({"environ": dict(environ), "node": mutation, "pipes": [*map(str, pipes)], "log": str(log)})["pid"]
        return pid

    def end(self, pid: int) -> None:
        """End what was started, in good order if it can, and whatever is left of its group."""
        self._ask({"end": pid})

    @contextmanager
    def living(self, environ: Mapping[str, str], *words: str, log: Path) -> Iterator[int]:
        """What `release` starts, until the block ends; its number."""
        pid = self.release(environ, *words, log=log)
        try:
            yield pid
        finally:
            self.end(pid)

    def _ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        assert self._process.wait(60) == 0  # it may still import the product, on a machine that is busy
        self._process.stdout.close()


def outside() -> dict[str, str]:
    """The environment without any setting of the product."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SEAMWISE_", "FLASK_"))}


@dataclass
class Product:
    """The processes of one site."""

    app: Flask
    hatchery: Hatchery

    def environ(self, stop_at: str = "") -> dict[str, str]:
        settings: Settings = self.app.extensions["settings"]
        names = (
            "env", "secret_key", "database_url", "data_dir", "base_url", "mail_transport", "mail_sender", "smtp_host",
            "smtp_port", "smtp_security", "fonts_dir", "imap_host", "imap_port", "imap_security", "imap_user",
            "imap_password", "incoming_maildir", "certificate_keys_dir",
        )
        own = {f"SEAMWISE_{name.upper()}": str(getattr(settings, name)) for name in names}
        more = {"SEAMWISE_JOB_LEASE_SECONDS": str(LEASE_SECONDS), "SEAMWISE_STOP_AT": stop_at, "FLASK_APP": "wsgi.py"}
        return outside() | own | more

    def work(self, stop_at: str = "") -> End:
        """A worker that does what is due and ends, or dies at a point."""
        return self.hatchery.hatch({"environ": self.environ(stop_at), "flask": ["jobs", "work", "--once"]})

    def command(self, *words: str, stop_at: str = "", largest: int | None = None) -> End:
        """`flask` with these words, which may die at a point, or may write no file beyond so many bytes."""
        limit = {} if largest is None else {"largest": largest}
        return self.hatchery.hatch({"environ": self.environ(stop_at), "flask": list(words), **limit})

    def real_work(self, stop_at: str) -> int:
        """The exit code of a real `flask jobs work` that dies at a point."""
        command = [sys.executable, "-m", "flask", "jobs", "work"]
        done = subprocess.run(command, cwd=ROOT, env=self.environ(stop_at), timeout=60, capture_output=True, check=False)
        return done.returncode

    def post(self, cookie: str, address: str, fields: Mapping[str, str] | None = None, stop_at: str = "") -> End:
        """One POST to an app in a process of its own."""
        return self.posts(cookie, [(address, dict(fields or {}), stop_at)])

    def posts(self, cookie: str, posts: Sequence[tuple[str, Mapping[str, str], str]]) -> End:
        """POSTs one after the other to one process, each with the point at which it dies, or none."""
        return self.hatchery.hatch({"environ": self.environ(), "cookie": cookie, "posts": list(posts)})

    def work_until_dead(self, point: str, seconds: float = 30) -> None:
        """A worker that dies at a point of a job; one that another held when it died is due when its lease is over."""
        give_up = time.monotonic() + seconds
        while not (end := self.work(stop_at=point)).killed:
            assert end.code == 0 and time.monotonic() < give_up, end.told
            time.sleep(LEASE_SECONDS / 4)

    def work_on(self, seconds: float = 30) -> None:
        """Start workers as a supervisor would, until no job is open; a dead worker's lease runs out meanwhile."""
        give_up = time.monotonic() + seconds
        while True:
            end = self.work()
            assert end.code == 0, end.told
            jobs = self._open_jobs()
            if not jobs:
                return
            assert all(lease_by for _, lease_by in jobs), f"neither done nor held by a dead worker: {jobs}"
            assert time.monotonic() < give_up, jobs
            time.sleep(LEASE_SECONDS / 4)

    def _open_jobs(self) -> list[tuple[str, str | None]]:
        with self.app.app_context():
            return [(job.kind, job.lease_by) for job in unfinished() if job.run_at < now() + LATER]

    @contextmanager
    def serving(self, stop_at: str = "") -> Iterator["Server"]:
        """`flask serve` with one worker process, ready."""
        with Server(self.environ(stop_at), self.hatchery) as server:
            yield server


class Server:
    """A running `flask serve` with a process group of its own."""

    def __init__(self, environ: Mapping[str, str], hatchery: Hatchery) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._hatchery = hatchery
        self._log = tempfile.NamedTemporaryFile("r")  # noqa: SIM115 - closed by kill(), when the server is dead
        words = ("serve", "--port", str(self.port), "--workers", "1")
        self._pid: int | None = hatchery.release(environ, *words, log=Path(self._log.name))

    def __enter__(self) -> Self:
        give_up = time.monotonic() + 60
        while self.request("GET", "/livez") != 200:
            if time.monotonic() > give_up:
                said = self._log.read()
                self.kill()
                raise AssertionError(f"the server did not start:\n{said}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def post(self, address: str, fields: Mapping[str, str] | None = None, cookie: str = "") -> int | None:
        """The status; None when the line died before the answer."""
        return self.request("POST", address, urlencode(fields or {}), cookie)

    def request(self, method: str, address: str, body: str | Iterable[bytes] = "", cookie: str = "") -> int | None:
        headers = {**OWN_SITE, "Content-Type": "application/x-www-form-urlencoded", "Cookie": f"seamwise={cookie}"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, address, body, headers)
            reply = line.getresponse()
            reply.read()
        except (OSError, http.client.HTTPException):
            return None
        else:
            return reply.status
        finally:
            line.close()

    def kill(self) -> None:
        """SIGKILL to every process of the server; harmless when they are gone."""
        if self._pid is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        self._hatchery.end(self._pid)
        self._pid = None
        self._log.close()
