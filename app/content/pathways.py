"""Pathways as files: courses in order or by choice."""

import hashlib
from collections.abc import Iterator, Set
from dataclasses import dataclass

from app.content.folder import PATHWAY_FILE, Folder
from app.content.problems import Problem
from app.content.read import read_text, validated
from app.content.schema import ChoiceStep, PathwayFacts
from app.content.yaml_tree import Tree, read_yaml


@dataclass(frozen=True)
class Pathway:
    """A pathway as read."""

    folder: Folder
    facts: PathwayFacts
    tree: Tree

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what it says, as hexadecimal text."""
        return hashlib.sha256(self.facts.model_dump_json().encode()).hexdigest()

    def unknown(self, known: Set[str]) -> Iterator[Problem]:
        """The steps that name a course which is not among the known ones."""
        for number, step in enumerate(self.facts.steps):
            for course in step.of if isinstance(step, ChoiceStep) else (step.course,):
                if course not in known:
                    line = self.tree.line_of(("steps", number))
                    yield Problem(self.folder.label(PATHWAY_FILE), line, f"steps: there is no course {course}")


def read_pathway(folder: Folder, problems: list[Problem]) -> Pathway | None:
    """The pathway in a folder; None when it cannot be used. What is wrong is added to `problems`."""
    label = folder.label(PATHWAY_FILE)
    problems.extend(Problem(folder.label(path), 1, fault) for path, fault in folder.faults)
    strangers = sorted(path for path in folder.files if path != PATHWAY_FILE)
    message = f"does not belong here: a pathway is {PATHWAY_FILE} alone"
    problems.extend(Problem(folder.label(path), 1, message) for path in strangers)
    text = read_text(folder, PATHWAY_FILE, problems)
    if text is None:
        return None
    tree = read_yaml(text)
    problems.extend(Problem(label, line, message) for line, message in tree.faults)
    facts = validated(PathwayFacts, tree, label, problems)
    if facts is None:
        return None
    pathway = Pathway(folder, facts, tree)
    problems.extend(_problems(pathway, label))
    return pathway


def _problems(pathway: Pathway, label: str) -> Iterator[Problem]:
    facts, tree = pathway.facts, pathway.tree
    if pathway.folder.name is not None and facts.id != pathway.folder.name:
        yield Problem(label, tree.line_of(("id",)), f"id is {facts.id}, but the folder is called {pathway.folder.name}")
    for number, step in enumerate(facts.steps):
        if isinstance(step, ChoiceStep) and step.choose >= len(step.of):
            message = "steps: all of them are to be chosen; name each as a step of its own"
            yield Problem(label, tree.line_of(("steps", number)), message)
