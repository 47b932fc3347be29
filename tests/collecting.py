"""What collecting need not cost: on a fresh clone it takes each worker as long as a thousand tests."""

import gc
import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

TESTS = Path(__file__).parent


def share_rewriting(config: pytest.Config) -> None:
    """Pytest rewrites the asserts of each module and keeps the outcome. Workers would do so side by side, module by module:
    so that each does its part, every other one begins at the end.
    """
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if not worker or sys.dont_write_bytecode or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    for module in sorted(TESTS.rglob("test_*.py"), reverse=int(worker.removeprefix("gw")) % 2 == 1):
        kept = rewrite.get_cache_dir(module) / (module.stem + rewrite.PYC_TAIL)
        if not kept.exists() and rewrite.try_makedirs(kept.parent):
            try:
                source_hash, code = rewrite._rewrite_test(module, config)
            except SyntaxError:  # one error of collecting, and not the end of every worker
                continue
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, source_hash, kept)


def rest_from_sweeping() -> None:
    """Nothing that is collected is thrown away, so the garbage collector would look through it all for nothing."""
    gc.disable()


def keep_what_is_there() -> None:
    """What is there now stays: the garbage collector need not go through it again and again. It sweeps a tenth as often as
    usual, which costs half; a million objects, some two hundred megabytes, are the most that it lets lie.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()
