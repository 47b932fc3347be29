"""Which rows of a file of trainings are about the training whose effect is looked for."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from app.effect.files.headings import Refused
from app.factories.roster.text import fold


@cache
def words(kind: str) -> frozenset[str]:
    """Words of one kind that files of trainings write, as words are compared."""
    listed = json.loads((Path(__file__).parent / "words" / "trainings.json").read_text("utf-8"))
    return frozenset(map(fold, listed[kind]))


def counted(said: Mapping[int, str], wanted: str, ours: Collection[str]) -> dict[int, bool | None]:
    """Whether each row counts, by the course that it names; None where nobody knows, because it names none and others
    do. `wanted` is the course that somebody chose, else it is supervisory skills: as files write it, or by a code or
    title among `ours`. A file about one course is about that one. Raises Refused where nothing tells which one counts:
    trainings of several courses are never mixed."""
    names = {row: fold(text) for row, text in said.items()}
    spelled = {name: said[row] for row, name in reversed(names.items()) if name}
    if wanted:
        chosen = {name for name in spelled if name == fold(wanted)}
    elif len(spelled) < 2:
        return dict.fromkeys(names, True)
    else:
        known = words("supervisory_skills") | {fold(each) for each in ours}
        chosen = {name for name in spelled if name in known or name.startswith(tuple(f"{each} " for each in known))}
    if not chosen:
        raise Refused("course_not_found" if wanted else "several_courses", courses=tuple(sorted(spelled.values())))
    return {row: name in chosen if name else None if len(spelled) > 1 else True for row, name in names.items()}
