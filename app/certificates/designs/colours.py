"""Colours that can be read on paper. Pure. Contrast as WCAG 2.2 defines it (relative luminance, 1 to 21)."""

import re

PAPER = "#f5efe2"
"""Undyed cotton, the darkest ground that text may meet."""
WHITE = "#ffffff"
INK_CONTRAST, THREAD_CONTRAST = 4.5, 3.0
"""For text, and for lines and signs (WCAG 1.4.3 and 1.4.11). Lines stand on white."""
INKS = ("#27346b", "#1d4e5f", "#14532d", "#5b2333", "#4a2c6a", "#2f3437")
THREADS = ("#c9781a", "#a8324a", "#2f7d5b", "#7a5c99", "#6b6f76", "#1f6f8b")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Whether it is #rrggbb in small letters."""
    return _COLOUR.fullmatch(text) is not None


def is_readable(colour: str, ground: str, wanted: float) -> bool:
    """Whether it is a colour, and stands out enough from a ground."""
    return is_colour(colour) and contrast(colour, ground) >= wanted


def contrast(one: str, other: str) -> float:
    """How far two colours are apart."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darker(colour: str, ground: str, wanted: float) -> str:
    """The nearest darker shade of a colour that stands out enough from a light ground."""
    parts = _parts(colour)
    for percent in range(100, -1, -2):
        shade = "#" + "".join(f"{part * percent // 100:02x}" for part in parts)
        if contrast(shade, ground) >= wanted:
            return shade
    return "#000000"


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
