"""Markdown as blocks that our layout knows how to set. Pure: text becomes data, never typesetting code."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from app.courses.markdown import parse_lesson
from app.platform.documents.pictures import with_our_fonts
from app.platform.documents.scripts import JOINERS

Block = dict[str, Any]
Run = dict[str, Any]
_MOST_RASTER_BYTES = 300_000
_SHORT, _TO_WRITE_IN, _WIDEST = 14, 30, 60
_CHECKBOXES = ("[ ] ", "[x] ", "[X] ")


def clean(text: str) -> str:
    """Text that is safe to set in a line: composed, without what controls or reorders; spaces at the ends count."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign.isspace() else sign for sign in composed)
    return "".join(sign for sign in spaced if sign in JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})


def runs(text: str) -> list[Run]:
    """One run of plain text."""
    return [{"t": clean(text).strip()}]


def markdown_blocks(
    markdown: str, media: Mapping[str, bytes], top: int = 2, *, titled: bool = False
) -> list[Block]:
    """The blocks of a text, without its title line unless it is `titled`. The highest headings get the level `top`,
    what is below them one deeper each; `media` maps paths such as `media/door.svg` to the pictures."""
    tokens = parse_lesson(markdown, "media/").tokens
    if not titled and tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    return _Reader(media, top, 1 if titled else 2).blocks(tokens)


def table(rows: list[list[list[Run]]]) -> Block:
    """A table; the first row is its head."""
    return {"k": "table", "head": rows[0], "rows": rows[1:], "widths": _widths(rows)}


class _Reader:
    def __init__(self, media: Mapping[str, bytes], top: int, highest: int) -> None:
        """`top` is the level here of what has the level `highest` in the text."""
        self.media, self.top, self.highest, self.level = media, top, highest, top - 1

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            found.extend(self.block(tokens[at], tokens[at + 1 : end]))
            at = end + 1 if end > at else at + 1
        return found

    def block(self, opening: Token, inner: Sequence[Token]) -> list[Block]:
        match opening.type:
            case "heading_open":
                self.level = min(self.top + max(int(opening.tag[1]) - self.highest, 0), self.level + 1)
                return [{"k": "heading", "level": self.level, "runs": self.runs(inner[0])}]
            case "paragraph_open":
                return self.paragraph(inner[0])
            case "bullet_list_open" | "ordered_list_open":
                return [self.bullets(opening, inner)]
            case "blockquote_open":
                return [{"k": "callout", "blocks": self.blocks(inner)}]
            case "table_open":
                return [self.table(inner)]
            case "fence" | "code_block":
                return [{"k": "p", "runs": runs(line)} for line in opening.content.splitlines() if line.strip()]
            case "hr":
                return [{"k": "rule"}]
            case _:
                return []

    def paragraph(self, inline: Token) -> list[Block]:
        pictures = [child for child in inline.children or [] if child.type == "image"]
        found = [picture for child in pictures if (picture := self.picture(child))]
        words = self.runs(inline)
        return [{"k": "p", "runs": words}, *found] if any(run["t"].strip() for run in words) else found

    def picture(self, token: Token) -> Block | None:
        name, alt = str(token.attrGet("src")), clean(token.content)
        data = self.media.get(name, b"")
        if name.endswith(".svg") and data:
            return {"k": "picture", "svg": with_our_fonts(data.decode("utf-8-sig")), "alt": alt}
        if data and len(data) <= _MOST_RASTER_BYTES and not name.endswith(".webp"):
            return {"k": "picture", "bytes": list(data), "alt": alt}
        return {"k": "p", "runs": [{"t": alt, "i": True}]} if alt else None

    def bullets(self, opening: Token, inner: Sequence[Token]) -> Block:
        items, at, checks = [], 0, False
        while at < len(inner):
            end = _end(inner, at)
            item = self.blocks(inner[at + 1 : end])
            checks = _without_checkbox(item) or checks
            items.append(item)
            at = end + 1
        start = int(opening.attrGet("start") or 1)
        ordered = opening.type.startswith("ordered")
        return {"k": "check"} | {"items": items} if checks else {
            "k": "list", "ordered": ordered, "start": start, "items": items,
        }  # fmt: skip

    def table(self, inner: Sequence[Token]) -> Block:
        rows: list[list[list[Run]]] = []
        for token in inner:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self.runs(token))
        return table(rows)

    def runs(self, inline: Token) -> list[Run]:
        found: list[Run] = []
        bold = italic = 0
        for child in inline.children or []:
            bold += (child.type == "strong_open") - (child.type == "strong_close")
            italic += (child.type == "em_open") - (child.type == "em_close")
            text = " " if child.type in {"softbreak", "hardbreak"} else child.content
            if child.type != "image" and text:
                found.append({"t": clean(text)} | ({"b": True} if bold else {}) | ({"i": True} if italic else {}))
        return found


def _widths(rows: list[list[list[Run]]]) -> list[int]:
    """How wide each column is beside the others: by its longest cell, or room to write where nothing stands in it.

    0 is for a column of a few letters, which takes what it needs.
    """
    widths = []
    for column in zip(*rows, strict=False):
        lengths = [sum(len(run["t"]) for run in cell) for cell in column]
        to_write_in = len(lengths) > 1 and not any(lengths[1:])
        longest = max(lengths)
        widths.append(_TO_WRITE_IN if to_write_in else 0 if longest <= _SHORT else min(longest, _WIDEST))
    return widths if any(widths) else [1] * len(widths)


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where what opens at `at` closes; `at` itself for what stands alone."""
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth <= 0:
            return number
    return len(tokens) - 1


def _without_checkbox(item: list[Block]) -> bool:
    """Whether an item begins with a box to tick; the box is taken out of its words."""
    first = item[0]["runs"] if item and item[0]["k"] == "p" and item[0]["runs"] else []
    box = next((box for box in _CHECKBOXES if first and first[0]["t"].startswith(box)), None)
    if box:
        first[0]["t"] = first[0]["t"].removeprefix(box)
    return box is not None
