"""The machinery of collecting tests."""

import itertools
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import collecting, counts


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
