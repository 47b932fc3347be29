"""What the grid of a reading sends: for each person what is said now, and what the page showed before."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.platform.web.forms import number
from app.quizzes.aloud.operations import Note

LONGEST = 1000
"""Signs of one answer: more than anybody says."""


@dataclass(frozen=True)
class GridForm:
    """Notes by person, of those who were changed on the page; `rest` had no answer there and have none now."""

    notes: dict[int, Note]
    rest: Sequence[int]
    rest_words: str


def grid_form(sent: MultiDict[str, str]) -> GridForm:
    """Read what a grid sent. What is no person and no revision is left out."""
    notes, rest = {}, []
    for name, seen in sent.items():
        before, _dash, person = name.partition("-")
        person_id, revision = number(person), number(seen)
        if before != "seen" or person_id is None or revision is None:
            continue
        words = "".join(sent.getlist(f"said-{person_id}"))[:LONGEST].strip()
        was = sent.get(f"was-{person_id}", "").strip()
        if words != was:
            notes[person_id] = Note(words, revision)
        elif not was:
            rest.append(person_id)
    return GridForm(notes, rest, "".join(sent.getlist("rest"))[:LONGEST].strip())
