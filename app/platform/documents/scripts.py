"""How each script is set on paper, and which characters may stand there."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """How a script is set: its font, how far a line reaches above and below its base line, the gap (em)."""

    font: str
    above: float
    below: float
    gap: float = 0.15


LATIN = Script("Noto Sans", 1.0, 0.3, 0.1)
# Language -> script; every other language is drawn as LATIN, whose font also has Cyrillic and Greek. The measures are
# ours, from the ink of real names: Nastaliq climbs high above its line, Khmer hangs letters far below.
SCRIPTS = {
    "am": Script("Noto Sans Ethiopic", 1.0, 0.3),
    "ar": Script("Noto Sans Arabic", 1.1, 0.5),
    "bn": Script("Noto Sans Bengali", 1.0, 0.4),
    "km": Script("Noto Sans Khmer", 1.0, 0.5, 0.2),
    "my": Script("Noto Sans Myanmar", 1.1, 0.6, 0.2),
    "si": Script("Noto Sans Sinhala", 1.0, 0.4),
    "ta": Script("Noto Sans Tamil", 1.0, 0.4),
    "ti": Script("Noto Sans Ethiopic", 1.0, 0.3),
    "ur": Script("Noto Nastaliq Urdu", 1.8, 0.6, 0.0),
}
RIGHT_TO_LEFT = frozenset({"ar", "ur"})
# They say how text is joined, and names in several scripts need them; all other invisible characters are dropped.
JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c")


def language_of(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0]


def script_of(locale: str) -> dict[str, object]:
    """The script's own font first, so that a name is shaped in one run; all others follow for mixed scripts."""
    language = language_of(locale)
    script = SCRIPTS.get(language, LATIN)
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return {**vars(script), "fonts": families(script), "lang": language, "dir": direction}


def families(script: Script = LATIN) -> list[str]:
    """The names of all our fonts, that of a script first."""
    others = sorted({other.font for other in SCRIPTS.values()}, reverse=True)
    return list(dict.fromkeys([script.font, LATIN.font, *others]))


def clean(text: str) -> str:
    """Return text that is safe to set: composed, on one line, without characters that control or reorder."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
