"""What is wrong with the forms of diagnostics, beside the folders of courses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from app.content.folder import Folder, from_disk
from app.content.problems import Problem
from app.content.read import read_text, validated
from app.content.strict import Strict
from app.content.yaml_tree import Tree, read_yaml
from app.improvement.findings.shipped import catalogue
from app.platform.i18n.languages import LANGUAGES

FOLDER = "diagnostics"
LOCALES = ("en", "km", "ar", "vi")
"""Every question has a text in these languages at least."""
FEWEST, MOST = 5, 8
"""So many questions are short enough for a phone."""
_SUFFIX = ".yaml"
_Text = Annotated[str, Field(min_length=1, max_length=300)]


class AskedFile(Strict):
    """A question as a file has it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    points: Annotated[list[str], Field(min_length=1)]
    text: dict[str, _Text]


class DiagnosticFile(Strict):
    """A form as a file has it."""

    theme: str
    version: _Text
    review_by: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    source: _Text
    questions: Annotated[list[AskedFile], Field(min_length=FEWEST, max_length=MOST)]


def diagnostic_problems(path: Path) -> list[Problem]:
    """Everything that is wrong in a folder of forms, themes without a form among it."""
    folder, found, themes = from_disk(path), list[Problem](), set[str]()
    found.extend(Problem(folder.label(name), 1, fault) for name, fault in folder.faults)
    for name in sorted(folder.files):
        if "/" in name or not name.endswith(_SUFFIX):
            found.append(Problem(folder.label(name), 1, "does not belong here: only forms (.yaml) do"))
            continue
        themes.add(name.removesuffix(_SUFFIX))
        found.extend(_problems(folder, name))
    missing = [theme.code for theme in catalogue().themes if theme.code not in themes]
    found.extend(Problem(str(path), 1, f"the theme {code} has no form") for code in missing)
    return found


def _problems(folder: Folder, name: str) -> Iterator[Problem]:
    found = list[Problem]()
    label, text = folder.label(name), read_text(folder, name, found)
    if text is not None:
        tree = read_yaml(text)
        found.extend(Problem(label, line, message) for line, message in tree.faults)
        said = validated(DiagnosticFile, tree, label, found)
        if said is not None:
            found.extend(_wrong(said, tree, label, name.removesuffix(_SUFFIX)))
    yield from found


def _wrong(said: DiagnosticFile, tree: Tree, label: str, called: str) -> Iterator[Problem]:
    points = {theme.code: theme.points for theme in catalogue().themes}.get(said.theme)
    if said.theme != called or points is None:
        yield Problem(label, tree.line_of(("theme",)), f"theme is {said.theme}, but the file is called {called}")
        return
    seen = set[str]()
    for place, asked in enumerate(said.questions):
        line = tree.line_of(("questions", place, "id"))
        if asked.id in seen:
            yield Problem(label, line, f"the question {asked.id} is there twice")
        seen.add(asked.id)
        for point in asked.points:
            if point not in points:
                where = tree.line_of(("questions", place, "points"))
                yield Problem(label, where, f"{point} is no point of {said.theme}")
        where = tree.line_of(("questions", place, "text"))
        for locale in LOCALES:
            if not asked.text.get(locale, "").strip():
                yield Problem(label, where, f"the question {asked.id} has no text in {locale}")
        for locale in sorted(set(asked.text) - set(LANGUAGES)):
            yield Problem(label, where, f"{locale} is none of the languages")
