"""The list of people to match against, as a file and as an index."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import phonenumbers

from app.attendance.reports.names import full_keys, words
from app.attendance.reports.results import Listed, ReportRefused
from app.factories.roster import check
from app.factories.roster.numbers import number_key
from app.factories.roster.text import as_text
from app.platform.tables import Limits, TableRefused, read_tables

_FIELDS = ("employee_number", "name", "local_name", "email", "phone")
_NOT_DIGIT = re.compile(r"\D")


def read_roster(data: bytes, filename: str) -> tuple[Listed, ...]:
    """The people of a list with the headings employee_number, name, local_name, email, phone; of any other staff list
    what the check of staff lists accepts. Raises ReportRefused with the reason of the list.
    """
    try:
        rows = read_tables(data, Limits()).sheets[0].rows
    except TableRefused as refusal:
        raise ReportRefused(refusal.reason) from None
    header = [as_text(value).casefold() for value in rows[0]] if rows else []
    if {"employee_number", "name"} <= set(header):
        places = {name: header.index(name) for name in _FIELDS if name in header}
        cells = [{name: as_text(row[at]) for name, at in places.items() if at < len(row)} for row in rows[1:]]
        return tuple(_listed(each) for each in cells if each.get("name") or each.get("local_name"))
    found = check(data, filename)
    if not found.accepted:
        raise ReportRefused(found.reason or "not_a_spreadsheet")
    return tuple(Listed(row.employee_number, row.name, row.local_name, None, row.phone) for row in found.rows)


def _listed(cells: dict[str, str]) -> Listed:
    told = {name: cells.get(name) or None for name in _FIELDS}
    return Listed(told["employee_number"] or "", told["name"] or told["local_name"] or "", told["local_name"],
                  told["email"], told["phone"])


@dataclass(frozen=True)
class Writing:
    """One name of one person, ready for comparing. `kind` is name or local_name."""

    place: int
    kind: str
    words: tuple[str, ...]
    joined: str
    sorted: str


@dataclass
class Index:
    """People by everything that speaks for one of them; a place is that in the list."""

    people: Sequence[Listed]
    mails: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    full: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    writings: list[Writing] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_length: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """The letters of each writing, and its number."""


    @cached_property
    def phones(self) -> dict[str, set[int]]:
        """People by the ways to type their numbers. Few reports name one, so it is made when one does."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, person in enumerate(self.people):
            for form in _phone_forms(person.phone):
                found[form].add(place)
        return found


def index(people: Iterable[Listed]) -> Index:
    """Everything that is looked up, once."""
    found = Index(tuple(people))
    found.full = {"name": defaultdict(set), "local_name": defaultdict(set)}
    for place, person in enumerate(found.people):
        if person.email:
            found.mails[person.email.strip().casefold()].add(place)
        if person.employee_number:
            found.numbers[number_key(person.employee_number)].add(place)
        _add_names(found, place, person)
    return found


def _add_names(found: Index, place: int, person: Listed) -> None:
    for kind, name in (("name", person.name), ("local_name", person.local_name)):
        if not name:
            continue
        for full in full_keys(name):
            found.full[kind][full].add(place)
        parts = words(name)
        if not parts:
            continue
        writing = Writing(place, kind, parts, "".join(parts), "".join(sorted(parts)))
        number = len(found.writings)
        found.writings.append(writing)
        for part in set(parts):
            found.by_word[part].append(number)
        for each in {writing.joined, writing.sorted}:
            found.by_key[each].append(number)
        found.by_length[len(writing.joined)].append((letters(writing.joined), number))


def _phone_forms(phone: str | None) -> set[str]:
    """A number as people type it: with its country, with the national zero, with neither."""
    digits = _NOT_DIGIT.sub("", phone or "")
    if len(digits) < 7:
        return set()
    forms = {digits}
    try:
        national = str(phonenumbers.parse(f"+{digits}", None).national_number)
    except phonenumbers.NumberParseException:
        return forms
    return forms | {national, f"0{national}", f"00{digits}"}


def letters(text: str) -> int:
    """A set of bits for the letters of a text, each occurrence its own: one letter more or less is one bit, one letter
    for another are two."""
    seen: dict[str, int] = {}
    bits = 0
    for letter in text:
        times = seen[letter] = seen.get(letter, 0) + 1
        bits |= 1 << ((ord(letter) * 31 + times * 7) % 251)
    return bits
