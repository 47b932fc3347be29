"""Reads an item or a package of items."""

from app.quizzes.gift.bank import bank_of
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import Question
from app.quizzes.interchange.markup import Node, Unreadable, parse_xml
from app.quizzes.interchange.notes import Notes, is_too_large, refused
from app.quizzes.interchange.qti.archive import is_zip, unpack
from app.quizzes.interchange.qti.names import one_name
from app.quizzes.interchange.qti.questions import read_item

_MANIFEST = "imsmanifest.xml"
_ITEM = "imsqti_item"
_SIDE = ("imsqti_test", "imsqti_section", "imsqti_stimulus", "imsqti_outcomes", "imsqti_rptemplate")


def read(data: bytes) -> Bank:
    """All questions of an item file or of a package, and everything that is wrong.

    Lines are those of the item; in a package its file comes before what is meant.
    """
    if is_too_large(data):
        return refused(Fault(1, "file_too_large"))
    try:
        return _package(data) if is_zip(data) else _single(data)
    except Unreadable as error:
        return refused(error.fault)


def _single(data: bytes) -> Bank:
    root, notes = one_name(parse_xml(data)), Notes()
    question = _item(root, notes)
    return bank_of([question] if question else [], notes.faults)


def _item(root: Node, notes: Notes) -> Question | None:
    if root.name != "assessment-item":
        notes.add(root.line, "wrong_root", root.name)
        return None
    return read_item(root, notes)


def _package(data: bytes) -> Bank:
    files = unpack(data)
    if _MANIFEST not in files:
        return _loose(files)
    notes, questions, known = Notes(), list[Question](), {_MANIFEST}
    for resource in parse_xml(files[_MANIFEST]).walk():
        if resource.name != "resource":
            continue
        name, kind = resource.get("href"), resource.get("type")
        known |= {name, *(file.get("href") for file in resource.children("file"))}
        _report_facts(resource, notes)
        if not kind.startswith(_ITEM):
            notes.add(resource.line, "unsupported_part", f"{kind} {name}".strip())
        elif name not in files:
            notes.add(resource.line, "part_missing", name)
        elif question := _item_of(files, name, notes):
            questions.append(question)
    for name in sorted(files.keys() - known):
        notes.add(1, "unsupported_part", name)
    return bank_of(questions, notes.faults)


def _loose(files: dict[str, bytes]) -> Bank:
    """Items that somebody put together without a manifest, in the order of their names."""
    notes, questions = Notes(), list[Question]()
    for name in sorted(files):
        if not name.lower().endswith(".xml"):
            notes.add(1, "unsupported_part", name)
        elif question := _item_of(files, name, notes):
            questions.append(question)
    if not any(name.lower().endswith(".xml") for name in files):
        notes.add(1, "archive_damaged")
    return bank_of(questions, notes.faults)


def _report_facts(resource: Node, notes: Notes) -> None:
    """Facts about a file (subject, author ...) are not taken over, nor are pictures and sounds beside it."""
    name = resource.get("href")
    for part in resource.elements:
        is_other = part.name == "file" and part.get("href") != name
        if is_other or (part.name == "metadata" and part.text.strip()):
            notes.add(part.line, "unsupported_part", f"{part.get('href') or part.name} of {name}")


def _item_of(files: dict[str, bytes], name: str, notes: Notes) -> Question | None:
    own = Notes(where=name)
    try:
        question = _item(one_name(parse_xml(files[name])), own)
    except Unreadable as error:
        own.add(error.fault.line, error.fault.code, error.fault.detail)
        question = None
    notes.faults += own.faults
    return question
