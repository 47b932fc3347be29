"""Habits of the house that no tool knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app import wiring
from tests.architecture.calls import ROOT, trees

FILES = sorted((ROOT / "app").rglob("*.py"))
NO_ROOM = {"util", "utils", "helpers", "common", "misc", "services", "manager"}
LONGEST = 300


def _trees(word: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """Every file in which the word stands."""
    for file in FILES:
        if word in file.read_text(encoding="utf-8"):
            yield file.relative_to(ROOT), trees()[file]


def test_rooms_have_names() -> None:
    assert [str(file) for file in FILES if file.stem in NO_ROOM] == []


def test_files_are_one_thing() -> None:
    assert [str(f) for f in FILES if len(f.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{file}:{inner.lineno}"
        for file, source in _trees()
        for function in ast.walk(source)
        if isinstance(function, ast.FunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nobody_but_wiring_sees_the_views_of_another_room() -> None:
    seen = [
        f"{file}:{inner.lineno}"
        for file, source in _trees("views")
        for inner in ast.walk(source)
        if isinstance(inner, ast.ImportFrom) and re.match(r"app\.\w+\.(\w+\.)*views\b", inner.module or "")
        if "wiring" not in file.parts and (inner.module or "").split(".")[1] not in file.parts
    ]
    assert seen == []


def test_no_backref() -> None:
    assert [str(file) for file in FILES if "backref" in file.read_text(encoding="utf-8")] == []


def test_operations_never_commit() -> None:
    committing = [
        str(file)
        for file, source in _trees("commit")
        if "operations" in str(file) or "queries" in str(file)
        for call in ast.walk(source)
        if isinstance(call, ast.Attribute) and call.attr == "commit"
    ]
    assert committing == []


def test_public_functions_say_what_they_mean() -> None:
    silent = [
        f"{file}:{node.lineno} {node.name}"
        for file, source in _trees()
        if file.name in {"rules.py", "operations.py"} or {"rules", "operations"} & set(file.parts)
        for node in source.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def test_every_enqueued_job_has_a_handler() -> None:
    named = {name for file in FILES for name in re.findall(r'enqueue(?:_all)?\(\s*"([\w.]+)"', file.read_text(encoding="utf-8"))}
    named |= {timer.kind for timer in wiring.TIMERS}
    assert named == set(wiring.JOBS)


def test_personal_text_is_marked_as_html_in_one_place_only() -> None:
    trusting = {str(file.relative_to(ROOT)) for file in FILES if "Markup(" in file.read_text(encoding="utf-8")}
    assert trusting == {"app/platform/web/templates.py"}
    filters = [str(file) for file in (ROOT / "app").rglob("*.html") if re.search(r"\|\s*safe\b", file.read_text("utf-8"))]
    assert filters == []
