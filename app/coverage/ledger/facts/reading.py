"""Running kept statements of columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.platform.db import run


def rows(statement: sa.Executable, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that was built once; columns, by name or in their order."""
    return run(statement, values).all()


def ids(name: str) -> sa.BindParameter[Any]:
    """A place in such a statement for a list of numbers."""
    return sa.bindparam(name, expanding=True)
