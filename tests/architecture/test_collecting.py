"""The machinery of collecting tests."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import collecting


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
