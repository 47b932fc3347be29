"""Packs read from files, with everything that is wrong in them."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from app.content.folder import Folder, from_disk
from app.content.packs.schema import Pack, PackRequirement
from app.content.problems import Problem, Severity
from app.content.read import read_text, validated
from app.content.yaml_tree import Tree, read_yaml
from app.coverage.requirements.checks import Fault, problems, reaches_no_role
from app.coverage.requirements.rules import Rule, Scope
from app.improvement.findings.shipped import catalogue
from app.platform.clock import now

FOLDER = "requirements"
"""The folder of packs, beside those of courses."""
SHIPPED = Path(__file__).resolve().parents[3] / "content" / FOLDER
_SUFFIX = ".yaml"
_SAID = {
    Fault.NO_COURSE: "name at least one course", Fault.DAYS: "within_days: 0 or more",
    Fault.PERCENT: "percent: from 1 to 100", Fault.PER_UNIT: "per_unit: 1 or more",
    Fault.NO_COMMITTEE: "name at least one committee", Fault.NO_HAPPENING: "happening is missing",
    Fault.NEEDED: "needed: 1 or more", Fault.MONTHS: "months: from 1 to 120",
    Fault.NO_POINT: "name at least one point", Fault.MORE_THAN_COURSES: "needed: more than there are courses",
    Fault.HOURS: "hours is missing", Fault.NO_PROOF: "proof is missing", Fault.SIZES: "scope: largest below smallest",
}  # fmt: skip


def packs(path: Path = SHIPPED) -> list[Pack]:
    """The packs of a folder that can be read, those of no country first; none where there is no folder."""
    found = _read(from_disk(path), []) if path.is_dir() else []
    return sorted((pack for _name, _tree, pack in found), key=lambda pack: (pack.country or "", pack.id))


def pack_problems(path: Path, known: Collection[str]) -> list[Problem]:
    """Everything that is wrong with the packs of a folder, given the codes of the courses that there are."""
    folder, found = from_disk(path), list[Problem]()
    for name, tree, pack in _read(folder, found):
        found.extend(_problems(folder.label(name), tree, pack, known, name.removesuffix(_SUFFIX)))
    return found


def rule_of(asked: PackRequirement, ids: Mapping[str, int]) -> Rule:
    """The rule of a requirement; courses that are not known by their code are left out."""
    return Rule(
        asked.kind, tuple(ids[code] for code in asked.courses if code in ids), asked.roles, asked.committees,
        asked.within_days, asked.percent, asked.per_unit, asked.per_shift, asked.happening, asked.needed, asked.months,
        asked.points, asked.hours, asked.proof)


def scope_of(asked: PackRequirement) -> Scope:
    """Which factories a requirement asks."""
    said = asked.scope
    tiers, products = (tuple(str(each) for each in words) for words in (said.tiers, said.products))
    return Scope(tiers, products, said.smallest, said.largest)


def _read(folder: Folder, found: list[Problem]) -> Iterator[tuple[str, Tree, Pack]]:
    found.extend(Problem(folder.label(path), 1, fault) for path, fault in folder.faults)
    for name in sorted(folder.files):
        if "/" in name or not name.endswith(_SUFFIX):
            found.append(Problem(folder.label(name), 1, "does not belong here: only packs (.yaml) do"))
            continue
        text = read_text(folder, name, found)
        if text is None:
            continue
        tree = read_yaml(text)
        found.extend(Problem(folder.label(name), line, message) for line, message in tree.faults)
        pack = validated(Pack, tree, folder.label(name), found)
        if pack is not None:
            yield name, tree, pack


def _problems(label: str, tree: Tree, pack: Pack, known: Collection[str], called: str) -> Iterator[Problem]:
    if pack.id != called:
        yield Problem(label, tree.line_of(("id",)), f"id is {pack.id}, but the file is called {called}")
    seen = set[str]()
    for place, asked in enumerate(pack.requirements):
        line = tree.line_of(("requirements", place, "id"))
        if asked.id in seen:
            yield Problem(label, line, f"{asked.id} stands here twice")
        seen.add(asked.id)
        yield from (Problem(label, line, f"{asked.id}: {fault}") for fault in _faults(asked, known))
        if asked.review_by < now().date():
            yield Problem(label, line, f"{asked.id}: the day of the review is over", Severity.WARNING)


def _faults(asked: PackRequirement, known: Collection[str]) -> Iterator[str]:
    yield from (f"there is no course {code}" for code in asked.courses if code not in known)
    yield from (f"there is no point {point}" for point in asked.points if catalogue().point(point) is None)
    rule = rule_of(asked, {code: number for number, code in enumerate(asked.courses, 1)})
    yield from (_SAID[fault] for fault in problems(rule, set(rule.courses), scope_of(asked)))
    if reaches_no_role(rule) and asked.note is None:
        yield "without roles it needs a note that says who is meant"
