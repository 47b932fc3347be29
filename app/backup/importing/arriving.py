"""The rows of a file as they are written here: with the numbers of here, and without what may not come."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from app.backup import file_columns, numbers, programmes
from app.backup.archive import Archive
from app.backup.importing.planning import Plan, rows
from app.backup.numbers import Reference, references
from app.backup.rows.documents import changed
from app.backup.rules import Kind, NotValid, Table
from app.courses.markdown import clean
from app.platform.clock import now
from app.platform.files import FileMissing, files

Change = Callable[[Any], Any]

ALWAYS: dict[tuple[str, str], Any] = {
    **programmes.BLANK,
    ("person_merge", "moved"): '{"rooms": {}, "person": {}}',
    ("status_list", "revocation"): None, ("status_list", "suspension"): None, ("status_list", "signed_at"): None,
    ("status_list", "key_name"): None, ("status_list", "signed_changes"): 0,
}  # fmt: skip
"""Who signs in is invited, whatever a file says; joined people stay joined; lists are signed here, under addresses of
here."""
GRANTS = "role_grant"
SUBJECT = "subject_id"
HTML = ("lesson_text", "html")
"""Pages trust it."""


def _unless() -> dict[tuple[str, str], str]:
    """What is written where a file says nothing: keys that come sign no more, what they signed stays good."""
    return {("signing_key", "retired_at"): f"{now():%Y-%m-%d %H:%M:%S.%f}"}


class Arriving:
    """The rows of a table that come, and how many of them stay behind."""

    def __init__(self, archive: Archive, table: Table, made: Plan) -> None:
        self._archive, self._table, self._plan = archive, table, made
        self._places = {column.name: place for place, column in enumerate(table.columns)}
        self._references = references(table.name)
        spoken = {*file_columns.KEYS, *file_columns.DOCUMENTS}
        self._speaking = [place for name, place in self._places.items() if (table.name, name) in spoken]
        self.left = 0
        """How many stay behind."""

    def lines(self) -> Iterator[bytes]:
        """The lines that are written here."""
        changes, always, unless = self._changes(), self._said(ALWAYS), self._said(_unless())
        coming = self._plan.ids[self._table.name] - self._plan.met[self._table.name].keys()
        for row in rows(self._archive, self._table):
            if row[self._places["id"]] not in coming:
                continue
            if self._stays(row):
                self.left += 1
                continue
            self._refuse_foreign(row)
            self._refuse_files(row)
            if self._table.name == programmes.FACTS:
                self._settle_subject(row)
            for place, change in changes:
                if row[place] is not None:
                    row[place] = self._changed(change, row[place])
            for place, value in always:
                row[place] = value
            for place, value in unless:
                row[place] = value if row[place] is None else row[place]
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def _settle_subject(self, row: list[Any]) -> None:
        """A person who is elsewhere keeps her number there: below zero it is nobody's here."""
        place, kind = self._places[SUBJECT], row[self._places["kind"]]
        if row[place] is not None:
            target = numbers.SUBJECTS.get(kind)
            row[place] = self._plan.soft(target, row[place]) if target else abs(row[place])

    def _is_of_one(self, column: str) -> bool:
        """Whether what a column leads to is of one table, whatever the row."""
        return (self._table.name, column) != (programmes.FACTS, SUBJECT)

    def _changed(self, change: Change, value: Any) -> Any:
        try:
            return change(value)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
            raise NotValid(f"A row of {self._table.name} says what Seamwise never writes.") from error

    def _stays(self, row: list[Any]) -> bool:
        """A role in a group that is here, too, would open factories of other programmes."""
        group = row[self._places["group_id"]] if self._table.name == GRANTS else None
        return group is not None and group in self._plan.met["factory_group"]

    def _refuse_foreign(self, row: list[Any]) -> None:
        """Raises NotValid for a row that belongs to nothing of the programme: it would hold for the installation."""
        if not programmes.is_owned(self._table.name):
            return
        owners = (each for each in self._references if each.target not in {*programmes.SHARED, self._table.name})
        if not any(row[self._places[each.column]] in self._plan.ids[each.target] for each in owners):
            raise NotValid(f"A row of {self._table.name} belongs to nothing of the programme.")

    def _refuse_files(self, row: list[Any]) -> None:
        """Raises NotValid for a file that is here and not in theirs: whoever has its hash would be shown it."""
        for place in self._speaking:
            for key in file_columns.keys_in(row[place] or ""):
                if key not in self._plan.stored and _is_here(key):
                    raise NotValid(f"A row of {self._table.name} speaks of a stored file of this installation.")

    def _changes(self) -> list[tuple[int, Change]]:
        found = {each.column: self._referring(each) for each in self._references if self._is_of_one(each.column)}
        for column in self._table.columns:
            if change := self._change(column.name, column.kind):
                found[column.name] = change
        return [(self._places[name], change) for name, change in found.items()]

    def _referring(self, reference: Reference) -> Change:
        return partial(self._hard if reference.is_hard else self._plan.soft, reference.target)

    def _hard(self, target: str, old: Any) -> int:
        number = self._plan.number(target, old) if type(old) is int else None
        if number is None:
            raise NotValid(f"A row of {self._table.name} points to a row of {target} that is not in the file.")
        return number

    def _change(self, name: str, kind: Kind) -> Change | None:
        """What is changed in a column that refers to nothing."""
        place, made = (self._table.name, name), self._plan
        if name == "id":
            return partial(self._hard, self._table.name)
        if kind is Kind.JSON:
            change = self._in_document(place)
            return (lambda text: changed(text, change)) if change else None
        changes: dict[bool, Change] = {  # a column is of one kind at most
            place in numbers.WORDS: lambda text: numbers.in_words(text, made.word),
            place == numbers.CONFLICTS: lambda text: numbers.in_conflict(text, made.soft),
            place == numbers.SUBSCRIPTION: lambda text: numbers.in_subscription(text, made.soft),
            place in numbers.LISTS: self._list,
            place in numbers.KEY_NAMES: made.key_names.__getitem__,
            place in numbers.MARKS: self._mark,
            place == HTML: clean,
        }
        return changes.get(True)

    def _in_document(self, place: tuple[str, str]) -> Change | None:
        if place in numbers.DOCUMENTS:
            return partial(numbers.in_document, places=numbers.DOCUMENTS[place], new=self._plan.soft)
        if place == numbers.FIGURES:
            return partial(numbers.in_figures, new=self._plan.soft)
        return (lambda marks: [self._mark(each) for each in marks]) if place in numbers.MARK_LISTS else None

    def _list(self, number: int) -> int:
        if number not in self._plan.numbered:
            raise ValueError(number)
        return number + self._plan.lists

    def _mark(self, mark_id: str) -> str:
        return hashlib.sha256(f"{self._plan.programme}:{mark_id}".encode()).hexdigest()[:32]

    def _said(self, values: Mapping[tuple[str, str], Any]) -> list[tuple[int, Any]]:
        return [(self._places[name], value) for (table, name), value in values.items() if table == self._table.name]


def _is_here(key: str) -> bool:
    try:
        files().get(key)
    except FileMissing:
        return False
    return True
