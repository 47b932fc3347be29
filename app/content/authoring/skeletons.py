"""What the editor begins with for a file that is not there yet. Pure."""

from app.content.places import FileKind, Place

LESSON = """\
# {title}

## After this unit

- I can

## Key points

**The first key point.** Why it matters.
"""
QUIZ = """\
// source:
// review by:
::{unit}-01:: What do you do? {{
  =The best reaction. # Why it is best.
  ~%50%A weak reaction. # Why it is weak.
  ~A harmful reaction. # Why it does harm.
}}
"""
GUIDE = """\
# {title}

## Aim

## Time

| Minutes | What happens | What is needed |
|---|---|---|
| 10 | | |

## Steps

## Activity

## Answers

## Pitfalls
"""
_OF_KIND = {FileKind.TEXT: LESSON, FileKind.QUIZ: QUIZ, FileKind.GUIDE: GUIDE, FileKind.HANDOUT: "# {title}\n\n"}


def skeleton(place: Place, title: str) -> str:
    """A first text to write over; empty for what has no usual shape. The check does not take it for a finished text."""
    return _OF_KIND.get(place.kind, "").format(title=title, unit=place.about)
