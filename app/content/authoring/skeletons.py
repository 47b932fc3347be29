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
FORM = """\
intro: "There is no right or wrong answer. Do not write your name."
anonymous: true
items:
  - {{id: "useful", text: "What I learned is useful in my work.", scale: agreement}}
  - {{id: "length", text: "The course was", options: ["too short", "just right", "too long"]}}
  - {{id: "change", text: "What should we change?", lines: 3}}
closing: "Thank you."
"""
COUNTRY = """\
country: "{country}"
notes:
  - topic: ""
    text: {{en: ""}}
    source: ""
    checked: ""
    review_by: ""
"""
_OF_KIND = {FileKind.TEXT: LESSON, FileKind.QUIZ: QUIZ, FileKind.GUIDE: GUIDE, FileKind.HANDOUT: "# {title}\n\n"}
_OF_KIND |= {FileKind.FORM: FORM, FileKind.COUNTRY: COUNTRY}


def skeleton(place: Place, title: str) -> str:
    """A first text to write over; empty for what has no usual shape. The check does not take it for a finished text."""
    return _OF_KIND.get(place.kind, "").format(title=title, unit=place.about, country=place.about.upper())
