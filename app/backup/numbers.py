"""Where numbers of rows stand, so that a programme gets new ones elsewhere. A test finds columns that are new.

In columns, with a foreign key or without; inside JSON; and in words as `completion:7:1`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from app.platform.db import Base
from app.reports.rules.facts import IDS, FactKind
from app.sessions.conflicts.rules import Kind

SOFT = {
    "training_id": "training_session", "meeting_id": "meeting", "person_id": "person", "subject_id": "person",
    "line_id": "line", "programme_id": "programme", "factory_id": "factory", "group_id": "factory_group",
    "version_id": "course_version", "account_id": "account",
}  # fmt: skip
"""Numbers of rows that no foreign key guards, by the name of the column; every other `..._by` is an account."""
_CURRENT = {"course": "course_version", "pathway": "pathway_version"}

Path = Sequence[str]
DOCUMENTS: dict[tuple[str, str], tuple[tuple[Path, str], ...]] = {
    ("attempt", "question_ids"): ((("*",), "question"),),
    ("certificate_design_version", "content"): ((("signatories", "*"), "certificate_signatory"),),
    ("factory_certificate", "face"): (
        (("facts", "courses", "keys"), "course"), (("facts", "weighed", "*", "course_id"), "course")),
    ("factory_certificate", "lost"): ((("*", "course_id"), "course"),),
    ("factory_certificate_check", "counts"): ((("*", "course_id"), "course"),),
    ("factory_certificate_rule", "conditions"): ((("*", "course_id"), "course"),),
    ("paper_entry", "choices"): ((("keys",), "question"),),
    ("quiz_booklet", "letters"): ((("keys",), "question"),),
    ("quiz_booklet", "question_ids"): ((("*",), "question"),),
    ("record_entry", "details"): (
        (("committee",), "committee"), (("action_id",), "roadmap_action"), (("rule",), "factory_certificate_rule"),
        (("rows", "*", "requirement"), "requirement")),
    ("report_participant", "candidates"): ((("*",), "person"),),
    ("requirement_draft", "rule"): ((("courses", "*"), "course"),),
    ("requirement_version", "rule"): ((("courses", "*"), "course"),),
    ("roadmap_change", "details"): ((("before", "course_id"), "course"), (("before", "owner_id"), "account")),
    ("roll_call", "warned"): ((("keys",), "person"),),
}  # fmt: skip
"""JSON in which numbers stand, and where: `*` is every item of a list, `keys` are the keys of an object."""
FIGURES = ("frozen_report", "figures")
"""What figures are split by may be a number, too."""
_SPLITS = {split.value: SOFT[name] for split, name in IDS.items()}

WORDS = {
    ("record_entry", "source"), ("record_entry", "corrects"), ("telling", "key"), ("mark_entry", "marker"),
    ("guest_mark", "marker"), ("paper_score", "marker"), ("grade_change", "about"),
}  # fmt: skip
"""Texts such as `certificate:7:issued` or `guest:3:1:account:5`."""
THINGS = {
    "account": "account", "cascade": "cascade_session", "certificate": "certificate",
    "committee_joined": "committee_member", "committee_left": "committee_member", "completion": "completion",
    "drill": "drill", "earlier": "earlier_training", "earlier_undone": "earlier_training",
    "external": "external_result", "factory": "factory", "factory_certificate": "factory_certificate",
    "findings": "finding_import", "findings_undone": "finding_import", "followup": "quiz_plan", "guest": "guest",
    "headcount": "headcount", "held": "training_session", "key_change": "key_change", "late_answer": "late_answer",
    "manual_grade": "manual_grade", "notice": "training_session", "person": "person", "ready": "certificate",
    "reissued": "certificate", "reminder": "training_session", "renewal": "completion", "report": "meeting_report",
    "roadmap_action": "roadmap_action", "roadmap_change": "roadmap_change", "room": "site",
    "roster": "roster_import", "roster_undone": "roster_import", "service": "service_log", "sheet": "meeting",
    "term": "factory_term", "trainer": "account", "training": "training_session", "withdrawal": "completion",
}  # fmt: skip
"""What the words call a row, and its table. Words for what has no row - `coverage:2026-05-31` - are not here."""
_DIGITS = re.compile(r"-?[0-9]+", re.ASCII)
_WORD = re.compile(r"(?:^|(?<=:))([a-z_]+):([0-9]+)(?=:|$)")
ELSEWHERE = "elsewhere"
"""Stands behind the number of a row that stayed, so that it is never taken for one of here."""

CONFLICTS = ("accepted_conflict", "key")
_PERSON, _NOBODY = "person", ""
_SUBJECTS: dict[str, tuple[Sequence[str], str]] = {
    Kind.TRAINER_BUSY: (("account",), _NOBODY), Kind.TRAINER_AWAY: (("account",), _NOBODY),
    Kind.TRAINER_LANGUAGE: (("account",), _NOBODY), Kind.TRAINER_UNQUALIFIED: (("account",), _NOBODY),
    Kind.INTERPRETER_BUSY: (("interpreter",), _NOBODY), Kind.INTERPRETER_LANGUAGE: (("interpreter",), _NOBODY),
    Kind.ROOM_BUSY: (("room",), _NOBODY), Kind.ROOM_SMALL: (("room",), _NOBODY),
    Kind.HOST_BUSY: (("host_account",), _NOBODY), Kind.PEOPLE_BUSY: ((), _PERSON),
    Kind.LINE_RELEASE: (("line",), _PERSON), Kind.REST_DAY: (("factory",), _NOBODY),
}  # fmt: skip
"""Of a kind of conflict, which tables the numbers of its subject lead to: the first ones, and all others."""
_USED = {"room": "room", "interpreter": "interpreter", "host": "host_account"}
_TRAVELLERS = {"t": "account", "i": "interpreter"}

SUBJECTS = {
    FactKind.COVERED: "requirement", FactKind.COMMITTEE: "committee", FactKind.COST: "training_cost",
    FactKind.PROMOTED: "completion", FactKind.CASCADE_B: "cascade_session", FactKind.CASCADE_C: "cascade_session",
}  # fmt: skip
"""What the subject of a fact is, by its kind; of every other kind it is somebody who is at another installation."""

SUBSCRIPTION = ("report_subscription", "same")

LISTS = {("status_list", "number"), ("credential_status", "number")}
"""Lists of credentials are numbered by themselves."""
KEY_NAMES = {("signing_key", "name"), ("certificate", "key_name"), ("factory_certificate", "key_name")}
"""Keys are called by the day on which they were made, at every site."""
MARKS = {("mark_entry", "mark_id"), ("guest_mark", "mark_id"), ("current_mark", "mark_id"), ("check_in", "mark_id")}
MARK_LISTS = {("mark_entry", "seen"), ("guest_mark", "seen"), ("current_mark", "standing")}
"""Marks of a meeting report are called by its number, so that equal numbers of two sites give equal names."""

Renumber = Callable[[str, int], int]
"""The number here of a row of a table."""


@dataclass(frozen=True)
class Reference:
    """A column that holds numbers of rows of another table."""

    column: str
    target: str
    is_hard: bool
    """A foreign key guards it."""
    may_be_empty: bool


@cache
def references(table: str) -> tuple[Reference, ...]:
    """The columns of a table that lead to rows."""
    return tuple(
        Reference(column.name, target, bool(column.foreign_keys), bool(column.nullable))
        for column in Base.metadata.tables[table].columns if (target := _target(table, column))
    )  # fmt: skip


def is_random(table: str) -> bool:
    """Whether the rows of a table have numbers drawn at random, which are as good elsewhere."""
    return Base.metadata.tables[table].columns["id"].autoincrement is False


def _target(table: str, column: sa.Column[Any]) -> str | None:
    if not isinstance(column.type, sa.Integer):
        return None  # stored bytes of courses are referred to by their hash
    if column.foreign_keys:
        return next(iter(column.foreign_keys)).column.table.name
    if column.name == "current_version_id":
        return _CURRENT[table]
    return SOFT.get(column.name) or ("account" if column.name.endswith("_by") else None)


def in_words(text: str, new: Callable[[str, int], str]) -> str:
    """Words with other numbers: `new` writes the number of a row. Raises ValueError for what only looks like none."""
    if any(thing in THINGS and _is_odd(number) for thing, number in pairwise(text.split(":"))):
        raise ValueError(text)
    return _WORD.sub(lambda found: _word(found, new), text)


def _word(found: re.Match[str], new: Callable[[str, int], str]) -> str:
    thing, number = found[1], int(found[2])
    return f"{thing}:{new(THINGS[thing], number)}" if thing in THINGS else found[0]


def in_conflict(key: str, new: Renumber) -> str:
    """The key of a conflict with other numbers: kind, subject, when, and the other half-day with its time."""
    kind, subject, *rest = key.split("|")
    if len(rest) > 1:
        rest[1] = str(new("meeting", int(rest[1])))
    return "|".join([kind, _subject(kind, subject, new), *rest])


def _subject(kind: str, subject: str, new: Renumber) -> str:
    words = subject.split(" ")
    if kind == Kind.NOT_IN_USE:
        return f"{words[0]} {new(_USED[words[0]], int(words[1]))}"
    if kind == Kind.TRAVEL and subject[1:].isdigit():
        return f"{subject[0]}{new(_TRAVELLERS[subject[0]], int(subject[1:]))}"
    first, others = _SUBJECTS.get(kind, ((), _NOBODY))
    targets = [*first, *[others] * (len(words) - len(first))]
    return " ".join(
        str(new(target, int(word))) if target and word.isdigit() else word
        for word, target in zip(words, targets, strict=False)
    )


def in_subscription(same: str, new: Renumber) -> str:
    """What is ordered, which begins with the programme; 0 stands for all of them."""
    programme, _, rest = same.partition(":")
    return f"{new('programme', int(programme))}:{rest}"


def in_document(value: Any, places: Sequence[tuple[Path, str]], new: Renumber) -> Any:
    """A document with other numbers at these places. Raises ValueError for what is none there and might be read as one.
    """
    for path, target in places:
        value = _at(value, path, target, new)
    return value


def _at(value: Any, path: Path, target: str, new: Renumber) -> Any:
    if not value and value is not False:
        return value
    if not path:
        if isinstance(value, bool | float | Decimal) or (isinstance(value, str) and _reads_as_number(value)):
            raise ValueError(value)
        return new(target, value) if type(value) is int else value
    step, *rest = path
    if step == "*" and isinstance(value, list):
        return [_at(each, rest, target, new) for each in value]
    if step == "*" and isinstance(value, str | Mapping):
        raise ValueError(value)
    if step == "keys":
        return {in_digits(key, target, new): each for key, each in value.items()}
    if isinstance(value, Mapping) and step in value:
        return {**value, step: _at(value[step], rest, target, new)}
    return value


def in_digits(text: str, target: str, new: Renumber) -> str:
    """A text that may be a number, as another one. Raises ValueError for what only looks like none, such as ` 5`."""
    if _DIGITS.fullmatch(text):
        return str(new(target, int(text)))
    if _is_odd(text):
        raise ValueError(text)
    return text


def _is_odd(text: str) -> bool:
    """Whether this is not how a number is written, and would be read as one all the same."""
    return not _DIGITS.fullmatch(text) and _reads_as_number(text)


def _reads_as_number(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True


def in_figures(figures: Any, new: Renumber) -> Any:
    """Figures of a frozen report whose parts are called by numbers."""
    return [
        {**each, "value": in_digits(each["value"], _SPLITS[each["split"]], new)} if each["split"] in _SPLITS else each
        for each in figures
    ]  # fmt: skip
