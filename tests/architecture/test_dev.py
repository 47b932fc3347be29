"""The command file: set-up that is skipped when done, sentences instead of tracebacks, locks without addresses."""

import ast
import importlib.util
import re
import signal
import socket
import subprocess
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "dev"


@pytest.fixture
def dev() -> ModuleType:
    loader = SourceFileLoader("dev", str(DEV))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def project(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with an environment, so that only the steps of the test are open."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "is_environment", lambda: True)
    (tmp_path / "lock.txt").write_text("one")
    return tmp_path


def counting_step(dev: ModuleType, done: list[str], name: str = "step", **more: Any) -> Any:
    return dev.Step(name, ("lock.txt",), f"build/.{name}", lambda: done.append(name), **more)


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.walk(ast.parse(DEV.read_text()))
    names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(ast.parse(DEV.read_text())) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_can_read_the_file_as_far_as_its_sentence() -> None:
    ast.parse(DEV.read_text(), feature_version=(3, 8))


def test_a_finished_step_is_skipped_until_its_input_changes(dev: ModuleType, project: Path) -> None:
    done: list[str] = []
    dev.set_up((counting_step(dev, done),))
    dev.set_up((counting_step(dev, done),))
    assert done == ["step"]
    (project / "lock.txt").write_text("two")
    dev.set_up((counting_step(dev, done),))
    assert done == ["step", "step"]


def test_a_step_that_failed_is_tried_again(dev: ModuleType, project: Path) -> None:
    def fail() -> None:
        raise dev.SetUpError("no network")

    with pytest.raises(dev.SetUpError):
        dev.set_up((dev.Step("step", ("lock.txt",), "build/.step", fail),))
    assert not (project / "build" / ".step").exists()


def test_the_larger_set_of_packages_covers_the_smaller(dev: ModuleType, project: Path) -> None:
    done: list[str] = []
    small = counting_step(dev, done, "small")
    dev.set_up((counting_step(dev, done, "large", covers=(small,)),))
    dev.set_up((small,))
    assert done == ["large"]


def test_set_up_leaves_stdout_to_the_command(
    dev: ModuleType, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    noisy = dev.Step("step", ("lock.txt",), "build/.step", lambda: dev.call(sys.executable, "-c", "print('npm')"))
    dev.set_up((noisy,))
    out, err = capfd.readouterr()
    assert out == ""
    assert "step" in err
    assert "npm" in err


def test_a_long_step_says_that_it_is_alive(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "HEARTBEAT", 0.05)
    assert dev.call(sys.executable, "-c", "import time; time.sleep(0.3)")
    assert "still working" in capfd.readouterr().err


def test_an_environment_that_was_cut_off_is_made_again(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    assert not dev.is_environment()
    (tmp_path / "pip").touch()
    assert dev.is_environment()


def test_a_python_without_venv_is_told_the_remedy(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name))
    with pytest.raises(dev.SetUpError, match="apt install python3-venv"):
        dev.make_environment()


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = subprocess.run([sys.executable, DEV, "run", "--port", str(port)], capture_output=True, text=True)
    assert result.returncode == 1
    assert re.fullmatch(rf"seamwise: port {port} .*--port.*\n", result.stderr)


def test_port_0_is_any_free_port(dev: ModuleType) -> None:
    assert 0 < dev.usable(0) < 65536


def test_an_unknown_command_shows_the_known_ones() -> None:
    result = subprocess.run([sys.executable, DEV, "fly"], capture_output=True, text=True)
    assert result.returncode == 2
    assert all(f"./dev {name}" in result.stdout for name in ("run", "test", "check", "bench", "flask"))


def test_what_pytest_counted_is_added_up(dev: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert str(dev.read_tally(report)) == "3 passed, 3 failed, 3 skipped"


def test_a_dead_child_is_named_and_takes_the_others_along(dev: ModuleType, project: Path) -> None:
    with dev.Children({}) as children:
        children.start("server", "-c", "import time; time.sleep(60)")
        children.start("job worker", "-c", "raise SystemExit(3)")
        children.running["job worker"].wait(timeout=10)
        assert children.first_dead() == "job worker"
    assert children.running["server"].returncode == -signal.SIGTERM


DEAF = """
import pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path("ready").touch()
time.sleep(60)
"""


def test_a_child_that_ignores_the_request_to_stop_is_killed(
    dev: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PATIENCE", 0.2)
    with dev.Children({}) as children:
        children.start("server", "-c", DEAF)
        end = time.monotonic() + 10
        while not (project / "ready").exists():
            assert time.monotonic() < end
            time.sleep(0.01)
    assert children.running["server"].wait(timeout=10) == -signal.SIGKILL


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_pins_every_package_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert "://" not in text
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_the_npm_lock_holds_no_download_address() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()
