"""Which tests are asked on which engine, and which of them usually."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest

from tests.browse import Browse
from tests.counts import IS_LONG, SHARE, Sample, halved, sampled

TRAPS = Path(__file__).parents[1] / "docs" / "traps.md"
COLLECTED = pytest.StashKey[list[pytest.Item]]()
"""All tests of the run, before any is left out."""
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def asked(items: list[pytest.Item], engine: str, *, is_whole: bool) -> list[pytest.Item]:
    """What an engine is asked of the tests: SQLite all of them, but for what it leaves to PostgreSQL when they are the whole
    suite; PostgreSQL this, and a part of what depends on it.
    """
    usual = [item for item in items if IS_LONG or not item.get_closest_marker("long")]
    left = _left_to_postgres(usual) if is_whole and not IS_LONG else None
    if engine == "sqlite":
        return _sampled([item for item in usual if left is None or item not in left], engine)
    return _sampled([item for item in usual if depends_on_engine(item) and _is_for_postgres(item, left)], engine)


def function_of(item: pytest.Item) -> str:
    """The test without its parameters, as it is named in docs/traps.md."""
    return item.nodeid.partition("[")[0]


@cache
def in_traps() -> frozenset[str]:
    """The tests that docs/traps.md names: they are never left out on SQLite."""
    return frozenset(f"{file}::{name}" for file, name in NAMED.findall(TRAPS.read_text("utf-8")))


def _left_to_postgres(items: list[pytest.Item]) -> set[pytest.Item]:
    """Of the slow tests of a module that depend on the engine, half, chosen by name."""
    modules = defaultdict[str, defaultdict[str, list[pytest.Item]]](lambda: defaultdict(list))
    for item in filter(_may_be_left, items):
        modules[item.nodeid.partition("::")[0]][function_of(item)].append(item)
    return {item for module, found in modules.items() for name in halved(list(found), module)[1] for item in found[name]}


def _may_be_left(item: pytest.Item) -> bool:
    is_kept = item.get_closest_marker("every_run") or function_of(item) in in_traps()
    return bool(item.get_closest_marker("slow")) and not is_kept and depends_on_engine(item)


def depends_on_engine(item: pytest.Item) -> bool:
    return "databases" in item.fixturenames and not item.get_closest_marker("any_engine")


def _is_for_postgres(item: pytest.Item, left: set[pytest.Item] | None) -> bool:
    """What SQLite has left, and not what it could have left and asked itself. Of all else what commits for real or is asked in
    every run, and of what is thrown away afterwards, as of pages, a fixed part.
    """
    if left is not None and (item in left or _may_be_left(item)):
        return item in left
    asks_for_pages = "browse" in item.fixturenames or Browse.__name__ in item.function.__code__.co_names
    if IS_LONG or item.get_closest_marker("every_run"):
        return True
    share = 2 * SHARE if asks_for_pages else SHARE if "shared_app" in item.fixturenames else 1
    return crc32(item.nodeid.encode()) % share == 0


def _sampled(items: list[pytest.Item], engine: str) -> list[pytest.Item]:
    """Of tests marked so, and alike but for their parameters, some; others on the other engine."""
    alike = defaultdict[tuple[str, int], list[pytest.Item]](list)
    for item in items:
        if how := item.get_closest_marker("sampled"):
            try:
                number, each = Sample(*how.args, **how.kwargs)
            except TypeError as error:
                raise pytest.UsageError(f"{item.nodeid}: {error}") from error
            name = item.nodeid.partition("[")[0] + (f"[{item.callspec.params[each]}" if each else "")
            alike[name, number].append(item)
    left_out = {item for (name, number), found in alike.items() for item in set(found).difference(sampled(found, f"{name} {engine}", number))}
    return [item for item in items if item not in left_out]
