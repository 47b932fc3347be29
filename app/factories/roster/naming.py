"""Which columns make the name, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.factories.roster.scripts import main_script
from app.factories.roster.vocabulary import words

NAME_KINDS = frozenset({"name", "local_name", "given_name", "middle_name", "family_name", "second_family_name",
                        "father_name", "grandfather_name"})
_GIVEN_FIRST = ("given_name", "middle_name", "family_name", "second_family_name")
_FAMILY_FIRST = ("family_name", "second_family_name", "middle_name", "given_name")
_ONE_WORD_SHARE = 0.6


@dataclass(frozen=True)
class NamedColumn:
    """A column of names or parts of names with some of its texts."""

    column: int
    kind: str
    points: float
    data: Sequence[str]


def name_columns(named: Sequence[NamedColumn], country: str | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of the (Latin) name and of the name in another script, each in the order of joining.

    With names in one script only they are the name, whatever the script.
    """
    by_script: dict[str, list[NamedColumn]] = {}
    for column in named:
        script = main_script(column.data) or ("LATIN" if column.kind != "local_name" else "?")
        by_script.setdefault(script, []).append(column)
    joined = {script: order for script, columns in by_script.items() if (order := _joined(columns, country))}
    latin = joined.pop("LATIN", ())
    fullest = sorted(joined, key=lambda script: -max(len(column.data) for column in by_script[script]))
    local = joined[fullest[0]] if fullest else ()
    return (latin, local) if latin else (local, ())


def _joined(columns: Sequence[NamedColumn], country: str | None) -> tuple[int, ...]:
    parts: dict[str, NamedColumn] = {}
    for column in columns:
        kind = "name" if column.kind == "local_name" else column.kind
        if kind not in parts or column.points > parts[kind].points:
            parts[kind] = column
    if "name" in parts and _has_fathers(parts, country):
        return _numbers(parts, ("name", "father_name", "grandfather_name"))
    if "name" in parts and not {"given_name", "family_name"} & parts.keys():
        return (parts["name"].column,)
    return _from_parts(parts, country)


def _has_fathers(parts: dict[str, NamedColumn], country: str | None) -> bool:
    """Where a name is one's own, the father's and the grandfather's, these columns continue it. Elsewhere the father
    stands there to tell people apart and is not kept."""
    if "father_name" not in parts:
        return False
    if "grandfather_name" in parts:
        return True
    patronymic = bool(words("countries").get(country or "", {}).get("patronymic"))
    return patronymic and _one_word(parts["name"].data)


def _one_word(data: Sequence[str]) -> bool:
    return sum(" " not in text for text in data) >= _ONE_WORD_SHARE * len(data)


def _from_parts(parts: dict[str, NamedColumn], country: str | None) -> tuple[int, ...]:
    """Given and family name apart. A plain "name" beside a given name is the family name (French `Nom`), beside a
    family name it is the given name - unless it already holds the whole."""
    if "name" in parts:
        if not _one_word(parts["name"].data) and len(parts) > 2:
            return (parts["name"].column,)
        free = "family_name" if "given_name" in parts else "given_name"
        parts = {free: parts["name"], **{kind: part for kind, part in parts.items() if kind != "name"}}
    family_first = bool(words("countries").get(country or "", {}).get("family_first"))
    order: tuple[str, ...] = _FAMILY_FIRST if family_first else _GIVEN_FIRST
    if "family_name" not in parts and {"father_name", "given_name"} <= parts.keys():
        order = ("given_name", "father_name", "grandfather_name")
    return _numbers(parts, order)


def _numbers(parts: dict[str, NamedColumn], order: Sequence[str]) -> tuple[int, ...]:
    return tuple(parts[kind].column for kind in order if kind in parts)
