"""Every trap of the list has its row, and every test that a row names is there."""

import re
from functools import cache

from tests.architecture.calls import ROOT
from tests.engines import NAMED, TRAPS

ROW = re.compile(r"^\| ([TX]\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
WANTED = {f"T{number}" for number in [*range(1, 12), *range(20, 27), 36, *range(39, 49), 54]} | {f"X{number}" for number in [11, *range(24, 33), 39, 40]}


def rows() -> dict[str, list[tuple[str, str]]]:
    """The tests of each trap."""
    text = TRAPS.read_text("utf-8")
    found = [(number, NAMED.findall(tests)) for number, _what, _answer, tests in ROW.findall(text)]
    assert len(found) == len({number for number, _tests in found}), "a trap has two rows"
    return dict(found)


@cache
def kept_in(file: str) -> frozenset[str]:
    """The names of the tests of a file; none when there is no such file."""
    path = ROOT / file
    return frozenset(TEST.findall(path.read_text("utf-8")) if path.is_file() else ())


def test_every_trap_has_a_row() -> None:
    assert sorted(WANTED - set(rows())) == []


def test_every_row_names_tests_that_exist() -> None:
    listed = rows()
    assert [number for number, tests in listed.items() if not tests] == []
    missing = [f"{number}: {file}::{name}" for number, tests in listed.items() for file, name in tests if name not in kept_in(file)]
    assert missing == []
