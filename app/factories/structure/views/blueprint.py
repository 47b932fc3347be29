"""The blueprint of these pages."""

from typing import Any

from app.factories.structure.taken import Taken
from app.platform.web import Blueprint

bp = Blueprint("structure", __name__)


def blame(form: Any, taken: Taken) -> None:
    """Put what a constraint said at the field that it is about."""
    field = form[taken.field]
    field.errors = [*field.errors, str(taken)]
