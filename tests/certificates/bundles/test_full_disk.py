"""A disk that is full, a command that is wrong: nothing half stays behind, and somebody is told what to do (TRAPS X11)."""

import errno
import io
import resource
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates.bundles import archive, jobs
from app.certificates.bundles.rules import Failure
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from tests.browse import Browse
from tests.make import accounts, bundles, certificates, factories


class Full(io.BytesIO):
    """A file on a disk with so much room."""

    room = 0

    def write(self, data: object) -> int:
        if self.tell() + memoryview(data).nbytes > self.room:  # type: ignore[arg-type] # bytes or a view of them
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)  # type: ignore[arg-type] # as above


@pytest.mark.parametrize("room", [0, 50, 200, 2000])
def test_at_any_write(app: Flask, room: int) -> None:
    rows = bundles.certified(factories.factory(), *["Sok Dara"] * 4)
    file = Full()
    file.room = room
    with pytest.raises(OSError, match="No space left"):
        archive.write(file, [row.id for row in rows], files(), now())


@pytest.fixture
def small_files(app: Flask) -> Iterator[int]:
    """No file of this process may grow beyond this: what a full disk does, done to one process by the kernel."""
    most = 60_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield most
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _large(number: int) -> list[int]:
    factory = factories.factory("KH-FULL")
    made = [certificates.certificate(factories.person(factory), factory) for _ in range(number)]
    return [certificates.drawn(row, b"%PDF" + bytes(30_000)).id for row in made]


def test_the_one_who_waits_is_told(app: Flask, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle, before = bundles.ordered(account), bundles.kept()

    def full(_out: BinaryIO, *_rest: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive, "write", full)
    jobs.pack(bundle.id).write()
    db.session.refresh(bundle)
    assert bundle.failed is Failure.NO_ROOM
    assert bundles.kept() == before
    reply = browse.as_account(account).get(f"/certificates/bundles/{bundle.id}")
    assert "The disk of the server is full." in reply.text
    monkeypatch.undo()
    assert bundles.packed(bundles.ordered(account)).parts


def test_another_fault_is_tried_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    bundle, before = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory)), bundles.kept()

    def broken(_out: BinaryIO, *_rest: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(archive, "write", broken)
    with pytest.raises(OSError, match="Input/output"):
        jobs.pack(bundle.id)
    assert bundles.kept() == before


def test_the_command_leaves_nothing_half(app: Flask, tmp_path: Path, small_files: int) -> None:
    _large(4)
    db.session.commit()
    (out := tmp_path / "all.zip").write_bytes(b"of yesterday")
    resource.setrlimit(resource.RLIMIT_FSIZE, (small_files, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    result = app.test_cli_runner().invoke(args=["certificates", "zip", "--factory", "KH-FULL", "--out", str(out)])
    assert result.exit_code == 1
    assert "The disk is full." in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]
    assert out.read_bytes() == b"of yesterday"


def test_the_command_writes_one_file(app: Flask, tmp_path: Path) -> None:
    factory, other = factories.factory("KH-CLI"), factories.factory()
    [dara] = bundles.certified(factory, "Sok Dara")
    on_line = certificates.drawn(certificates.certificate(factories.person(factory, name="Chan Thida"), factory, line="Line 7"))
    bundles.certified(other, "Somebody Else")
    certificates.certificate(factories.person(factory, name="Still Waiting"), factory)
    first, second = dara.number, on_line.number
    db.session.commit()
    out, run = tmp_path / "all.zip", app.test_cli_runner().invoke
    for narrowed, expected in ((["--factory", "KH-CLI"], [first, second]), (["--factory", "KH-CLI", "--line", "Line 7"], [second])):
        result = run(args=["certificates", "zip", *narrowed, "--out", str(out)])
        assert result.exit_code == 0, result.output
        with zipfile.ZipFile(out) as packed:
            names = [name for name in packed.namelist() if name.endswith(".pdf")]
        assert [name.partition(" - ")[0] for name in names] == expected
    for wrong in (["--factory", "NOWHERE"], [], ["--training", "99"], ["--line", "Line 99"]):
        result = run(args=["certificates", "zip", *wrong, "--out", str(tmp_path / "none.zip")])
        assert result.exit_code == 1
        assert "Traceback" not in result.output
    result = run(args=["certificates", "zip", "--factory", "KH-CLI", "--out", str(tmp_path / "no" / "folder.zip")])
    assert (result.exit_code, "cannot be written" in result.output) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


def test_memory_does_not_grow_with_what_is_packed(app: Flask, tmp_path: Path) -> None:
    """Forty files of 300 kB each: 12 MB go through, and no more than a few files of them are ever held."""
    factory = factories.factory()
    made = [certificates.certificate(factories.person(factory), factory) for _ in range(40)]
    ids = [certificates.drawn(row, b"%PDF" + bytes(300_000)).id for row in made]
    db.session.commit()
    with (tmp_path / "warm.zip").open("w+b") as out:
        archive.write(out, ids[:1], files(), now())
    peaks = []
    for number in (5, 40):
        tracemalloc.start()
        with (tmp_path / f"{number}.zip").open("w+b") as out:
            archive.write(out, ids[:number], files(), now())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (tmp_path / "40.zip").stat().st_size > 12_000_000
    assert peaks[1] - peaks[0] < 2_000_000
