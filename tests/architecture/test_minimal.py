"""What Seamwise must never know of people has no place to stand: no column, no field of a form, no column of a list."""

import ast
import re
from collections.abc import Iterator

from app.factories.roster.choices import FIELDS
from app.platform.db import Base
from tests.architecture.calls import ROOT

FORBIDDEN = re.compile(
    r"\b(birth|dob|born|national\w*|citizen\w*|passport|identity|nid|nic|photo|picture|selfie|portrait|avatar|religion|faith|"
    r"ethnic\w*|caste|tribe|blood|health|medical|pregnan\w*|disability|marital|children|salary|wages?|bank|fingers?|union\w*)\b"
)
ALLOWED = {
    "person.birth_band", "PersonForm.birth_band", "practice_log.photo_key", "practice_log.photo_kind", "PracticeForm.photo",
}
"""The five years in which somebody was born: tables of donors need no more. What somebody tried at work, shown by the
person alone and for as long as the person wants: without place, time and device.
"""


def forbidden(names: Iterator[str]) -> set[str]:
    found = list(names)
    assert len(found) > 5  # the walk itself still works
    return {name for name in found if FORBIDDEN.search(name.partition(".")[2].replace("_", " ").casefold())} - ALLOWED


def columns() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        yield from (f"{table.name}.{column.name}" for column in table.columns)


def fields() -> Iterator[str]:
    for path in (ROOT / "app").rglob("*forms.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                names = (each.targets[0] for each in node.body if isinstance(each, ast.Assign))
                yield from (f"{node.name}.{name.id}" for name in names if isinstance(name, ast.Name))


def test_the_words_that_are_looked_for_are_found() -> None:
    names = iter(["a.birth_date", "a.national_id", "a.face_photo", "a.union_member", "a.nid", "a.name", "a.role"])
    assert len(forbidden(names)) == 5


def test_no_column_is_for_what_must_not_be_known() -> None:
    assert forbidden(columns()) == set()


def test_no_form_asks_for_it() -> None:
    assert forbidden(fields()) == set()


def test_no_column_of_a_staff_list_is_read_for_it() -> None:
    assert forbidden(f"list.{name}" for name in FIELDS) == set()
