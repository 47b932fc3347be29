"""The catalogue and the rules that ship, read once from `data/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.factories.rules import JobRole
from app.improvement.findings.catalogue import Catalogue, read_catalogue
from app.improvement.findings.training import Audience, Rule, Step

_FOLDER = Path(__file__).parent / "data"
_ROLES = {role.value: role for role in JobRole}


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
    """The name in the catalogue of courses for each code of a theme or a point."""
    themes = _file("catalogue")["themes"]
    points = {code: said["theme"] for theme in themes.values() for code, said in theme["points"].items()}
    return points | {code: theme["theme"] for code, theme in themes.items()}


@cache
def training_rules() -> tuple[Rule, ...]:
    """Which training a finding calls for."""
    return tuple(_rule(said) for said in _file("training")["rules"])


def _rule(said: Mapping[str, Any]) -> Rule:
    audience = tuple(_ROLES.get(name) or Audience(name) for name in said["for"])
    return Rule(
        about=frozenset(said["about"]), courses=tuple(said["courses"]), audience=audience, step=Step(said["then"]),
        starts_on=said["from"], ends_on=said.get("until"), source=said["source"])
