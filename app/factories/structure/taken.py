"""How a verb says that a name or a day is somebody else's already."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from app.platform.db import db
from app.platform.refusal import Refused


class Taken(Refused):
    """A constraint says that it exists already; `field` is what must be different."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@contextmanager
def unless_taken(field: str, message: str) -> Iterator[None]:
    """Write what stands in the block; the unique constraint decides, also when two do it at once. Raises Taken."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError:
        raise Taken(field, message) from None
