"""Rows that add others up: they are no people of their own, but they can be checked."""

from collections.abc import Sequence

from app.factories.headcounts.choices import COUNTS
from app.factories.headcounts.rows import Reading
from app.factories.roster.text import as_text
from app.platform.tables import Value


class Totals:
    """Remembers the rows as they come, and checks each total against those that it can mean."""

    def __init__(self) -> None:
        self.all: list[Reading] = []
        self.block: list[Reading] = []

    def add(self, reading: Reading) -> None:
        """A row with people."""
        self.all.append(reading)
        self.block.append(reading)

    def check(self, total: Reading, values: dict[str, Value]) -> None:
        """Note `total_mismatch` in every count that no group of rows above adds up to, and begin a new group.

        A total can mean the rows since the total before it, the whole snapshot, or everything above it. Where a
        row has no readable count nobody can say.
        """
        groups = [group for group in (self.block, self._snapshot(total), self.all) if group]
        readable = [group for group in groups if all(reading.people is not None for reading in group)]
        for name, number in total.numbers.items():
            if readable and number is not None and number not in {_sum(group, name) for group in readable}:
                total.report("total_mismatch", name, as_text(values.get(name)))
        self.block = []

    def _snapshot(self, total: Reading) -> list[Reading]:
        return [each for each in self.all if (each.day, each.source) == (total.day, total.source)]


def _sum(group: Sequence[Reading], name: str) -> int:
    if name == "people":
        return sum(reading.people or 0 for reading in group)
    return sum(reading.numbers.get(name) or 0 for reading in group)


def check_row(reading: Reading, value: Value) -> None:
    """Note a total beside women and men that is not their sum; the sum counts."""
    written = reading.numbers.get("people")
    parts = [name for name in COUNTS if name != "people" and name in reading.numbers]
    if written is not None and parts and written != reading.people:
        reading.report("total_mismatch", "people", as_text(value))
