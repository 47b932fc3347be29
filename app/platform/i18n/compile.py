"""Compile every catalogue whose source changed: `python -m app.platform.i18n.compile`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "translations"


def compile_all(folder: Path = FOLDER) -> int:
    """Write `messages.mo` beside each `messages.po` that is newer. Answers how many were written."""
    written = 0
    for source in folder.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        written += 1
    return written


if __name__ == "__main__":
    compile_all()
