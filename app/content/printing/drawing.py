"""Sets the blocks of a paper. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content.printing.blocks import Block, clean
from app.content.printing.documents import language, wording
from app.platform.documents.pages import page_words
from app.platform.documents.render import render

LAYOUT = Path(__file__).parents[1] / "layouts" / "course.typ"


@dataclass(frozen=True)
class Head:
    """What stands on top and below of every page. `kind` says which paper it is, `day` when the version was made."""

    kind: str
    course: str
    footer: str
    locale: str
    day: date


def draw(head: Head, blocks: list[Block], *, fonts: Path, compact: bool = False) -> bytes:
    """The PDF (PDF/A-2a, PDF/UA-1); the same input gives the same bytes.

    `compact` is for what should stand on one page.

    Raises DocumentRefused when a character has no glyph in our fonts, DocumentFailed for anything else.
    """
    data = {
        "title": f"{clean(head.course)} - {clean(head.kind)}",
        "author": "Seamwise",
        "kind": clean(head.kind),
        "course": clean(head.course),
        "footer": clean(head.footer),
        "date": head.day.isoformat(),
        "day": [head.day.year, head.day.month, head.day.day],
        **language(head.locale),
        **page_words(wording(head.locale)["page"], head.locale),
        "compact": compact,
        "blocks": blocks,
    }
    return render(LAYOUT, data, fonts=fonts)
