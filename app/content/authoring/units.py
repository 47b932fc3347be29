"""Changes to the units of a course, and what becomes of their files. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from app.content.places import AUDIO_SUFFIXES, LEDGER, SUFFIXES, FileKind, place_of
from app.content.read import OF_A_UNIT
from app.content.schema import CourseFacts, Part, UnitFacts
from app.courses.rules import UnitKind, belongs_to_question


def with_unit(facts: CourseFacts, unit: UnitFacts) -> CourseFacts:
    """A new unit, as the last one."""
    return _with(facts, (*facts.units, unit))


def with_changed(facts: CourseFacts, code: str, unit: UnitFacts) -> CourseFacts:
    """Another description of a unit; where it is called otherwise now, the timetables and the pass rule follow."""
    changed = _with(facts, tuple(unit if each.id == code else each for each in facts.units))
    return changed if unit.id == code else _renamed(changed, code, unit.id)


def with_moved(facts: CourseFacts, code: str, by: int) -> CourseFacts:
    """A unit earlier (-1) or later (1); at the end of the list nothing happens."""
    units = list(facts.units)
    at = next(number for number, unit in enumerate(units) if unit.id == code)
    to = min(max(at + by, 0), len(units) - 1)
    units.insert(to, units.pop(at))
    return _with(facts, tuple(units))


def without(facts: CourseFacts, code: str) -> CourseFacts:
    """Without a unit; timetables lose it, and what is empty then."""
    left = tuple(unit for unit in facts.units if unit.id != code)
    layouts = [
        layout.model_copy(update={"parts": parts})
        for layout in facts.layouts
        if (parts := tuple(_without(layout.parts, code)))
    ]
    return facts.model_copy(update={"units": left, "layouts": tuple(layouts)})


def stays_because(facts: CourseFacts, code: str) -> str | None:
    """Why a unit cannot be taken away: `only`, `test`, `bank` or `meeting` - or None when it can."""
    unit = next(each for each in facts.units if each.id == code)
    if len(facts.units) == 1:
        return "only"
    if unit.kind is UnitKind.MEETING:
        return "meeting"
    if any(each.bank == code for each in facts.units):
        return "bank"
    return "test" if facts.pass_rule.test and facts.pass_rule.test.unit == code else None


def files_of(code: str, paths: Collection[str]) -> list[str]:
    """The files that belong to a unit: its texts in every language, its sounds, the pictures of its questions."""
    return sorted(path for path in paths if _unit_of(path) == code)


def moves(code: str, new: str, files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """What to write and take away when a unit is called otherwise: its files move, and ledgers name the new ones."""
    changes: dict[str, bytes | None] = {}
    for path in files_of(code, files):
        folder, _slash, name = path.partition("/")
        changes[path] = None
        changes[f"{folder}/{new}{name.removeprefix(code)}"] = files[path]
    for path, data in files.items():
        if path.endswith(f"/{LEDGER}") and (renamed := _ledger(code, new, data)) != data:
            changes[path] = renamed
    return changes


def _ledger(code: str, new: str, data: bytes) -> bytes:
    suffixes = "|".join(re.escape(suffix) for kind, suffix in SUFFIXES.items() if kind in OF_A_UNIT)
    pattern = rf'("[a-zA-Z-]+/){re.escape(code)}((?:{suffixes})")'
    return re.sub(pattern.encode(), rb"\g<1>" + new.encode() + rb"\g<2>", data)


def _unit_of(path: str) -> str | None:
    place = place_of(path)
    if place is None or not place.about:
        return None
    if place.kind is FileKind.MEDIA:
        is_of_unit = PurePosixPath(path).suffix in AUDIO_SUFFIXES or belongs_to_question(place.about)
        return place.about.partition(".")[0] if is_of_unit else None
    return place.about if place.kind in OF_A_UNIT else None


def _with(facts: CourseFacts, units: tuple[UnitFacts, ...]) -> CourseFacts:
    return facts.model_copy(update={"units": units})


def _renamed(facts: CourseFacts, code: str, new: str) -> CourseFacts:
    changes: dict[str, Any] = {"layouts": tuple(
        layout.model_copy(update={"parts": tuple(
            part.model_copy(update={"units": tuple(new if unit == code else unit for unit in part.units)})
            for part in layout.parts
        )})
        for layout in facts.layouts
    )}  # fmt: skip
    changes["units"] = tuple(
        unit.model_copy(update={"bank": new}) if unit.bank == code else unit for unit in facts.units
    )
    rule = facts.pass_rule
    if rule.test and rule.test.unit == code:
        changes["pass_rule"] = rule.model_copy(update={"test": rule.test.model_copy(update={"unit": new})})
    return facts.model_copy(update=changes)


def _without(parts: Collection[Part], code: str) -> Iterator[Part]:
    for part in parts:
        if left := tuple(unit for unit in part.units if unit != code):
            yield part.model_copy(update={"units": left})
