"""Files that are meant to do harm, given to the command as a shell would: refused, fast, in little memory."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.roster.sample_files import REPOSITORY

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 2**20
# The command, which says its own peak of memory at the end: what the kernel tells of a child begins with its parent's.
FLASK = """
import atexit, pathlib, sys
from flask.cli import main
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(next(line for line in status.read_text().splitlines() if "VmHWM" in line), file=sys.stderr))
main()
"""


def zipped(path: Path, name: str, chunk: bytes, times: int = 1, parts: int = 1) -> None:
    """A ZIP written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            with archive.open(name.format(number), "w") as part:
                for _ in range(times):
                    part.write(chunk)


def lying(path: Path) -> None:
    """200 MB that the directory of the ZIP calls one kilobyte."""
    zipped(path, SHEET, b" " * MEGABYTE, 200)
    path.write_bytes(path.read_bytes().replace((200 * MEGABYTE).to_bytes(4, "little"), (1024).to_bytes(4, "little")))


def gigabyte(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"Employee No,Name\n")
        file.truncate(2**30)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
BAD: dict[str, Callable[[Path], object]] = {
    "bomb": lambda path: zipped(path, SHEET, b" " * MEGABYTE, 200),
    "lying-bomb": lying,
    "many-parts": lambda path: zipped(path, "xl/{}.xml", b"", parts=5000),
    "entities": lambda path: zipped(path, SHEET, ENTITIES),
    "one-line": lambda path: path.write_bytes(b"a," * 9_000_000),
    "gigabyte": gigabyte,
    "control": lambda path: path.write_bytes(bytes(range(1, 9)) * 5000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_refused_in_time_and_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    BAD[name](path)
    env = {**os.environ, "FLASK_APP": "wsgi.py", "SEAMWISE_ENV": "development", "SEAMWISE_DATABASE_URL": "sqlite:///nothing.db"}
    before = os.times()
    command = [sys.executable, "-c", FLASK, "roster", "check", str(path), "--json"]
    done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, timeout=60, check=False)
    after = os.times()
    assert done.returncode == 2, done.stderr
    assert '"outcome": "refused"' in done.stdout
    kilobytes = int(done.stderr.split("VmHWM:")[1].split()[0])
    assert 10_000 < kilobytes < 300 * 1024
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 8, "two seconds, and the start of the program on a busy machine"
