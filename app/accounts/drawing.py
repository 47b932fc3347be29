"""Draw the cards or PIN slips of people, eight on a page: everything printed goes in as values, the PDF comes out.

Pure: no database, no clock.
"""

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.platform.documents.errors import DocumentRefused
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of

LAYOUT = Path(__file__).with_name("layouts") / "cards.typ"


@dataclass(frozen=True)
class Card:
    """What is printed for one person. A card has the QR code (SVG), a slip the PIN; the other one is empty."""

    name: str
    local_name: str
    language: str
    number: str
    line: str
    words: str
    """What to do with it, in a language that the person reads."""
    words_language: str
    qr: str = ""
    pin: str = ""


@dataclass(frozen=True)
class Sheet:
    """The paper of a factory. `title` is what the document calls itself."""

    title: str
    factory: str
    day: datetime.date


def code(address: str) -> str:
    """The QR code of an address as `Card.qr` wants it."""
    return qr_svg(address)


def draw(sheet: Sheet, cards: Sequence[Card], *, fonts: Path) -> tuple[bytes, int]:
    """Return the PDF, and how many names could not be drawn as they are: a box in place of a letter is never printed.

    Such a card shows the Latin name only, or no name where that cannot be drawn either. Raises DocumentFailed.
    """
    try:
        return _render(sheet, cards, fonts), 0
    except DocumentRefused:
        mended = [_drawable(sheet, card, fonts) for card in _refused(sheet, list(cards), fonts)]
    by_card = {id(before): after for before, after in mended}
    return _render(sheet, [by_card.get(id(card), card) for card in cards], fonts), len(mended)


def _refused(sheet: Sheet, cards: list[Card], fonts: Path) -> list[Card]:
    """The cards that cannot be drawn, found by halving."""
    try:
        _render(sheet, cards, fonts)
    except DocumentRefused:
        half = len(cards) // 2
        return cards if not half else [
            *_refused(sheet, cards[:half], fonts), *_refused(sheet, cards[half:], fonts)
        ]  # fmt: skip
    return []


def _drawable(sheet: Sheet, card: Card, fonts: Path) -> tuple[Card, Card]:
    latin = dataclasses.replace(card, local_name="")
    try:
        _render(sheet, [latin], fonts)
    except DocumentRefused:
        return card, dataclasses.replace(latin, name="", line="")
    return card, latin


def _render(sheet: Sheet, cards: Sequence[Card], fonts: Path) -> bytes:
    day = sheet.day
    data = {
        "title": clean(sheet.title), "factory": clean(sheet.factory), "latin": script_of("en"),
        "date": day.isoformat(), "day": [day.year, day.month, day.day], "people": [_data(card) for card in cards],
    }  # fmt: skip
    return render(LAYOUT, data, fonts=fonts)


def _data(card: Card) -> dict[str, object]:
    name, local = clean(card.name), clean(card.local_name)
    return {
        "name": name, "local_name": "" if local == name else local, "script": script_of(card.language),
        "rtl": language_of(card.language) in RIGHT_TO_LEFT, "number": clean(card.number), "line": clean(card.line),
        "words": clean(card.words), "words_script": script_of(card.words_language),
        "words_rtl": language_of(card.words_language) in RIGHT_TO_LEFT, "qr": card.qr, "pin": card.pin,
    }  # fmt: skip
