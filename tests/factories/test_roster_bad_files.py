"""Files that are meant to do harm, given to the command as a shell would: refused, fast, in little memory."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.processes import Hatchery, outside

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 2**20


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
@pytest.mark.sampled
@pytest.mark.parametrize("name", BAD)
def test_refused_in_time_and_memory(name: str, tmp_path: Path, hatchery: Hatchery) -> None:
    path = tmp_path / f"{name}.xlsx"
    BAD[name](path)
    own = {"FLASK_APP": "wsgi.py", "SEAMWISE_ENV": "development", "SEAMWISE_DATABASE_URL": "sqlite:///nothing.db"}
    end = hatchery.hatch({"environ": outside() | own, "flask": ["roster", "check", str(path), "--json"]})
    told = "\n".join(end.told)
    assert end.code == 2, told
    assert '"outcome": "refused"' in told
    assert 10 < end.megabytes < 300
    assert end.seconds < 4, "two seconds, on a busy machine"
