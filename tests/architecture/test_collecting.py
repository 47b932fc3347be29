"""The machinery of collecting tests."""

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import collecting, counts, engines


def test_a_broken_module_is_left_to_collecting(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one error there; here it would end every worker."""
    (tmp_path / "test_broken.py").write_text("def test_this(:\n")
    (tmp_path / "test_sound.py").write_text("def test_that() -> None:\n    assert True\n")
    monkeypatch.setattr(collecting, "TESTS", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    config: Any = SimpleNamespace(
        workerinput={"workerid": "gw0"}, args_source=pytest.Config.ArgsSource.TESTPATHS, stash=request.config.stash,
        getini=request.config.getini,
    )  # fmt: skip
    collecting.share_rewriting(config)
    kept = collecting.rewrite.get_cache_dir(tmp_path / "test_sound.py")
    assert [path.name.partition(".")[0] for path in kept.iterdir()] == ["test_sound"]


def test_a_sample_is_fixed_spread_and_in_the_long_run_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "IS_LONG", False)
    values = ["en", "km", "ar", "bn"]
    names = [f"tests/test_x.py::test_{number}" for number in range(60)]
    assert {counts.sampled(values, name)[0] for name in names} == set(values)
    assert all(counts.sampled(values, name) == counts.sampled(values, name) for name in names)
    assert {tuple(counts.sampled(values, name, 2)) for name in names} == set(itertools.combinations(values, 2))
    assert counts.sampled(values, "any", 9) == values
    assert counts.Sample(3) == counts.Sample(number=3)
    for some in (values, values[:3], values[:1]):
        one, other = counts.halved(some, "any")
        assert {*one, *other} == set(some) and len(one) == len(other) == (len(some) + 1) // 2
    monkeypatch.setattr(counts, "IS_LONG", True)
    assert counts.sampled(values, "any") == values


@dataclass(frozen=True)
class Made:
    """A test as it is collected."""

    nodeid: str
    fixturenames: tuple[str, ...]
    marks: tuple[str, ...]

    def function(self) -> None:
        """Ask for nothing."""

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks


def made(trap: str) -> list[Made]:
    """Modules with five tests each of everything that can be said of a test, one of them with parameters."""
    worlds = [(), ("databases",), ("databases", "shared_app"), ("databases", "shared_app", "browse")]
    said = [marks for number in range(4) for marks in itertools.combinations(["slow", "any_engine", "every_run"], number)]
    names = ["one", "two", "three", "four", *(f"five[{number}]" for number in range(9))]
    suite = [
        Made(f"tests/test_{place}.py::test_{name}", world, marks)
        for place, (world, marks) in enumerate(itertools.product(worlds, said)) for name in names
    ]  # fmt: skip
    return [*suite, Made(trap, worlds[2], ("slow",)), Made(trap.partition("::")[0] + "::test_other", worlds[2], ("slow",))]


def faults(items: Sequence[Any]) -> dict[str, list[str]]:
    """Tests that no engine is asked in a usual run, those that stop being tried for a trap, and races asked on one alone."""
    sqlite, postgresql = ({*engines.asked(list(items), engine, is_whole=True)} for engine in ("sqlite", "postgresql"))
    functions = {engines.function_of(item) for item in sqlite | postgresql}
    usual = [item for item in items if not item.get_closest_marker("long")]
    nowhere = [item.nodeid for item in usual if item not in sqlite | postgresql
               and not (item.get_closest_marker("sampled") and engines.function_of(item) in functions)]  # fmt: skip
    here = {engines.function_of(item) for item in sqlite}
    traps = sorted({engines.function_of(item) for item in items} & engines.in_traps() - here)
    there = {engines.function_of(item) for item in postgresql}
    races = [item.nodeid for item in usual if item.get_closest_marker("every_run") and engines.depends_on_engine(item)
             and engines.function_of(item) not in here & there]  # fmt: skip
    return {"nowhere": nowhere, "traps": traps, "races": races}


def test_what_sqlite_leaves_out_is_asked_on_postgresql(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all that is collected with this, and of made-up tests of every kind."""
    none: dict[str, list[str]] = {"nowhere": [], "traps": [], "races": []}
    assert faults(request.config.stash[engines.COLLECTED]) == none
    monkeypatch.setattr(engines, "IS_LONG", False)
    suite = made(min(engines.in_traps()))
    assert faults(suite) == none
    sqlite, postgresql = ({*engines.asked(suite, engine, is_whole=True)} for engine in ("sqlite", "postgresql"))
    assert set(suite) - sqlite, "nothing is left to the other engine"
    assert all("databases" in item.fixturenames and "any_engine" not in item.marks for item in postgresql)
    assert {*engines.asked(suite, "sqlite", is_whole=False)} == set(suite)
