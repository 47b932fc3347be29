"""How the parts of an Office Open XML package name each other (ECMA-376 part 2)."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from app.platform.tables.markup import local, walk


@dataclass(frozen=True)
class Relation:
    """One relationship: what kind of part, and its name inside the package."""

    kind: str
    part: str


def relations_of(parts: Mapping[str, bytes], part: str) -> dict[str, Relation]:
    """The relationships of a part by id; of the package itself for an empty name."""
    folder, name = posixpath.split(part)
    data = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, Relation] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and "Id" in attributes:
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes["Id"]] = Relation(kind, _resolve(folder, attributes.get("Target", "")))

    if data is not None:
        walk(data, start)
    return found


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
