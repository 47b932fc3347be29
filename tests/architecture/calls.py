"""Who calls whom in the product, as far as names tell: read from the source, without running it."""

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import starmap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Module:
    """One file: its functions and what each name in it means elsewhere."""

    name: str
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@cache
def trees() -> dict[Path, ast.Module]:
    """Every file of the product, parsed once. The garbage collector need not go through it all again and again."""
    gc.disable()
    try:
        return {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "app").rglob("*.py"))}
    finally:
        gc.freeze()
        gc.enable()


@cache
def modules() -> dict[str, Module]:
    """Every file of the product by its dotted name."""
    return {module.name: module for module in starmap(_read, trees().items())}


def _read(path: Path, tree: ast.Module) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    module = Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            module.functions.setdefault(node.name, node)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                module.names[each.asname or each.name] = f"{node.module}.{each.name}"
        elif isinstance(node, ast.Import):
            for each in node.names:
                module.names[each.asname or each.name] = each.name
    return module


def find(name: str) -> str | None:
    """The dotted name of the function that `name` is at last, through packages that hand it on; None for no function."""
    owner, _, last = name.rpartition(".")
    module = modules().get(owner)
    if module is None:
        return None
    if last in module.functions:
        return name
    return find(module.names[last]) if module.names.get(last, name) != name else None


@cache
def called(name: str) -> frozenset[str]:
    """Functions of the product that a function names: calls, and hands on to be called."""
    owner, _, last = name.rpartition(".")
    module = modules()[owner]
    return frozenset(found for found in map(find, _mentioned(module, module.functions[last])) if found and found != name)


def _mentioned(module: Module, function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in module.names:
            yield f"{module.names[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield module.names.get(node.id, f"{module.name}.{node.id}")


@cache
def reached(name: str) -> frozenset[str]:
    """The function and everything that calls from it may lead to."""
    seen, waiting = {name}, [name]
    while waiting:
        next_ones = called(waiting.pop())
        waiting += next_ones - seen
        seen |= next_ones
    return frozenset(seen)


def function(name: str) -> ast.FunctionDef:
    """The source of a function, as `find` names it."""
    owner, _, last = name.rpartition(".")
    return modules()[owner].functions[last]
