"""What GIFT knows of a question and another format has no place for: one JSON object in a comment or a data attribute.

It holds only what the format itself cannot say, so that a change made in the file by hand counts.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from app.quizzes.gift.blocks import NOT_TEXT
from app.quizzes.gift.questions import Format

MARK = "seamwise:"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """`untitled`: the title in the file was made up. `gap`: the answer belongs where the text has its gap.

    `ranges`: numbers of the accepted numbers written as a range. `formats`: format of accepted texts by their number.
    """

    untitled: bool = False
    gap: bool | None = None
    category: str | None = None
    id: str | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None
    review: str | None = None
    alt: str | None = None
    ranges: tuple[int, ...] = ()
    formats: Mapping[str, str] | None = None

    def written(self) -> str:
        """ASCII without a hyphen, so that it fits into a comment as well as into an attribute; empty for nothing."""
        said = {each.name: value for each in fields(self) if (value := getattr(self, each.name)) or value is False}
        said = {name: value for name, value in said.items() if (name, value) != ("untitled", False)}
        return commentable(said) if said else ""


def commentable(value: object) -> str:
    """JSON that may stand in a comment, which cannot hold two hyphens."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True).replace("-", "\\u002d")


def text_in_comment(comment: str) -> str | None:
    """The text that `commentable` wrote; None where it is something else."""
    try:
        said = json.loads(comment)
    except (ValueError, RecursionError):
        return None
    return said.strip() if isinstance(said, str) and not NOT_TEXT.search(said) else None


def as_comment(extras: Extras) -> str:
    """The extras as an XML comment, or nothing."""
    written = extras.written()
    return f"<!-- {MARK} {written} -->" if written else ""


def from_comments(comments: list[str]) -> Extras | None:
    """The extras in one of the comments; empty ones where there are none, None where they cannot be read."""
    for comment in comments:
        if comment.strip().startswith(MARK):
            return from_text(comment.strip().removeprefix(MARK))
    return Extras()


def from_text(text: str) -> Extras | None:
    """The extras of a JSON text; None where that is not what `written` writes."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not all(_FITS.get(name, _never)(value) for name, value in said.items()):
        return None
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return Extras(**{**said, **lists})


def _never(_: object) -> bool:
    return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value == value.strip() != "" and not NOT_TEXT.search(value) and "\n" not in value


def _is_formats(value: object) -> bool:
    return isinstance(value, dict) and all(each in set(Format) for each in value.values())


_FITS = {
    "untitled": lambda value: isinstance(value, bool),
    "gap": lambda value: isinstance(value, bool),
    "category": _is_text,
    "id": _is_text,
    "tags": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "source": _is_text,
    "review": lambda value: isinstance(value, str) and bool(_DATE.fullmatch(value)),
    "alt": _is_text,
    "ranges": lambda value: isinstance(value, list) and all(type(each) is int for each in value),
    "formats": _is_formats,
}
