"""The catalogue that ships, read once from `data/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.improvement.findings.catalogue import Catalogue, read_catalogue

_FOLDER = Path(__file__).parent / "data"


@cache
def _file(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


@cache
def catalogue() -> Catalogue:
    """The themes and points of this product."""
    themes = _file("catalogue")["themes"]
    titles = {
        code: {"title": theme["title"], "points": {point: said["title"] for point, said in theme["points"].items()}}
        for code, theme in themes.items()}
    return read_catalogue(titles)


@cache
def course_themes() -> Mapping[str, str]:
    """The theme of the catalogue of courses for each code of a theme or a point."""
    themes = _file("catalogue")["themes"]
    points = {code: said["theme"] for theme in themes.values() for code, said in theme["points"].items()}
    return points | {code: theme["theme"] for code, theme in themes.items()}
