"""The verbs of the structure. Every one is logged."""

from app.factories.structure.operations.committees import (
    add_member,
    change_committee,
    correct_side,
    create_committee,
    end_membership,
)
from app.factories.structure.operations.factories import begin_term, change_factory, create_factory
from app.factories.structure.operations.groups import change_group, create_group
from app.factories.structure.operations.holidays import add_holiday, change_holiday, remove_holiday
from app.factories.structure.operations.lines import add_line, change_line, close_line, reopen_line
from app.factories.structure.operations.programmes import change_programme, create_programme

__all__ = [
    "add_holiday",
    "add_line",
    "add_member",
    "begin_term",
    "change_committee",
    "change_factory",
    "change_group",
    "change_holiday",
    "change_line",
    "change_programme",
    "close_line",
    "correct_side",
    "create_committee",
    "create_factory",
    "create_group",
    "create_programme",
    "end_membership",
    "remove_holiday",
    "reopen_line",
]
