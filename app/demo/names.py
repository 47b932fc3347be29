"""Names in both scripts, drawn from lists of our own: anybody real who is called so is so by chance."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from app.factories.rules import Sex

_FOLDER = Path(__file__).parent / "names"


@dataclass(frozen=True)
class Name:
    """One name in Latin letters and in its own script."""

    latin: str
    local: str


def draw(random: Random, language: str, sex: Sex) -> Name:
    """A name as people of this language and sex bear it."""
    lists = _lists(language)
    group = "women" if sex is Sex.F else "men"
    given = random.choice(list(lists[group].items()))
    second = random.choice(list((lists.get(f"{group}_second") or lists["families"]).items()))
    parts = (second, given) if lists["family_first"] else (given, second)
    return Name(" ".join(latin for latin, _ in parts), " ".join(local for _, local in parts))


@cache
def _lists(language: str) -> Any:
    return json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
