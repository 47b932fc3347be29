"""`./dev run` as a person starts it: real processes, a database of its own, nothing left behind.

Usually the demo is in the database already, as from the second start on; in `./dev test long` it is empty first.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.conftest import Databases
from tests.counts import IS_LONG
from tests.demo.conftest import copied

pytestmark = [pytest.mark.slow, pytest.mark.any_engine]
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """One `./dev run` and everything it started."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.environ = os.environ | {
            "SEAMWISE_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}", "SEAMWISE_DATA_DIR": str(folder),
        }
        self.errors = folder / "errors"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "dev", "run", "--port", str(self.port)],
                stdout=subprocess.PIPE, stderr=errors, text=True, env=self.environ,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
            )
        self.family: list[psutil.Process] = []

    def greeting(self) -> str:
        """The line that says it is ready, or what went wrong instead."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "answers" in line:
                self.family = psutil.Process(self.process.pid).children(recursive=True)
                return line
        return self.errors.read_text()

    def survivors(self) -> list[psutil.Process]:
        gone_by = time.monotonic() + 15
        while (alive := [one for one in self.family if one.is_running()]) and time.monotonic() < gone_by:
            time.sleep(0.05)
        return alive


@pytest.fixture(scope="module")
def folder(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run")
    if not IS_LONG:
        copied(databases, made)
    return made


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    started = Run(folder)
    yield started
    started.process.terminate()
    started.process.wait(timeout=60)
    assert started.process.stdout is not None
    started.process.stdout.close()
    for process in started.family:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_it_answers_until_it_is_told_to_stop(run: Run) -> None:
    assert f"http://localhost:{run.port}" in run.greeting()
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/readyz") as answer:
        assert answer.status == 200
    command = [sys.executable, ROOT / "dev", "flask", "demo", "sign-ins", "--json"]
    listed = json.loads(subprocess.run(command, env=run.environ, capture_output=True, text=True, check=True).stdout)
    assert listed
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=60) == 0
    assert run.survivors() == []
    assert run.process.stdout is not None
    printed = run.process.stdout.read()
    assert all(str(value) in printed for value in listed[0].values())


@pytest.mark.long
def test_told_by_the_machine_to_stop_it_stops(run: Run) -> None:
    run.greeting()
    run.process.terminate()
    assert run.process.wait(timeout=60) == 0
    assert run.survivors() == []


@pytest.mark.long
def test_when_the_job_worker_dies_everything_ends(run: Run) -> None:
    run.greeting()
    worker = next(process for process in run.family if process.cmdline()[-2:] == ["jobs", "work"])
    worker.kill()
    assert run.process.wait(timeout=60) == 1
    assert "the job worker ended" in run.errors.read_text()
    assert run.survivors() == []
