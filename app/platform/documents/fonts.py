"""The fonts of our documents, copied out of the installed npm packages: `python -m app.platform.documents.fonts`.

Only these files are offered to the typesetter, so a document looks the same on every machine.
"""

import os
import shutil
from pathlib import Path

# npm package of @expo-google-fonts -> start of its file names. All are under the SIL Open Font License 1.1.
FAMILIES = {
    "noto-sans": "NotoSans",
    "noto-sans-arabic": "NotoSansArabic",
    "noto-sans-bengali": "NotoSansBengali",
    "noto-sans-ethiopic": "NotoSansEthiopic",
    "noto-sans-khmer": "NotoSansKhmer",
    "noto-sans-myanmar": "NotoSansMyanmar",
    "noto-sans-sinhala": "NotoSansSinhala",
    "noto-sans-tamil": "NotoSansTamil",
    "noto-nastaliq-urdu": "NotoNastaliqUrdu",
}
STYLES = ("400Regular", "700Bold")
ROOT = Path(__file__).resolve().parents[3]


def prepare_fonts(node_modules: Path, target: Path) -> int:
    """Copy each family's regular and bold file into `target`; return how many files had to be copied.

    Quick when nothing changed. Raises FileNotFoundError naming the first package file that is not installed.
    """
    target.mkdir(parents=True, exist_ok=True)
    return sum(_copy(source, target / source.name) for source in _sources(node_modules))


def _sources(node_modules: Path) -> list[Path]:
    packages = node_modules / "@expo-google-fonts"
    return [
        packages / package / style / f"{name}_{style}.ttf" for package, name in FAMILIES.items() for style in STYLES
    ]


def _copy(source: Path, copy: Path) -> bool:
    wanted = source.stat()
    if copy.exists():
        found = copy.stat()
        if (found.st_size, int(found.st_mtime)) == (wanted.st_size, int(wanted.st_mtime)):
            return False
    # A name of its own and one rename: a set-up that is cut off never leaves half a font behind.
    part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    shutil.copy2(source, part)
    part.replace(copy)
    return True


if __name__ == "__main__":
    prepare_fonts(ROOT / "node_modules", ROOT / "build" / "fonts")
