"""A list of roster files to import in one go: a CSV with the columns file, factory and choices."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.platform.i18n import _


class ManifestRefused(Exception):
    """The manifest cannot be read; the text says why."""


@dataclass(frozen=True)
class Entry:
    """One line: a file for a factory. `choices` is a JSON file of what a person chose, None when there is none."""

    file: Path
    factory: str
    choices: Path | None

    def chosen(self) -> dict[str, Any] | None:
        """What a person chose. Raises ManifestRefused."""
        if self.choices is None:
            return None
        try:
            told = json.loads(self.choices.read_text("utf-8"))
        except (OSError, ValueError):
            told = None
        if not isinstance(told, dict):
            raise ManifestRefused(_("%(file)s is not JSON of choices.", file=self.choices.name))
        return told


def read_manifest(path: Path) -> list[Entry]:
    """Every line; paths are seen from the manifest's folder. Raises ManifestRefused."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except (OSError, ValueError, csv.Error) as error:
        raise ManifestRefused(_("The manifest is not a CSV file.")) from error
    return list(_entries(rows, path.parent))


def _entries(rows: list[dict[str, str | None]], folder: Path) -> Iterator[Entry]:
    for number, row in enumerate(rows, 2):
        file, factory, choices = (str(row.get(name) or "").strip() for name in ("file", "factory", "choices"))
        if not file or not factory:
            raise ManifestRefused(_("Line %(line)s of the manifest needs a file and a factory.", line=number))
        yield Entry(folder / file, factory, folder / choices if choices else None)
