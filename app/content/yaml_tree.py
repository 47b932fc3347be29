"""YAML read node by node, so that each value keeps its line and nothing is guessed.

YAML 1.1 makes false of `no`, 750 of `12:30` and 83 of `0123`. Here such a value is a fault: it has to be quoted.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

DEEPEST = 10
_MOST_OPEN = 100
"""The reader calls itself for every level; from some thousands on the whole process would end."""
Path = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {_TAG + name for name in ("str", "bool", "int", "float", "null", "seq", "map")}
_INT = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,15})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SEPARATOR = re.compile("[\u2028\u2029]")
_SURPRISES = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|0[0-9_]+|0[box][0-9a-f_]+|[0-9]+(:[0-9]+)+")


@dataclass(slots=True)
class Tree:
    """Plain values, the line of each, and what is wrong as (line, message)."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> Tree:
    """Read one document of mappings, lists and simple values; aliases, tags and double keys are faults."""
    tree = Tree()
    if _SEPARATOR.search(text):
        lines = enumerate(text.split("\n"), 1)
        message = "an invisible line separator (U+2028 or U+2029); write a space in its place"
        tree.faults += [(number, message) for number, line in lines if _SEPARATOR.search(line)]
        text = _SEPARATOR.sub(" ", text)  # YAML would count it as the end of a line, and nobody else does
    try:
        deep = _too_deep(text)
        root = None if deep else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        tree.faults.append((line, f"not readable as YAML: {error.problem}"))
    except yaml.YAMLError:
        tree.faults.append((1, "not readable as YAML: a control character"))
    else:
        tree.faults += [(deep, "nested too deeply")] if deep else []
        tree.value = _Builder(tree).build(root, ()) if root else None
    return tree


def _too_deep(text: str) -> int | None:
    """The line where far too much is open at once, looked for before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MOST_OPEN and event.start_mark:
            return int(event.start_mark.line) + 1
    return None


class _Builder:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        line = self.tree.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.seen:
            return self.fault(line, "an alias (*name) is not allowed here; write the value again")
        self.seen.add(id(node))
        if node.tag not in _KNOWN_TAGS and not isinstance(node, yaml.ScalarNode):
            return self.fault(line, "a tag (!name) is not allowed")
        if len(path) > DEEPEST:
            return self.fault(line, "nested too deeply")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        return self.scalar(node, line) if isinstance(node, yaml.ScalarNode) else None

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = str(self.scalar(key, line)) if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                self.fault(line, "a key has to be a word")
            elif name in found:
                self.fault(line, f"{name} stands here twice")
            else:
                self.tree.lines[(*path, name)] = line
                found[name] = self.build(value, (*path, name))
        return found

    def scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        """Only true, false, null and plain decimal numbers are not text; what YAML would convert beyond is a fault."""
        written = self.plain(str(node.value), line)
        kind = node.tag.removeprefix(_TAG)
        if kind == "str" and not (node.style in {None, ""} and _SURPRISES.fullmatch(written)):
            return written
        if node.style in {None, ""} and written in _WORDS:
            return _WORDS[written]
        if kind == "int" and _INT.fullmatch(written):
            return int(written)
        if kind == "float" and _FLOAT.fullmatch(written):
            return float(written)
        self.fault(line, f'YAML may read {written} as something else; put it in quotes: "{written}"')
        return written

    def plain(self, written: str, line: int) -> str:
        """Without control characters, which a text in double quotes can hide as \\0 or \\x07."""
        if _CONTROL.search(written):
            self.fault(line, "a control character")
        return _CONTROL.sub("", written)

    def fault(self, line: int, message: str) -> None:
        self.tree.faults.append((line, message))
