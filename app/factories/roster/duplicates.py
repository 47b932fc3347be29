"""Numbers that stand in a list more than once."""

from collections.abc import Sequence
from dataclasses import replace

from app.factories.roster.numbers import number_key
from app.factories.roster.results import Row
from app.factories.roster.rows import Person


def find_duplicates(read: Sequence[tuple[Person, Row]]) -> set[int]:
    """Note problems of equal numbers; the rows that only repeat a person word for word are returned.

    The same person word for word: the first counts. One number, different people: none of them is accepted.
    """
    groups: dict[str, list[tuple[Person, Row]]] = {}
    for person, row in read:
        if row.employee_number and not person.refused:
            groups.setdefault(number_key(row.employee_number), []).append((person, row))
    repeated: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            repeated |= _judge(group)
    return repeated


def _judge(group: Sequence[tuple[Person, Row]]) -> set[int]:
    # a padded or differently punctuated number is still the same number
    plain = {replace(row, row=0, employee_number="") for _, row in group}
    if len(plain) == 1:
        for person, row in group[1:]:
            person.report("duplicate_row", "employee_number", row.employee_number)
        return {person.row for person, _ in group[1:]}
    for person, row in group:
        person.report("duplicate_employee_number", "employee_number", row.employee_number)
    return set()
