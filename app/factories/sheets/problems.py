"""What is wrong in a list that somebody sent, row by row. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RowProblem:
    """Something wrong in one row. Errors keep the row out, warnings do not. `value` is what stood there."""

    errors: ClassVar[Collection[str]] = ()
    """The codes of errors; every other code is a warning."""

    row: int
    code: str
    field: str
    value: str | None = None

    @property
    def severity(self) -> str:
        """error or warning"""
        return "error" if self.code in self.errors else "warning"
